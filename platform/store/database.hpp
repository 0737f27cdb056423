#pragma once

// One connection to the platform's database, set up as every connection must be, and its migrations. Everything of platform/store
// opens its sessions here. SOCI's exceptions end in this folder: `guarded` turns them into store_failed.

#include <soci/session.h>
#include <soci/error.h>

#include <string>

#include "platform/domain/errc.hpp"
#include "platform/store/engine.hpp"
#include "protocols/base/result.hpp"

namespace anju::platform {

/// url: "sqlite:PATH" or "postgresql://USER:PASSWORD@HOST:PORT/DATABASE" with whatever libpq knows behind `?`. SQLite: WAL, synchronous
/// FULL, foreign_keys and recursive_triggers on. Both wait up to 10 s for another writer.
/// A connection must not be used by two threads at once.
/// read_only: for queries beside the ledger. Error: store_failed.
[[nodiscard]] base::Result<> open_session(soci::session& session, const std::string& url, bool read_only = false);

/// Runs the numbered migrations that are missing, each in one transaction. Error: store_failed; also when the database is newer than
/// this program.
[[nodiscard]] base::Result<> migrate(soci::session& session);

/// Was the database made by `init`? Error: store_failed, the server does not let us look.
[[nodiscard]] base::Result<bool> database_exists(const std::string& url);

/// The url as it may stand in logs: without its password.
[[nodiscard]] std::string shown_url(const std::string& url);

/// Several statements at once, without parameters. Throws soci::soci_error.
void run_script(soci::session& session, const std::string& script);

template <class Work>
auto guarded(const char* what, Work&& work) -> decltype(work()) {
  try {
    return work();
  } catch (const soci::soci_error& error) {
    return base::fail(Errc::store_failed, std::string(what) + ": " + error.what());
  }
}

/// The same on a connection that is opened again when it was found broken.
template <class Work>
auto guarded(soci::session& session, const char* what, Work&& work) -> decltype(work()) {
  return guarded(what, [&] {
    engine_of(session).revive(session);
    return work();
  });
}

/// work() in one transaction that has the right to write from its beginning; rolled back when it fails or throws. A connection that was
/// found broken is opened again before.
template <class Work>
auto immediately(soci::session& session, Work&& work) -> decltype(work()) {
  const auto roll_back = [&session] {
    try {
      run_script(session, "ROLLBACK");
    } catch (const soci::soci_error&) {
      // SQLite has rolled back by itself, or the connection is gone and its transaction with it.
    }
  };
  engine_of(session).revive(session);
  engine_of(session).begin_writing(session);
  try {
    auto result = work();
    if (result) {
      run_script(session, "COMMIT");
    } else {
      roll_back();
    }
    return result;
  } catch (const soci::soci_error&) {
    roll_back();
    throw;
  }
}

}  // namespace anju::platform
