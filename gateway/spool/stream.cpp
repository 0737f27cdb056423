// Events and their numbers.

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <sqlite3.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "gateway/spool/file.hpp"
#include "protocols/wire/detail.hpp"
#include "protocols/wire/errc.hpp"

namespace anju::gateway {
namespace {

constexpr std::int64_t kRecoverPercent = 80;  // of max_mb: below it interval readings are taken again
constexpr std::int64_t kRowOverhead = 24;     // bytes of a row beside its text, roughly
constexpr std::int64_t kPruneStep = 500;      // events deleted at a time

/// What goes out instead of an event that is no JSON any more. The platform could read nothing of the batch around it,
/// would never acknowledge it, and nothing that follows would ever arrive.
std::string in_place_of(std::int64_t seq, base::UtcMillis now) {
  const std::string text = "unreadable: event " + std::to_string(seq);
  return wire::encode(wire::AlarmEvent{"spool_damaged", {}, {}, now, true, wire::detail({{"text", text}})});
}

}  // namespace

/// One event on its way into the file.
struct Spool::Impl::Row {
  std::string text;
  std::int64_t readings = 0;
  bool replaceable = false;  ///< nothing but interval readings: the next ones carry the energy

  explicit Row(const wire::Event& event) : text(wire::encode(event)) {
    const auto* together = std::get_if<wire::ReadingsEvent>(&event);
    if (together == nullptr) return;
    readings = static_cast<std::int64_t>(together->readings.size());
    replaceable = std::all_of(together->readings.begin(), together->readings.end(),
                              [](const wire::Reading& reading) { return reading.kind == wire::ReadingKind::interval; });
  }

  [[nodiscard]] static std::int64_t size_of(const std::vector<Row>& rows) {
    std::int64_t size = 0;
    for (const Row& row : rows) size += static_cast<std::int64_t>(row.text.size()) + kRowOverhead;
    return size;
  }
};

void Spool::Impl::load() {
  SQLite::Statement select(database, "SELECT epoch, last_seq, through, last_counter, full FROM stream WHERE id = 1");
  if (!select.executeStep()) throw SQLite::Exception("the stream's row is missing", SQLITE_CORRUPT);
  position.epoch = select.getColumn(0).getString();
  position.last_seq = select.getColumn(1).getInt64();
  position.through = select.getColumn(2).getInt64();
  position.last_counter = select.getColumn(3).getInt64();
  position.full = select.getColumn(4).getInt() != 0;
  SQLite::Statement oldest(database, "SELECT min(seq) FROM event");
  oldest.executeStep();
  position.first_seq = oldest.getColumn(0).isNull() ? position.last_seq + 1 : oldest.getColumn(0).getInt64();
}

void Spool::Impl::store(const Position& next) {
  SQLite::Statement update(database, "UPDATE stream SET last_seq = ?, through = ?, last_counter = ?, full = ?");
  update.bind(1, next.last_seq);
  update.bind(2, next.through);
  update.bind(3, next.last_counter);
  update.bind(4, next.full ? 1 : 0);
  update.exec();
}

std::int64_t Spool::Impl::used_bytes() {
  return (pragma("page_count") - pragma("freelist_count")) * page_size;
}

bool Spool::Impl::make_room(Position& next, std::int64_t wanted, std::int64_t limit) {
  while (used_bytes() + wanted > limit) {
    const std::int64_t until = std::min(next.first_seq + kPruneStep - 1, next.through);
    if (until < next.first_seq) return false;
    SQLite::Statement erase(database, "DELETE FROM event WHERE seq <= ?");
    erase.bind(1, until);
    erase.exec();
    next.first_seq = until + 1;
  }
  return true;
}

void Spool::Impl::insert(Position& next, const std::vector<Row>& rows) {
  SQLite::Statement statement(database, "INSERT INTO event VALUES (?, ?, ?)");
  for (const Row& row : rows) {
    statement.bind(1, ++next.last_seq);
    statement.bind(2, row.readings);
    statement.bindNoCopy(3, row.text);
    statement.exec();
    statement.reset();
  }
}

base::Result<Appended> Spool::Impl::append(const std::vector<wire::Event>& events, base::UtcMillis now) {
  latest = now;
  std::vector<Row> rows;
  rows.reserve(events.size() + 3);
  const auto alarm = [&rows](std::string code, base::UtcMillis at, bool active) {
    rows.emplace_back(wire::AlarmEvent{std::move(code), {}, {}, at, active, {}});
  };
  if (disk_full_since) {
    alarm("disk_full", *disk_full_since, true);
    alarm("disk_full", now, false);
  }
  for (const wire::Event& event : events) rows.emplace_back(event);

  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  Position next = position;
  Appended appended;
  const std::int64_t percent = next.full ? kRecoverPercent : 100 - kReservePercent;
  const bool fits = make_room(next, Row::size_of(rows), max_bytes / 100 * percent);
  if (!fits) {
    for (const Row& row : rows) appended.not_taken += row.replaceable ? row.readings : 0;
    std::erase_if(rows, [](const Row& row) { return row.replaceable; });
  }
  if (next.full == fits) {
    alarm("spool_full", now, !fits);
    next.full = !fits;
  }
  if (!fits && used_bytes() + Row::size_of(rows) > max_bytes) return base::fail(SpoolErrc::spool_full);
  insert(next, rows);
  note_phases(events);
  store(next);
  transaction.commit();
  if (position.first_seq > position.last_seq && !rows.empty()) next.first_seq = position.last_seq + 1;
  position = next;
  disk_full_since.reset();
  appended.last_seq = position.last_seq;
  return appended;
}

base::Result<std::vector<StoredEvent>> Spool::Impl::read(std::int64_t from, std::size_t most) {
  std::vector<StoredEvent> events;
  SQLite::Statement select(database, "SELECT seq, readings, body FROM event WHERE seq >= ? ORDER BY seq LIMIT ?");
  select.bind(1, from);
  select.bind(2, static_cast<std::int64_t>(most));
  while (select.executeStep()) {
    StoredEvent stored{select.getColumn(0).getInt64(), static_cast<std::size_t>(select.getColumn(1).getInt64()),
                       select.getColumn(2).getString()};
    const auto event = wire::decode_event(stored.text);
    if (!event && event.error().is(wire::Errc::not_json)) stored = {stored.seq, 0, in_place_of(stored.seq, latest)};
    events.push_back(std::move(stored));
  }
  return events;
}

base::Result<> Spool::Impl::renew(const std::string& epoch) {
  const std::int64_t done = std::max(position.through, position.first_seq - 1);  // rewound, perhaps, to before what made room
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  SQLite::Statement erase(database, "DELETE FROM event WHERE seq <= ?");
  erase.bind(1, done);
  erase.exec();
  if (done > 0) {  // in two steps, because no two events may have one number at any moment
    SQLite::Statement lift(database, "UPDATE event SET seq = ? - seq");
    lift.bind(1, done);
    lift.exec();
    database.exec("UPDATE event SET seq = -seq");
  }
  SQLite::Statement rename(database, "UPDATE stream SET epoch = ?");
  rename.bind(1, epoch);
  rename.exec();
  Position next = position;
  next.epoch = epoch;
  next.last_seq -= done;
  next.first_seq = 1;
  next.through = 0;
  store(next);
  transaction.commit();
  position = next;
  return {};
}

base::Result<Appended> Spool::append(const std::vector<wire::Event>& events, base::UtcMillis now) {
  auto appended = impl_->guarded([&] { return impl_->append(events, now); });
  if (!appended && appended.error().is(SpoolErrc::disk_full) && !impl_->disk_full_since) impl_->disk_full_since = now;
  return appended;
}

base::Result<std::vector<StoredEvent>> Spool::read(std::int64_t from, std::size_t most) {
  return impl_->guarded([&] { return impl_->read(from, most); });
}

base::Result<> Spool::acknowledge(std::string_view epoch, std::int64_t through) {
  if (epoch != impl_->position.epoch) return base::fail(SpoolErrc::foreign_epoch, std::string(epoch));
  if (through > impl_->position.last_seq) return base::fail(SpoolErrc::beyond_stream, std::to_string(through));
  impl_->position.through = std::max(impl_->position.through, through);
  return {};
}

void Spool::rewind(std::int64_t through) {
  impl_->position.through = std::clamp<std::int64_t>(through, 0, impl_->position.through);
}

base::Result<> Spool::renew(const std::string& epoch) {
  return impl_->guarded([&] { return impl_->renew(epoch); });
}

}  // namespace anju::gateway
