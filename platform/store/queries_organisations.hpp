#pragma once

// The questions about organisations, each on a session that is in a read transaction. Throw soci::soci_error.

#include <soci/session.h>

#include <optional>
#include <string_view>
#include <vector>

#include "platform/domain/queries.hpp"

namespace anju::platform {

[[nodiscard]] std::vector<OrganisationNode> read_organisations(soci::session& session, const Scope& scope, std::string_view search);
[[nodiscard]] std::optional<std::vector<AccountRow>> read_accounts(soci::session& session, const Scope& scope, std::string_view kind,
                                                                   std::int64_t organisation);
[[nodiscard]] std::optional<OrganisationStatistics> read_statistics(soci::session& session, const Scope& scope, std::string_view kind,
                                                                    std::int64_t organisation, base::UtcMillis now);

}  // namespace anju::platform
