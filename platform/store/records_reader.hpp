#pragma once

// Rows of the catalogue's resources as they are asked for. Everything throws soci::soci_error.

#include <soci/session.h>

#include <cstdint>
#include <optional>
#include <vector>

#include "platform/catalog/records.hpp"
#include "platform/store/question.hpp"

namespace anju::platform::records {

/// Adds the condition that the row `r` is one that the scope reaches.
Question& reach(Question& question, const catalog::Resource& resource, const Scope& scope);

[[nodiscard]] std::int64_t count_rows(soci::session& session, const catalog::Resource& resource, const Scope& scope, const catalog::Listing& listing);
/// A page, and of how many rows.
[[nodiscard]] Page<catalog::Record> list_rows(soci::session& session, const catalog::Resource& resource, const Scope& scope, const catalog::Listing& listing);
/// At most so many rows behind `after` in the listing's order; its page means nothing.
[[nodiscard]] std::vector<catalog::Record> batch_of_rows(soci::session& session, const catalog::Resource& resource, const Scope& scope,
                                                         const catalog::Listing& listing, const std::optional<catalog::Mark>& after, std::int64_t most);
[[nodiscard]] std::optional<catalog::Record> find_row(soci::session& session, const catalog::Resource& resource, const Scope& scope, std::int64_t id);

}  // namespace anju::platform::records
