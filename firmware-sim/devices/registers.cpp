#include "firmware-sim/devices/registers.hpp"

namespace anju::sim {
namespace {

constexpr std::int64_t kWattMsPerUnit = 360'000;  // 1/10 000 kWh = 0.36 kJ

void grow(base::Quantity& quantity, std::int64_t units) {
  quantity.e4 = (quantity.e4 + units) % kRolloverE4;
}

}  // namespace

void Registers::add(std::int64_t watt_ms, Tariff tariff) {
  carried_watt_ms_ += watt_ms;
  const std::int64_t units = carried_watt_ms_ / kWattMsPerUnit;
  carried_watt_ms_ %= kWattMsPerUnit;
  grow(block_.total, units);
  grow(block_.tariffs[static_cast<std::size_t>(tariff)], units);
}

}  // namespace anju::sim
