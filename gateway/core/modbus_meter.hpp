#pragma once

// A Modbus device in the words of item.hpp, by the profile that says where its registers are.

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "gateway/core/device_profile.hpp"
#include "gateway/core/exchange.hpp"
#include "gateway/core/item.hpp"
#include "protocols/wire/down.hpp"

namespace anju::gateway {

/// By name; shared, because hundreds of meters are of one model.
struct Profiles : std::map<std::string, std::shared_ptr<const DeviceProfile>> {
  std::map<std::string, std::string> refused;  ///< names whose file cannot be used, and why: only their devices are out
};

struct ModbusMeter {
  std::uint8_t unit = 1;
  std::shared_ptr<const DeviceProfile> profile;
  bool network = false;  ///< Modbus TCP, not RTU
  // what was learned of it, which makes it no other meter
  std::set<PointName> lacks = {};  ///< registers it answered with 02 while it answered others
  bool apart = false;              ///< it refused a block of several, for what one of them is, a gap, or its length: each point is read by itself
  bool operator==(const ModbusMeter& other) const { return unit == other.unit && profile == other.profile && network == other.network; }
};

/// network: as of ModbusMeter. address: the unit, 1 to 247; over Modbus TCP also 255 and 0, the device at the address itself. Errors: bad_address; bad_profile (its model's file was refused; `where` says why); unknown_profile (`where` names it: no
/// file of this gateway describes that model).
[[nodiscard]] base::Result<ModbusMeter> make_modbus_meter(std::string_view address, const wire::MeterProfile& profile, const Profiles& profiles,
                                                          bool network = false);

// As of the same names in meter.hpp. A profile may have as little as a total; a clock is not read yet.
[[nodiscard]] bool has(const ModbusMeter& meter, Item item);
[[nodiscard]] base::Result<LineFrame> read_request(const ModbusMeter& meter, Item item);
[[nodiscard]] bool has_valve(const ModbusMeter& meter);
[[nodiscard]] bool knows_tariffs(const ModbusMeter& meter);
/// By its profile; a device that lacks it all the same is told as one with a bad value.
[[nodiscard]] bool tells_supply(const ModbusMeter& meter);
/// As of the same name in meter.hpp. What it is billed by is never taken for lacking.
[[nodiscard]] bool learn(ModbusMeter& meter, const Outcome& outcome);
void forget_lacking(ModbusMeter& meter);
/// Of its valve; 0 for a relay.
[[nodiscard]] base::Millis travel_of(const ModbusMeter& meter);
/// Errors: an exception of the device (modbus::Errc), and what a point may say (ProfileErrc).
[[nodiscard]] base::Result<Registers> registers_of(const ModbusMeter& meter, const Outcome& outcome);
/// Errors: as registers_of, valve_fault.
[[nodiscard]] base::Result<SupplyState> supply_of(const ModbusMeter& meter, const Outcome& outcome);
[[nodiscard]] base::Result<std::string> momentary_of(const ModbusMeter& meter, Item item, const Outcome& outcome);
[[nodiscard]] base::Result<> ack_of(const ModbusMeter& meter, const Outcome& outcome);
[[nodiscard]] base::Result<LineFrame> switch_request(const ModbusMeter& meter, Switch what);

}  // namespace anju::gateway
