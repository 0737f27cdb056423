#pragma once

// Reviews, accounts and registrations of organisations on SOCI: a connection of its own, for the store thread.

#include <memory>
#include <string>

#include "platform/domain/organisation_desk.hpp"

namespace anju::platform {

/// The database must be migrated already. Error: store_failed.
[[nodiscard]] base::Result<std::unique_ptr<OrganisationDesk>> open_organisation_desk(const std::string& url);

}  // namespace anju::platform
