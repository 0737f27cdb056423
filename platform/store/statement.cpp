#include "platform/store/statement.hpp"

namespace anju::platform {

Statement::Statement(soci::session& session, const std::string& text)
    : connection_(static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_) {
  sqlite_api::sqlite3_stmt* made = nullptr;
  const int code = sqlite_api::sqlite3_prepare_v3(connection_, text.c_str(), static_cast<int>(text.size()), SQLITE_PREPARE_PERSISTENT, &made, nullptr);
  statement_.reset(made);
  check(code);
  placeholders_ = sqlite_api::sqlite3_bind_parameter_count(made);
}

void Statement::check(int code) {
  if (code == SQLITE_OK) return;
  throw soci::sqlite3_soci_error(sqlite_api::sqlite3_errmsg(connection_), code);
}

void Statement::put_integer(std::int64_t value) { check(sqlite_api::sqlite3_bind_int64(statement_.get(), ++at_, value)); }

void Statement::put_null() { check(sqlite_api::sqlite3_bind_null(statement_.get(), ++at_)); }

void Statement::put(std::string_view value) {
  // The caller's text outlives the step below, so SQLite need not copy it. An empty view may have no address, which would be NULL.
  check(sqlite_api::sqlite3_bind_text(statement_.get(), ++at_, value.empty() ? "" : value.data(), static_cast<int>(value.size()), nullptr));
}

void Statement::write_all(const std::vector<std::variant<std::monostate, std::int64_t, std::string>>& values) {
  at_ = 0;
  for (const auto& value : values) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      put_integer(*number);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      put(std::string_view(*text));
    } else {
      put_null();
    }
  }
  execute();
}

void Statement::execute() {
  if (at_ != placeholders_) throw soci::soci_error("a statement has " + std::to_string(placeholders_) + " placeholders, not " + std::to_string(at_));
  const int code = sqlite_api::sqlite3_step(statement_.get());
  // reset() repeats the error of the step.
  const int ended = sqlite_api::sqlite3_reset(statement_.get());
  if (code != SQLITE_DONE) check(ended != SQLITE_OK ? ended : SQLITE_MISUSE);
}

}  // namespace anju::platform
