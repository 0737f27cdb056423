#pragma once

// What scans found, in the database: how a device is read from its columns, and what a person is shown of a gateway.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/domain/queries.hpp"
#include "platform/domain/scope.hpp"
#include "protocols/wire/up.hpp"

namespace soci {
class session;
}

namespace anju::platform {

class Select;

/// The columns dialect to answers of found_device, in the order of the table.
[[nodiscard]] wire::FoundDevice read_found_device(Select& row);
/// Names separated by blanks, which no name has.
[[nodiscard]] std::string models_text(const std::vector<std::string>& models);

/// Those that no meter of the office stands for; nothing: no such gateway in the scope. By line and address. Throws soci::soci_error.
[[nodiscard]] std::optional<std::vector<FoundRow>> read_found(soci::session& session, const Scope& scope, std::string_view gateway, bool dismissed);

}  // namespace anju::platform
