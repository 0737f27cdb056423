#pragma once

// The file that says which device a switch test has opened, so that a gateway that ended between the halves closes it at its next start.

#include <string>

namespace anju::gateway {

/// Replaces what was kept, durably; device empty: nothing is open any more. False: it could not, and that is logged.
[[nodiscard]] bool keep_test(const std::string& data_folder, const std::string& device);
/// Empty: nothing is kept, or what is there names no device.
[[nodiscard]] std::string kept_test(const std::string& data_folder);

}  // namespace anju::gateway
