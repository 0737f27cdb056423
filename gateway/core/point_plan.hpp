#pragma once

// Which reads bring the points of a device: neighbours together, in the fewest requests that the device allows.

#include <span>
#include <vector>

#include "gateway/core/device_profile.hpp"
#include "protocols/base/result.hpp"
#include "protocols/modbus/request.hpp"

namespace anju::gateway {

/// The fewest reads that hold every point whole, and the points that scale them. A read is at most max_block long, runs over at most max_gap
/// registers in a row that nobody asked for, and over none that the profile marks unreadable. By function and address; no point twice.
/// Error: unknown_point.
[[nodiscard]] base::Result<std::vector<modbus::Read>> plan_blocks(const DeviceProfile& profile, std::span<const PointName> points);

/// Each of these points, and those that scale them, by itself, in the same order; for a device that refuses a block. A name that the profile does not have is left out.
[[nodiscard]] std::vector<modbus::Read> read_apart(const DeviceProfile& profile, std::span<const PointName> points);

}  // namespace anju::gateway
