#pragma once

// One row of the audit log. Who commits an effect writes its row in the same transaction: the ledger's store for orders, the user
// store for what changes nothing in the ledger. Plain data.

#include <cstdint>
#include <optional>
#include <string>

#include "protocols/base/time.hpp"

namespace anju::platform {

struct AuditEntry {
  base::UtcMillis at;
  std::optional<std::int64_t> organisation;  ///< absent when nobody was logged in
  std::string who;                           ///< login name as given
  std::string address;                       ///< where from
  std::string action;                        ///< operationId, or init, serve, …
  std::string object;
  std::string detail;  ///< what was asked, without secrets and personal data
  std::string result;  ///< "ok" or the error's code
};

}  // namespace anju::platform
