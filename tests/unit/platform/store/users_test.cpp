#include "platform/store/users.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/unit/platform/store/scratch_database.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

/// Does what nobody may: the triggers are taken away first.
void tamper(const std::string& url, const std::string& statement) {
  soci::session session;
  REQUIRE(open_session(session, url));
  drop_triggers(session);
  run_script(session, statement);
}

std::unique_ptr<UserStore> with_audit(const std::string& url) {
  REQUIRE(add_site(url, {"Anju", "site", "Site", 480, 100'000}, base::UtcMillis(1)));
  auto users = open_user_store(url);
  REQUIRE(users);
  std::vector<AuditEntry> entries;
  for (int i = 0; i < 10; ++i)
    entries.push_back({base::UtcMillis(i), i % 2 ? std::optional<std::int64_t>(1) : std::nullopt, "who", "from",
                       "action", "object", "detail", "ok"});
  REQUIRE((*users)->append_audit(std::span(entries).first(4)));
  REQUIRE((*users)->append_audit(std::span(entries).subspan(4)));
  return std::move(*users);
}

}  // namespace

TEST_CASE("audit: an untouched chain fits over several transactions") {
  const ScratchDatabase file;
  const auto users = with_audit(file.url());
  const auto check = users->check_audit();
  REQUIRE(check);
  CHECK(check->rows == 10);
  CHECK_FALSE(check->broken_at);
}

TEST_CASE("audit: a changed, removed or moved row is named") {
  const struct {
    const char* name;
    const char* statement;
    std::int64_t broken_at;
  } cases[] = {
      {"who", "UPDATE audit SET who = 'me' WHERE id = 3;", 3},
      {"time", "UPDATE audit SET at_ms = 99 WHERE id = 5;", 5},
      {"organisation", "UPDATE audit SET organisation = NULL WHERE id = 2;", 2},
      {"text moved from one field to the next", "UPDATE audit SET object = 'objectd', detail = 'etail' WHERE id = 4;",
       4},
      {"removed", "DELETE FROM audit WHERE id = 6;", 7},
      {"first removed", "DELETE FROM audit WHERE id = 1;", 2},
      {"exchanged",
       "UPDATE audit SET id = 99 WHERE id = 7; UPDATE audit SET id = 7 WHERE id = 8; UPDATE audit SET id = 8 WHERE id "
       "= 99;",
       7},
  };
  for (const auto& one : cases) {
    CAPTURE(one.name);
    const ScratchDatabase file;
    const auto users = with_audit(file.url());
    tamper(file.url(), one.statement);
    const auto check = users->check_audit();
    REQUIRE(check);
    CHECK(check->broken_at == one.broken_at);
  }
}

TEST_CASE("audit: rows cannot be changed or removed") {
  const ScratchDatabase file;
  const auto users = with_audit(file.url());
  soci::session session;
  REQUIRE(open_session(session, file.url()));
  for (const char* statement : {"UPDATE audit SET who = 'me'", "DELETE FROM audit",
                                "INSERT INTO audit SELECT id, organisation, at_ms, 'me', address, action, object, detail, result, hash"
                                " FROM audit WHERE id = 3 ON CONFLICT(id) DO UPDATE SET who = excluded.who"})
    CHECK_THROWS_AS(run_script(session, statement), soci::soci_error);
  if (test_cluster() == nullptr) {
    CHECK_THROWS_AS(run_script(session, "INSERT OR REPLACE INTO audit SELECT id, organisation, at_ms, 'me', address, action,"
                                        " object, detail, result, hash FROM audit"),
                    soci::soci_error);
  } else {
    CHECK_THROWS_AS(run_script(session, "TRUNCATE audit"), soci::soci_error);
  }
}

TEST_CASE("users: a login belongs to one person over all organisations") {
  const ScratchDatabase file;
  const auto users = with_audit(file.url());
  NewUser user;
  user.organisation = 1;
  user.login = "wang";
  user.password_hash = "x";
  user.permissions = {"meter:read", "meter:switch"};
  REQUIRE(users->add_user(user));
  const auto again = users->add_user(user);
  REQUIRE_FALSE(again);
  CHECK(again.error().is(Errc::conflict));
  const auto found = users->find_user("wang");
  REQUIRE(found);
  REQUIRE(*found);
  CHECK((*found)->rights.permissions == user.permissions);
  CHECK((*found)->home.name == "Anju");
  const auto nobody = users->find_user("WANG' OR 1=1 --");
  REQUIRE(nobody);
  CHECK_FALSE(*nobody);
}
