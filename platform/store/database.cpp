#include "platform/store/database.hpp"

#include <soci/sqlite3/soci-sqlite3.h>
#include <soci/soci.h>

#include <mutex>

namespace anju::platform {

void run_script(soci::session& session, const std::string& script) {
  auto* backend = static_cast<soci::sqlite3_session_backend*>(session.get_backend());
  char* message = nullptr;
  const int code = sqlite_api::sqlite3_exec(backend->conn_, script.c_str(), nullptr, nullptr, &message);
  if (code == SQLITE_OK) return;
  const std::string text = message != nullptr ? message : "error " + std::to_string(code);
  sqlite_api::sqlite3_free(message);
  throw soci::sqlite3_soci_error(text, code);
}

/// Each connection has one owner, so SQLite need not lock for every bind and every allocation: 11 % of a commit, measured. Has an effect
/// only before the first connection of the process.
static void configure_once() {
  static std::once_flag done;
  std::call_once(done, [] {
    sqlite_api::sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite_api::sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  });
}

base::Result<> open_session(soci::session& session, const std::string& url, bool read_only) {
  constexpr std::string_view kScheme = "sqlite:";
  if (!url.starts_with(kScheme) || url.size() == kScheme.size() || url.find('"') != std::string::npos) {
    return base::fail(Errc::store_failed, "database must be sqlite:PATH, not " + url);
  }
  configure_once();
  const std::string path = url.substr(kScheme.size());
  return guarded(path.c_str(), [&]() -> base::Result<> {
    session.open(soci::sqlite3, "db=\"" + path + "\" timeout=10");
    // FULL: a commit is on the disk when it returns; NORMAL may lose the last ones in a power cut. The checkpoint comes every
    // 4000 pages, so that the log stays near 16 MB.
    run_script(session,
               "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
               "PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;");
    if (read_only) run_script(session, "PRAGMA query_only=ON;");
    return {};
  });
}

base::Result<> migrate(soci::session& session) {
  return guarded("migration", [&]() -> base::Result<> {
    int version = 0;
    session << "PRAGMA user_version", soci::into(version);
    const int newest = kMigrationCount == 0 ? 0 : kMigrations[kMigrationCount - 1].number;
    if (version > newest) {
      return base::fail(Errc::store_failed, "the database has migration " + std::to_string(version) +
                                                ", this program knows " + std::to_string(newest) + ": use the newer program");
    }
    for (int i = 0; i < kMigrationCount; ++i) {
      const Migration& migration = kMigrations[i];
      if (migration.number <= version) continue;
      try {
        run_script(session, std::string("BEGIN IMMEDIATE;\n") + migration.script +
                                "\nPRAGMA user_version=" + std::to_string(migration.number) + ";\nCOMMIT;");
      } catch (const soci::soci_error& error) {
        try {
          run_script(session, "ROLLBACK;");
        } catch (const soci::soci_error&) {
          // Nothing was begun.
        }
        return base::fail(Errc::store_failed, std::string(migration.name) + ": " + error.what());
      }
    }
    return {};
  });
}

}  // namespace anju::platform
