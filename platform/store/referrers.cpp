#include "platform/store/referrers.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "platform/store/question.hpp"

namespace anju::platform {

std::optional<std::string> find_referrer(soci::session& session, const std::string& table, std::int64_t id, std::span<const std::string_view> but) {
  struct Key {
    std::string table, column;
  };
  std::vector<Key> keys;
  Question(session).text(engine_of(session).references_to(table)).rows([&](Select& row) {
    std::string from = row.text();
    keys.push_back({std::move(from), row.text()});
  });
  for (Key& key : keys) {
    if (std::ranges::find(but, key.table) != but.end()) continue;
    Question used(session);
    used.text("SELECT EXISTS(SELECT 1 FROM " + key.table + " WHERE " + key.column + " = ").value(id).text(")");
    if (used.number() != 0) return std::move(key.table);
  }
  return std::nullopt;
}

}  // namespace anju::platform
