#pragma once

// What SQLite and PostgreSQL do differently beyond the SQL that both understand. One constant object per engine; everything else of
// platform/store speaks to soci::session, Select, Question and Statement, which ask here. Everything throws soci::soci_error.

#include <soci/session.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace anju::platform {

/// One numbered file of platform/store/migrations/<engine>, compiled in.
struct Migration {
  int number;
  const char* name;
  const char* script;
};
[[nodiscard]] std::span<const Migration> sqlite_migrations();
[[nodiscard]] std::span<const Migration> postgresql_migrations();

/// Values for the placeholders of a query, in their order.
struct Bound {
  std::deque<long long> integers;
  std::deque<std::string> texts;
  std::vector<bool> is_integer;
};

/// A prepared statement. Placeholders are `?` or `:name`; values are put in their order, then it is executed.
class Prepared {
 public:
  virtual ~Prepared() = default;
  virtual void put_integer(std::int64_t value) = 0;
  virtual void put_null() = 0;
  /// The text must live until execute().
  virtual void put_text(std::string_view value) = 0;
  /// For a column of bytes (BLOB, BYTEA). They must live until execute().
  virtual void put_bytes(std::string_view value) = 0;
  /// The integer that `RETURNING` gives; nothing without it, and nothing while a pipeline is open.
  virtual std::optional<std::int64_t> execute() = 0;
};

/// The rows of one query. Flags are 0 and 1.
class Rows {
 public:
  virtual ~Rows() = default;
  virtual bool fetch() = 0;
  /// Of the row that fetch() found, until the next fetch(). Nothing: NULL.
  [[nodiscard]] virtual std::optional<std::string_view> column(std::size_t at) const = 0;
  /// The same of a whole number, which need not become text first. Throws when it is none.
  [[nodiscard]] virtual std::optional<std::int64_t> integer(std::size_t at) const = 0;
  /// The same of a column of bytes; NULL is none.
  [[nodiscard]] virtual std::string bytes(std::size_t at) const = 0;
};

/// Throws when the text is no whole number.
[[nodiscard]] std::int64_t parse_integer(std::string_view text);

class Engine {
 public:
  virtual ~Engine() = default;
  /// read_only: for questions beside the writers; a transaction then sees one state of the database.
  virtual void open(soci::session& session, const std::string& url, bool read_only) const = 0;
  /// Opens a connection again that was found broken.
  virtual void revive(soci::session& session) const = 0;
  /// Is there anything at this url that `init` made?
  [[nodiscard]] virtual bool exists(const std::string& url) const = 0;
  /// The url without its password.
  [[nodiscard]] virtual std::string shown(const std::string& url) const = 0;
  virtual void script(soci::session& session, const std::string& text) const = 0;
  /// Begins a transaction that has the right to write: there is one writer at a time, who comes second waits up to 10 s.
  virtual void begin_writing(soci::session& session) const = 0;
  [[nodiscard]] virtual std::unique_ptr<Prepared> prepare(soci::session& session, const std::string& text) const = 0;
  /// columns: how many the query has, 0: they are counted. Without bound values, in a transaction, rows come in portions.
  [[nodiscard]] virtual std::unique_ptr<Rows> rows(soci::session& session, std::size_t columns, const std::string& query, Bound bound) const = 0;
  /// From here on prepared statements do not wait for the server's answer. false: waits for all of them, and throws what went wrong first.
  virtual void pipeline(soci::session& session, bool on) const = 0;
  /// The condition that the words which `placeholder` stands for are part of one of the columns. Upper and lower case of ASCII letters
  /// are the same; the words are in lower case already.
  [[nodiscard]] virtual std::string holds(std::string_view placeholder, std::span<const std::string> columns) const = 0;

  /// A query of the foreign keys to a table, as "table, column", sorted.
  [[nodiscard]] virtual std::string references_to(const std::string& table) const = 0;

  [[nodiscard]] virtual std::span<const Migration> migrations() const = 0;
  /// Of the newest migration that was run. Called inside begin_writing().
  [[nodiscard]] virtual int version(soci::session& session) const = 0;
  virtual void set_version(soci::session& session, int version) const = 0;
  /// A connection that was opened for questions may make tables of its own from here on, which end with it.
  virtual void allow_own_tables(soci::session& session) const = 0;
  /// Lets the planner know what indexes are worth, if nobody else does.
  virtual void learn_sizes(soci::session& session) const = 0;
};

extern const Engine& sqlite_engine;
extern const Engine& postgresql_engine;

/// By the url's scheme, "sqlite:PATH" or "postgresql://…"; null: neither.
[[nodiscard]] const Engine* engine_for(std::string_view url);
/// Of an open session.
[[nodiscard]] const Engine& engine_of(soci::session& session);

}  // namespace anju::platform
