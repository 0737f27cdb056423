#pragma once

// What the page shows of lines, devices and frames, as JSON. Reads the core, changes nothing.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "gateway/core/gateway.hpp"
#include "gateway/local/network.hpp"

namespace anju::gateway {

inline constexpr std::size_t kDevicesTogether = 50;  ///< in one answer
inline constexpr std::size_t kTracesTogether = 40;

/// What only the program around the core knows.
struct LocalFacts {
  std::string site, gateway, software;
  base::UtcMillis started_at;
  bool connected = false;   ///< to the broker
  std::string broker_why;   ///< why not
  std::int64_t unacknowledged = 0, used_bytes = 0;
  std::size_t waiting = 0;  ///< events that the spool has not taken yet
  bool full = false;
  std::int64_t last_seq = 0, through = 0;           ///< of the stream: what the spool has, and what the platform has of it
  std::optional<base::Millis> acknowledged_ago;     ///< since the platform said so last; nullopt: not since this start
  std::optional<bool> clock_synchronised;           ///< by time servers; nullopt: the system does not tell
  std::vector<NetworkInterface> network;
};

[[nodiscard]] boost::json::array network_json(const std::vector<NetworkInterface>& network);
[[nodiscard]] boost::json::object state_json(const Gateway& gateway, const LocalFacts& facts, base::UtcMillis now);

struct DeviceFilter {
  std::string line;    ///< empty: all
  std::string search;  ///< a part of its address or id
  bool silent = false; ///< only those that do not answer
  std::size_t from = 0;
};
/// `{total, from, devices: […]}`, at most kDevicesTogether of them, as the archive orders them.
[[nodiscard]] boost::json::object devices_json(const Gateway& gateway, const DeviceFilter& filter);
[[nodiscard]] boost::json::object device_json(const Gateway& gateway, const wire::ArchiveDevice& device);
/// Null when the archive has no such device.
[[nodiscard]] const wire::ArchiveDevice* find_device(const Gateway& gateway, std::string_view id);

enum class Passwords { hidden, shown };
/// What came on a line after exchange `after`, oldest first; without one, and where more came than fits, the newest.
/// hidden: ** stands for each byte that gives a password away, *** for such facts.
[[nodiscard]] boost::json::object trace_json(const Gateway& gateway, const base::LineId& id, const Line& line, std::uint64_t after, Passwords passwords);

}  // namespace anju::gateway
