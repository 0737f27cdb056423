#pragma once

// What several tables of a scenario have in common. Included by this folder's sources only.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "firmware-sim/app/scenario/toml_table.hpp"
#include "firmware-sim/devices/day_profile.hpp"
#include "firmware-sim/devices/load_profile.hpp"
#include "firmware-sim/devices/water_meter.hpp"
#include "firmware-sim/devices/wire.hpp"

namespace anju::sim {

/// The pairs of `[[from, value], …]`, checked to ascend within the day. from: a whole hour (18) or "HH:MM".
[[nodiscard]] std::vector<std::pair<int, const toml::node*>> day_pairs(TomlTable& table, std::string_view key,
                                                                       const std::string& rule);

/// Twelve decimal digits as a number.
[[nodiscard]] std::int64_t read_address(TomlTable& table, std::string_view key);

/// A constant under `constant`, or a course of the day under `course`; `most` in units of 10^-decimals.
[[nodiscard]] DayProfile read_profile(TomlTable& table, std::string_view constant, std::string_view course, int decimals,
                                      std::int64_t most, std::int64_t otherwise);

/// Register, flow, valve at the start and clock of every water meter, whatever it speaks. number: of the meter, for a past of its own.
void read_water(TomlTable& table, std::uint64_t number, WaterSetup& setup);

/// "8E1": the parity. Data bits are 8; stop bits make no difference here.
[[nodiscard]] char read_parity(TomlTable& table, std::string_view key, char otherwise);

/// One of the rates that RS485 meters use.
[[nodiscard]] std::uint32_t read_baud(TomlTable& table, std::string_view key, std::uint32_t otherwise);

/// `baud` and `format` of one meter; absent: neither is there, and the line's holds.
[[nodiscard]] std::optional<WireFormat> read_own_format(TomlTable& table, WireFormat otherwise);

/// "3-2-9{nn}" with 7 is "3-2-907": a run of n stands for the number, filled with zeros to its length.
[[nodiscard]] std::string room(const std::string& pattern, std::int64_t number);

}  // namespace anju::sim
