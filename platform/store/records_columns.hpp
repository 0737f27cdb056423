#pragma once

// Columns and values of the catalogue's rows, shared by the questions and the changes (records_reader.hpp, records_writer.hpp). The
// statements are put together from the descriptors; nothing from outside becomes part of their text.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "platform/catalog/records.hpp"
#include "platform/store/question.hpp"

namespace anju::platform::records {

/// Identifiers come from descriptors, never from a request.
inline std::string name(std::string_view identifier) { return std::string(identifier); }

inline bool given(const catalog::Value& value) { return !std::holds_alternative<std::monostate>(value); }

/// As the column holds it: texts and flags are never NULL.
inline catalog::Value stored(const catalog::Field& field, const catalog::Value& value) {
  if (given(value)) return value;
  if (field.type == catalog::FieldType::text) return std::string();
  if (field.type == catalog::FieldType::flag) return std::int64_t{0};
  return value;
}

inline void bind(Question& question, const catalog::Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    question.value(*number);
  } else {
    question.value(std::get<std::string>(value));
  }
}

/// What says where a row is: the column of its organisation; of an organisation the one above.
inline const char* owner_column(const catalog::Resource& resource) { return resource.place == catalog::Place::tree ? "parent" : "organisation"; }

}  // namespace anju::platform::records
