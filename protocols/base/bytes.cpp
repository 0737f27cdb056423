#include "protocols/base/bytes.hpp"

#include "protocols/base/errc.hpp"

namespace anju::base {
namespace {

constexpr std::string_view kDigits = "0123456789ABCDEF";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

std::string to_hex(ByteView bytes) {
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::byte b : bytes) {
    text += kDigits[to_u8(b) >> 4];
    text += kDigits[to_u8(b) & 0x0F];
  }
  return text;
}

Result<Bytes> from_hex(std::string_view text) {
  Bytes bytes;
  int high = -1;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      if (high >= 0) return fail(Errc::not_hex, "half a byte before a blank");
      continue;
    }
    const int value = hex_value(c);
    if (value < 0) return fail(Errc::not_hex, std::string("character '") + c + "'");
    if (high < 0) {
      high = value;
    } else {
      bytes.push_back(static_cast<std::byte>(high * 16 + value));
      high = -1;
    }
  }
  if (high >= 0) return fail(Errc::not_hex, "an odd number of digits");
  return bytes;
}

Result<std::int64_t> decode_bcd(ByteView low_byte_first) {
  if (low_byte_first.size() > 9) return fail(Errc::out_of_range, "BCD of more than 18 digits");
  std::int64_t value = 0;
  for (std::size_t i = low_byte_first.size(); i-- > 0;) {
    const int high = to_u8(low_byte_first[i]) >> 4;
    const int low = to_u8(low_byte_first[i]) & 0x0F;
    if (high > 9 || low > 9) return fail(Errc::not_bcd, to_hex(low_byte_first));
    value = value * 100 + high * 10 + low;
  }
  return value;
}

Result<Bytes> encode_bcd(std::int64_t value, std::size_t count) {
  if (value < 0 || count > 9) return fail(Errc::out_of_range, "BCD");
  Bytes bytes;
  for (std::size_t i = 0; i < count; ++i) {
    const auto pair = static_cast<int>(value % 100);
    bytes.push_back(static_cast<std::byte>(pair / 10 * 16 + pair % 10));
    value /= 100;
  }
  if (value != 0) return fail(Errc::out_of_range, "BCD");
  return bytes;
}

}  // namespace anju::base
