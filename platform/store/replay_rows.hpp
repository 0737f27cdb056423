#pragma once

// The rows that a replay of meters asks for (meter_replay.hpp), as SQL finds them. Everything throws soci::soci_error.

#include <soci/session.h>

#include <string>
#include <vector>

#include "platform/store/meter_replay.hpp"
#include "platform/store/reader.hpp"

namespace anju::platform {

struct MeterToReplay {
  ReplayedMeter meter;
  StoredStand stored;
};
/// By id. where: " WHERE m.id …" of ours, or nothing: all.
[[nodiscard]] std::vector<MeterToReplay> load_meters_to_replay(soci::session& session, const std::string& where = {});

inline constexpr std::size_t kReplayedTransferColumns = 12;
/// of table `transfer` t
inline constexpr const char* kReplayedTransfer =
    "SELECT t.meter, t.id, t.kind, t.debit, t.credit, t.amount_micro_yuan, t.balance_micro_yuan, t.reading, t.price_plan_version, t.quantity_e4,"
    " t.nano_yuan, t.previous FROM transfer t";
[[nodiscard]] ReplayedTransfer read_replayed_transfer(Select& row);

inline constexpr std::size_t kReplayedDecisionColumns = 9;
/// of table `reading_decision` d
inline constexpr const char* kReplayedDecision =
    "SELECT d.meter, d.id, d.newest_reading, d.reading, d.from_total_e4, d.billed_e4, d.price_plan_version, d.known_version, d.known_meter_plan";
/// Without what was read.
[[nodiscard]] ReplayedDecision read_replayed_decision(Select& row);

/// Reads rows ordered by meter, one meter at a time.
template <class Row>
class ByMeter {
 public:
  ByMeter(soci::session& session, std::size_t columns, const std::string& query, Row (*read)(Select&)) : rows_(session, columns, query), read_(read) { fetch(); }
  /// Of meters in rising order.
  std::vector<Row> of(std::int64_t meter) {
    std::vector<Row> found;
    while (ahead_ && ahead_->meter <= meter) {
      if (ahead_->meter == meter) found.push_back(*ahead_);
      fetch();
    }
    return found;
  }

 private:
  void fetch() {
    ahead_.reset();
    if (rows_.next()) ahead_ = read_(rows_);
  }
  Select rows_;
  Row (*read_)(Select&);
  std::optional<Row> ahead_;
};

/// What people decided about the meters, by meter. meters: " … WHERE x.meter …" of ours, or nothing: all.
[[nodiscard]] ByMeter<RegisterChange> register_changes_by_meter(soci::session& session, const std::string& where = {});

/// Households with which steps began anew, by meter, as they came.
[[nodiscard]] ByMeter<StepsAnew> steps_anew_by_meter(soci::session& session, const std::string& where = {});

}  // namespace anju::platform
