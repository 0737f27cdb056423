#include "platform/store/records_writer.hpp"

#include <algorithm>

#include "platform/catalog/catalog.hpp"
#include "platform/store/database.hpp"
#include "platform/store/organisation.hpp"
#include "platform/store/records_columns.hpp"
#include "platform/store/records_reader.hpp"
#include "platform/store/statement.hpp"

namespace anju::platform::records {

using catalog::Field;
using catalog::Home;
using catalog::Place;
using catalog::Record;
using catalog::Resource;
using catalog::Value;

bool RowWriter::exists(std::int64_t id) {
  Question one(session_);
  reach(one.text("SELECT count(*) FROM " + name(resource_.table) + " r WHERE "), resource_, scope_).text(" AND r.id = ").value(id);
  return one.number() != 0;
}

base::Result<Spot> RowWriter::spot_for(const Home& home) {
  if (resource_.place == Place::site) {
    Question find_site(session_);
    find_site.text("SELECT s.id, s.enabled FROM community s WHERE ").within(scope_, "s").text(" AND s.code = ").value(home.site);
    bool open = true;
    const std::int64_t site = find_site.first([&open](Select& row) {
      const std::int64_t id = row.integer();
      open = row.flag();
      return id;
    }).value_or(0);
    if (site == 0) return base::fail(Errc::not_found, "site");
    if (!open) return base::fail(Errc::disabled, "site");
    return Spot{scope_.organisation, site};
  }
  const std::int64_t organisation = home.organisation.value_or(scope_.organisation);
  Question reached(session_);
  reached.text("SELECT count(*) FROM organisation o WHERE ").below(scope_, "o", "id").text(" AND o.id = ").value(organisation);
  if (reached.number() == 0) return base::fail(Errc::not_found, "organisation");
  if (is_closed(session_, organisation)) return base::fail(Errc::disabled, "organisation");
  return Spot{organisation, 0};
}

Spot RowWriter::spot_of(std::int64_t id) {
  Question select(session_);
  select.text(std::string("SELECT ") + owner_column(resource_) + ", " + (resource_.place == Place::site ? "site" : "0") + " FROM " + name(resource_.table) +
              " WHERE id = ");
  return select.value(id).first([](Select& row) {
    const std::int64_t organisation = row.integer();
    return Spot{organisation, row.integer()};
  }).value_or(Spot{});
}

Columns RowWriter::place_columns(const Spot& spot) const {
  Columns columns{{owner_column(resource_), spot.organisation}};
  if (resource_.place == Place::site) columns.emplace_back("site", spot.site);
  if (resource_.place == Place::tree) columns.emplace_back("kind", name(resource_.kind));
  return columns;
}

std::int64_t RowWriter::insert(const Columns& row) {
  std::string columns, marks;
  std::vector<Value> values;
  for (const auto& [column, value] : row) {
    columns += (columns.empty() ? "" : ", ") + column;
    marks += marks.empty() ? "?" : ", ?";
    values.push_back(value);
  }
  return Statement(session_, "INSERT INTO " + name(resource_.table) + "(" + columns + ") VALUES(" + marks + ") RETURNING id").insert_all(values);
}

base::Result<std::int64_t> RowWriter::add(const Spot& spot, const std::vector<Value>& values, base::UtcMillis at, std::string_view who,
                                          std::string_view secret) {
  if (auto checked = check(spot, 0, nullptr, values); !checked) return base::pass(checked);
  return write_new(spot, values, at, who, secret);
}

base::Result<std::int64_t> RowWriter::write_new(const Spot& spot, std::vector<Value> values, base::UtcMillis at,
                                   std::string_view who, std::string_view secret) {
  if (auto checked = check_texts(nullptr, values); !checked) return base::pass(checked);
  Change adding{session_, resource_, scope_, spot.organisation, 0, at, who, secret};
  Columns row = place_columns(spot);
  row.insert(row.end(), {{"enabled", std::int64_t{1}}, {"version", std::int64_t{1}}, {"created_ms", at.value}, {"updated_ms", at.value}});
  if (const auto rule = rules_of(resource_).adding; rule != nullptr)
    if (auto allowed = rule(adding, values, row); !allowed) return base::pass(allowed);
  for (std::size_t i = 0; i < values.size(); ++i)
    if (!resource_.fields[i].derived) row.emplace_back(name(resource_.fields[i].name), stored(resource_.fields[i], values[i]));
  adding.id = insert(row);
  if (const auto rule = rules_of(resource_).added; rule != nullptr)
    if (auto done = rule(adding, values); !done) return base::pass(done);
  return adding.id;
}

base::Result<> RowWriter::change(const Spot& spot, std::int64_t id, const Record& before,
                          std::vector<Value> next, base::UtcMillis at, std::string_view who) {
  if (auto checked = check_texts(&before, next); !checked) return checked;
  if (auto checked = check(spot, id, &before, next); !checked) return base::pass(checked);
  if (const auto rule = rules_of(resource_).changing; rule != nullptr)
    if (auto allowed = rule({session_, resource_, scope_, spot.organisation, id, at, who}, next); !allowed) return base::pass(allowed);

  std::string set = "version = version + 1, updated_ms = ?";
  std::vector<Value> row{at.value};
  for (std::size_t i = 0; i < next.size(); ++i) {
    if (resource_.fields[i].derived) continue;
    set += ", " + name(resource_.fields[i].name) + " = ?";
    row.push_back(stored(resource_.fields[i], next[i]));
  }
  row.emplace_back(id);
  Statement(session_, "UPDATE " + name(resource_.table) + " SET " + set + " WHERE id = ?").write_all(row);
  if (const auto rule = rules_of(resource_).changed; rule != nullptr)
    if (auto allowed = rule({session_, resource_, scope_, spot.organisation, id, at, who}, next); !allowed) return base::pass(allowed);
  return {};
}

}  // namespace anju::platform::records
