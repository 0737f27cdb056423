// The file itself: schema, checks, and what is damaged in it.

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <utility>

#include "gateway/spool/file.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::gateway {
namespace {

constexpr int kApplicationId = 0x416E6A75;  // "Anju", in the header of the file
constexpr int kSchemaVersion = kSpoolFormat;
constexpr int kMostNamed = 5;  // damaged rows in one alarm; the others are counted

constexpr const char* kSchema = R"(
CREATE TABLE stream (
  id INTEGER PRIMARY KEY CHECK (id = 1), epoch TEXT NOT NULL, last_seq INTEGER NOT NULL, through INTEGER NOT NULL,
  last_counter INTEGER NOT NULL, full INTEGER NOT NULL) STRICT;
CREATE TABLE event (seq INTEGER PRIMARY KEY, readings INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE command (
  counter INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL, phase TEXT) STRICT;
CREATE TABLE archive (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL) STRICT;
)";

/// What a power cut leaves of a page that was being written: nothing but 00, or FF on flash. Another program's file has a
/// header.
bool is_erased(const std::string& file) {
  std::array<char, 100> header{};
  std::ifstream stream(file, std::ios::binary);
  if (!stream.read(header.data(), header.size())) return false;
  const char first = header.front();
  return (first == '\0' || first == '\xff') && std::count(header.begin(), header.end(), first) == std::ssize(header);
}

/// ENOSPC comes as SQLITE_FULL; a quota and a limit on the file's size come as a refused write.
bool no_space(const SQLite::Exception& error) {
  return error.getErrorCode() == SQLITE_FULL || error.getExtendedErrorCode() == SQLITE_IOERR_WRITE ||
         error.getExtendedErrorCode() == SQLITE_IOERR_SHMSIZE;
}

}  // namespace

Spool::Impl::Impl(const SpoolOptions& options)
    : database(options.file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE), max_bytes(options.max_mb * 1024 * 1024) {
  // One process owns the file; a second gateway on it would number the same events twice.
  database.exec("PRAGMA locking_mode = EXCLUSIVE");
  database.exec("PRAGMA journal_mode = WAL");
  database.exec("PRAGMA synchronous = FULL");
  database.exec("PRAGMA journal_size_limit = 8388608");
  // KiB. The check at the opening reads every page once and would leave 2 MB of them behind (cache_size of SQLite); the stream is written at
  // its end and read in order, and for that a few pages are enough on a box of 64 MB.
  database.exec("PRAGMA cache_size = -512");
}

std::int64_t Spool::Impl::pragma(const char* name) {
  return database.execAndGet(std::string("PRAGMA ") + name).getInt64();
}

base::Result<> Spool::Impl::prepare(const SpoolOptions& options) {
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

void Spool::Impl::create(const SpoolOptions& options) {
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

base::Result<> Spool::Impl::set_aside_unreadable(base::UtcMillis now) {
  latest = now;
  const auto commands = unreadable_commands();
  const bool lost_archive = is_archive_unreadable();
  std::vector<std::string> names;
  for (const auto& command : commands) names.push_back("command " + command.id);
  if (lost_archive) names.emplace_back("archive");
  if (names.empty()) return {};

  std::string text = "unreadable:";
  for (std::size_t i = 0; i < names.size() && i < kMostNamed; ++i) text += (i == 0 ? " " : ", ") + names[i];
  if (names.size() > kMostNamed) text += " and " + std::to_string(names.size() - kMostNamed) + " more";
  damage = wire::AlarmEvent{"spool_damaged", {}, {}, now, true, wire::detail({{"text", text}})};
  // First the alarm, so that a crash in between repeats it rather than losing it.
  if (auto noted = append({*damage}, now); !noted) return base::pass(noted);

  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  mark_unreadable(commands);
  if (lost_archive) drop_archive();
  transaction.commit();
  return {};
}

base::Error Spool::Impl::error_of(const SQLite::Exception& error) const {
  if (no_space(error)) return {SpoolErrc::disk_full, database.getFilename()};
  const bool damaged = error.getErrorCode() == SQLITE_CORRUPT || error.getErrorCode() == SQLITE_NOTADB;
  return {damaged ? SpoolErrc::corrupt : SpoolErrc::storage, error.what()};
}

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

}  // namespace anju::gateway
