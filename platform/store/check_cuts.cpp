#include "platform/store/check_cuts.hpp"

#include "platform/store/cut_rows.hpp"
#include "platform/store/replay.hpp"

namespace anju::platform {
namespace {

/// What a row of meter_cut, meter_cut_sum or reading_kept has to do with the cuts, and what no block has.
constexpr const char* kRows =
    "SELECT 'meter_cut ' || m.meter FROM meter_cut m LEFT JOIN reading_cut c ON c.id = m.cut WHERE c.id IS NULL OR m.newest_reading < c.from_reading"
    " OR m.newest_reading >= c.next_reading OR m.used_reading > m.newest_reading OR m.newest_transfer > c.newest_transfer AND NOT EXISTS"
    " (SELECT 1 FROM transfer t WHERE t.id = m.newest_transfer AND t.meter = m.meter)"
    " UNION ALL SELECT 'meter_cut_sum ' || s.meter FROM meter_cut_sum s LEFT JOIN meter_cut m ON m.meter = s.meter WHERE m.meter IS NULL OR m.cut < s.cut"
    " UNION ALL SELECT 'reading_kept ' || k.id FROM reading_kept k WHERE k.id >= (SELECT coalesce(max(c.next_reading), 0) FROM reading_cut c)"
    " UNION ALL SELECT 'reading_block ' || b.id FROM reading_block b WHERE b.id < (SELECT max(c.next_reading) FROM reading_cut c)";

}  // namespace

Check check_cuts(soci::session& session) {
  Check check{"cuts_are_whole", "each cut of old readings follows from the one before, and what it left behind belongs to it", 0, {}};
  const auto note = [&check](std::string what) {
    ++check.wrong;
    if (check.first.size() < kMostFindings) check.first.push_back(std::move(what));
  };
  CutRow before;
  each_row(session, kCutColumns, std::string(kCuts) + " ORDER BY id", [&](Select& select) {
    CutRow row = read_cut(select);
    const bool begins = before.id == 0 || row.from_reading == before.next_reading;
    const bool rises = row.newest_transfer >= before.newest_transfer && (before.id == 0 || row.until >= before.until);
    if (row.id != before.id + 1 || !begins || !rises || row.hash != cut_hash(before.hash, row)) note("cut " + std::to_string(row.id));
    before = std::move(row);
  });
  each_row(session, 1, kRows, [&](Select& row) { note(row.text()); });
  return check;
}

}  // namespace anju::platform
