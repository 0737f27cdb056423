#include "protocols/base/decimal.hpp"

#include <algorithm>

#include "protocols/base/errc.hpp"

namespace anju::base {

Result<std::int64_t> parse_decimal(std::string_view text, int decimals) {
  const bool negative = text.starts_with('-');
  std::string_view digits = text.substr(negative ? 1 : 0);
  const std::size_t point = digits.find('.');
  const std::string_view whole = digits.substr(0, point);
  const std::string_view part = point == std::string_view::npos ? std::string_view{} : digits.substr(point + 1);
  const auto all_digits = [](std::string_view s) {
    return std::all_of(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  if (whole.empty() || !all_digits(whole) || !all_digits(part) || (point != std::string_view::npos && part.empty())) {
    return fail(Errc::not_a_decimal, std::string(text.substr(0, 40)));
  }
  if (part.size() > static_cast<std::size_t>(decimals)) {
    return fail(Errc::too_many_decimals, std::string(text.substr(0, 40)));
  }
  std::int64_t units = 0;
  const auto push = [&units](char c) {
    units = units * 10 + (c - '0');
    return units <= kMaxDecimal;  // checked at every digit, so the product cannot overflow
  };
  for (const char c : whole) {
    if (!push(c)) return fail(Errc::out_of_range, std::string(text.substr(0, 40)));
  }
  for (int i = 0; i < decimals; ++i) {
    const char c = static_cast<std::size_t>(i) < part.size() ? part[static_cast<std::size_t>(i)] : '0';
    if (!push(c)) return fail(Errc::out_of_range, std::string(text.substr(0, 40)));
  }
  return negative ? -units : units;
}

std::string format_decimal(std::int64_t units, int decimals, int least) {
  // Unsigned negation is defined for the smallest int64 as well.
  const auto magnitude = units < 0 ? ~static_cast<std::uint64_t>(units) + 1 : static_cast<std::uint64_t>(units);
  std::string digits = std::to_string(magnitude);
  const auto places = static_cast<std::size_t>(decimals);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  std::string part = digits.substr(digits.size() - places);
  digits.resize(digits.size() - places);
  while (part.size() > static_cast<std::size_t>(least) && part.back() == '0') part.pop_back();
  std::string text = units < 0 ? "-" + digits : digits;
  if (!part.empty()) text += "." + part;
  return text;
}

}  // namespace anju::base
