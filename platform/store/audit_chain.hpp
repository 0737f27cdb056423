#pragma once

// The hash that chains the rows of the audit log, so that a changed, removed or inserted row is found.

#include <string>
#include <string_view>

#include "platform/domain/users.hpp"

namespace anju::platform {

/// SHA-256 over the previous row's hash (64 hex digits; of the first row: 64 zeros) and this row's fields, each with
/// its length in front so that no text can be moved from one field to the next. 64 hex digits, lower case.
[[nodiscard]] std::string audit_hash(std::string_view previous, const AuditEntry& entry);

}  // namespace anju::platform
