#pragma once

// One [[point]] and one [[action]] of a profile. Private to device_profile.cpp: what a single table must be; what they must be together is
// checked there.

#include "gateway/core/device_profile.hpp"
#include "gateway/core/profile_keys.hpp"

namespace anju::gateway {

/// What a point inherits from its file.
struct PointDefaults {
  int base = 0;  ///< the first register's address in this file: 0 as on the wire, or 1
  modbus::Order order = modbus::Order::abcd;
};

/// Errors are left in keys.
[[nodiscard]] Point read_point(ProfileKeys& keys, const PointDefaults& defaults);
[[nodiscard]] ProfileAction read_action(ProfileKeys& keys, const PointDefaults& defaults);
[[nodiscard]] Hole read_hole(ProfileKeys& keys, const PointDefaults& defaults);

}  // namespace anju::gateway
