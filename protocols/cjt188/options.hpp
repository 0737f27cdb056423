#pragma once

// What differs between meters that all call it CJ/T188. One struct per device, with the defaults of a cold-water meter; a device profile
// holds it, and a scan finds most of it out by itself. Source: meters.md 2.3.

#include <cstdint>
#include <string_view>

#include "protocols/base/result.hpp"
#include "protocols/cjt188/data_id.hpp"
#include "protocols/cjt188/frame.hpp"
#include "protocols/cjt188/status.hpp"

namespace anju::cjt188 {

/// What an acknowledgement (84, 95, 96) carries behind DI and SER.
enum class AckForm : std::uint8_t {
  any,          ///< either of the two
  with_status,  ///< ST ST: L = 05
  bare,         ///< nothing: L = 03
};

[[nodiscard]] std::string_view to_string(AckForm form);

struct Options {
  std::uint8_t meter_type = kColdWater;  ///< T of a request; AA asks any
  DiOrder di_order = DiOrder::high_byte_first;
  StatusMap status_map = StatusMap::none;
  std::uint8_t valve_open = kValveOpen;
  std::uint8_t valve_close = kValveClose;
  AckForm ack = AckForm::any;
  bool operator==(const Options&) const = default;
};

// Text of a profile, as to_string gives it. Error: out_of_range; `where` names the field, what was given and what there is.
[[nodiscard]] base::Result<DiOrder> parse_di_order(std::string_view text);
[[nodiscard]] base::Result<StatusMap> parse_status_map(std::string_view text);
[[nodiscard]] base::Result<AckForm> parse_ack_form(std::string_view text);
/// Two hex digits: "10" .. "49", or "AA".
[[nodiscard]] base::Result<std::uint8_t> parse_meter_type(std::string_view text);
/// Two hex digits, any.
[[nodiscard]] base::Result<std::uint8_t> parse_valve_code(std::string_view text);

/// Error: out_of_range (open and close with the same code: nobody could tell a cut-off from a reconnection).
[[nodiscard]] base::Result<> check(const Options& options);

}  // namespace anju::cjt188
