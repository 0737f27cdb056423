#pragma once

// Whether a device, as it is to stand in an archive, could be read again there.

#include "protocols/base/result.hpp"
#include "protocols/wire/down.hpp"

namespace anju::wire {

/// device: its id and line are not looked at. Error: bad_field or too_large, `where` is the field within the device (address, profile.format).
[[nodiscard]] base::Result<> check_device_fields(const ArchiveDevice& device);

}  // namespace anju::wire
