// verify and backup.

#include <cstdio>

#include "platform/app/verbs.hpp"
#include "platform/store/backup.hpp"
#include "platform/store/database.hpp"
#include "platform/store/users.hpp"
#include "platform/store/verify.hpp"

namespace anju::platform {

int verify_books(const Config& config) {
  if (const int missing = database_missing(config); missing != 0) return missing;
  const auto checks = verify(config.database, system_now());
  if (!checks) return database_wrong(config, checks.error());
  bool wrong = false;
  for (const Check& one : *checks) {
    wrong = wrong || one.wrong != 0;
    std::printf("%-5s %-32s %s\n", one.wrong == 0 ? "ok" : "WRONG", one.name.c_str(), one.promise.c_str());
    for (const auto& finding : one.first) std::printf("      %s\n", finding.c_str());
    if (one.wrong > static_cast<std::int64_t>(one.first.size()))
      std::printf("      … %lld in all\n", static_cast<long long>(one.wrong));
  }
  const auto users = open_user_store(config.database);
  if (!users) return database_wrong(config, users.error());
  const auto audit = (*users)->check_audit();
  if (!audit) return database_wrong(config, audit.error());
  wrong = wrong || audit->broken_at.has_value();
  std::printf("%-5s %-32s every row of the audit log follows from the one before (%lld rows)\n",
              audit->broken_at ? "WRONG" : "ok", "audit_chain", static_cast<long long>(audit->rows));
  if (audit->broken_at)
    std::printf("      row %lld was changed, or a row before it is missing\n",
                static_cast<long long>(*audit->broken_at));
  std::printf(wrong ? "Something is wrong.\n" : "Nothing is wrong.\n");
  return wrong ? 1 : 0;
}

int back_up(const Config& config, const std::string& file) {
  if (const int missing = database_missing(config); missing != 0) return missing;
  const auto made = backup(config.database, file);
  if (made) {
    std::printf("%s: %lld bytes, checked. To restore: stop the platform, put it in the place of the database, without -wal and -shm beside it, and start.\n"
                "Not in it: the gateways' keys, and the files of releases, which are uploaded once more where they are missing.\n", file.c_str(),
                static_cast<long long>(*made));
    return 0;
  }
  if (made.error().where == "to") return complain("--to " + file + " is there already; choose another name");
  if (made.error().where == "database")
    return complain(shown_url(config.database) + " is a server; this makes a consistent backup while the platform runs: pg_dump --format=custom --file=" + file +
                    " DATABASE");
  return complain("--to " + file + ": " + words(made.error()) + "; nothing was written. Is there space, and is the folder writable?");
}

}  // namespace anju::platform
