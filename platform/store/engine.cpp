#include "platform/store/engine.hpp"

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

}  // namespace anju::platform
