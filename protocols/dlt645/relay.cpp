#include "protocols/dlt645/relay.hpp"

#include <string>

namespace anju::dlt645 {
namespace {

constexpr bool bit(std::uint16_t word, int position) {
  return (word >> position & 1) != 0;
}

}  // namespace

std::string_view to_string(RelayAction action) {
  switch (action) {
    case RelayAction::trip: return "trip";
    case RelayAction::close_permit: return "close_permit";
    case RelayAction::close_direct: return "close_direct";
    case RelayAction::alarm_on: return "alarm_on";
    case RelayAction::alarm_off: return "alarm_off";
    case RelayAction::keep_power_on: return "keep_power_on";
    case RelayAction::keep_power_off: return "keep_power_off";
  }
  return "unknown";
}

base::Result<RelayAction> parse_relay_action(std::uint8_t n1) {
  switch (static_cast<RelayAction>(n1)) {
    case RelayAction::trip:
    case RelayAction::close_permit:
    case RelayAction::close_direct:
    case RelayAction::alarm_on:
    case RelayAction::alarm_off:
    case RelayAction::keep_power_on:
    case RelayAction::keep_power_off: return static_cast<RelayAction>(n1);
  }
  return base::fail(Errc::out_of_range, "N1 " + std::to_string(n1));
}

std::string_view to_string(Supply supply) {
  switch (supply) {
    case Supply::mains: return "mains";
    case Supply::auxiliary: return "auxiliary";
    case Supply::battery: return "battery";
    case Supply::reserved: return "reserved";
  }
  return "unknown";
}

std::string_view to_string(MeterType type) {
  switch (type) {
    case MeterType::not_prepaid: return "not_prepaid";
    case MeterType::prepaid_energy: return "prepaid_energy";
    case MeterType::prepaid_money: return "prepaid_money";
    case MeterType::reserved: return "reserved";
  }
  return "unknown";
}

StatusWord3 parse_status_word_3(std::uint16_t word) {
  return {.second_day_slot_table = bit(word, 0),
          .supply = static_cast<Supply>(word >> 1 & 3),
          .programming_allowed = bit(word, 3),
          .relay_open = bit(word, 4),
          .second_year_zone_table = bit(word, 5),
          .off_commanded = bit(word, 6),
          .alarm_before_trip = bit(word, 7),
          .type = static_cast<MeterType>(word >> 8 & 3),
          .second_tariff_set = bit(word, 10),
          .second_step_set = bit(word, 11),
          .keep_power = bit(word, 12),
          .authenticated = bit(word, 13),
          .local_account = bit(word, 14),
          .remote_account = bit(word, 15)};
}

std::uint16_t to_word(const StatusWord3& status) {
  unsigned word = static_cast<unsigned>(status.supply) << 1 | static_cast<unsigned>(status.type) << 8;
  const auto put = [&word](bool set, int position) { word |= static_cast<unsigned>(set) << position; };
  put(status.second_day_slot_table, 0);
  put(status.programming_allowed, 3);
  put(status.relay_open, 4);
  put(status.second_year_zone_table, 5);
  put(status.off_commanded, 6);
  put(status.alarm_before_trip, 7);
  put(status.second_tariff_set, 10);
  put(status.second_step_set, 11);
  put(status.keep_power, 12);
  put(status.authenticated, 13);
  put(status.local_account, 14);
  put(status.remote_account, 15);
  return static_cast<std::uint16_t>(word);
}

std::string_view to_string(RelayState state) {
  switch (state) {
    case RelayState::closed: return "closed";
    case RelayState::open: return "open";
    case RelayState::opening: return "opening";
    case RelayState::awaiting_button: return "awaiting_button";
  }
  return "unknown";
}

RelayState relay_state(const StatusWord3& status, bool has_command_bit) {
  if (!has_command_bit || status.relay_open == status.off_commanded) {
    return status.relay_open ? RelayState::open : RelayState::closed;
  }
  return status.relay_open ? RelayState::awaiting_button : RelayState::opening;
}

}  // namespace anju::dlt645
