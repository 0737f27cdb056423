#pragma once

// The ledger's store on SOCI. One connection, used by the ledger thread only; it is the one writer of the ledger's tables.

#include <memory>
#include <string>

#include "platform/domain/store.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

/// Readings in a block. More make a walk through one meter's history dearer, which decodes a block for each; fewer cost space.
inline constexpr std::size_t kBlockRows = 2048;

/// Opens, migrates and prepares. url: "sqlite:PATH" or "postgresql://…". block_rows: 1..65 536. Error: store_failed.
[[nodiscard]] base::Result<std::unique_ptr<LedgerStore>> open_ledger_store(const std::string& url, std::size_t block_rows = kBlockRows);

}  // namespace anju::platform
