#pragma once

// The newest order of a gateway in the database, as the ledger loads it and people are shown it.

#include <cstddef>

#include "platform/domain/upgrade.hpp"

namespace anju::platform {

class Select;

/// The columns of gateway_upgrade, called u.
inline constexpr const char* kUpgrade =
    "u.gateway, u.organisation, u.site, u.release, u.order_code, u.version, u.size, u.sha256, u.url, u.pin, u.by, u.ordered_ms, u.withdrawn, u.step, u.reason,"
    " u.bytes, u.at_ms";
inline constexpr std::size_t kUpgradeColumns = 17;

/// Reads them. Of a row that is not there (an outer join) gateway is 0 and the rest is empty. Throws soci::soci_error.
[[nodiscard]] Upgrade read_upgrade(Select& row);

}  // namespace anju::platform
