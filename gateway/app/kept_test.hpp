#pragma once

// The file that says which devices switch tests have opened, so that a gateway that ended before they were closed closes them at its next start.

#include <string>
#include <vector>

#include "protocols/base/id.hpp"

namespace anju::gateway {

/// Replaces what was kept, durably; devices empty: nothing is open any more. False: it could not, and that is logged.
[[nodiscard]] bool keep_tests(const std::string& data_folder, const std::vector<base::DeviceId>& devices);
/// Lines that name no device are skipped. Empty: nothing is kept.
[[nodiscard]] std::vector<base::DeviceId> kept_tests(const std::string& data_folder);

}  // namespace anju::gateway
