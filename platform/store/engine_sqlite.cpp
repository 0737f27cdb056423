#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <filesystem>
#include <mutex>

#include "platform/store/engine.hpp"

namespace anju::platform {
namespace {

constexpr std::string_view kScheme = "sqlite:";

sqlite_api::sqlite3* connection_of(soci::session& session) {
  return static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_;
}

/// Each connection has one owner, so SQLite need not lock for every bind and every allocation: 11 % of a commit, measured. Has an effect
/// only before the first connection of the process.
void configure_once() {
  static std::once_flag done;
  std::call_once(done, [] {
    sqlite_api::sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite_api::sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  });
}

struct Finalize {
  void operator()(sqlite_api::sqlite3_stmt* statement) const { sqlite_api::sqlite3_finalize(statement); }
};
using OwnedStatement = std::unique_ptr<sqlite_api::sqlite3_stmt, Finalize>;

/// Binds straight to SQLite: SOCI's bulk binding gathers every value in cells of its own first.
class SqlitePrepared : public Prepared {
 public:
  SqlitePrepared(sqlite_api::sqlite3* connection, const std::string& text) : connection_(connection) {
    sqlite_api::sqlite3_stmt* made = nullptr;
    const int code = sqlite_api::sqlite3_prepare_v3(connection_, text.c_str(), static_cast<int>(text.size()), SQLITE_PREPARE_PERSISTENT, &made, nullptr);
    statement_.reset(made);
    check(code);
    placeholders_ = sqlite_api::sqlite3_bind_parameter_count(made);
  }

  void put_integer(std::int64_t value) override { check(sqlite_api::sqlite3_bind_int64(statement_.get(), ++at_, value)); }
  void put_null() override { check(sqlite_api::sqlite3_bind_null(statement_.get(), ++at_)); }
  void put_bytes(std::string_view value) override {
    check(sqlite_api::sqlite3_bind_blob(statement_.get(), ++at_, value.empty() ? "" : value.data(), static_cast<int>(value.size()), nullptr));
  }
  void put_text(std::string_view value) override {
    // The caller's text outlives the step below, so SQLite need not copy it. An empty view may have no address, which would be NULL.
    check(sqlite_api::sqlite3_bind_text(statement_.get(), ++at_, value.empty() ? "" : value.data(), static_cast<int>(value.size()), nullptr));
  }

  std::optional<std::int64_t> execute() override {
    const int put = std::exchange(at_, 0);
    if (put != placeholders_) throw soci::soci_error("a statement has " + std::to_string(placeholders_) + " placeholders, not " + std::to_string(put));
    std::optional<std::int64_t> returned;
    int code = sqlite_api::sqlite3_step(statement_.get());
    for (; code == SQLITE_ROW; code = sqlite_api::sqlite3_step(statement_.get()))
      returned = sqlite_api::sqlite3_column_int64(statement_.get(), 0);
    // reset() repeats the error of the step.
    const int ended = sqlite_api::sqlite3_reset(statement_.get());
    if (code != SQLITE_DONE) check(ended != SQLITE_OK ? ended : SQLITE_MISUSE);
    return returned;
  }

 private:
  void check(int code) {
    if (code == SQLITE_OK) return;
    at_ = 0;
    throw soci::sqlite3_soci_error(sqlite_api::sqlite3_errmsg(connection_), code);
  }

  sqlite_api::sqlite3* connection_;
  OwnedStatement statement_;
  int at_ = 0, placeholders_ = 0;
};

/// Reads straight from SQLite: SOCI copies every column of a row into texts of its own, and takes INTEGER for 32 bits.
class SqliteRows : public Rows {
 public:
  SqliteRows(sqlite_api::sqlite3* connection, const std::string& query, Bound bound) : connection_(connection), bound_(std::move(bound)) {
    sqlite_api::sqlite3_stmt* made = nullptr;
    const int code = sqlite_api::sqlite3_prepare_v2(connection_, query.c_str(), static_cast<int>(query.size()), &made, nullptr);
    statement_.reset(made);
    check(code);
    if (made == nullptr) throw soci::soci_error("an empty query");
    columns_ = static_cast<std::size_t>(sqlite_api::sqlite3_column_count(made));
    int at = 0;
    auto integer = bound_.integers.begin();
    auto text = bound_.texts.begin();
    for (const bool is_integer : bound_.is_integer) {
      if (is_integer) {
        check(sqlite_api::sqlite3_bind_int64(made, ++at, *integer++));
      } else {
        check(sqlite_api::sqlite3_bind_text(made, ++at, text->data(), static_cast<int>(text->size()), nullptr));
        ++text;
      }
    }
    if (at != sqlite_api::sqlite3_bind_parameter_count(made)) throw soci::soci_error("a query has other placeholders than values");
  }

  bool fetch() override {
    if (ended_) return false;
    const int code = sqlite_api::sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    ended_ = true;
    if (code != SQLITE_DONE) check(code);
    return false;
  }
  [[nodiscard]] std::optional<std::string_view> column(std::size_t at) const override {
    if (type(at) == SQLITE_NULL) return std::nullopt;
    const int i = static_cast<int>(at);
    const auto* text = sqlite_api::sqlite3_column_text(statement_.get(), i);
    return std::string_view(reinterpret_cast<const char*>(text), static_cast<std::size_t>(sqlite_api::sqlite3_column_bytes(statement_.get(), i)));
  }
  [[nodiscard]] std::optional<std::int64_t> integer(std::size_t at) const override {
    switch (type(at)) {
      case SQLITE_INTEGER: return sqlite_api::sqlite3_column_int64(statement_.get(), static_cast<int>(at));
      case SQLITE_NULL: return std::nullopt;
      default: return parse_integer(*column(at));
    }
  }
  [[nodiscard]] std::string bytes(std::size_t at) const override {
    if (type(at) == SQLITE_NULL) return {};
    const int i = static_cast<int>(at);
    const auto* found = static_cast<const char*>(sqlite_api::sqlite3_column_blob(statement_.get(), i));
    return found == nullptr ? std::string() : std::string(found, static_cast<std::size_t>(sqlite_api::sqlite3_column_bytes(statement_.get(), i)));
  }

 private:
  [[nodiscard]] int type(std::size_t at) const {
    if (at >= columns_) throw soci::soci_error("a query has no column " + std::to_string(at + 1));
    return sqlite_api::sqlite3_column_type(statement_.get(), static_cast<int>(at));
  }
  void check(int code) const {
    if (code != SQLITE_OK) throw soci::sqlite3_soci_error(sqlite_api::sqlite3_errmsg(connection_), code);
  }

  sqlite_api::sqlite3* connection_;
  Bound bound_;
  OwnedStatement statement_;
  std::size_t columns_ = 0;
  bool ended_ = false;
};

unsigned char small(unsigned char c) { return c >= 'A' && c <= 'Z' ? static_cast<unsigned char>(c - 'A' + 'a') : c; }

/// words: in lower case, at least one letter.
bool is_part(const unsigned char* words, int length, const unsigned char* text, int of) {
  for (int at = 0; at + length <= of; ++at) {
    int same = 0;
    while (same < length && small(text[at + same]) == words[same]) ++same;
    if (same == length) return true;
  }
  return false;
}

/// holds(words, column, …): 1 if the words are part of one of the columns. Once per row of a long list, where LIKE for each column
/// takes three times as long.
void answer_holds(sqlite_api::sqlite3_context* context, int count, sqlite_api::sqlite3_value** values) {
  const unsigned char* words = sqlite_api::sqlite3_value_text(values[0]);
  const int length = sqlite_api::sqlite3_value_bytes(values[0]);
  bool found = length == 0;
  for (int i = 1; i < count && !found; ++i) {
    const unsigned char* text = sqlite_api::sqlite3_value_text(values[i]);
    found = text != nullptr && is_part(words, length, text, sqlite_api::sqlite3_value_bytes(values[i]));
  }
  sqlite_api::sqlite3_result_int(context, found ? 1 : 0);
}

class SqliteEngine : public Engine {
 public:
  void open(soci::session& session, const std::string& url, bool read_only) const override {
    if (url.size() == kScheme.size() || url.find('"') != std::string::npos) throw soci::soci_error("sqlite:PATH needs a path without \"");
    configure_once();
    session.open(soci::sqlite3, "db=\"" + url.substr(kScheme.size()) + "\" timeout=10");
    // FULL: a commit is on the disk when it returns; NORMAL may lose the last ones in a power cut. The checkpoint comes every
    // 4000 pages, so that the log stays near 16 MB.
    script(session,
           "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
           "PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;");
    if (read_only) script(session, "PRAGMA query_only=ON;");
    const int made = sqlite_api::sqlite3_create_function_v2(connection_of(session), "holds", -1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, &answer_holds,
                                                            nullptr, nullptr, nullptr);
    if (made != SQLITE_OK) throw soci::sqlite3_soci_error("cannot add a function", made);
  }

  void revive(soci::session&) const override {}  // a file does not hang up
  [[nodiscard]] bool exists(const std::string& url) const override { return std::filesystem::exists(url.substr(kScheme.size())); }
  [[nodiscard]] std::string shown(const std::string& url) const override { return url; }

  void script(soci::session& session, const std::string& text) const override {
    char* message = nullptr;
    const int code = sqlite_api::sqlite3_exec(connection_of(session), text.c_str(), nullptr, nullptr, &message);
    if (code == SQLITE_OK) return;
    const std::string said = message != nullptr ? message : "error " + std::to_string(code);
    sqlite_api::sqlite3_free(message);
    throw soci::sqlite3_soci_error(said, code);
  }

  void begin_writing(soci::session& session) const override { script(session, "BEGIN IMMEDIATE"); }

  [[nodiscard]] std::unique_ptr<Prepared> prepare(soci::session& session, const std::string& text) const override {
    return std::make_unique<SqlitePrepared>(connection_of(session), text);
  }
  [[nodiscard]] std::unique_ptr<Rows> rows(soci::session& session, std::size_t, const std::string& query, Bound bound) const override {
    return std::make_unique<SqliteRows>(connection_of(session), query, std::move(bound));
  }
  void pipeline(soci::session&, bool) const override {}  // nobody to wait for
  [[nodiscard]] std::string holds(std::string_view placeholder, std::span<const std::string> columns) const override {
    std::string condition = "holds(" + std::string(placeholder);
    for (const std::string& column : columns) condition += ", " + column;
    return condition + ")";
  }

  [[nodiscard]] std::string references_to(const std::string& table) const override {
    return "SELECT m.name, f.\"from\" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND f.\"table\" = '" +
           table + "' ORDER BY 1, 2";
  }

  [[nodiscard]] std::span<const Migration> migrations() const override { return sqlite_migrations(); }
  [[nodiscard]] int version(soci::session& session) const override {
    int version = 0;
    session << "PRAGMA user_version", soci::into(version);
    return version;
  }
  // Without numbers SQLite takes any index that begins with the organisation for as good as one of a building. A sample of each index is
  // enough and takes milliseconds; this connection knows it and those that are opened from here on.
  // What is small now is not for long, and a table of three rows is walked from end to end for a range of its ids: of those nothing is known. RESET reads the
  // schema again, because a number that was loaded once stays.
  void learn_sizes(soci::session& session) const override {
    script(session, "PRAGMA analysis_limit=1000; ANALYZE; DELETE FROM sqlite_stat1 WHERE CAST(stat AS INTEGER) < 100; PRAGMA writable_schema=RESET;");
  }
  void allow_own_tables(soci::session& session) const override { script(session, "PRAGMA temp_store=FILE; PRAGMA query_only=OFF"); }
  void set_version(soci::session& session, int version) const override { script(session, "PRAGMA user_version=" + std::to_string(version)); }
};

const SqliteEngine kEngine;

}  // namespace

const Engine& sqlite_engine = kEngine;

}  // namespace anju::platform
