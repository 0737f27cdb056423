#pragma once

// A prepared statement that changes rows, executed once per row. All writing of the ledger's store goes through it.

#include <concepts>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "platform/store/engine.hpp"
#include "protocols/base/money.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

/// A value for a column of bytes. What it views must live until the statement is executed.
struct Bytes {
  std::string_view view;
};

class Statement {
 public:
  using Value = std::variant<std::monostate, std::int64_t, std::string>;

  /// Lives shorter than the session. Placeholders: `?` or `:name`. Throws soci::soci_error.
  Statement(soci::session& session, const std::string& text) : prepared_(engine_of(session).prepare(session, text)) {}

  /// Executes it with one value per placeholder, in order; an empty optional is NULL. Throws soci::soci_error.
  template <class... Values>
  void write(const Values&... values) {
    (put(values), ...);
    prepared_->execute();
  }

  /// The same with values that are known at run time only; nothing given is NULL.
  void write_all(const std::vector<Value>& values);

  /// The same for an "INSERT … RETURNING id": the id.
  [[nodiscard]] std::int64_t insert_all(const std::vector<Value>& values);

 private:
  void put(std::string_view value) { prepared_->put_text(value); }
  void put(const std::string& value) { put(std::string_view(value)); }
  void put(Bytes value) { prepared_->put_bytes(value.view); }
  template <std::integral Integer>
  void put(Integer value) {
    prepared_->put_integer(static_cast<std::int64_t>(value));
  }
  void put(base::Money value) { put(value.micro_yuan); }
  void put(base::Quantity value) { put(value.e4); }
  void put(base::Price value) { put(value.e5); }
  void put(base::UtcMillis value) { put(value.value); }
  void put(base::Millis value) { put(value.value); }
  template <class T>
  void put(const std::optional<T>& value) {
    if (value) return put(*value);
    prepared_->put_null();
  }
  void put_all(const std::vector<Value>& values);

  std::unique_ptr<Prepared> prepared_;
};

/// While it lives, what statements write leaves without waiting for the database's answer: a batch costs one round trip instead of one per
/// row. Nothing is asked meanwhile, and nothing has happened for sure before end().
class Pipeline {
 public:
  explicit Pipeline(soci::session& session) : session_(session) { engine_of(session).pipeline(session, true); }
  ~Pipeline();
  Pipeline(const Pipeline&) = delete;
  Pipeline& operator=(const Pipeline&) = delete;
  /// Throws soci::soci_error: what went wrong first.
  void end();

 private:
  soci::session& session_;
  bool open_ = true;
};

}  // namespace anju::platform
