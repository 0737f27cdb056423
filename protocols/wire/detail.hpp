#pragma once

// What an alarm or a row of the audit log says beyond its code: named values as text, "reason=timeout; offset_s=312".
// Whoever shows it puts names and values into the reader's language, so no sentence travels.

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace anju::wire {

struct DetailValue {
  std::string_view name;  ///< stable snake_case
  std::string value;      ///< a code, a number, an id, or text of a person or a system
};

/// In the order given. Empty values are left out; what would end a value early (';', control characters) becomes ','.
[[nodiscard]] std::string detail(std::span<const DetailValue> values);
[[nodiscard]] inline std::string detail(std::initializer_list<DetailValue> values) {
  return detail(std::span<const DetailValue>(values.begin(), values.size()));
}

}  // namespace anju::wire
