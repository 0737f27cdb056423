#pragma once

// Who refers to a row: asked of the schema itself, so that a table which comes later is not forgotten.

#include <soci/session.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace anju::platform {

/// The first table, by name, some row of which refers to row `id` of `table` by a foreign key; nothing when there is none. but: tables that do not count.
/// Throws soci::soci_error.
[[nodiscard]] std::optional<std::string> find_referrer(soci::session& session, const std::string& table, std::int64_t id, std::span<const std::string_view> but = {});

}  // namespace anju::platform
