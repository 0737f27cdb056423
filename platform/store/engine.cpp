#include "platform/store/engine.hpp"

#include <soci/error.h>

#include <charconv>

namespace anju::platform {

const Engine* engine_for(std::string_view url) {
  if (url.starts_with("sqlite:")) return &sqlite_engine;
  if (url.starts_with("postgresql:")) return &postgresql_engine;
  return nullptr;
}

const Engine& engine_of(soci::session& session) {
  // A session without a connection lost it and could not be opened again: only a server's does that.
  if (session.get_backend() == nullptr) return postgresql_engine;
  return session.get_backend_name() == "postgresql" ? postgresql_engine : sqlite_engine;
}

std::int64_t parse_integer(std::string_view text) {
  std::int64_t value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end.ec != std::errc() || end.ptr != text.data() + text.size()) throw soci::soci_error("no integer in the database: " + std::string(text));
  return value;
}

}  // namespace anju::platform
