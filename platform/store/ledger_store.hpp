#pragma once

// The ledger's store on SOCI. One connection, used by the ledger thread only; it is the one writer of the ledger's tables.

#include <memory>
#include <string>

#include "platform/domain/store.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

/// Opens, migrates and prepares. url: "sqlite:PATH". Error: store_failed.
[[nodiscard]] base::Result<std::unique_ptr<LedgerStore>> open_ledger_store(const std::string& url);

/// What `init` writes before there is anybody to give orders.
struct NewSite {
  std::string organisation;  ///< name; made when it is not there
  std::string code, name;
  int utc_offset_minutes = 480;
  /// Of one meter: a register that grows faster is quarantined. 100 kW is above any meter of a flat or shop; a simulated site whose
  /// clock runs faster needs more.
  std::int64_t greatest_power_w = 100'000;
};
struct AddedSite {
  std::int64_t organisation = 0, site = 0;
};
/// Opens, migrates, adds. A site that is there already (same code, same organisation) is answered as it is.
/// Errors: bad_field (code), conflict (the code belongs to another organisation), store_failed.
[[nodiscard]] base::Result<AddedSite> add_site(const std::string& url, const NewSite& site, base::UtcMillis now);

}  // namespace anju::platform
