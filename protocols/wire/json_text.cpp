#include "protocols/wire/json_text.hpp"

namespace anju::wire {
namespace {

unsigned char byte_at(std::string_view text, std::size_t i) {
  return static_cast<unsigned char>(text[i]);
}

/// Bytes of the character that begins at `i`, 0 when it is no UTF-8. Source: RFC 3629, section 4.
std::size_t character_size(std::string_view text, std::size_t i) {
  const unsigned char lead = byte_at(text, i);
  if (lead < 0x80) return 1;
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || i + size > text.size()) return 0;
  for (std::size_t k = 1; k < size; ++k) {
    if ((byte_at(text, i + k) & 0xC0) != 0x80) return 0;
  }
  const unsigned char second = byte_at(text, i + 1);
  const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
  const bool outside = (lead == 0xED && second > 0x9F) || (lead == 0xF4 && second > 0x8F);
  return overlong || outside ? 0 : size;
}

void append_escaped(std::string& out, unsigned char c) {
  static constexpr char kDigits[] = "0123456789abcdef";
  switch (c) {
    case '"': out += "\\\""; return;
    case '\\': out += "\\\\"; return;
    case '\n': out += "\\n"; return;
    case '\r': out += "\\r"; return;
    case '\t': out += "\\t"; return;
  }
  if (c >= 0x20) {
    out += static_cast<char>(c);
    return;
  }
  out.append("\\u00");
  out += kDigits[c >> 4];
  out += kDigits[c & 15];
}

}  // namespace

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t size = character_size(text, i);
    if (size <= 1) {
      append_escaped(out, size == 0 ? '?' : byte_at(text, i));
      ++i;
    } else {
      out.append(text, i, size);
      i += size;
    }
  }
  out += '"';
}

std::string_view first_characters(std::string_view text, std::size_t most) {
  std::size_t i = 0;
  for (std::size_t count = 0; count < most && i < text.size(); ++count) {
    const std::size_t size = character_size(text, i);
    i += size == 0 ? 1 : size;
  }
  return text.substr(0, i);
}

}  // namespace anju::wire
