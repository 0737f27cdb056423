#pragma once

// What several tables of a scenario have in common. Included by this folder's sources only.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "firmware-sim/app/scenario/toml_table.hpp"

namespace anju::sim {

/// The pairs of `[[from, value], …]`, checked to ascend within the day. from: a whole hour (18) or "HH:MM".
[[nodiscard]] std::vector<std::pair<int, const toml::node*>> day_pairs(TomlTable& table, std::string_view key,
                                                                       const std::string& rule);

/// Twelve decimal digits as a number.
[[nodiscard]] std::int64_t read_address(TomlTable& table, std::string_view key);

}  // namespace anju::sim
