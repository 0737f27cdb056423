#pragma once

// PostgreSQL's client library as the engine uses it: placeholders, results, texts that the server takes. Inside platform/store only.

#include <libpq-fe.h>
#include <soci/session.h>

#include <memory>
#include <string>
#include <string_view>

namespace anju::platform::pg {

/// Null when the session has none.
[[nodiscard]] PGconn* connection_of(soci::session& session);

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, Clear>;

/// Hands a good result on; throws soci::soci_error with the server's words and SQLSTATE for any other, null included.
Result checked(PGconn* connection, Result result);
[[noreturn]] void fail(PGconn* connection, const PGresult* result);

struct Numbered {
  std::string text;
  int placeholders = 0;
};
/// `?` and `:name` outside quotes become $1, $2, …; a name that stands twice is one placeholder, as in SQLite.
/// The bare word `user` is quoted: here it would be who is logged in to the server, and nobody of ours asks for that.
[[nodiscard]] Numbered numbered(std::string_view text);

/// True when the server takes the text: UTF-8 without NUL.
[[nodiscard]] bool is_storable(std::string_view text);
/// The text with U+FFFD for every byte that the server would refuse.
[[nodiscard]] std::string storable(std::string_view text);

}  // namespace anju::platform::pg
