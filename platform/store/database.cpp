#include "platform/store/database.hpp"

namespace anju::platform {

void run_script(soci::session& session, const std::string& script) { engine_of(session).script(session, script); }

std::string shown_url(const std::string& url) {
  const Engine* engine = engine_for(url);
  return engine == nullptr ? url.substr(0, url.find(':')) : engine->shown(url);  // whatever else stands there may be a password
}

base::Result<> open_session(soci::session& session, const std::string& url, bool read_only) {
  const Engine* engine = engine_for(url);
  if (engine == nullptr) return base::fail(Errc::store_failed, "database must be sqlite:PATH or postgresql://…, not " + shown_url(url));
  return guarded(engine->shown(url).c_str(), [&]() -> base::Result<> {
    engine->open(session, url, read_only);
    return {};
  });
}

base::Result<bool> database_exists(const std::string& url) {
  const Engine* engine = engine_for(url);
  return guarded(shown_url(url).c_str(), [&]() -> base::Result<bool> { return engine != nullptr && engine->exists(url); });
}

base::Result<> migrate(soci::session& session) {
  return guarded("migration", [&]() -> base::Result<> {
    const Engine& engine = engine_of(session);
    const auto all = engine.migrations();
    const int newest = all.empty() ? 0 : all.back().number;
    const auto version = immediately(session, [&]() -> base::Result<int> { return engine.version(session); });
    if (!version) return base::pass(version);
    if (*version > newest) {
      return base::fail(Errc::store_failed, "the database has migration " + std::to_string(*version) + ", this program knows " +
                                                std::to_string(newest) + ": use the newer program");
    }
    for (const Migration& migration : all) {
      if (migration.number <= *version) continue;
      auto done = guarded(migration.name, [&] {
        return immediately(session, [&]() -> base::Result<> {
          // Asked again: another program may have been faster.
          if (migration.number <= engine.version(session)) return {};
          run_script(session, migration.script);
          engine.set_version(session, migration.number);
          return {};
        });
      });
      if (!done) return done;
    }
    engine.learn_sizes(session);
    return {};
  });
}

}  // namespace anju::platform
