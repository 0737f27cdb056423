// The last accepted archive.

#include <SQLiteCpp/Statement.h>

#include <utility>

#include "gateway/spool/file.hpp"

namespace anju::gateway {
namespace {

std::optional<std::string> body_of(SQLite::Database& database) {
  SQLite::Statement select(database, "SELECT body FROM archive WHERE id = 1");
  if (!select.executeStep()) return std::nullopt;
  return select.getColumn(0).getString();
}

}  // namespace

base::Result<> Spool::Impl::keep_archive(const wire::Archive& archive) {
  SQLite::Statement insert(database,
                           "INSERT INTO archive VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body");
  insert.bind(1, wire::encode(archive));
  insert.exec();
  return {};
}

base::Result<std::optional<wire::Archive>> Spool::Impl::archive() {
  const auto body = body_of(database);
  if (!body) return std::optional<wire::Archive>();
  auto archive = wire::decode_archive(*body);
  if (!archive) return std::optional<wire::Archive>();
  return std::optional<wire::Archive>(std::move(*archive));
}

bool Spool::Impl::is_archive_unreadable() {
  const auto body = body_of(database);
  return body && !wire::decode_archive(*body);
}

void Spool::Impl::drop_archive() {
  database.exec("DELETE FROM archive");
}

base::Result<> Spool::keep_archive(const wire::Archive& archive) {
  return impl_->guarded([&] { return impl_->keep_archive(archive); });
}

base::Result<std::optional<wire::Archive>> Spool::archive() {
  return impl_->guarded([&] { return impl_->archive(); });
}

}  // namespace anju::gateway
