#include "platform/http/byte_range.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace anju::platform {
namespace {

/// Digits only; a number that is too large for 64 bits is as good as the largest.
std::optional<std::uint64_t> number(std::string_view text) {
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  std::uint64_t value = 0;
  const auto failed = std::from_chars(text.data(), text.data() + text.size(), value).ec;
  return failed == std::errc() ? value : UINT64_MAX;
}

}  // namespace

std::optional<ByteRange> range_of(const RangeAsk& asked, std::uint64_t size, std::string_view etag) {
  const ByteRange whole{0, size, false};
  constexpr std::string_view kUnit = "bytes=";
  if (!asked.range.starts_with(kUnit)) return whole;
  if (!asked.if_range.empty() && asked.if_range != etag) return whole;
  const std::string_view text = asked.range.substr(kUnit.size());
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return whole;
  const std::string_view first = text.substr(0, dash), last = text.substr(dash + 1);
  const auto end = number(last);
  if (first.empty()) {  // the last so many
    if (!end) return whole;
    if (*end == 0 || size == 0) return std::nullopt;
    const std::uint64_t count = std::min(*end, size);
    return ByteRange{size - count, count, true};
  }
  const auto begin = number(first);
  if (!begin || (!last.empty() && (!end || *end < *begin))) return whole;
  if (*begin >= size) return std::nullopt;
  const std::uint64_t through = end ? std::min(*end, size - 1) : size - 1;
  return ByteRange{*begin, through - *begin + 1, true};
}

}  // namespace anju::platform
