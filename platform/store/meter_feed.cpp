#include "platform/store/meter_feed.hpp"

#include <utility>

#include "platform/store/question.hpp"
#include "platform/store/room_of_meter.hpp"

namespace anju::platform {
namespace {

const std::string kColumns = "m.id, m.organisation, m.site, m.gateway, m.price_plan, m.mode, m.name, " + room_of("m") +
                             ", m.address, m.device, s.relay, s.account_state, s.reachable, m.kind";

MeterEntry read_entry(Select& row) {
  MeterEntry entry;
  entry.id = row.integer();
  entry.organisation = row.integer();
  entry.site = static_cast<std::int32_t>(row.integer());
  entry.gateway = static_cast<std::int32_t>(row.integer());
  entry.plan = static_cast<std::int32_t>(row.integer());
  entry.mode = row.word<MeterMode>(2);
  entry.name = row.text();
  entry.room = row.text();
  entry.address = row.text();
  entry.device = row.text();
  entry.relay = row.word<wire::Relay>(static_cast<int>(wire::Relay::awaiting_button) + 1);
  entry.account = row.word<AccountState>(4);
  entry.reachable = row.flag();
  entry.kind = row.word<wire::MeterKind>(3);
  return entry;
}

/// Above so many changes everything is loaded anew: that is one walk through the tables instead of one look-up each.
constexpr std::int64_t kMostChanges = 50'000;

}  // namespace

MetersFound MeterFeed::ask(soci::session& session, const MeterQuestion& question) {
  bring_up_to_date(session);
  const std::shared_lock lock(mutex_);
  return directory_.ask(question);
}

std::map<std::int64_t, std::int64_t> MeterFeed::count_by_plan(soci::session& session, const MeterQuestion& question) {
  bring_up_to_date(session);
  const std::shared_lock lock(mutex_);
  return directory_.count_by_plan(question);
}

void MeterFeed::bring_up_to_date(soci::session& session) {
  const std::int64_t newest = Question(session).text("SELECT coalesce(max(id), 0) FROM meter_change").number();
  {
    const std::shared_lock lock(mutex_);
    // Another connection may have seen more already.
    if (position_ >= newest) return;
  }
  const std::unique_lock lock(mutex_);
  if (position_ >= newest || take_changes(session, newest)) return;
  load(session);
  position_ = newest;
}

void MeterFeed::load(soci::session& session) {
  position_ = -1;  // whatever happens on the way
  directory_.clear();
  Question all(session);
  all.text("SELECT " + kColumns + " FROM meter m JOIN meter_supply s ON s.meter = m.id ORDER BY m.id");
  all.rows([&](Select& row) { directory_.add(read_entry(row)); });
  directory_.loaded();
}

bool MeterFeed::take_changes(soci::session& session, std::int64_t newest) {
  if (position_ < 0 || newest - position_ > kMostChanges) return false;
  // The oldest changes are forgotten (migration 012).
  if (Question(session).text("SELECT coalesce(min(id), 0) FROM meter_change").number() > position_ + 1) return false;
  std::vector<MeterDirectory::Change> changes;
  Question changed(session);
  changed.text("SELECT c.meter, CASE WHEN s.meter IS NULL THEN 0 ELSE 1 END, " + kColumns + " FROM (SELECT DISTINCT meter FROM meter_change WHERE id > ").value(position_);
  changed.text(") c LEFT JOIN meter m ON m.id = c.meter LEFT JOIN meter_supply s ON s.meter = m.id");
  changed.rows([&](Select& row) {
    MeterDirectory::Change& change = changes.emplace_back();
    change.id = row.integer();
    if (row.flag()) change.entry = read_entry(row);
  });
  const bool taken = directory_.change(std::move(changes));
  position_ = taken ? newest : -1;
  return taken;
}

}  // namespace anju::platform
