#pragma once

// Water meters and Modbus devices for the tests of the scan, and what a scan for everything asks.

#include <cstdint>
#include <memory>
#include <string>

#include "tests/unit/gateway/core/profile_bench.hpp"
#include "tests/unit/gateway/core/scan_bus.hpp"

namespace anju::gateway::testing {

inline HangingWater water(const std::string& address, cjt188::DiOrder order = cjt188::DiOrder::high_byte_first, std::int64_t delay_ms = 60) {
  HangingWater one;
  one.meter.address = cjt188::Address::parse(address).value();
  one.meter.options.di_order = order;
  one.meter.total = base::Quantity(1'234'500);
  one.meter.delay_ms = delay_ms;
  return one;
}

inline HangingModbus device(std::uint8_t unit, SerialFormat format = {.baud = 9600, .parity = 'N'}) {
  HangingModbus one;
  one.meter.unit = unit;
  one.format = format;
  return one;
}

/// A DDS238 of the shipped profile: 1234.56 kWh, 229.8 V, 49.98 Hz, closed.
inline HangingModbus hiking(std::uint8_t unit) {
  auto one = device(unit);
  for (std::uint16_t at = 0x08; at <= 0x1A; ++at) one.meter.registers[at] = 0;
  one.meter.registers[0x0B] = 0xE240, one.meter.registers[0x0A] = 1;
  one.meter.registers[0x0C] = 2298, one.meter.registers[0x10] = 1000, one.meter.registers[0x11] = 4998, one.meter.registers[0x1A] = 1;
  return one;
}

inline ScanSettings everything(bool second_round = true) {
  ScanSettings settings{.roots = roots_of({}), .second_round = second_round, .profiles = {}};
  static const auto kLoaded = load_profiles(bench::shipped_texts());
  for (const auto& [name, profile] : kLoaded.profiles) settings.profiles[name] = std::make_shared<const DeviceProfile>(profile);
  return settings;
}

}  // namespace anju::gateway::testing
