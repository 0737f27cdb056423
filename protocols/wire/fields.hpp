#pragma once

// Reading a JSON object field by field, for the codecs of this folder only (it shows Boost.JSON). Unknown keys are
// ignored, so a newer sender is understood; the first bad field is named with its path (`events[3].readings[7].total`)
// and everything after it is skipped, so a codec is a plain list of its fields.

#include <array>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "protocols/base/id.hpp"
#include "protocols/base/money.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"
#include "protocols/wire/errc.hpp"
#include "protocols/wire/up.hpp"

namespace anju::wire {

/// A parsed body. The tree of an ordinary message fits into the buffers of this object, so put it on the stack; what is
/// larger comes from the heap in a few big pieces.
class Document {
 public:
  explicit Document(std::string_view body);
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;
  /// Lives as long as the document. Errors: too_large, not_json.
  [[nodiscard]] base::Result<const boost::json::object*> object() const;

 private:
  unsigned char parser_buffer_[4 * 1024];
  unsigned char tree_buffer_[16 * 1024];
  boost::json::monotonic_resource resource_;
  std::optional<boost::json::value> tree_;
  std::optional<base::Error> error_;
};

/// True when this is the name of an enumerator, which goes to `out`.
/// The table of names is indexed by the enumerator.
template <class Enum, std::size_t N>
[[nodiscard]] bool parse_name(const std::array<std::string_view, N>& names, std::string_view text, Enum& out) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] != text) continue;
    out = static_cast<Enum>(i);
    return true;
  }
  return false;
}

template <class Enum, std::size_t N>
[[nodiscard]] constexpr std::string_view name_of(const std::array<std::string_view, N>& names, Enum value) {
  const auto index = static_cast<std::size_t>(value);
  return index < N ? names[index] : std::string_view{};
}

/// Puts a key or an index in front of an error's path.
[[nodiscard]] base::Error under(std::string_view key, base::Error error);

// One overload per type of field. Refused with bad_field: another JSON type, a float where an integer belongs, an
// integer beyond 2^53, a number where a decimal string belongs. Codecs add overloads for their own structs.
[[nodiscard]] base::Result<> read(const boost::json::value& value, bool& out);
[[nodiscard]] base::Result<> read(const boost::json::value& value, std::int64_t& out);
[[nodiscard]] base::Result<> read(const boost::json::value& value, std::string& out);  // too_large above kMaxText
[[nodiscard]] base::Result<> read(const boost::json::value& value, base::UtcMillis& out);
[[nodiscard]] base::Result<> read(const boost::json::value& value, base::Quantity& out);
[[nodiscard]] base::Result<> read(const boost::json::value& value, std::array<base::Quantity, 4>& out);
[[nodiscard]] base::Result<> read_id(const boost::json::value& value, std::string& out);

template <class Tag>
[[nodiscard]] base::Result<> read(const boost::json::value& value, base::Id<Tag>& out) {
  return read_id(value, out.value);
}

template <class T>
[[nodiscard]] base::Result<> read(const boost::json::value& value, std::optional<T>& out) {
  return read(value, out.emplace());
}

/// A nested object or array element is read by an overload of `read` that is found by the type of `out`.
class Fields {
 public:
  explicit Fields(const boost::json::object& object) : object_(&object) {}
  /// A value that is no object is refused with bad_field.
  explicit Fields(const boost::json::value& value) : object_(value.if_object()) {
    if (object_ == nullptr) error_.emplace(Errc::bad_field);
  }

  /// missing_field when it is not there.
  template <class T>
  Fields& need(std::string_view key, T& out) {
    if (const auto* value = find(key, true)) keep(key, read(*value, out));
    return *this;
  }

  /// Leaves `out` as it is when the field is not there.
  template <class T>
  Fields& may(std::string_view key, T& out) {
    if (const auto* value = find(key, false)) keep(key, read(*value, out));
    return *this;
  }

  /// The same for an integer with a range, both ends included.
  Fields& need(std::string_view key, std::int64_t& out, std::int64_t least, std::int64_t most);
  Fields& may(std::string_view key, std::int64_t& out, std::int64_t least, std::int64_t most);

  /// An id that has no type of its own.
  Fields& need_id(std::string_view key, std::string& out);

  /// An enumerator by name; `otherwise` is the error of a name that is not in the table.
  template <class Enum, std::size_t N>
  Fields& need_name(std::string_view key, const std::array<std::string_view, N>& names, Enum& out,
                    Errc otherwise = Errc::bad_field) {
    return name(key, true, names, out, otherwise);
  }
  template <class Enum, std::size_t N>
  Fields& may_name(std::string_view key, const std::array<std::string_view, N>& names, Enum& out,
                   Errc otherwise = Errc::bad_field) {
    return name(key, false, names, out, otherwise);
  }

  /// A text that satisfies a condition; bad_field otherwise.
  template <class Condition>
  Fields& need_text(std::string_view key, std::string& out, Condition&& condition) {
    if (const auto* value = find(key, true)) text(key, *value, out, condition);
    return *this;
  }
  template <class Condition>
  Fields& may_text(std::string_view key, std::string& out, Condition&& condition) {
    if (const auto* value = find(key, false)) text(key, *value, out, condition);
    return *this;
  }
  template <class Condition>
  Fields& may_text(std::string_view key, std::optional<std::string>& out, Condition&& condition) {
    if (const auto* value = find(key, false)) text(key, *value, out.emplace(), condition);
    return *this;
  }

  /// A list of at most `most` items; too_large above.
  template <class T>
  Fields& need_list(std::string_view key, std::vector<T>& out, std::size_t most) {
    if (const auto* value = find(key, true)) list(key, *value, out, most);
    return *this;
  }
  template <class T>
  Fields& may_list(std::string_view key, std::vector<T>& out, std::size_t most) {
    if (const auto* value = find(key, false)) list(key, *value, out, most);
    return *this;
  }

  /// The first error, if there was one.
  [[nodiscard]] base::Result<> done() {
    if (error_) return tl::unexpected<base::Error>(std::move(*error_));
    return {};
  }
  [[nodiscard]] bool failed() const { return error_.has_value(); }

 private:
  const boost::json::value* find(std::string_view key, bool required);
  void refuse(Errc errc, std::string_view key) { error_.emplace(errc, std::string(key)); }
  void keep(std::string_view key, base::Result<> result) {
    if (!result) error_ = under(key, std::move(result.error()));
  }

  template <class Enum, std::size_t N>
  Fields& name(std::string_view key, bool required, const std::array<std::string_view, N>& names, Enum& out,
               Errc otherwise) {
    const auto* value = find(key, required);
    if (value == nullptr) return *this;
    const auto* string = value->if_string();
    if (string == nullptr) {
      refuse(Errc::bad_field, key);
    } else if (!parse_name(names, std::string_view(string->data(), string->size()), out)) {
      refuse(otherwise, key);
    }
    return *this;
  }

  template <class Condition>
  void text(std::string_view key, const boost::json::value& value, std::string& out, Condition& condition) {
    keep(key, read(value, out));
    if (!error_ && !condition(out)) refuse(Errc::bad_field, key);
  }

  template <class T>
  void list(std::string_view key, const boost::json::value& value, std::vector<T>& out, std::size_t most) {
    const auto* array = value.if_array();
    if (array == nullptr) return refuse(Errc::bad_field, key);
    if (array->size() > most) return refuse(Errc::too_large, key);
    out.clear();
    out.reserve(array->size());
    for (const auto& item : *array) {
      auto result = read(item, out.emplace_back());
      if (result) continue;
      const std::string place = std::string(key) + "[" + std::to_string(out.size() - 1) + "]";
      return keep(place, std::move(result));
    }
  }

  const boost::json::object* object_;
  std::optional<base::Error> error_;
};

}  // namespace anju::wire
