#include <charconv>
#include <map>
#include <set>

#include "platform/store/queries_meter.hpp"
#include "platform/store/question.hpp"

namespace anju::platform {
namespace {

void narrow(Question& select, const Scope& scope, const AuditFilter& filter) {
  select.text(" WHERE ").within_people(scope, "a");
  if (filter.action) select.text(" AND a.action = ").value(*filter.action);
  if (filter.from) select.text(" AND a.at_ms >= ").value(filter.from->value);
  if (filter.to) select.text(" AND a.at_ms < ").value(filter.to->value);
  if (!filter.search) return;
  select.text(" AND (").holds({"a.who", "a.address", "a.object", "a.detail"}, *filter.search);
  for (const char* table : {"meter", "removed_meter"}) {
    select.text(std::string(" OR a.object IN (SELECT 'meter ' || m.id FROM ") + table + " m WHERE ").within(scope, "m");
    select.text(" AND ").holds({"m.name", "m.address"}, *filter.search).text(")");
  }
  select.text(" OR a.object IN (SELECT 'gateway ' || g.code FROM gateway g WHERE ").within(scope, "g");
  select.text(" AND ").holds({"g.name"}, *filter.search).text("))");
}

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t number = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  if (end.ec != std::errc() || end.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

/// What the rows of a page are about, by "<word> <key>". Objects are texts that somebody wrote: what is no number is looked up nowhere.
class ObjectNames {
 public:
  ObjectNames(soci::session& session, const Scope& scope, const std::vector<AuditRow>& rows) : session_(session), scope_(scope) {
    look_up("meter", {"meter", "removed_meter"}, rows);
    look_up("plan", {"price_plan"}, rows);
    look_up_gateways(rows);
  }

  [[nodiscard]] std::string of(const std::string& object) const {
    const auto found = names_.find(object);
    return found == names_.end() ? std::string() : found->second;
  }

 private:
  void look_up(const std::string& word, std::initializer_list<const char*> tables, const std::vector<AuditRow>& rows) {
    std::set<std::int64_t> ids;
    for (const AuditRow& row : rows) {
      if (!row.object.starts_with(word + " ")) continue;
      if (const auto id = number_of(std::string_view(row.object).substr(word.size() + 1))) ids.insert(*id);
    }
    if (ids.empty()) return;
    for (const char* table : tables) {
      Question select(session_);
      select.text(std::string("SELECT t.id, t.name FROM ") + table + " t WHERE ").belonging(scope_.organisation, "t");
      select.among(" AND t.id", {ids.begin(), ids.end()}).rows([&](Select& row) {
        const auto id = row.integer();
        names_[word + " " + std::to_string(id)] = row.text();
      });
    }
  }

  void look_up_gateways(const std::vector<AuditRow>& rows) {
    constexpr std::string_view kWord = "gateway ";
    std::set<std::string> codes;
    for (const AuditRow& row : rows)
      if (row.object.starts_with(kWord)) codes.insert(row.object.substr(kWord.size()));
    if (codes.empty()) return;
    Question select(session_);
    select.text("SELECT g.code, g.name FROM gateway g WHERE ").belonging(scope_.organisation, "g");
    const char* before = " AND g.code IN (";
    for (const std::string& code : codes) {
      select.text(before).value(code);
      before = ", ";
    }
    select.text(")").rows([&](Select& row) {
      const std::string code = row.text();
      names_[std::string(kWord) + code] = row.text();
    });
  }

  soci::session& session_;
  const Scope& scope_;
  std::map<std::string, std::string> names_;
};

}  // namespace

Page<AuditRow> read_audit(soci::session& session, const Scope& scope, const AuditFilter& filter) {
  Page<AuditRow> page;
  Question count(session);
  narrow(count.text("SELECT count(*) FROM audit a"), scope, filter);
  if (!filter.before) page.total = count.number();
  Question select(session);
  narrow(select.text("SELECT a.id, a.at_ms, a.who, a.address, a.action, a.object, a.detail, a.result FROM audit a"), scope, filter);
  if (filter.before) select.text(" AND a.id < ").value(*filter.before);
  select.text(" ORDER BY a.id DESC LIMIT ").value(filter.page_size);
  if (!filter.before) select.text(" OFFSET ").value((filter.page - 1) * filter.page_size);
  select.rows([&](Select& reader) {
    AuditRow row;
    row.id = reader.integer();
    row.at = reader.time();
    row.who = reader.text();
    row.address = reader.text();
    row.action = reader.text();
    row.object = reader.text();
    row.detail = reader.text();
    row.result = reader.text();
    page.rows.push_back(std::move(row));
  });
  const ObjectNames names(session, scope, page.rows);
  for (AuditRow& row : page.rows) row.object_name = names.of(row.object);
  return page;
}

}  // namespace anju::platform
