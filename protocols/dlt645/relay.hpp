#pragma once

// The relay of a meter: what can be commanded with 1C, and what status word 3 says of it afterwards. An acknowledgement
// means accepted, nothing more; only the word read back tells the state. Source: meters.md 1.3, 1.5.

#include <cstdint>
#include <string_view>

#include "protocols/base/result.hpp"
#include "protocols/dlt645/errc.hpp"

namespace anju::dlt645 {

/// N1 of the command.
enum class RelayAction : std::uint8_t {
  trip = 0x1A,  ///< open the relay
  close_permit =
      0x1B,  ///< the relay closes when the user presses the button on the meter; until then the supply stays off
  close_direct = 0x1C,  ///< close at once
  alarm_on = 0x2A,
  alarm_off = 0x2B,
  keep_power_on = 0x3A,  ///< from then on a trip is refused
  keep_power_off = 0x3B,
};

[[nodiscard]] std::string_view to_string(RelayAction action);
/// Error: out_of_range (N1 is none of the above).
[[nodiscard]] base::Result<RelayAction> parse_relay_action(std::uint8_t n1);

enum class Supply { mains, auxiliary, battery, reserved };
enum class MeterType { not_prepaid, prepaid_energy, prepaid_money, reserved };

[[nodiscard]] std::string_view to_string(Supply supply);
[[nodiscard]] std::string_view to_string(MeterType type);

/// Status word 3 (04000503). Bits 0 to 4 are the base standard; bit 5 and above are an extension that a model may lack.
struct StatusWord3 {
  bool second_day_slot_table = false;       ///< bit 0
  Supply supply = Supply::mains;            ///< bits 1-2
  bool programming_allowed = false;         ///< bit 3
  bool relay_open = false;                  ///< bit 4: the contact itself
  bool second_year_zone_table = false;      ///< bit 5
  bool off_commanded = false;               ///< bit 6: the last command asks for off
  bool alarm_before_trip = false;           ///< bit 7
  MeterType type = MeterType::not_prepaid;  ///< bits 8-9
  bool second_tariff_set = false;           ///< bit 10
  bool second_step_set = false;             ///< bit 11
  bool keep_power = false;                  ///< bit 12
  bool authenticated = false;               ///< bit 13
  bool local_account = false;               ///< bit 14
  bool remote_account = false;              ///< bit 15
  bool operator==(const StatusWord3&) const = default;
};

[[nodiscard]] StatusWord3 parse_status_word_3(std::uint16_t word);
[[nodiscard]] std::uint16_t to_word(const StatusWord3& status);

enum class RelayState {
  closed,           ///< supplying
  open,             ///< cut off
  opening,          ///< off was commanded, the relay is still closed: pending, a fault when it lasts
  awaiting_button,  ///< on was commanded, the relay is still open: somebody has to press the button, or a fault
};

[[nodiscard]] std::string_view to_string(RelayState state);

/// has_command_bit: the model keeps bit 6 (device profile); without it only the contact speaks.
[[nodiscard]] RelayState relay_state(const StatusWord3& status, bool has_command_bit = true);

}  // namespace anju::dlt645
