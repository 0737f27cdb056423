#pragma once

// Performs what gateway/core/upgrade.hpp decides: one child, one folder, one clock. Blocks until the gateway is to end.

#include <string>
#include <vector>

#include "protocols/base/time.hpp"
#include "protocols/wire/release.hpp"

namespace anju::gateway {

struct LauncherOptions {
  std::string releases;                ///< the folder
  std::vector<std::string> key_files;  ///< those that are there are read
  std::string packaged;                ///< the program that runs where there is no release
  wire::Version packaged_version;
  base::Millis trial_span;
  std::vector<std::string> arguments;  ///< of the gateway
};

/// The exit code: that of the gateway, 1 where nothing can be started.
[[nodiscard]] int launch(const LauncherOptions& options);

}  // namespace anju::gateway
