#include <chrono>
#include <cstdio>

#include "platform/app/verbs.hpp"
#include "platform/store/database.hpp"

namespace anju::platform {

base::UtcMillis system_now() {
  using std::chrono::duration_cast, std::chrono::milliseconds, std::chrono::system_clock;
  return base::UtcMillis(duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count());
}

int complain(const std::string& line) {
  std::fprintf(stderr, "anju-platform: %s\n", line.c_str());
  return 1;
}

std::string words(const base::Error& error) {
  return std::string(error.code) + (error.where.empty() ? "" : ": " + error.where);
}

int database_wrong(const Config& config, const base::Error& error) {
  const bool file = config.database.starts_with("sqlite:");
  return complain(config.file + ": database = " + shown_url(config.database) + " cannot be used (" + words(error) + "); " +
                  (file ? "its folder must exist and be writable for this user"
                        : "the server must run and know user and database; make one with: CREATE DATABASE anju OWNER anju TEMPLATE template0"
                          " ENCODING 'UTF8' LOCALE 'C'"));
}

int database_missing(const Config& config) {
  const auto there = database_exists(config.database);
  if (!there) return database_wrong(config, there.error());
  if (*there) return 0;
  return complain(config.file + ": database = " + shown_url(config.database) +
                  " is not there; make it with: anju-platform init --config " + config.file);
}

}  // namespace anju::platform
