#pragma once

// What a cut of old readings would take away and leave behind, computed out of the very blocks that go. Changes nothing.

#include <soci/session.h>

#include <map>
#include <string>
#include <vector>

#include "platform/store/cut_rows.hpp"
#include "platform/store/meter_replay.hpp"

namespace anju::platform {

/// A cut ends with the block that reaches either limit. Some 50 ms of writing, in which the ledger waits.
inline constexpr std::int64_t kMostCutBlocks = 16;
inline constexpr std::size_t kMostCutMeters = 4096;

struct CutMeter {
  Owner owner;
  MeterStand stand;
};

/// Of a meter and a price version.
struct CutSum {
  Owner owner;
  std::int64_t account = 0, other = 0, deductions = 0, quantity_e4 = 0, amount_micro_yuan = 0, nano_yuan = 0;
};

struct KeptReading {
  std::int64_t id = 0, meter = 0, transfer = 0;
  std::string body;
};

struct CutPlan {
  CutRow row;  ///< blocks 0: nothing is old enough
  std::map<std::int64_t, CutMeter> meters;
  std::map<std::pair<std::int64_t, std::int64_t>, CutSum> sums;
  std::vector<KeptReading> kept;
  std::string wrong;       ///< a contradiction in the books, in words: nothing may go
  std::int64_t meter = 0;  ///< whose, 0: no one's
};

/// On a session that is in a transaction which sees one state. Throws soci::soci_error.
[[nodiscard]] CutPlan plan_cut(soci::session& session, base::UtcMillis now, base::UtcMillis before);

}  // namespace anju::platform
