#pragma once

// What has to fit together where a device is described: how it is spoken to, its address, what it counts and whether it can cut off. Asked before a
// meter is registered, corrected or another device takes its place, because whatever is wrong here is found by a gateway in a cellar later on.

#include <cstdint>
#include <optional>
#include <string_view>

#include "protocols/base/result.hpp"
#include "protocols/wire/down.hpp"

namespace anju::platform {

/// device: its id and line are not looked at. Errors: bad_field with the field's name as REST has it (address, baud, valve, profile.…).
[[nodiscard]] base::Result<> check_device(const wire::ArchiveDevice& device);

/// Whether a device of this address can be spoken to so on a line of this URI. Units 255 and 0 of Modbus are on Modbus TCP only. Some lines have one
/// format for all, which no device changes: a serial server whose URI says what it is, Modbus TCP, devices with a network of their own.
/// Errors: bad_field (address, line, baud, profile.format).
[[nodiscard]] base::Result<> check_on_line(std::string_view address, std::optional<std::int64_t> baud, const wire::MeterProfile& profile, std::string_view uri);

/// The rule behind a field that check_device or check_on_line refuses, to be read after the field's name; empty for any other field.
[[nodiscard]] std::string_view device_rule(std::string_view field);

/// It speaks a protocol of the line that has nothing but registers and a switch: CJ/T188 and Modbus. No keep-power, clock, clearing or temperatures.
[[nodiscard]] bool only_counts_and_switches(std::string_view dialect);

}  // namespace anju::platform
