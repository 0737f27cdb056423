#pragma once

// What the archive has now and had not when a report was made, and the other way round: a report speaks for the devices that it read, not for those that
// came or went since.

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/local/accepted.hpp"
#include "protocols/wire/down.hpp"

namespace anju::gateway {

/// Of each kind so many are named; the rest is counted.
inline constexpr std::size_t kMostNamed = 50;

struct ChangedDevice {
  std::string id, address;
  bool operator==(const ChangedDevice&) const = default;
};
struct ChangedDevices {
  std::size_t count = 0;
  std::vector<ChangedDevice> named{};  ///< the first kMostNamed of them
};

struct ChangesSince {
  std::int64_t archive_version = 0;  ///< of the archive that counts now; 0: there is none
  ChangedDevices added{}, removed{};
  /// Under the same id: another address, line, port of its line, rate, kind or profile (but for passwords), or a switch that came or went.
  ChangedDevices altered{};
  [[nodiscard]] bool any() const { return added.count + removed.count + altered.count > 0; }
};

/// archive: the one that counts now; null: none, so nothing that was accepted is there any more.
[[nodiscard]] ChangesSince changes_since(const AcceptanceReport& report, const wire::Archive* archive);

}  // namespace anju::gateway
