#include "protocols/cjt188/status.hpp"

#include <span>

namespace anju::cjt188 {
namespace {

// One row per meaning; `bits` are those of the valve moved down to 0..3.
struct Meaning {
  StatusMap map;
  std::uint8_t bits;
  ValveState state;
};

constexpr std::array kMeanings{
    Meaning{StatusMap::closed_01, 0, ValveState::open},   Meaning{StatusMap::closed_01, 1, ValveState::closed},
    Meaning{StatusMap::closed_01, 3, ValveState::fault},  Meaning{StatusMap::closed_10, 0, ValveState::open},
    Meaning{StatusMap::closed_10, 2, ValveState::closed}, Meaning{StatusMap::closed_10, 1, ValveState::moving},
    Meaning{StatusMap::closed_10, 3, ValveState::fault},  Meaning{StatusMap::high_bits, 0, ValveState::open},
    Meaning{StatusMap::high_bits, 1, ValveState::closed}, Meaning{StatusMap::high_bits, 3, ValveState::fault},
};

constexpr int valve_shift(StatusMap map) {
  return map == StatusMap::high_bits ? 6 : 0;
}

std::optional<int> battery_bit(StatusMap map) {
  switch (map) {
    case StatusMap::closed_01: return 2;
    case StatusMap::high_bits: return 5;
    case StatusMap::none:
    case StatusMap::closed_10: break;
  }
  return std::nullopt;
}

}  // namespace

std::string StatusWord::text() const {
  return base::to_hex(std::as_bytes(std::span(wire)));
}

std::string_view to_string(StatusMap map) {
  switch (map) {
    case StatusMap::none: return "none";
    case StatusMap::closed_01: return "closed_01";
    case StatusMap::closed_10: return "closed_10";
    case StatusMap::high_bits: return "high_bits";
  }
  return "unknown";
}

std::string_view to_string(ValveState state) {
  switch (state) {
    case ValveState::open: return "open";
    case ValveState::closed: return "closed";
    case ValveState::moving: return "moving";
    case ValveState::fault: return "fault";
    case ValveState::unknown: return "unknown";
  }
  return "unknown";
}

ValveState valve_state(const StatusWord& status, StatusMap map) {
  const int bits = status.wire[0] >> valve_shift(map) & 3;
  for (const Meaning& row : kMeanings) {
    if (row.map == map && row.bits == bits) return row.state;
  }
  return ValveState::unknown;
}

std::optional<bool> battery_low(const StatusWord& status, StatusMap map) {
  const auto bit = battery_bit(map);
  if (!bit) return std::nullopt;
  return (status.wire[0] >> *bit & 1) != 0;
}

base::Result<StatusWord> status_word(ValveState state, bool battery_is_low, StatusMap map) {
  StatusWord status;
  const auto bit = battery_bit(map);
  if (battery_is_low && !bit) return base::fail(Errc::out_of_range, "battery: no bit in " + std::string(to_string(map)));
  if (battery_is_low) status.wire[0] = static_cast<std::uint8_t>(1U << *bit);
  if (map == StatusMap::none && state == ValveState::unknown) return status;
  for (const Meaning& row : kMeanings) {
    if (row.map != map || row.state != state) continue;
    status.wire[0] = static_cast<std::uint8_t>(status.wire[0] | row.bits << valve_shift(map));
    return status;
  }
  return base::fail(Errc::out_of_range, "valve: no bits for " + std::string(to_string(state)) + " in " + std::string(to_string(map)));
}

std::optional<std::string_view> usual_valve_action(std::uint8_t code) {
  switch (code) {
    case kValveOpen: return "open";
    case kValveClose: return "close";
    case 0x66: return "free_open";
    case 0x77: return "free_close";
    case 0x00: return "query";
    default: return std::nullopt;
  }
}

}  // namespace anju::cjt188
