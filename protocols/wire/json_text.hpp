#pragma once

// Writing compact JSON, for the codecs of this folder only. The order of the keys is the order of the calls, so equal
// messages are equal bytes.

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace anju::wire {

/// Appends a quoted and escaped string. What is no UTF-8 becomes '?', because one bad byte from a library's error
/// message would otherwise make a whole batch unreadable for ever.
void append_quoted(std::string& out, std::string_view text);

/// At most `most` characters of the text, cut between characters.
[[nodiscard]] std::string_view first_characters(std::string_view text, std::size_t most);

inline void append_number(std::string& out, std::int64_t value) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, static_cast<std::size_t>(end - digits));
}

/// One object, from `{` in the constructor to `}` in close().
class ObjectText {
 public:
  explicit ObjectText(std::string& out) : out_(out) { out_ += '{'; }
  void close() { out_ += '}'; }

  ObjectText& text(std::string_view key, std::string_view value) {
    append_quoted(name(key), value);
    return *this;
  }
  /// Text that needs no escaping: ids, enumerators and decimals.
  ObjectText& plain(std::string_view key, std::string_view value) {
    name(key).append("\"").append(value).append("\"");
    return *this;
  }
  ObjectText& number(std::string_view key, std::int64_t value) {
    append_number(name(key), value);
    return *this;
  }
  ObjectText& boolean(std::string_view key, bool value) {
    name(key) += value ? "true" : "false";
    return *this;
  }
  /// An array; `each` writes one item.
  template <class Items, class Each>
  ObjectText& list(std::string_view key, const Items& items, Each&& each) {
    name(key) += '[';
    bool first = true;
    for (const auto& item : items) {
      if (!first) out_ += ',';
      first = false;
      each(out_, item);
    }
    out_ += ']';
    return *this;
  }
  /// The key with its colon; the caller appends the value.
  std::string& name(std::string_view key) {
    if (!first_) out_ += ',';
    first_ = false;
    return out_.append("\"").append(key).append("\":");
  }

 private:
  std::string& out_;
  bool first_ = true;
};

}  // namespace anju::wire
