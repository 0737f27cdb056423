#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>

#include <array>
#include <atomic>
#include <charconv>
#include <exception>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "platform/store/engine.hpp"
#include "platform/store/libpq.hpp"
#include "platform/store/libpq_many.hpp"

namespace anju::platform {
namespace {

using pg::Result;

constexpr Oid kBool = 16, kInt8 = 20, kText = 25;  // of the server's catalogue, pg_type.dat: fixed for ever
constexpr int kPortion = 2000;                      ///< rows that a cursor brings at once

/// One number for all who write to one database. Any will do; it is ours alone, as the database is.
constexpr const char* kBeginWriting = "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(4120202)";

struct FreeOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
using Options = std::unique_ptr<PQconninfoOption, FreeOptions>;

/// Null: no such url. What libpq says about it may hold the password and is left out.
Options parse(const std::string& url) {
  char* said = nullptr;
  Options options(PQconninfoParse(url.c_str(), &said));
  PQfreemem(said);
  return options;
}

template <class Each>
void each_option(const Options& options, Each&& each) {
  for (const PQconninfoOption* one = options.get(); one != nullptr && one->keyword != nullptr; ++one)
    if (one->val != nullptr && *one->val != '\0') each(std::string_view(one->keyword), std::string_view(one->val));
}

/// The url as libpq's list of keywords, with what is ours unless the url says otherwise.
std::string connect_string(const std::string& url) {
  const Options options = parse(url);
  if (options == nullptr) throw soci::soci_error("not a url that PostgreSQL knows: postgresql://USER:PASSWORD@HOST:PORT/DATABASE");
  std::string made = "connect_timeout='10' application_name='anju-platform'";
  each_option(options, [&made](std::string_view keyword, std::string_view value) {
    made += " " + std::string(keyword) + "='";
    for (const char c : value) {
      if (c == '\'' || c == '\\') made += '\\';
      made += c;
    }
    made += "'";
  });
  return made + " client_encoding='UTF8'";  // of two, the last counts
}

/// SOCI's own factory takes the connect string apart at blanks; this one hands it to libpq as it is, and sets every connection up, also
/// one that is opened again.
class Factory : public soci::backend_factory {
 public:
  explicit Factory(const char* settings) : settings_(settings) {}
  soci::postgresql_session_backend* make_session(const soci::connection_parameters& parameters) const override {
    auto made = std::make_unique<soci::postgresql_session_backend>(parameters, false);
    // Without the rows that a constraint refused: they are somebody's data, and errors are logged.
    PQsetErrorVerbosity(made->conn_, PQERRORS_TERSE);
    pg::checked(made->conn_, Result(PQexec(made->conn_, settings_)));
    return made.release();
  }

 private:
  const char* settings_;
};

// Who waits for another writer waits as long as with SQLite.
const Factory kWriters("SET synchronous_commit = on; SET lock_timeout = '10s'");
const Factory kReaders("SET default_transaction_read_only = on; SET default_transaction_isolation = 'repeatable read'");

/// What a connection gathers in a pipeline: rows of one statement, which leave before any other statement does, or when the pipeline ends.
struct Gathered {
  pg::ManyRows* rows = nullptr;
  void send() {
    if (rows != nullptr) std::exchange(rows, nullptr)->send();
  }
};

/// Of a connection; shared by its statements, and gone with the last of them.
std::shared_ptr<Gathered> gathered_of(PGconn* connection) {
  static std::mutex mutex;
  static std::unordered_map<PGconn*, std::weak_ptr<Gathered>> all;
  const std::lock_guard lock(mutex);
  auto& known = all[connection];
  auto found = known.lock();
  if (found == nullptr) known = found = std::make_shared<Gathered>();
  return found;
}

class PgPrepared : public Prepared {
 public:
  PgPrepared(PGconn* connection, const std::string& text) : connection_(connection), gathered_(gathered_of(connection)) {
    static std::atomic<std::int64_t> newest = 0;
    name_ = "anju_" + std::to_string(++newest);
    const auto [sql, placeholders] = pg::numbered(text);
    pg::checked(connection_, Result(PQprepare(connection_, name_.c_str(), sql.c_str(), 0, nullptr)));
    many_ = pg::ManyRows::prepare(connection_, name_, text);
    values_.resize(static_cast<std::size_t>(placeholders));
    pointers_.resize(values_.size());
    lengths_.resize(values_.size());
    formats_.resize(values_.size());
  }
  ~PgPrepared() override {
    if (many_ != nullptr && gathered_->rows == many_.get()) gathered_->rows = nullptr;  // of a pipeline that was given up
    Result(PQexec(connection_, ("DEALLOCATE " + name_).c_str()));
  }
  PgPrepared(const PgPrepared&) = delete;
  PgPrepared& operator=(const PgPrepared&) = delete;

  // Integers travel as text, which fits whatever width the server found for the placeholder; texts as bytes, which need no end.
  void put_integer(std::int64_t value) override {
    Value& place = next();
    place.number = value;
    auto& digits = place.digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size() - 1, value);
    *end.ptr = '\0';
    set(digits.data(), end.ptr - digits.data(), 0);
  }
  void put_null() override {
    next();
    set(nullptr, 0, 0);
  }
  void put_text(std::string_view value) override {
    std::string& repaired = next().repaired;
    if (!pg::is_storable(value)) value = repaired = pg::storable(value);
    set(value.empty() ? "" : value.data(), static_cast<std::ptrdiff_t>(value.size()), 1);
  }

  void put_bytes(std::string_view value) override {
    next();
    set(value.empty() ? "" : value.data(), static_cast<std::ptrdiff_t>(value.size()), 1);
  }

  std::optional<std::int64_t> execute() override {
    const std::size_t put = std::exchange(at_, 0);
    if (put != values_.size()) throw soci::soci_error("a statement has " + std::to_string(values_.size()) + " placeholders, not " + std::to_string(put));
    const int count = static_cast<int>(put);
    if (PQpipelineStatus(connection_) != PQ_PIPELINE_OFF) {
      if (many_ != nullptr) {
        gather();
        return std::nullopt;
      }
      gathered_->send();
      if (PQsendQueryPrepared(connection_, name_.c_str(), count, pointers_.data(), lengths_.data(), formats_.data(), 0) != 1)
        pg::fail(connection_, nullptr);
      return std::nullopt;
    }
    const Result result = pg::checked(
        connection_, Result(PQexecPrepared(connection_, name_.c_str(), count, pointers_.data(), lengths_.data(), formats_.data(), 0)));
    if (PQntuples(result.get()) == 0 || PQnfields(result.get()) == 0) return std::nullopt;
    const std::string_view text = PQgetvalue(result.get(), 0, 0);
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  }

 private:
  struct Value {
    std::int64_t number = 0;
    std::array<char, 24> digits{};
    std::string repaired;
  };
  /// One more row of many.
  void gather() {
    if (gathered_->rows != many_.get()) gathered_->send();
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (pointers_[i] != nullptr && formats_[i] != 0) throw soci::soci_error("a text where a statement has a number");
      many_->put(i, pointers_[i] == nullptr ? nullptr : &values_[i].number);
    }
    many_->end_row();
    gathered_->rows = many_.get();
  }
  Value& next() {
    if (at_ == values_.size()) throw soci::soci_error("a statement has " + std::to_string(values_.size()) + " placeholders only");
    return values_[at_];
  }
  void set(const char* value, std::ptrdiff_t length, int format) {
    pointers_[at_] = value;
    lengths_[at_] = static_cast<int>(length);
    formats_[at_] = format;
    ++at_;
  }

  PGconn* connection_;
  std::shared_ptr<Gathered> gathered_;
  std::unique_ptr<pg::ManyRows> many_;  ///< null: its rows leave one by one
  std::string name_;
  std::vector<Value> values_;
  std::vector<const char*> pointers_;
  std::vector<int> lengths_, formats_;
  std::size_t at_ = 0;
};

/// The whole answer at once, or, for a long one, a cursor's portions.
class PgRows : public Rows {
 public:
  PgRows(PGconn* connection, const std::string& query, const Bound& bound) : connection_(connection) {
    const bool in_transaction = PQtransactionStatus(connection_) == PQTRANS_INTRANS;
    if (bound.is_integer.empty() && in_transaction) {
      static std::atomic<std::int64_t> newest = 0;
      cursor_ = "anju_rows_" + std::to_string(++newest);
      pg::checked(connection_, Result(PQexec(connection_, ("DECLARE " + cursor_ + " NO SCROLL CURSOR FOR " + pg::numbered(query).text).c_str())));
      bring();
    } else {
      ask(query, bound);
    }
  }
  ~PgRows() override {
    if (!cursor_.empty() && PQtransactionStatus(connection_) == PQTRANS_INTRANS) Result(PQexec(connection_, ("CLOSE " + cursor_).c_str()));
  }
  PgRows(const PgRows&) = delete;
  PgRows& operator=(const PgRows&) = delete;

  bool fetch() override {
    ++row_;
    if (row_ < PQntuples(result_.get())) return true;
    if (cursor_.empty() || PQntuples(result_.get()) < kPortion) return false;
    bring();
    row_ = 0;
    return PQntuples(result_.get()) > 0;
  }

  [[nodiscard]] std::optional<std::string_view> column(std::size_t at) const override {
    const int i = static_cast<int>(at);
    if (i >= PQnfields(result_.get())) throw soci::soci_error("a query has no column " + std::to_string(at + 1));
    if (PQgetisnull(result_.get(), row_, i) != 0) return std::nullopt;
    const std::string_view text(PQgetvalue(result_.get(), row_, i), static_cast<std::size_t>(PQgetlength(result_.get(), row_, i)));
    if (PQftype(result_.get(), i) == kBool) return text == "t" ? "1" : "0";
    return text;
  }
  [[nodiscard]] std::optional<std::int64_t> integer(std::size_t at) const override {
    const auto text = column(at);
    if (!text) return std::nullopt;
    return parse_integer(*text);
  }
  [[nodiscard]] std::string bytes(std::size_t at) const override {
    const auto text = column(at);
    if (!text) return {};
    std::size_t length = 0;
    const std::unique_ptr<unsigned char, decltype(&PQfreemem)> raw(PQunescapeBytea(reinterpret_cast<const unsigned char*>(text->data()), &length), &PQfreemem);
    if (raw == nullptr) throw soci::soci_error("bytes that cannot be read");
    return std::string(reinterpret_cast<const char*>(raw.get()), length);
  }

 private:
  void bring() {
    result_ = pg::checked(connection_, Result(PQexec(connection_, ("FETCH " + std::to_string(kPortion) + " FROM " + cursor_).c_str())));
  }

  /// With their types: in "SELECT :v1 UNION …" the server would take a number for text.
  void ask(const std::string& query, const Bound& bound) {
    std::vector<std::string> values;
    std::vector<Oid> types;
    std::vector<int> lengths, formats;
    auto integer = bound.integers.begin();
    auto text = bound.texts.begin();
    for (const bool is_integer : bound.is_integer) {
      values.push_back(is_integer ? std::to_string(*integer++) : pg::storable(*text++));
      types.push_back(is_integer ? kInt8 : kText);
      lengths.push_back(static_cast<int>(values.back().size()));
      formats.push_back(is_integer ? 0 : 1);
    }
    std::vector<const char*> pointers;
    for (const std::string& value : values) pointers.push_back(value.c_str());
    const auto [sql, placeholders] = pg::numbered(query);
    if (static_cast<std::size_t>(placeholders) != values.size())
      throw soci::soci_error("a query has " + std::to_string(placeholders) + " placeholders, not " + std::to_string(values.size()));
    result_ = pg::checked(connection_, Result(PQexecParams(connection_, sql.c_str(), placeholders, types.data(), pointers.data(), lengths.data(),
                                                           formats.data(), 0)));
  }

  PGconn* connection_;
  std::string cursor_;
  Result result_;
  int row_ = -1;
};

class PgEngine : public Engine {
 public:
  void open(soci::session& session, const std::string& url, bool read_only) const override {
    session.open(soci::connection_parameters(read_only ? kReaders : kWriters, connect_string(url)));
  }

  void revive(soci::session& session) const override {
    if (PQstatus(pg::connection_of(session)) != CONNECTION_OK) session.reconnect();
  }

  [[nodiscard]] bool exists(const std::string& url) const override {
    soci::session session;
    open(session, url, true);
    int found = 0;
    session << "SELECT count(to_regclass('schema_version'))", soci::into(found);
    return found != 0;
  }

  [[nodiscard]] std::string shown(const std::string& url) const override {
    std::string user, host, port, database;
    each_option(parse(url), [&](std::string_view keyword, std::string_view value) {
      if (keyword == "user") user = std::string(value) + "@";
      if (keyword == "host") host = value;
      if (keyword == "port") port = ":" + std::string(value);
      if (keyword == "dbname") database = "/" + std::string(value);
    });
    return "postgresql://" + user + host + port + database;
  }

  void script(soci::session& session, const std::string& text) const override {
    PGconn* connection = pg::connection_of(session);
    pg::checked(connection, Result(PQexec(connection, text.c_str())));
  }

  void begin_writing(soci::session& session) const override { script(session, kBeginWriting); }

  [[nodiscard]] std::unique_ptr<Prepared> prepare(soci::session& session, const std::string& text) const override {
    return std::make_unique<PgPrepared>(pg::connection_of(session), text);
  }
  [[nodiscard]] std::unique_ptr<Rows> rows(soci::session& session, std::size_t, const std::string& query, Bound bound) const override {
    return std::make_unique<PgRows>(pg::connection_of(session), query, bound);
  }

  void pipeline(soci::session& session, bool on) const override {
    PGconn* connection = pg::connection_of(session);
    if (on) {
      if (PQenterPipelineMode(connection) != 1) pg::fail(connection, nullptr);
      return;
    }
    std::exception_ptr unsent;
    try {
      gathered_of(connection)->send();
    } catch (const soci::soci_error&) {
      unsent = std::current_exception();  // the pipeline is left nevertheless
    }
    if (PQpipelineSync(connection) != 1) pg::fail(connection, nullptr);
    Result failed;
    // Each statement's answers end with a null; the synchronisation's own answer ends all.
    for (int nothing = 0; nothing < 2;) {
      Result one(PQgetResult(connection));
      nothing = one == nullptr ? nothing + 1 : 0;
      const ExecStatusType status = one == nullptr ? PGRES_EMPTY_QUERY : PQresultStatus(one.get());
      if (status == PGRES_PIPELINE_SYNC) break;
      if (status == PGRES_FATAL_ERROR && failed == nullptr) failed = std::move(one);
    }
    const bool left = PQexitPipelineMode(connection) == 1;
    if (failed != nullptr) pg::fail(connection, failed.get());
    if (!left) pg::fail(connection, nullptr);
    if (unsent) std::rethrow_exception(unsent);
  }

  // lower() of a database that sorts by bytes knows ASCII only, as version() demands.
  [[nodiscard]] std::string holds(std::string_view placeholder, std::span<const std::string> columns) const override {
    std::string condition = "strpos(lower(concat_ws(E'\\x1f'";
    for (const std::string& column : columns) condition += ", " + column;
    return condition + ")), " + std::string(placeholder) + ") > 0";
  }

  [[nodiscard]] std::string references_to(const std::string& table) const override {
    return "SELECT t.relname, c.attname FROM pg_constraint f JOIN pg_class t ON t.oid = f.conrelid JOIN pg_attribute c ON c.attrelid = t.oid"
           " AND c.attnum = ANY(f.conkey) WHERE f.contype = 'f' AND f.confrelid = to_regclass('" + table + "') ORDER BY 1, 2";
  }

  [[nodiscard]] std::span<const Migration> migrations() const override { return postgresql_migrations(); }

  [[nodiscard]] int version(soci::session& session) const override {
    std::string collation, encoding, provider;
    session << "SELECT datcollate, pg_encoding_to_char(encoding), datlocprovider FROM pg_database WHERE datname = current_database()",
        soci::into(collation), soci::into(encoding), soci::into(provider);
    // Lists are sorted and searched as with SQLite: by bytes, with the case of ASCII letters only.
    if ((collation != "C" && collation != "POSIX") || encoding != "UTF8" || provider != "c")
      throw soci::soci_error("the database sorts by " + collation + " in " + encoding +
                             "; make one with: CREATE DATABASE anju TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
    script(session, "SET LOCAL client_min_messages = warning; CREATE TABLE IF NOT EXISTS schema_version(version BIGINT NOT NULL)");
    int version = 0;
    session << "SELECT coalesce(max(version), 0) FROM schema_version", soci::into(version);
    return version;
  }
  void allow_own_tables(soci::session& session) const override { script(session, "SET default_transaction_read_only = off"); }
  void learn_sizes(soci::session&) const override {}  // autovacuum does
  void set_version(soci::session& session, int version) const override {
    script(session, "DELETE FROM schema_version; INSERT INTO schema_version VALUES(" + std::to_string(version) + ")");
  }
};

const PgEngine kEngine;

}  // namespace

const Engine& postgresql_engine = kEngine;

}  // namespace anju::platform
