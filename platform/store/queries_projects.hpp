#pragma once

// The communities of a session and how they stand. On a session that is in a read transaction; throw soci::soci_error.

#include <soci/session.h>

#include <optional>
#include <vector>

#include "platform/domain/queries.hpp"
#include "platform/store/reader.hpp"

namespace anju::platform {

/// The columns latitude and longitude, in millionths of a degree; nothing when one of them is NULL.
[[nodiscard]] std::optional<Position> read_position(Select& reader);

[[nodiscard]] std::vector<ProjectRow> read_projects(soci::session& session, const Scope& scope);

}  // namespace anju::platform
