#pragma once

// A firmware upgrade that the office orders: what it wants (a field of the archive) and what becomes of it (a field of the gateway's state).
// JSON names are the member names. The file itself is protocols/wire/release.hpp; it travels over HTTP, never by the broker.

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/base/time.hpp"
#include "protocols/wire/release.hpp"

namespace anju::wire {

/// The release that a gateway is to run. A gateway deals with each order once, however often it is told; who wants it tried again makes another one.
struct ReleaseOrder {
  std::string order;  ///< an id
  Version version;
  std::int64_t size = 1;  ///< bytes of the whole file, 1..kMaxRelease
  std::string sha256;     ///< of the whole file, 64 lower-case hex digits
  std::string url;        ///< http:// or https://, the file itself
  std::string pin = {};   ///< is_pin: the key of the server; empty: the machine's own authorities. http has none
  auto operator<=>(const ReleaseOrder&) const = default;
};

enum class UpgradeStep : std::uint8_t {
  waiting,      ///< taken, and something else goes first: the server, the disk, another trial
  downloading,
  offered,      ///< whole and right, in the hands of the launcher
  trial,        ///< it runs until the platform has acknowledged it
  installed,    ///< the end, as the next three
  rolled_back,  ///< it was tried; the version before runs
  refused,      ///< it was judged and not tried
  failed,       ///< it never came: the file is not the one that was ordered, or a day was not enough
};

/// How far the newest order is. It stays until there is another one.
struct UpgradeProgress {
  std::string order;  ///< ReleaseOrder::order
  Version version;
  UpgradeStep step = UpgradeStep::waiting;
  std::string reason = {};     ///< an id: why it waits, or ended so; empty: nothing to say
  std::int64_t bytes = 0;      ///< of the file that are there, 0..kMaxRelease
  base::UtcMillis at;          ///< when this was noticed
  auto operator<=>(const UpgradeProgress&) const = default;
};

/// installed, rolled_back, refused, failed.
[[nodiscard]] bool is_over(UpgradeStep step);
[[nodiscard]] std::string_view to_string(UpgradeStep step);
/// http:// or https:// and no blanks, quotes or control characters; what follows is not looked at.
[[nodiscard]] bool is_download_url(std::string_view text);

}  // namespace anju::wire
