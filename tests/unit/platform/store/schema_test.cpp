// Both engines hold the same tables: what migrations/sqlite and migrations/postgresql make is compared name by name.

#include <doctest/doctest.h>
#include <soci/soci.h>

#include <algorithm>
#include <set>

#include "platform/store/database.hpp"
#include "platform/store/reader.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

using Lines = std::multiset<std::string>;

/// The lines of several queries with one column each.
Lines lines_of(soci::session& session, std::initializer_list<const char*> queries) {
  Lines all;
  for (const char* query : queries) {
    Select row(session, 1, query);
    while (row.next()) all.insert(row.text());
  }
  return all;
}

// Of each: columns, keys and indexes, foreign keys, how many CHECKs, whether rows are kept as they are; columns of views. Names of indexes and triggers are
// the engines' own; an expression in an index counts as one.
Lines sqlite_schema(soci::session& session) {
  return lines_of(
      session,
      {"SELECT t.name || '.' || c.name || ' ' || lower(c.type) || CASE WHEN c.\"notnull\" = 1 OR c.pk > 0 THEN ' not null' ELSE '' END ||"
       " coalesce(' default ' || c.dflt_value, '') FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'",
       "SELECT t.name || ' primary ' || (SELECT group_concat(name) FROM (SELECT c.name AS name FROM pragma_table_info(t.name) c WHERE c.pk > 0"
       " ORDER BY c.pk)) FROM sqlite_master t WHERE t.type = 'table'",
       "SELECT name || CASE WHEN u = 1 THEN ' unique ' ELSE ' index ' END || list || CASE WHEN p = 1 THEN ' partial' ELSE '' END FROM"
       " (SELECT t.name AS name, i.\"unique\" AS u, i.partial AS p, (SELECT group_concat(coalesce(c.name, '()')) FROM"
       " (SELECT * FROM pragma_index_info(i.name) ORDER BY seqno) c) AS list"
       " FROM sqlite_master t JOIN pragma_index_list(t.name) i WHERE t.type = 'table' AND i.origin <> 'pk')",
       "SELECT t.name || '.' || f.\"from\" || ' references ' || f.\"table\" FROM sqlite_master t JOIN pragma_foreign_key_list(t.name) f"
       " WHERE t.type = 'table'",
       "SELECT name || ' checks ' || ((length(sql) - length(replace(sql, 'CHECK (', ''))) / 7) FROM sqlite_master WHERE type = 'table'",
       "SELECT DISTINCT tbl_name || ' append only' FROM sqlite_master WHERE type = 'trigger' AND (name LIKE '%keep\\_u' ESCAPE '\\' OR name LIKE '%keep\\_d' ESCAPE '\\') GROUP BY tbl_name HAVING count(*) = 2",
       "SELECT t.name || '.' || c.name || ' viewed' FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'view'"});
}

Lines postgresql_schema(soci::session& session) {
  return lines_of(
      session,
      {"SELECT t.relname || '.' || c.attname || ' ' || CASE format_type(c.atttypid, NULL) WHEN 'bigint' THEN 'integer' WHEN 'bytea' THEN 'blob' ELSE"
       " format_type(c.atttypid, NULL) END || CASE WHEN c.attnotnull THEN ' not null' ELSE '' END || coalesce(' default ' ||"
       " replace(pg_get_expr(d.adbin, d.adrelid), '::text', ''), '') FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid LEFT JOIN pg_attrdef d ON"
       " d.adrelid = t.oid AND d.adnum = c.attnum WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace AND c.attnum > 0"
       " AND NOT c.attisdropped AND t.relname <> 'schema_version'",
       "SELECT t.relname || CASE WHEN i.indisprimary THEN ' primary ' WHEN i.indisunique THEN ' unique ' ELSE ' index ' END ||"
       " (SELECT string_agg(coalesce(c.attname, '()'), ',' ORDER BY k.place) FROM unnest(i.indkey) WITH ORDINALITY k(number, place)"
       " LEFT JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum = k.number AND k.number > 0) || CASE WHEN i.indpred IS NULL THEN ''"
       " ELSE ' partial' END FROM pg_class t JOIN pg_index i ON i.indrelid = t.oid WHERE t.relnamespace = 'public'::regnamespace",
       "SELECT t.relname || '.' || c.attname || ' references ' || o.relname FROM pg_constraint f JOIN pg_class t ON t.oid = f.conrelid"
       " JOIN pg_class o ON o.oid = f.confrelid JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum = ANY(f.conkey)"
       " WHERE f.contype = 'f'",
       "SELECT t.relname || ' checks ' || (SELECT count(*) FROM pg_constraint k WHERE k.conrelid = t.oid AND k.contype = 'c') FROM"
       " pg_class t WHERE t.relkind = 'r' AND t.relnamespace = 'public'::regnamespace AND t.relname <> 'schema_version'",
       "SELECT t.relname || ' append only' FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid JOIN pg_proc p ON p.oid = g.tgfoid WHERE p.proname = 'append_only' GROUP BY"
       " t.relname HAVING count(*) = 2",
       "SELECT t.relname || '.' || c.attname || ' viewed' FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid WHERE t.relkind = 'v' AND"
       " t.relnamespace = 'public'::regnamespace AND c.attnum > 0"});
}

std::string missing(const Lines& here, const Lines& there) {
  std::vector<std::string> only;
  std::set_difference(here.begin(), here.end(), there.begin(), there.end(), std::back_inserter(only));
  std::string text;
  for (const std::string& line : only) text += "\n  " + line;
  return text;
}

}  // namespace

TEST_CASE("store: every migration has a twin of the same number and name") {
  const auto sqlite = sqlite_migrations(), postgresql = postgresql_migrations();
  REQUIRE(sqlite.size() >= 5);
  std::set<std::string> names, twins;
  for (const Migration& one : sqlite) names.insert(one.name);
  for (const Migration& one : postgresql) twins.insert(one.name);
  CHECK(names == twins);
  for (const auto all : {sqlite, postgresql})
    CHECK(std::is_sorted(all.begin(), all.end(), [](const Migration& a, const Migration& b) { return a.number < b.number; }));
}

TEST_CASE("store: both engines hold the same tables, columns, keys, indexes and checks" * doctest::skip(test_cluster() == nullptr)) {
  const ScratchDatabase server;
  soci::session on_server, in_memory;
  REQUIRE(open_session(on_server, server.url()));
  REQUIRE(open_session(in_memory, "sqlite::memory:"));
  REQUIRE(migrate(in_memory));
  run_script(in_memory, "DROP TABLE sqlite_stat1");  // what SQLite knows of sizes is no table of ours
  const Lines sqlite = sqlite_schema(in_memory), postgresql = postgresql_schema(on_server);
  REQUIRE(sqlite.size() > 400);
  CHECK_MESSAGE(missing(sqlite, postgresql).empty(), "only in SQLite:", missing(sqlite, postgresql));
  CHECK_MESSAGE(missing(postgresql, sqlite).empty(), "only in PostgreSQL:", missing(postgresql, sqlite));

  run_script(in_memory, "CREATE TABLE planted(id INTEGER PRIMARY KEY, a TEXT CHECK (a <> '')) STRICT; CREATE INDEX planted_a ON planted(a)");
  const Lines planted = sqlite_schema(in_memory);
  CHECK(planted.size() == sqlite.size() + 5);  // two columns, key, index, checks
}

TEST_CASE("store: a young database takes no plan from its few rows, because it grows" * doctest::skip(test_cluster() != nullptr)) {
  const ScratchDatabase file;
  soci::session session;  // the one that migrates is the one that writes
  REQUIRE(open_session(session, file.url()));
  for (int start = 0; start < 2; ++start) REQUIRE(migrate(session));
  for (const std::string query : {"DELETE FROM meter_change WHERE id <= 5", "SELECT meter FROM meter_change WHERE id > 5 ORDER BY id"}) {
    Select plan(session, 4, "EXPLAIN QUERY PLAN " + query);
    while (plan.next()) {
      for (int column = 0; column < 3; ++column) plan.integer();
      CHECK_MESSAGE(plan.text().starts_with("SEARCH"), query);
    }
  }
}
