#include "gateway/spool/spool.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <exception>
#include <filesystem>
#include <fstream>
#include <utility>
#include <variant>

#include "protocols/wire/detail.hpp"

namespace anju::gateway {
namespace {

constexpr int kApplicationId = 0x416E6A75;  // "Anju", in the header of the file
constexpr int kSchemaVersion = 1;
constexpr std::int64_t kRecoverPercent = 80;  // of max_mb: below it interval readings are taken again
constexpr std::int64_t kRowOverhead = 24;     // bytes of a row beside its text, roughly
constexpr std::int64_t kPruneStep = 500;      // events deleted at a time
constexpr int kMostNamed = 5;                 // damaged rows in one alarm; the others are counted

constexpr const char* kSchema = R"(
CREATE TABLE stream (
  id INTEGER PRIMARY KEY CHECK (id = 1), epoch TEXT NOT NULL, last_seq INTEGER NOT NULL, through INTEGER NOT NULL,
  last_counter INTEGER NOT NULL, full INTEGER NOT NULL) STRICT;
CREATE TABLE event (seq INTEGER PRIMARY KEY, readings INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE command (
  counter INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL, phase TEXT) STRICT;
CREATE TABLE archive (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL) STRICT;
)";

/// In the place of a command's phase: its body cannot be read, and the alarm said so.
constexpr const char* kUnreadable = "unreadable";

constexpr std::array kPhases{wire::CommandPhase::acked, wire::CommandPhase::verified, wire::CommandPhase::failed,
                             wire::CommandPhase::expired, wire::CommandPhase::refused};

/// One event on its way into the file.
struct Row {
  std::string text;
  std::int64_t readings = 0;
  bool replaceable = false;  ///< nothing but interval readings: the next ones carry the energy
};

Row row_of(const wire::Event& event) {
  Row row{wire::encode(event), 0, false};
  if (const auto* readings = std::get_if<wire::ReadingsEvent>(&event)) {
    row.readings = static_cast<std::int64_t>(readings->readings.size());
    row.replaceable =
        std::all_of(readings->readings.begin(), readings->readings.end(),
                    [](const wire::Reading& reading) { return reading.kind == wire::ReadingKind::interval; });
  }
  return row;
}

/// What a power cut leaves of a page that was being written: nothing but 00, or FF on flash. Another program's file has a
/// header.
bool is_erased(const std::string& file) {
  std::array<char, 100> header{};
  std::ifstream stream(file, std::ios::binary);
  if (!stream.read(header.data(), header.size())) return false;
  const char first = header.front();
  return (first == '\0' || first == '\xff') && std::count(header.begin(), header.end(), first) == std::ssize(header);
}

std::int64_t size_of(const std::vector<Row>& rows) {
  std::int64_t size = 0;
  for (const Row& row : rows) size += static_cast<std::int64_t>(row.text.size()) + kRowOverhead;
  return size;
}

}  // namespace

std::string_view to_string(SpoolErrc errc) {
  switch (errc) {
    case SpoolErrc::cannot_open: return "cannot_open";
    case SpoolErrc::not_a_spool: return "not_a_spool";
    case SpoolErrc::corrupt: return "corrupt";
    case SpoolErrc::disk_full: return "disk_full";
    case SpoolErrc::spool_full: return "spool_full";
    case SpoolErrc::foreign_epoch: return "foreign_epoch";
    case SpoolErrc::beyond_stream: return "beyond_stream";
    case SpoolErrc::old_counter: return "old_counter";
    case SpoolErrc::seen_command: return "seen_command";
    case SpoolErrc::storage: return "storage";
  }
  return "unknown";
}

struct Spool::Impl {
  // What the stream row holds. A copy is changed during a transaction and taken over after the commit.
  struct Position {
    std::string epoch;
    std::int64_t first_seq = 1, last_seq = 0, through = 0, last_counter = 0;
    bool full = false;
  };

  SQLite::Database database;
  std::int64_t max_bytes;
  std::int64_t page_size = 4096;
  Position position;
  std::optional<base::UtcMillis> disk_full_since;
  std::optional<wire::AlarmEvent> damage;

  explicit Impl(const SpoolOptions& options)
      : database(options.file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE), max_bytes(options.max_mb * 1024 * 1024) {
    // One process owns the file; a second gateway on it would number the same events twice.
    database.exec("PRAGMA locking_mode = EXCLUSIVE");
    database.exec("PRAGMA journal_mode = WAL");
    database.exec("PRAGMA synchronous = FULL");
    database.exec("PRAGMA journal_size_limit = 8388608");
  }

  [[nodiscard]] std::int64_t pragma(const char* name) {
    return database.execAndGet(std::string("PRAGMA ") + name).getInt64();
  }
  [[nodiscard]] std::int64_t used_bytes() { return (pragma("page_count") - pragma("freelist_count")) * page_size; }

  base::Result<> prepare(const SpoolOptions& options) {
    const std::int64_t application = pragma("application_id");
    const bool empty = database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt64() == 0;
    if (application != kApplicationId && !(application == 0 && empty)) {
      return base::fail(SpoolErrc::not_a_spool, options.file + " belongs to another program");
    }
    if (pragma("user_version") > kSchemaVersion) {
      return base::fail(SpoolErrc::not_a_spool, options.file + " was written by a newer version");
    }
    if (empty) create(options);
    const std::string check = database.execAndGet("PRAGMA quick_check(1)").getString();
    if (check != "ok") return base::fail(SpoolErrc::corrupt, options.file + ": " + check);
    page_size = pragma("page_size");
    load();
    return {};
  }

  void create(const SpoolOptions& options) {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    database.exec(kSchema);
    SQLite::Statement insert(database, "INSERT INTO stream VALUES (1, ?, 0, 0, ?, 0)");
    insert.bind(1, options.epoch);
    insert.bind(2, options.first_counter);
    insert.exec();
    database.exec("PRAGMA application_id = " + std::to_string(kApplicationId));
    database.exec("PRAGMA user_version = " + std::to_string(kSchemaVersion));
    transaction.commit();
  }

  void load() {
    SQLite::Statement select(database, "SELECT epoch, last_seq, through, last_counter, full FROM stream WHERE id = 1");
    if (!select.executeStep()) throw SQLite::Exception("the stream's row is missing", SQLITE_CORRUPT);
    position.epoch = select.getColumn(0).getString();
    position.last_seq = select.getColumn(1).getInt64();
    position.through = select.getColumn(2).getInt64();
    position.last_counter = select.getColumn(3).getInt64();
    position.full = select.getColumn(4).getInt() != 0;
    position.first_seq = oldest(position.last_seq);
  }

  std::int64_t oldest(std::int64_t last_seq) {
    SQLite::Statement select(database, "SELECT min(seq) FROM event");
    select.executeStep();
    return select.getColumn(0).isNull() ? last_seq + 1 : select.getColumn(0).getInt64();
  }

  void store(const Position& next) {
    SQLite::Statement update(database, "UPDATE stream SET last_seq = ?, through = ?, last_counter = ?, full = ?");
    update.bind(1, next.last_seq);
    update.bind(2, next.through);
    update.bind(3, next.last_counter);
    update.bind(4, next.full ? 1 : 0);
    update.exec();
  }

  /// Deletes the oldest acknowledged events until `wanted` bytes fit below `limit`, or none are left. True when they
  /// fit.
  bool make_room(Position& next, std::int64_t wanted, std::int64_t limit) {
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

  void insert(Position& next, const std::vector<Row>& rows) {
    SQLite::Statement statement(database, "INSERT INTO event VALUES (?, ?, ?)");
    for (const Row& row : rows) {
      statement.bind(1, ++next.last_seq);
      statement.bind(2, row.readings);
      statement.bindNoCopy(3, row.text);
      statement.exec();
      statement.reset();
    }
  }

  void note_phases(const std::vector<wire::Event>& events) {
    for (const wire::Event& event : events) {
      const auto* command = std::get_if<wire::CommandEvent>(&event);
      if (command == nullptr) continue;
      SQLite::Statement update(database, "UPDATE command SET phase = ? WHERE id = ? AND phase IS NOT ?");
      update.bind(1, std::string(wire::to_string(command->phase)));
      update.bind(2, command->command.value);
      update.bind(3, kUnreadable);
      update.exec();
    }
  }

  base::Result<Appended> append(const std::vector<wire::Event>& events, base::UtcMillis now) {
    std::vector<Row> rows;
    rows.reserve(events.size() + 3);
    const auto alarm = [&rows](std::string code, base::UtcMillis at, bool active) {
      rows.push_back(row_of(wire::AlarmEvent{std::move(code), {}, {}, at, active, {}}));
    };
    if (disk_full_since) {
      alarm("disk_full", *disk_full_since, true);
      alarm("disk_full", now, false);
    }
    for (const wire::Event& event : events) rows.push_back(row_of(event));

    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    Position next = position;
    Appended appended;
    const std::int64_t percent = next.full ? kRecoverPercent : 100 - kReservePercent;
    const bool fits = make_room(next, size_of(rows), max_bytes / 100 * percent);
    if (!fits) {
      for (const Row& row : rows) appended.not_taken += row.replaceable ? row.readings : 0;
      std::erase_if(rows, [](const Row& row) { return row.replaceable; });
    }
    if (next.full == fits) {
      alarm("spool_full", now, !fits);
      next.full = !fits;
    }
    if (!fits && used_bytes() + size_of(rows) > max_bytes) return base::fail(SpoolErrc::spool_full);
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

  base::Result<> renew(const std::string& epoch) {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    SQLite::Statement erase(database, "DELETE FROM event WHERE seq <= ?");
    erase.bind(1, position.through);
    erase.exec();
    if (position.through > 0) {  // in two steps, because no two events may have one number at any moment
      SQLite::Statement lift(database, "UPDATE event SET seq = ? - seq");
      lift.bind(1, position.through);
      lift.exec();
      database.exec("UPDATE event SET seq = -seq");
    }
    SQLite::Statement rename(database, "UPDATE stream SET epoch = ?");
    rename.bind(1, epoch);
    rename.exec();
    Position next = position;
    next.epoch = epoch;
    next.last_seq -= position.through;
    next.first_seq = 1;
    next.through = 0;
    store(next);
    transaction.commit();
    position = next;
    return {};
  }

  base::Result<> accept(const wire::Command& command) {
    SQLite::Statement seen(database, "SELECT 1 FROM command WHERE id = ?");
    seen.bind(1, command.id.value);
    if (seen.executeStep()) return base::fail(SpoolErrc::seen_command, command.id.value);
    seen.reset();
    if (command.counter <= position.last_counter) {
      return base::fail(SpoolErrc::old_counter, std::to_string(command.counter));
    }
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    SQLite::Statement insert(database, "INSERT INTO command VALUES (?, ?, ?, NULL)");
    insert.bind(1, command.counter);
    insert.bind(2, command.id.value);
    insert.bind(3, wire::encode(command));
    insert.exec();
    SQLite::Statement prune(database,
                            "DELETE FROM command WHERE phase IS NOT NULL AND phase <> 'acked' AND counter <= "
                            "(SELECT counter FROM command ORDER BY counter DESC LIMIT 1 OFFSET ?)");
    prune.bind(1, static_cast<std::int64_t>(kMaxCommandsKept));
    prune.exec();
    Position next = position;
    next.last_counter = command.counter;
    store(next);
    transaction.commit();
    position = next;
    return {};
  }

  base::Result<std::vector<AcceptedCommand>> accepted() {
    std::vector<AcceptedCommand> entries;
    SQLite::Statement select(database, "SELECT body, phase FROM command ORDER BY counter");
    while (select.executeStep()) {
      auto command = wire::decode_command(select.getColumn(0).getString());
      if (!command) continue;
      AcceptedCommand entry{std::move(*command), {}};
      const std::string phase = select.getColumn(1).isNull() ? "" : select.getColumn(1).getString();
      for (const auto candidate : kPhases) {
        if (wire::to_string(candidate) == phase) entry.phase = candidate;
      }
      entries.push_back(std::move(entry));
    }
    return entries;
  }

  base::Result<std::optional<wire::Archive>> archive() {
    const auto body = archive_body();
    if (!body) return std::optional<wire::Archive>();
    auto archive = wire::decode_archive(*body);
    if (!archive) return std::optional<wire::Archive>();
    return std::optional<wire::Archive>(std::move(*archive));
  }

  std::optional<std::string> archive_body() {
    SQLite::Statement select(database, "SELECT body FROM archive WHERE id = 1");
    if (!select.executeStep()) return std::nullopt;
    return select.getColumn(0).getString();
  }

  /// Finds what a sound file holds and nobody can read, and says so once: the alarm goes first, so that a crash in
  /// between repeats it rather than losing it.
  base::Result<> set_aside_unreadable(base::UtcMillis now) {
    std::vector<std::int64_t> counters;
    std::vector<std::string> names;
    SQLite::Statement select(database, "SELECT counter, id, body FROM command WHERE phase IS NOT ? ORDER BY counter");
    select.bind(1, kUnreadable);
    while (select.executeStep()) {
      const auto command = wire::decode_command(select.getColumn(2).getString());
      if (command) continue;
      counters.push_back(select.getColumn(0).getInt64());
      names.push_back("command " + select.getColumn(1).getString());
    }
    const auto body = archive_body();
    const bool lost_archive = body && !wire::decode_archive(*body);
    if (lost_archive) names.emplace_back("archive");
    if (names.empty()) return {};

    std::string text = "unreadable:";
    for (std::size_t i = 0; i < names.size() && i < kMostNamed; ++i) text += (i == 0 ? " " : ", ") + names[i];
    if (names.size() > kMostNamed) text += " and " + std::to_string(names.size() - kMostNamed) + " more";
    damage = wire::AlarmEvent{"spool_damaged", {}, {}, now, true, wire::detail({{"text", text}})};
    if (auto noted = append({*damage}, now); !noted) return base::pass(noted);

    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    SQLite::Statement mark(database, "UPDATE command SET phase = ? WHERE counter = ?");
    for (const std::int64_t counter : counters) {
      mark.bind(1, kUnreadable);
      mark.bind(2, counter);
      mark.exec();
      mark.reset();
    }
    if (lost_archive) database.exec("DELETE FROM archive");
    transaction.commit();
    return {};
  }

  /// ENOSPC comes as SQLITE_FULL; a quota and a limit on the file's size come as a refused write.
  [[nodiscard]] static bool no_space(const SQLite::Exception& error) {
    return error.getErrorCode() == SQLITE_FULL || error.getExtendedErrorCode() == SQLITE_IOERR_WRITE ||
           error.getExtendedErrorCode() == SQLITE_IOERR_SHMSIZE;
  }

  /// Runs one operation and turns what SQLite throws into an error value.
  template <class Work>
  auto guarded(Work&& work) -> decltype(work()) {
    try {
      return work();
    } catch (const SQLite::Exception& error) {
      if (no_space(error)) return base::fail(SpoolErrc::disk_full, database.getFilename());
      const bool damaged = error.getErrorCode() == SQLITE_CORRUPT || error.getErrorCode() == SQLITE_NOTADB;
      return base::fail(damaged ? SpoolErrc::corrupt : SpoolErrc::storage, error.what());
    } catch (const std::exception& error) {
      return base::fail(SpoolErrc::storage, error.what());
    }
  }
};

base::Result<std::unique_ptr<Spool>> Spool::open(const SpoolOptions& options) {
  const auto refuse = [&options](SpoolErrc errc, const std::string& why) {
    return base::fail(errc, options.file + ": " + why);
  };
  if (options.max_mb < 1 || options.max_mb > 100'000) return refuse(SpoolErrc::cannot_open, "max_mb is 1 to 100000");
  try {
    auto impl = std::make_unique<Impl>(options);
    if (auto prepared = impl->prepare(options); !prepared) return base::pass(prepared);
    return std::unique_ptr<Spool>(new Spool(std::move(impl)));
  } catch (const SQLite::Exception& error) {
    switch (error.getErrorCode()) {
      case SQLITE_NOTADB:
        if (is_erased(options.file)) return refuse(SpoolErrc::corrupt, "its first page was erased");
        return refuse(SpoolErrc::not_a_spool, "this is no SQLite database");
      case SQLITE_CORRUPT: return refuse(SpoolErrc::corrupt, error.what());
      case SQLITE_FULL: return refuse(SpoolErrc::disk_full, error.what());
      case SQLITE_BUSY:
      case SQLITE_LOCKED: return refuse(SpoolErrc::cannot_open, "another process has it open");
      case SQLITE_CANTOPEN:
      case SQLITE_READONLY:
      case SQLITE_PERM:
      case SQLITE_IOERR: return refuse(SpoolErrc::cannot_open, error.what());
      default: return refuse(SpoolErrc::storage, error.what());
    }
  } catch (const std::exception& error) {
    return refuse(SpoolErrc::storage, error.what());
  }
}

base::Result<std::unique_ptr<Spool>> Spool::open_or_replace(const SpoolOptions& options, base::UtcMillis now) {
  auto opened = open(options);
  std::string damage;
  if (opened) {
    Impl& impl = *(*opened)->impl_;
    const auto sound = impl.guarded([&] { return impl.set_aside_unreadable(now); });
    // Where it cannot be said now, because the disk is full, the next start says it.
    if (sound || !sound.error().is(SpoolErrc::corrupt)) return opened;
    damage = sound.error().where;
    opened = base::pass(sound);  // closes the file
  } else {
    if (!opened.error().is(SpoolErrc::corrupt)) return opened;
    damage = opened.error().where;
  }
  std::error_code failed;
  std::filesystem::rename(options.file, options.file + ".damaged", failed);
  if (failed) return opened;
  // A log that lies beside it belongs to the damaged file and must not be applied to the new one.
  std::filesystem::rename(options.file + "-wal", options.file + ".damaged-wal", failed);
  opened = open(options);
  if (!opened) return opened;
  const wire::AlarmEvent alarm{"spool_damaged", {}, {}, now, true, wire::detail({{"text", damage}})};
  if (auto noted = (*opened)->append({alarm}, now); !noted) return base::pass(noted);
  (*opened)->impl_->damage = alarm;
  return opened;
}

Spool::Spool(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Spool::~Spool() {
  // The newest acknowledgement, which was not worth a commit of its own.
  (void)impl_->guarded([this]() -> base::Result<> {
    impl_->store(impl_->position);
    return {};
  });
}

base::Result<Appended> Spool::append(const std::vector<wire::Event>& events, base::UtcMillis now) {
  auto appended = impl_->guarded([&] { return impl_->append(events, now); });
  if (!appended && appended.error().is(SpoolErrc::disk_full) && !impl_->disk_full_since) impl_->disk_full_since = now;
  return appended;
}

const std::string& Spool::epoch() const {
  return impl_->position.epoch;
}
std::int64_t Spool::first_seq() const {
  return impl_->position.first_seq;
}
std::int64_t Spool::last_seq() const {
  return impl_->position.last_seq;
}
std::int64_t Spool::through() const {
  return impl_->position.through;
}

base::Result<std::vector<StoredEvent>> Spool::read(std::int64_t from, std::size_t most) {
  return impl_->guarded([&]() -> base::Result<std::vector<StoredEvent>> {
    std::vector<StoredEvent> events;
    SQLite::Statement select(impl_->database,
                             "SELECT seq, readings, body FROM event WHERE seq >= ? ORDER BY seq LIMIT ?");
    select.bind(1, from);
    select.bind(2, static_cast<std::int64_t>(most));
    while (select.executeStep()) {
      events.push_back({select.getColumn(0).getInt64(), static_cast<std::size_t>(select.getColumn(1).getInt64()),
                        select.getColumn(2).getString()});
    }
    return events;
  });
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

base::Result<> Spool::accept(const wire::Command& command) {
  return impl_->guarded([&] { return impl_->accept(command); });
}

std::int64_t Spool::last_counter() const {
  return impl_->position.last_counter;
}

base::Result<std::vector<AcceptedCommand>> Spool::accepted() {
  return impl_->guarded([&] { return impl_->accepted(); });
}

base::Result<> Spool::keep_archive(const wire::Archive& archive) {
  return impl_->guarded([&]() -> base::Result<> {
    SQLite::Statement insert(impl_->database,
                             "INSERT INTO archive VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body");
    insert.bind(1, wire::encode(archive));
    insert.exec();
    return {};
  });
}

base::Result<std::optional<wire::Archive>> Spool::archive() {
  return impl_->guarded([&] { return impl_->archive(); });
}

const std::optional<wire::AlarmEvent>& Spool::damage() const {
  return impl_->damage;
}

bool Spool::full() const {
  return impl_->position.full;
}

std::int64_t Spool::used_bytes() const {
  try {
    return impl_->used_bytes();
  } catch (const std::exception&) {
    return 0;
  }
}

}  // namespace anju::gateway
