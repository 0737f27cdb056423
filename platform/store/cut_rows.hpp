#pragma once

// Rows of `reading_cut`: each says what went and is chained to the one before, so that a changed, removed or inserted one is found.

#include <soci/session.h>

#include <span>
#include <string>
#include <string_view>

#include "platform/domain/retention.hpp"
#include "platform/store/reader.hpp"

namespace anju::platform {

struct CutRow {
  std::int64_t id = 0;
  base::UtcMillis at;
  std::int64_t from_reading = 0, next_reading = 0, newest_transfer = 0;
  base::UtcMillis until;
  std::int64_t blocks = 0;
  std::string blocks_hash, hash;
};

inline constexpr std::size_t kCutColumns = 9;
inline constexpr const char* kCuts = "SELECT id, at_ms, from_reading, next_reading, newest_transfer, until_ms, blocks, blocks_hash, hash FROM reading_cut";
[[nodiscard]] CutRow read_cut(Select& row);
/// id 0: there is none. Throws soci::soci_error.
[[nodiscard]] CutRow newest_cut(soci::session& session);

/// Throws soci::soci_error.
[[nodiscard]] CutSoFar cut_so_far(soci::session& session);

/// SHA-256 over the hash of the row before (of the first: nothing) and this row's columns without its own hash, each with its length in front.
[[nodiscard]] std::string cut_hash(std::string_view before, const CutRow& row);
/// The same over the bodies of blocks.
[[nodiscard]] std::string blocks_hash(std::span<const std::string> bodies);

}  // namespace anju::platform
