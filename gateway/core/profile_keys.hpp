#pragma once

// Reads the keys of one table of a profile and remembers the first thing that is wrong, with file, place, key and rule. Private to device_profile*.cpp.

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/core/toml_tree.hpp"

namespace anju::gateway {

/// The first error of a file.
struct ProfileFault {
  std::string file;
  std::optional<std::string> text;

  void say(const std::string& what) {
    if (!text) text = file + ": " + what;
  }
};

class ProfileKeys {
 public:
  /// place: "" for the file itself, "point 3 (voltage_a): " inside.
  ProfileKeys(ProfileFault& fault, const TomlTable& table, std::string place) : fault_(fault), table_(table), place_(std::move(place)) {}

  void wrong(std::string_view key, const std::string& rule) { fault_.say(place_ + "key '" + std::string(key) + "' " + rule); }
  void rename(std::string place) { place_ = std::move(place); }
  [[nodiscard]] ProfileFault& fault() { return fault_; }
  [[nodiscard]] const std::string& place() const { return place_; }

  /// A misspelt key would leave its setting as it is, in silence.
  void only(std::initializer_list<std::string_view> known) {
    for (const TomlMember& member : table_) {
      if (std::ranges::find(known, std::string_view(member.key)) != known.end()) continue;
      std::string rule = "is unknown; known here:";
      for (const auto one : known) rule.append(" ").append(one);
      wrong(member.key, rule);
    }
  }

  [[nodiscard]] bool has(std::string_view key) const { return node(key) != nullptr; }

  std::string text(std::string_view key) {
    const TomlValue* value = required(key);
    const auto* text = value == nullptr ? nullptr : std::get_if<std::string>(&value->value);
    if (value != nullptr && (text == nullptr || text->empty())) wrong(key, "has to be a text in quotes");
    return text == nullptr ? std::string() : *text;
  }
  std::string text(std::string_view key, std::string otherwise) { return has(key) ? text(key) : std::move(otherwise); }

  bool flag(std::string_view key) {
    const TomlValue* value = required(key);
    const auto* flag = value == nullptr ? nullptr : std::get_if<bool>(&value->value);
    if (value != nullptr && flag == nullptr) wrong(key, "has to be true or false");
    return flag != nullptr && *flag;
  }

  std::int64_t number(std::string_view key, std::int64_t least, std::int64_t most) {
    const TomlValue* value = required(key);
    return value == nullptr ? least : number(key, *value, least, most);
  }
  std::int64_t number(std::string_view key, std::int64_t otherwise, std::int64_t least, std::int64_t most) {
    return has(key) ? number(key, least, most) : otherwise;
  }
  std::int64_t number(std::string_view key, const TomlValue& value, std::int64_t least, std::int64_t most) {
    const auto* number = std::get_if<std::int64_t>(&value.value);
    if (number != nullptr && *number >= least && *number <= most) return *number;
    wrong(key, "has to be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return least;
  }

  /// Empty when it is not there, and when it is no list of at most so many.
  const TomlArray& array(std::string_view key, std::size_t most) {
    static const TomlArray kNone;
    const TomlValue* value = node(key);
    if (value == nullptr) return kNone;
    const auto* array = std::get_if<TomlArray>(&value->value);
    if (array != nullptr && array->size() <= most) return *array;
    wrong(key, "has to be a list of at most " + std::to_string(most));
    return kNone;
  }
  /// Likewise for a table.
  const TomlTable& table(std::string_view key) {
    static const TomlTable kNone;
    const TomlValue* value = node(key);
    if (value == nullptr) return kNone;
    if (const auto* table = std::get_if<TomlTable>(&value->value)) return *table;
    wrong(key, "has to be a table: { … }");
    return kNone;
  }
  const TomlTable& table(std::string_view key, const TomlValue& value) {
    static const TomlTable kNone;
    if (const auto* table = std::get_if<TomlTable>(&value.value)) return *table;
    wrong(key, "has to hold tables");
    return kNone;
  }

  /// The text of a key as a word of a closed list; parse gives an optional.
  template <class Parse>
  auto word(std::string_view key, const Parse& parse, std::string_view list) {
    const std::string text = this->text(key);
    const auto found = parse(text);
    if (!found && !text.empty()) wrong(key, "is '" + text + "', which is not one of " + std::string(list));
    return found;
  }

 private:
  [[nodiscard]] const TomlValue* node(std::string_view key) const {
    const auto member = std::ranges::find(table_, key, &TomlMember::key);
    return member == table_.end() ? nullptr : &member->value;
  }
  const TomlValue* required(std::string_view key) {
    const TomlValue* value = node(key);
    if (value == nullptr) wrong(key, "is missing: add it");
    return value;
  }

  ProfileFault& fault_;
  const TomlTable& table_;
  std::string place_;
};

}  // namespace anju::gateway
