#pragma once

// Writes a Batch: one prepared statement per table (readings: journal_writer.hpp), in the order that foreign keys ask for. The transaction around
// it is the caller's.

#include <soci/session.h>

#include <array>
#include <string_view>

#include "platform/domain/records.hpp"
#include "platform/store/journal_writer.hpp"
#include "platform/store/statement.hpp"

namespace anju::platform {

/// What goes with a meter that was registered by mistake. A row elsewhere that names the meter keeps it (Archive::names_meter).
inline constexpr std::array<std::string_view, 5> kGoWithMeter{"command", "meter_habit", "meter_hour", "meter_supply", "meter_register"};

class LedgerWriter {
 public:
  /// Throws soci::soci_error.
  LedgerWriter(soci::session& session, std::size_t block_rows);
  /// Before each transaction.
  void prepare() { journal_.prepare(); }
  void write(const Batch& batch);
  /// The transaction was rolled back.
  void forget();

 private:
  void write_sites(const Batch& batch);
  void write_plans(const Batch& batch);
  void write_registry(const Batch& batch);
  void write_money(const Batch& batch);
  void write_households(const Batch& batch);
  void write_streams(const Batch& batch);
  void write_supply(const Batch& batch);
  void write_removed(const Batch& batch);

  Statement site_, plan_, plan_version_, gateway_, upgrade_, line_, stream_, account_, account_update_, meter_, meter_settings_, meter_plan_,
      plan_change_, schedule_, fee_, habit_, hours_, dispatch_, device_, register_change_, fee_payment_, opening_, settlement_, adjustment_;
  Statement meter_register_, meter_register_update_, meter_supply_, transfer_, recharge_, day_register_, meter_day_, site_day_,
      meter_sum_, connection_, decision_;
  // Ids rise, so what is above the newest is new. A plain UPDATE costs half of an INSERT that meets a conflict.
  std::int64_t newest_account_ = 0, newest_meter_register_ = 0;
  Statement quarantine_, found_, found_forgotten_, crossing_, command_, notice_, alarm_;
  Statement removed_meter_, drop_command_, drop_habit_, drop_hours_, drop_supply_, drop_register_, drop_meter_, drop_account_, free_meter_, leave_room_;
  JournalWriter journal_;
};

}  // namespace anju::platform
