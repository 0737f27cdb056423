#pragma once

// The directory of meters (meter_directory.hpp) as the database has it: loaded once, then kept up to date by what `meter_change` says.

#include <soci/session.h>

#include <cstdint>
#include <mutex>
#include <shared_mutex>
#include <vector>

#include "platform/store/meter_directory.hpp"

namespace anju::platform {

class MeterFeed {
 public:
  /// On a session that is in a read transaction: nothing that it sees is missing. The first question loads all meters (some microseconds
  /// each). Throws soci::soci_error.
  [[nodiscard]] MetersFound ask(soci::session& session, const MeterQuestion& question);
  [[nodiscard]] std::map<std::int64_t, std::int64_t> count_by_plan(soci::session& session, const MeterQuestion& question);

  /// Loads what a first question would wait for.
  void bring_up_to_date(soci::session& session);

 private:
  void load(soci::session& session);
  [[nodiscard]] bool take_changes(soci::session& session, std::int64_t newest);

  std::shared_mutex mutex_;       ///< many ask, one brings up to date
  MeterDirectory directory_;
  std::int64_t position_ = -1;    ///< newest change that is in it; -1: nothing is loaded
};

}  // namespace anju::platform
