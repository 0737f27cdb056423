#pragma once

// The hash that chains the rows of the audit log, so that a changed, removed or inserted row is found, and the one way to add rows.

#include <span>
#include <string>
#include <string_view>

#include "platform/domain/audit.hpp"

namespace soci {
class session;
}

namespace anju::platform {

/// SHA-256 over the previous row's hash (64 hex digits; of the first row: 64 zeros) and this row's fields, each with
/// its length in front so that no text can be moved from one field to the next. 64 hex digits, lower case.
[[nodiscard]] std::string audit_hash(std::string_view previous, const AuditEntry& entry);

/// What stands before the first row.
[[nodiscard]] std::string no_audit_hash();

/// Adds the rows behind the newest one, in this order. Call it inside a transaction that was begun IMMEDIATE: the newest hash must not
/// change between reading it and writing the next row, and two connections write here. Throws soci::soci_error.
void write_audit(soci::session& session, std::span<const AuditEntry> entries);

}  // namespace anju::platform
