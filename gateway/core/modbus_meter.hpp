#pragma once

// A Modbus device in the words of item.hpp, by the profile that says where its registers are.

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/core/device_profile.hpp"
#include "gateway/core/exchange.hpp"
#include "gateway/core/item.hpp"
#include "protocols/wire/down.hpp"

namespace anju::gateway {

/// By name; shared, because hundreds of meters are of one model.
using Profiles = std::map<std::string, std::shared_ptr<const DeviceProfile>>;

struct ModbusMeter {
  std::uint8_t unit = 1;
  std::shared_ptr<const DeviceProfile> profile;
  bool operator==(const ModbusMeter& other) const { return unit == other.unit && profile == other.profile; }
};

/// address: the unit, 1 to 247. Errors: bad_address; unknown_profile (`where` names it: no file of this gateway describes that model).
[[nodiscard]] base::Result<ModbusMeter> make_modbus_meter(std::string_view address, const wire::MeterProfile& profile, const Profiles& profiles);

// As of the same names in meter.hpp. A profile may have as little as a total; a clock is not read yet.
[[nodiscard]] bool has(const ModbusMeter& meter, Item item);
[[nodiscard]] base::Result<LineFrame> read_request(const ModbusMeter& meter, Item item);
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
