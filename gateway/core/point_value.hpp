#pragma once

// What the registers of a device say under its profile, and what is written to carry out an action.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "gateway/core/device_profile.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"
#include "protocols/modbus/reply.hpp"
#include "protocols/modbus/request.hpp"

namespace anju::gateway {

/// Registers and bits that were read of one device in one round. A round, because a value and the ratio that scales it should be of one time.
class ReadRegisters {
 public:
  /// block: what was asked; reply: what came. Errors: what the device answered (modbus::Errc, an exception); bad_reply.
  [[nodiscard]] base::Result<> put(const modbus::Read& block, const modbus::Reply& reply);
  [[nodiscard]] std::optional<std::uint16_t> at(modbus::Function function, std::size_t address) const;

 private:
  std::map<std::pair<modbus::Function, std::size_t>, std::uint16_t> words_;
};

struct Measured {
  std::int64_t units = 0;  ///< of the dimension's own unit
  Dimension dimension = Dimension::energy;
  bool operator==(const Measured&) const = default;
};

using PointValue = std::variant<Measured, State, std::vector<Alarm>, base::CivilTime>;

/// Errors: unknown_point; not_read (a register of it, or of what scales it, is missing); no_value; unknown_state; bad_time; and of modbus::Errc
/// not_bcd, not_a_number and out_of_range. Never a number made of something else. Rounded, where a ratio or a floating-point register leaves a rest, to
/// the nearest, halves away from zero.
[[nodiscard]] base::Result<PointValue> decode_point(const DeviceProfile& profile, PointName name, const ReadRegisters& read);

/// "230.200", "closed", "battery_low leak", "2026-11-22 12:00:00"; a number with the digits of its dimension.
[[nodiscard]] std::string text_of(const PointValue& value);

/// The requests of an action, in their order. now: wall time of the site, for set_clock. Error: bad_time (a year that two digits cannot say).
[[nodiscard]] base::Result<std::vector<modbus::Request>> writes_of(const ProfileAction& action, const base::CivilTime& now);

/// Whether what was read afterwards (of action.verify.point) proves the action.
[[nodiscard]] bool is_verified(const ProfileAction& action, const PointValue& value, const base::CivilTime& now);

}  // namespace anju::gateway
