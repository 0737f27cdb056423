#include "platform/store/queries_projects.hpp"

#include <map>

#include "platform/store/meter_words.hpp"
#include "platform/store/question.hpp"

namespace anju::platform {

std::optional<Position> read_position(Select& reader) {
  const auto latitude = reader.maybe(), longitude = reader.maybe();
  if (!latitude || !longitude) return std::nullopt;
  return Position{static_cast<std::int32_t>(*latitude), static_cast<std::int32_t>(*longitude)};
}

std::vector<ProjectRow> read_projects(soci::session& session, const Scope& scope) {
  std::vector<ProjectRow> all;
  Question(session)
      .text("SELECT t.id, t.code, t.name, o.name, t.utc_offset_minutes, t.enabled, t.province, t.city, t.latitude, t.longitude, t.kind"
            " FROM community t JOIN organisation o ON o.id = t.organisation WHERE ")
      .within(scope, "t")
      .text(" ORDER BY t.id LIMIT 1000")
      .rows([&](Select& reader) {
        ProjectRow& row = all.emplace_back();
        row.community = reader.integer();
        row.site.id = reader.text();
        row.site.name = reader.text();
        row.site.organisation = reader.text();
        row.site.utc_offset_minutes = static_cast<int>(reader.integer());
        row.site.enabled = reader.flag();
        row.site.province = reader.text();
        row.site.city = reader.text();
        row.site.position = read_position(reader);
        row.kind = reader.text();
      });
  std::map<std::int64_t, ProjectRow*> by_id;
  for (ProjectRow& row : all) by_id[row.community] = &row;
  // Each counts per site: its columns are the site and then the counts, in the order of `into`.
  const auto count = [&](const std::string& select, const char* alias, const std::string& group, std::initializer_list<std::int64_t ProjectRow::*> into) {
    Question(session).text(select).within(scope, alias).text(group).rows([&](Select& reader) {
      const auto row = by_id.find(reader.integer());
      if (row == by_id.end()) return;
      for (const auto member : into) row->second->*member = reader.integer();
    });
  };
  count("SELECT g.site, count(*), coalesce(sum(g.online), 0) FROM gateway g WHERE ", "g", " GROUP BY g.site",
        {&ProjectRow::gateways, &ProjectRow::gateways_online});
  count("SELECT m.site, count(*), coalesce(sum(CASE WHEN s.account_state = 'arrears' THEN 1 ELSE 0 END), 0)"
        " FROM meter m JOIN meter_supply s ON s.meter = m.id WHERE ",
        "m", " GROUP BY m.site", {&ProjectRow::meters, &ProjectRow::meters_in_arrears});
  count("SELECT a.site, count(*) FROM alarm a WHERE a.active = 1 AND ", "a", " GROUP BY a.site", {&ProjectRow::alarms});
  return all;
}

}  // namespace anju::platform
