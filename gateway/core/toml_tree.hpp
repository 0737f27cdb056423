#pragma once

// A TOML text as a tree of ours, so that what reads profiles is a function of plain values and the library stays in one file.

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocols/base/result.hpp"

namespace anju::gateway {

enum class TomlErrc {
  bad_toml,  ///< `where`: file, line, what is wrong
};
constexpr std::string_view to_string(TomlErrc) { return "bad_toml"; }

struct TomlMember;
struct TomlValue;
using TomlArray = std::vector<TomlValue>;
using TomlTable = std::vector<TomlMember>;  ///< sorted by key, each key once

/// Numbers with a point, dates and times have no place in our files; they are refused.
struct TomlValue {
  std::variant<bool, std::int64_t, std::string, TomlArray, TomlTable> value;
};
struct TomlMember {
  std::string key;
  TomlValue value;
};

/// file: its name for messages. Error: bad_toml.
[[nodiscard]] base::Result<TomlTable> parse_toml(const std::string& file, std::string_view text);

}  // namespace anju::gateway
