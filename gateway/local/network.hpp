#pragma once

// How this box is connected, as far as the system tells: for somebody who stands in front of it.

#include <optional>
#include <string>
#include <vector>

namespace anju::gateway {

inline constexpr std::size_t kMostInterfaces = 16, kMostAddresses = 8;

struct NetworkInterface {
  std::string name;
  bool up = false;  ///< it has a carrier
  std::vector<std::string> addresses;  ///< without link-local ones
  std::optional<int> signal_dbm;       ///< of a wireless one
};

/// By name, without the loopback and without made-up ones that have no address. Reads the kernel's tables only; what is not there is left out.
[[nodiscard]] std::vector<NetworkInterface> network_interfaces();

/// Whether time servers set this system's clock, as the kernel says, or systemd-timesyncd where the kernel may not be asked; nullopt: nobody tells.
[[nodiscard]] std::optional<bool> clock_synchronised();

/// The signal of one interface in the text of /proc/net/wireless, in dBm; nullopt when it is not there or makes no sense.
[[nodiscard]] std::optional<int> signal_of(const std::string& text, const std::string& interface);

}  // namespace anju::gateway
