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

}  // namespace anju::platform
