#include "platform/store/retention.hpp"

#include <soci/soci.h>

#include "platform/store/cut_plan.hpp"
#include "platform/store/database.hpp"
#include "platform/store/statement.hpp"

namespace anju::platform {
namespace {

constexpr const char* kMeterRow =
    "INSERT INTO meter_cut(meter, organisation, site, cut, newest_reading, used_reading, newest_transfer, meter_plan, price_version, last_ms, total_e4, sharp_e4, peak_e4,"
    " flat_e4, valley_e4, unsplit_e4, rollovers, anchored_ms, month_quantity_e4, year_quantity_e4, billed_e4, balance_micro_yuan, remainder_nano_yuan)"
    " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(meter) DO UPDATE SET cut = excluded.cut, newest_reading ="
    " excluded.newest_reading, used_reading = excluded.used_reading, newest_transfer = excluded.newest_transfer, meter_plan = excluded.meter_plan, price_version ="
    " excluded.price_version, last_ms = excluded.last_ms, total_e4 = excluded.total_e4, sharp_e4 = excluded.sharp_e4, peak_e4 = excluded.peak_e4, flat_e4 ="
    " excluded.flat_e4, valley_e4 = excluded.valley_e4, unsplit_e4 = excluded.unsplit_e4, rollovers = excluded.rollovers, anchored_ms = excluded.anchored_ms,"
    " month_quantity_e4 = excluded.month_quantity_e4, year_quantity_e4 = excluded.year_quantity_e4, billed_e4 = excluded.billed_e4, balance_micro_yuan ="
    " excluded.balance_micro_yuan, remainder_nano_yuan = excluded.remainder_nano_yuan";
constexpr const char* kSumRow =
    "INSERT INTO meter_cut_sum(meter, price_plan_version, organisation, site, cut, account, other, deductions, quantity_e4, amount_micro_yuan, nano_yuan)"
    " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(meter, price_plan_version) DO UPDATE SET cut = excluded.cut, deductions = meter_cut_sum.deductions +"
    " excluded.deductions, quantity_e4 = meter_cut_sum.quantity_e4 + excluded.quantity_e4, amount_micro_yuan = meter_cut_sum.amount_micro_yuan +"
    " excluded.amount_micro_yuan, nano_yuan = meter_cut_sum.nano_yuan + excluded.nano_yuan";

void write(soci::session& session, const CutPlan& plan) {
  const CutRow& row = plan.row;
  Statement cut(session,
                "INSERT INTO reading_cut(id, at_ms, from_reading, next_reading, newest_transfer, until_ms, blocks, blocks_hash, hash) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)");
  Statement meter(session, kMeterRow), sum(session, kSumRow);
  Statement kept(session, "INSERT INTO reading_kept(id, meter, transfer, body) VALUES(?, ?, ?, ?)");
  Statement drop(session, "DELETE FROM reading_block WHERE id < ?");
  Pipeline pipeline(session);
  cut.write(row.id, row.at, row.from_reading, row.next_reading, row.newest_transfer, row.until, row.blocks, row.blocks_hash, row.hash);
  for (const auto& [id, left] : plan.meters) {
    const MeterStand& s = left.stand;
    const auto part = [&s](std::size_t i) { return s.last.tariffs_known ? std::optional(s.last.tariffs[i]) : std::nullopt; };
    meter.write(id, left.owner.organisation, left.owner.site, row.id, s.newest_reading, s.used_reading, s.transfer, s.meter_plan, s.version, s.last.at, s.last.total, part(0),
                part(1), part(2), part(3), s.last.unsplit, s.last.rollovers, s.last.anchored, s.accrued.month, s.accrued.year, s.accrued.ever, s.balance, s.remainder);
  }
  for (const auto& [key, one] : plan.sums) {
    sum.write(key.first, key.second, one.owner.organisation, one.owner.site, row.id, one.account, one.other, one.deductions, one.quantity_e4, one.amount_micro_yuan,
              one.nano_yuan);
  }
  for (const KeptReading& one : plan.kept)
    kept.write(one.id, one.meter, one.transfer == 0 ? std::nullopt : std::optional(one.transfer), Bytes{one.body});
  drop.write(row.next_reading);
  pipeline.end();
}

class SociRetention : public RetentionStore {
 public:
  base::Result<> open(const std::string& url) {
    if (auto opened = open_session(reader_, url, true); !opened) return opened;
    return open_session(writer_, url);
  }

  base::Result<CutOutcome> cut(base::UtcMillis now, base::UtcMillis before) override {
    return guarded(reader_, "cut", [&]() -> base::Result<CutOutcome> {
      CutPlan plan;
      {
        soci::transaction reading(reader_);
        plan = plan_cut(reader_, now, before);
      }
      if (!plan.wrong.empty()) return CutOutcome{0, 0, 0, std::move(plan.wrong), plan.meter};
      const CutRow& row = plan.row;
      const CutOutcome made{row.blocks, row.next_reading - row.from_reading, static_cast<std::int64_t>(plan.kept.size()), {}, 0};
      if (row.blocks == 0) return made;
      auto written = immediately(writer_, [&]() -> base::Result<> {
        if (newest_cut(writer_).id != row.id - 1) return base::fail(Errc::store_failed, "cut: somebody else cuts");
        write(writer_, plan);
        return {};
      });
      if (!written) return base::pass(written);
      return made;
    });
  }

  base::Result<CutSoFar> so_far() override {
    return guarded(reader_, "so_far", [&]() -> base::Result<CutSoFar> {
      soci::transaction reading(reader_);
      return cut_so_far(reader_);
    });
  }

 private:
  soci::session reader_, writer_;
};

}  // namespace

base::Result<std::unique_ptr<RetentionStore>> open_retention(const std::string& url) {
  auto made = std::make_unique<SociRetention>();
  if (auto opened = made->open(url); !opened) return base::pass(opened);
  return std::unique_ptr<RetentionStore>(std::move(made));
}

}  // namespace anju::platform
