#pragma once

// A prepared statement that changes rows, executed once per row. All writing of the ledger's store goes through it. It binds
// straight to SQLite: SOCI's bulk binding gathers every value in cells of its own first.

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <concepts>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocols/base/money.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

class Statement {
 public:
  /// Lives shorter than the session. Throws soci::soci_error.
  Statement(soci::session& session, const std::string& text);

  /// Executes it with one value per placeholder, in order; an empty optional is NULL. Throws soci::soci_error.
  template <class... Values>
  void write(const Values&... values) {
    at_ = 0;
    (put(values), ...);
    execute();
  }

  /// The same with values that are known at run time only; nothing given is NULL.
  void write_all(const std::vector<std::variant<std::monostate, std::int64_t, std::string>>& values);

 private:
  void put_integer(std::int64_t value);
  void put_null();
  void put(std::string_view value);
  void put(const std::string& value) { put(std::string_view(value)); }
  template <std::integral Integer>
  void put(Integer value) {
    put_integer(static_cast<std::int64_t>(value));
  }
  void put(base::Money value) { put_integer(value.micro_yuan); }
  void put(base::Quantity value) { put_integer(value.e4); }
  void put(base::Price value) { put_integer(value.e5); }
  void put(base::UtcMillis value) { put_integer(value.value); }
  void put(base::Millis value) { put_integer(value.value); }
  template <class T>
  void put(const std::optional<T>& value) {
    if (value) return put(*value);
    put_null();
  }
  void check(int code);
  void execute();

  struct Finalize {
    void operator()(sqlite_api::sqlite3_stmt* statement) const { sqlite_api::sqlite3_finalize(statement); }
  };
  sqlite_api::sqlite3* connection_;
  std::unique_ptr<sqlite_api::sqlite3_stmt, Finalize> statement_;
  int at_ = 0, placeholders_ = 0;
};

}  // namespace anju::platform
