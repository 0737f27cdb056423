#include "platform/store/libpq.hpp"

#include <soci/postgresql/soci-postgresql.h>

#include <boost/locale/utf.hpp>

#include <vector>

namespace anju::platform::pg {

PGconn* connection_of(soci::session& session) {
  auto* backend = static_cast<soci::postgresql_session_backend*>(session.get_backend());
  return backend == nullptr ? nullptr : backend->conn_;
}

void fail(PGconn* connection, const PGresult* result) {
  const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  std::string text = result == nullptr ? PQerrorMessage(connection) : PQresultErrorMessage(result);
  while (!text.empty() && text.back() == '\n') text.pop_back();
  if (text.empty()) text = "the database server does not answer";
  throw soci::postgresql_soci_error(text, state == nullptr ? "08000" : state);
}

Result checked(PGconn* connection, Result result) {
  switch (PQresultStatus(result.get())) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK: return result;
    default: fail(connection, result.get());
  }
}

namespace {

bool is_name(char c) { return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Length of the character that begins at `at`; 0: the server refuses it.
std::size_t character(const char* at, const char* end) {
  const char* next = at;
  const auto point = boost::locale::utf::utf_traits<char>::decode(next, end);
  const bool good = point != boost::locale::utf::illegal && point != boost::locale::utf::incomplete && point != 0;
  return good ? static_cast<std::size_t>(next - at) : 0;
}

}  // namespace

Numbered numbered(std::string_view text) {
  Numbered made;
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\'' || c == '"') {  // a doubled quote inside closes and opens again, which is the same here
      const std::size_t close = text.find(c, i + 1);
      const std::size_t length = close == std::string_view::npos ? text.size() - i : close - i + 1;
      made.text += text.substr(i, length);
      i += length - 1;
    } else if (c == '?') {
      names.emplace_back();
      made.text += "$" + std::to_string(names.size());
    } else if (c == ':' && i + 1 < text.size() && text[i + 1] == ':') {
      made.text += "::";
      ++i;
    } else if (c == ':' && i + 1 < text.size() && is_name(text[i + 1])) {
      std::size_t end = i + 1;
      while (end < text.size() && is_name(text[end])) ++end;
      const std::string_view name = text.substr(i + 1, end - i - 1);
      std::size_t number = 0;
      while (number < names.size() && names[number] != name) ++number;
      if (number == names.size()) names.push_back(name);
      made.text += "$" + std::to_string(number + 1);
      i = end - 1;
    } else if (is_name(c)) {
      std::size_t end = i + 1;
      while (end < text.size() && is_name(text[end])) ++end;
      const std::string_view word = text.substr(i, end - i);
      made.text += word == "user" ? "\"user\"" : word;
      i = end - 1;
    } else {
      made.text += c;
    }
  }
  made.placeholders = static_cast<int>(names.size());
  return made;
}

bool is_storable(std::string_view text) {
  for (const char *at = text.data(), *end = at + text.size(); at != end;) {
    const std::size_t length = character(at, end);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::string storable(std::string_view text) {
  std::string made;
  for (const char *at = text.data(), *end = at + text.size(); at != end;) {
    const std::size_t length = character(at, end);
    if (length == 0) {
      made += "\xEF\xBF\xBD";
      ++at;
    } else {
      made.append(at, length);
      at += length;
    }
  }
  return made;
}

}  // namespace anju::platform::pg
