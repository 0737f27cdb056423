#include "platform/store/engine.hpp"

#include <doctest/doctest.h>
#include <soci/soci.h>

#include "platform/store/database.hpp"
#include "platform/store/libpq.hpp"
#include "platform/store/libpq_many.hpp"
#include "platform/store/question.hpp"
#include "platform/store/read_pool.hpp"
#include "platform/store/statement.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

struct Opened {
  ScratchDatabase database;
  soci::session session;
  Opened() {
    REQUIRE(open_session(session, database.url()));
    REQUIRE(migrate(session));
    run_script(session, "DELETE FROM organisation");  // one is always there
  }
  [[nodiscard]] std::string joined(const std::string& query) {
    std::string all;
    Question(session).text(query).rows([&all](Select& row) { all += (all.empty() ? "" : " ") + row.text(); });
    return all;
  }
};

}  // namespace

TEST_CASE("store: a database's password is in no log and in no error") {
  const std::string url = "postgresql://anju:s3cret@127.0.0.1:1/books?password=s3cret&connect_timeout=2";
  CHECK(shown_url(url) == "postgresql://anju@127.0.0.1:1/books");
  soci::session session;
  for (const char* broken : {"postgresql://anju:s3cret@127.0.0.1:1/books", "postgresql://anju:s3cret@[::1/books", "postgresql://a:s3cret@h/d?s3cret",
                             "postgresql://a:s3cret@h:port/d", "postgresql://a:s3cret%zz@h/d", "mysql://a:s3cret@h/d"}) {
    CAPTURE(broken);
    CHECK(shown_url(broken).find("s3cret") == std::string::npos);
    const auto opened = open_session(session, broken);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().is(Errc::store_failed));
    CHECK_MESSAGE(opened.error().where.find("s3cret") == std::string::npos, opened.error().where);
  }
}

TEST_CASE("store: placeholders are numbered outside quotes, a name that stands twice once") {
  const auto numbered = [](const char* text) { return pg::numbered(text).text; };
  CHECK(numbered("INSERT INTO t VALUES(?, ?, 'a?:b', \"c:d\")") == "INSERT INTO t VALUES($1, $2, 'a?:b', \"c:d\")");
  CHECK(numbered("SELECT :a + :b_1 + :a, x::text, 'it''s :a'") == "SELECT $1 + $2 + $1, x::text, 'it''s :a'");
  CHECK(pg::numbered("SELECT :a + :b_1 + :a").placeholders == 2);
  CHECK(numbered("SELECT 'open :a") == "SELECT 'open :a");
  CHECK(numbered("SELECT 'user', u.user, \"user\", user_role.a1 FROM user WHERE user=?") ==
        "SELECT 'user', u.\"user\", \"user\", user_role.a1 FROM \"user\" WHERE \"user\"=$1");
}

TEST_CASE("store: an insert or an update of a row has a form for many rows, anything else has none") {
  CHECK(pg::for_many_rows("INSERT INTO t(a, b_1) VALUES(:a, :b_1)") == "INSERT INTO t(a, b_1) SELECT * FROM unnest($1::bigint[], $2::bigint[])");
  CHECK(pg::for_many_rows("UPDATE t SET a = :a, b = :b WHERE id = :id") ==
        "UPDATE t SET a = of.a, b = of.b FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS of(a, b, id) WHERE t.id = of.id");
  for (const char* other : {"INSERT INTO t(a, b) VALUES(:a, :c)", "INSERT INTO t(a) VALUES(:a, :b)", "INSERT INTO t(a) VALUES(:a) ON CONFLICT(a) DO NOTHING",
                            "INSERT INTO t(a) VALUES(:a) RETURNING a", "INSERT INTO t(a) VALUES(1)", "INSERT INTO t(a) VALUES(?)", "UPDATE t SET a = coalesce(:a, a) WHERE id = :id",
                            "UPDATE t SET a = :a", "UPDATE t SET a = :a WHERE id = :id AND b = :b", "UPDATE t SET a = a + :a WHERE id = :id", "DELETE FROM t WHERE id = :id", "INSERT", ""}) {
    CAPTURE(other);
    CHECK(pg::for_many_rows(other).empty());
  }
}

TEST_CASE("store: rows that a pipeline gathers arrive in their order, with NULLs, and of two with one key the later one stays, in both engines") {
  Opened db;
  run_script(db.session, "CREATE TABLE gathered(id BIGINT PRIMARY KEY, a BIGINT, b BIGINT NOT NULL)");
  const std::string shown = "SELECT id || '|' || coalesce(CAST(a AS TEXT), '-') || '|' || b FROM gathered ORDER BY id";
  Statement insert(db.session, "INSERT INTO gathered(id, a, b) VALUES(:id, :a, :b)");
  Statement update(db.session, "UPDATE gathered SET a = :a, b = :b WHERE id = :id");
  Statement drop(db.session, "DELETE FROM gathered WHERE id = :id");
  const auto in_pipeline = [&](const auto& work) {
    return guarded("test", [&] {
      return immediately(db.session, [&]() -> base::Result<bool> {
        Pipeline pipeline(db.session);
        work();
        pipeline.end();
        return true;
      });
    });
  };
  const std::optional<std::int64_t> none;
  CHECK(in_pipeline([&] {
    for (std::int64_t id = 1; id <= 3; ++id) insert.write(id, id == 2 ? none : std::optional(id * -9'000'000'000'000'000), id);
    update.write(none, 10, 1);      // of a row that was gathered before
    update.write(20, 20, 2);
    update.write(21, 21, 2);        // the same key again
    update.write(90, 90, 9);        // nobody
    insert.write(4, 4, 4);
    drop.write(3);
  }).has_value());
  CHECK(db.joined(shown) == "1|-|10 2|21|21 4|4|4");

  // More than one portion, and each row once.
  CHECK(in_pipeline([&] {
    for (std::int64_t id = 100; id < 10'100; ++id) insert.write(id, id, id);
    for (std::int64_t id = 100; id < 10'100; ++id) update.write(id + 1, id, id);
  }).has_value());
  CHECK(db.joined("SELECT count(*) || '|' || sum(a - id) FROM gathered WHERE id >= 100") == "10000|10000");

  // What is wrong with one row undoes all, and the connection goes on.
  CHECK_FALSE(in_pipeline([&] {
    insert.write(5, 5, 5);
    insert.write(1, 1, 1);
  }).has_value());
  CHECK_FALSE(in_pipeline([&] { insert.write(6, 6, none); }).has_value());
  CHECK(in_pipeline([&] { insert.write(7, 7, 7); }).has_value());
  CHECK(db.joined(shown + " LIMIT 4") == "1|-|10 2|21|21 4|4|4 7|7|7");

  // A pipeline that is given up leaves nothing behind for the next one.
  CHECK_FALSE(immediately(db.session, [&]() -> base::Result<bool> {
                Pipeline pipeline(db.session);
                insert.write(8, 8, 8);
                return base::fail(Errc::conflict);
              }).has_value());
  CHECK(in_pipeline([&] { insert.write(9, 9, 9); }).has_value());
  CHECK(db.joined("SELECT CAST(id AS TEXT) FROM gathered WHERE id IN (5, 6, 8, 9)") == "9");
}

TEST_CASE("store: what the server would refuse in a text is replaced, the rest is kept") {
  using namespace std::string_view_literals;
  CHECK(pg::is_storable("电表 ½ 😀"));
  CHECK(pg::is_storable(""));
  for (const auto bad : {"a\0b"sv, "a\xFF"sv, "\xC0\x80"sv, "\xED\xA0\x80"sv, "\xE7\x94"sv}) CHECK_FALSE(pg::is_storable(bad));
  CHECK(pg::storable("a\0b\xFF""c"sv) == "a\uFFFDb\uFFFDc");
}

TEST_CASE("store: rows of any text, number and flag come back as they were, in both engines") {
  Opened db;
  const std::string text = "a'b\"c\\ :d ? 电表 %_";
  const auto id = immediately(db.session, [&]() -> base::Result<std::int64_t> {
    return Statement(db.session, "INSERT INTO organisation(number, created_ms) VALUES(?, ?) RETURNING id").insert_all({text, std::int64_t{9'007'199'254'740'993}});
  });
  REQUIRE(id);
  bool seen = false;
  Question(db.session)
      .text("SELECT number, created_ms, created_ms > 0, NULL, number = ")
      .value(text)
      .text(", 'x' FROM organisation WHERE id = ")
      .value(*id)
      .rows([&](Select& row) {
        seen = true;
        CHECK(row.text() == text);
        CHECK(row.integer() == 9'007'199'254'740'993);
        CHECK(row.flag());
        CHECK_FALSE(row.maybe());
      });
  CHECK(seen);
}

TEST_CASE("store: texts sort by their bytes, and are searched without regard to the case of ASCII letters only") {
  Opened db;
  Statement insert(db.session, "INSERT INTO organisation(number, created_ms) VALUES(?, 0)");
  for (const char* name : {"b", "A", "a", "B", "_", "É", "é", "中", "10%", "10 %"}) insert.write(std::string_view(name));
  CHECK(db.joined("SELECT number FROM organisation ORDER BY number") == "10 % 10% A B _ a b É é 中");
  const auto found = [&](const char* words) {
    std::string all;
    Question(db.session).text("SELECT number FROM organisation WHERE ").holds({"number"}, words).text(" ORDER BY number").rows([&all](Select& row) {
      all += row.text();
    });
    return all;
  };
  CHECK(found("a") == "Aa");
  CHECK(found("é") == "é");
  CHECK(found("0%") == "10%");
  CHECK(found("_") == "_");
}

TEST_CASE("store: a row that a constraint refuses is not shown in the error" * doctest::skip(test_cluster() == nullptr)) {
  Opened db;
  Statement insert(db.session, "INSERT INTO organisation(number, created_ms) VALUES(?, 0)");
  insert.write(std::string_view("13800000001"));
  try {
    insert.write(std::string_view("13800000001"));
    FAIL("a number was given twice");
  } catch (const soci::soci_error& error) {
    CHECK(std::string(error.what()).find("organisation_name_key") != std::string::npos);
    CHECK(std::string(error.what()).find("13800000001") == std::string::npos);
  }
}

TEST_CASE("store: a writer's transaction is taken back whole when its work fails") {
  Opened db;
  const auto add = [&](const char* name, bool fails) {
    return immediately(db.session, [&]() -> base::Result<> {
      Statement(db.session, "INSERT INTO organisation(number, created_ms) VALUES(?, 0)").write(std::string_view(name));
      if (fails) return base::fail(Errc::conflict, "no");
      return {};
    });
  };
  CHECK(add("kept", false));
  CHECK_FALSE(add("gone", true));
  CHECK_THROWS_AS((void)add("kept", false), soci::soci_error);  // its name is unique
  CHECK(add("also", false));
  CHECK(db.joined("SELECT number FROM organisation ORDER BY number") == "also kept");
}

TEST_CASE("store: the first statement of a pipeline that fails is named, and the connection goes on") {
  Opened db;
  const auto write = [&](std::int64_t site) {
    return guarded("write", [&] {
      return immediately(db.session, [&]() -> base::Result<> {
        Statement organisation(db.session, "INSERT INTO organisation(id, number, created_ms) VALUES(?, ?, 0)");
        Statement gateway(db.session, "INSERT INTO line(id, organisation, site, gateway, code, uri) VALUES(?, 70, ?, 1, 'l', 'u')");
        Pipeline pipeline(db.session);
        organisation.write(70, std::string_view("seventy"));
        if (site != 0) gateway.write(1, site);
        organisation.write(71, std::string_view("seventy-one"));
        pipeline.end();
        return {};
      });
    });
  };
  const auto failed = write(99);
  REQUIRE_FALSE(failed);
  CHECK(failed.error().is(Errc::store_failed));
  CHECK(db.joined("SELECT number FROM organisation") == "");
  REQUIRE(write(0));
  CHECK(db.joined("SELECT number FROM organisation ORDER BY id") == "seventy seventy-one");
}

TEST_CASE("store: a long answer without values comes whole in a transaction") {
  Opened db;
  run_script(db.session, "INSERT INTO organisation(id, number, created_ms) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5001)"
                         " SELECT i, 'o' || i, 0 FROM n");
  const soci::transaction reading(db.session);
  std::int64_t rows = 0, sum = 0;
  Select one(db.session, 1, "SELECT id FROM organisation ORDER BY id");
  Select other(db.session, 1, "SELECT id FROM organisation ORDER BY id DESC");  // beside the first
  while (one.next() && other.next()) {
    ++rows;
    sum += one.integer() + other.integer();
  }
  CHECK(rows == 5001);
  CHECK(sum == 5001 * 5002);
}

TEST_CASE("store: a reader whose connection broke fails once and goes on" * doctest::skip(test_cluster() == nullptr)) {
  Opened db;
  ReadPool pool;
  REQUIRE(pool.open(db.database.url(), 1));
  const auto ask = [&pool] {
    return pool.ask("ask", [](soci::session& session) -> base::Result<std::int64_t> { return Question(session).text("SELECT 7").number(); });
  };
  REQUIRE(ask());
  const auto cut = [&db](const char* whom) {
    run_script(db.session, std::string("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid ") + whom);
  };
  cut("<> pg_backend_pid()");
  const auto broken = ask();
  REQUIRE_FALSE(broken);
  CHECK(broken.error().is(Errc::store_failed));
  CHECK(ask() == 7);
  // The office's writer as well.
  CHECK_THROWS_AS(cut("= pg_backend_pid()"), soci::soci_error);
  CHECK(immediately(db.session, [&]() -> base::Result<> {
    Statement(db.session, "INSERT INTO organisation(number, created_ms) VALUES('after', 0)").write();
    return {};
  }));
  CHECK(db.joined("SELECT number FROM organisation") == "after");
}

TEST_CASE("store: a reader writes nothing") {
  Opened db;
  soci::session reader;
  REQUIRE(open_session(reader, db.database.url(), true));
  CHECK_THROWS_AS(run_script(reader, "INSERT INTO organisation(number, created_ms) VALUES('x', 0)"), soci::soci_error);
  CHECK(db.joined("SELECT number FROM organisation") == "");
}

TEST_CASE("store: a server's database that sorts by a language is refused with what to do" * doctest::skip(test_cluster() == nullptr)) {
  const ScratchDatabase some;
  soci::session session;
  REQUIRE(open_session(session, some.url()));
  run_script(session, "CREATE DATABASE anju_latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'");
  std::string url = some.url();
  const auto name = url.rfind('/') + 1;
  url.replace(name, url.find('?') - name, "anju_latin");
  {
    soci::session latin;
    REQUIRE(open_session(latin, url));
    const auto refused = migrate(latin);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().where.find("ENCODING 'UTF8' LOCALE 'C'") != std::string::npos);
  }
  run_script(session, "DROP DATABASE anju_latin");
}
