#include "platform/domain/meter_address.hpp"

namespace anju::platform {
namespace {

constexpr unsigned kCountAt = 56;  // above the bits of 14 digits
constexpr std::string_view kDigits = "0123456789ABCDEF";

/// 0..15, or nothing for what is no hex digit.
std::optional<std::uint64_t> digit_of(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint64_t>(c - '0');
  if (c >= 'A' && c <= 'F') return static_cast<std::uint64_t>(c - 'A' + 10);
  if (c >= 'a' && c <= 'f') return static_cast<std::uint64_t>(c - 'a' + 10);
  return std::nullopt;
}

}  // namespace

std::optional<MeterAddress> MeterAddress::parse(std::string_view text) {
  if (text.empty() || text.size() > kMostDigits) return std::nullopt;
  std::uint64_t digits = 0;
  for (const char c : text) {
    const auto digit = digit_of(c);
    if (!digit) return std::nullopt;
    digits = digits << 4U | *digit;
  }
  return MeterAddress(static_cast<std::uint64_t>(text.size()) << kCountAt | digits);
}

std::string MeterAddress::text() const {
  std::string text(static_cast<std::size_t>(packed_ >> kCountAt), '0');
  std::uint64_t rest = packed_;
  for (auto place = text.rbegin(); place != text.rend(); ++place, rest >>= 4U) *place = kDigits[rest & 0xFU];
  return text;
}

}  // namespace anju::platform
