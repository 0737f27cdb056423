#include "platform/store/records_reader.hpp"

#include <algorithm>

#include "platform/catalog/catalog.hpp"
#include "platform/store/records_columns.hpp"
#include "platform/store/rules/rules.hpp"
#include "platform/store/titles.hpp"

namespace anju::platform::records {
namespace {

using catalog::Field;
using catalog::FieldType;
using catalog::Listing;
using catalog::Mark;
using catalog::Place;
using catalog::Record;
using catalog::Resource;
using catalog::Value;

/// A field as it is selected from the row `r`.
std::string selected(const Resource& resource, const Field& field) {
  const auto expression = rules_of(resource).expression;
  if (field.derived && expression != nullptr)
    if (const auto made = expression(field.name); !made.empty()) return name(made);
  return "r." + name(field.name);
}

struct Parts {
  std::string columns;  ///< "SELECT …": the row's own, then per field its value and, for a reference, what names the row it refers to
  std::string joins;    ///< behind "FROM <table> r"
};

Parts select_of(const Resource& resource) {
  const bool in_site = resource.place == Place::site;
  std::string columns = std::string("SELECT r.id, ") + (in_site ? "t.code, 0, ''" : "'', t.id, t.name") + ", r.enabled, r.version, r.created_ms, r.updated_ms";
  Joins joins("x");
  for (const Field& field : resource.fields) {
    columns += ", " + selected(resource, field);
    if (field.type != FieldType::reference) continue;
    const Resource& of = *catalog::find(field.resource);
    const std::string alias = joins.add(of, selected(resource, field));
    columns += ", " + title_sql(of, alias, joins);
  }
  const std::string of = in_site ? " JOIN site t ON t.id = r.site" : std::string(" JOIN organisation t ON t.id = r.") + owner_column(resource);
  return {std::move(columns), of + joins.text()};
}

Record read_record(const Resource& resource, Select& row) {
  Record record;
  record.id = row.integer();
  record.site = row.text();
  record.organisation = row.integer();
  record.organisation_name = row.text();
  record.enabled = row.flag();
  record.version = row.integer();
  record.created = row.time();
  record.updated = row.time();
  for (const Field& field : resource.fields) {
    Value value;
    if (field.type == FieldType::text) {
      value = row.text();
    } else if (field.type == FieldType::choice) {
      if (std::string word = row.text(); !word.empty()) value = std::move(word);
    } else if (const auto number = row.maybe()) {
      value = std::int64_t{*number};
    }
    record.values.push_back(std::move(value));
    record.titles.push_back(field.type == FieldType::reference ? row.text() : std::string());
  }
  return record;
}

void narrow(Question& question, const Resource& resource, const Scope& scope, const Listing& listing) {
  reach(question.text(" WHERE "), resource, scope);
  if (listing.site) question.text(" AND r.site = (SELECT id FROM site WHERE code = ").value(*listing.site).text(")");
  if (listing.organisation) question.text(std::string(" AND r.") + owner_column(resource) + " = ").value(*listing.organisation);
  if (listing.enabled) question.text(" AND r.enabled = ").value(std::int64_t{*listing.enabled});
  if (listing.created_from) question.text(" AND r.created_ms >= ").value(listing.created_from->value);
  if (listing.created_to) question.text(" AND r.created_ms < ").value(listing.created_to->value);
  for (const auto& [field, value] : listing.equal) {
    const auto rule = rules_of(resource).filter;
    if (rule != nullptr && rule(question, field->name, value)) continue;
    bind(question.text(" AND " + selected(resource, *field) + " = "), value);
  }
  for (const auto& [field, from, to] : listing.between) {
    if (from) question.text(" AND r." + name(field->name) + " >= ").value(*from);
    if (to) question.text(" AND r." + name(field->name) + " <= ").value(*to);
  }
  if (listing.search.empty()) return;
  // Digit by digit a part would tell the whole to who may only see masks.
  std::vector<std::string> parts, wholes;
  for (const Field& field : resource.fields)
    if (field.type == FieldType::text && field.search) (field.personal && !listing.clear ? wholes : parts).push_back("r." + name(field.name));
  const char* before = " AND (";
  if (!parts.empty()) {
    question.text(before).holds(parts, listing.search);
    before = " OR ";
  }
  for (const std::string& column : wholes) {
    question.text(before + column + " = ").value(listing.search);
    before = " OR ";
  }
  question.text(")");
}

/// " ORDER BY …"; backwards: the other way round, for a page that is nearer to the end.
std::string order_of(const Listing& listing, bool backwards) {
  const bool falling = (listing.sort == nullptr || listing.descending) != backwards;
  const std::string direction = falling ? " DESC" : "";
  if (listing.sort == nullptr) return " ORDER BY r.id" + direction;
  // Without the words each engine has its own opinion. Texts and flags are never NULL, and an index of PostgreSQL has no such order.
  const bool always_given = listing.sort->type == FieldType::text || listing.sort->type == FieldType::flag;
  const std::string nulls = always_given ? "" : falling ? " NULLS LAST" : " NULLS FIRST";
  return " ORDER BY r." + name(listing.sort->name) + direction + nulls + ", r.id" + direction;
}

/// Words are mostly found in few rows: those are put in order afterwards. More are counted, and a page of them is walked to in its order.
constexpr std::int64_t kFewRows = 1000;

std::vector<std::int64_t> ids(Question& select) {
  std::vector<std::int64_t> all;
  select.rows([&](Select& row) { all.push_back(row.integer()); });
  return all;
}

/// The first rows that the words are found in, newest first: along the one index that holds all texts that are searched.
std::vector<std::int64_t> found_first(soci::session& session, const Resource& resource, const Scope& scope, const Listing& listing) {
  Question select(session);
  narrow(select.text("SELECT r.id FROM " + name(resource.table) + " r"), resource, scope, listing);
  return ids(select.text(" ORDER BY r.id DESC LIMIT ").value(kFewRows + 1));
}

std::vector<std::int64_t> ordered(soci::session& session, const Resource& resource, const Listing& listing, const std::vector<std::int64_t>& found) {
  if (listing.sort == nullptr || found.empty()) return found;
  Question select(session);
  return ids(select.text("SELECT r.id FROM " + name(resource.table) + " r WHERE ").among("r.id", found).text(order_of(listing, false)));
}

/// The ids of the page and, in `total`, of how many. What is skipped is not joined, and skipped from the nearer end.
std::vector<std::int64_t> page_of(soci::session& session, const Resource& resource, const Scope& scope, const Listing& listing, std::int64_t& total) {
  const std::int64_t offset = (listing.page - 1) * listing.size;
  if (!listing.search.empty()) {
    const auto found = found_first(session, resource, scope, listing);
    total = static_cast<std::int64_t>(found.size());
    if (total <= kFewRows) {
      const auto sorted = ordered(session, resource, listing, found);
      const auto begin = std::min(offset, total), end = std::min(offset + listing.size, total);
      return {sorted.begin() + begin, sorted.begin() + end};
    }
  }
  total = count_rows(session, resource, scope, listing);
  const std::int64_t most = std::clamp(total - offset, std::int64_t{0}, listing.size);
  if (most == 0) return {};
  const bool backwards = offset > total / 2;
  Question select(session);
  narrow(select.text("SELECT r.id FROM " + name(resource.table) + " r"), resource, scope, listing);
  auto page = ids(select.text(order_of(listing, backwards) + " LIMIT ").value(most).text(" OFFSET ").value(backwards ? total - offset - most : offset));
  if (backwards) std::reverse(page.begin(), page.end());
  return page;
}

/// " AND …": what comes after the place. Rows without a value come first, and last when descending, in every database.
void behind(Question& question, const Listing& listing, const Mark& place) {
  if (listing.sort == nullptr) {
    question.text(" AND r.id < ").value(place.id);
    return;
  }
  const std::string column = "r." + name(listing.sort->name), further = listing.descending ? " < " : " > ";
  if (!given(place.sorted_by)) {
    question.text(" AND (" + column + " IS NULL AND r.id" + further).value(place.id);
    question.text(listing.descending ? ")" : " OR " + column + " IS NOT NULL)");
    return;
  }
  bind(question.text(" AND (" + column + further), place.sorted_by);
  bind(question.text(" OR " + column + " = "), place.sorted_by);
  question.text(" AND r.id" + further).value(place.id);
  question.text(listing.descending ? " OR " + column + " IS NULL)" : ")");
}

}  // namespace

Question& reach(Question& question, const Resource& resource, const Scope& scope) {
  switch (resource.place) {
    case Place::site: return question.within(scope, "r");
    case Place::organisation:
      question.below(scope, "r");
      if (const auto rule = rules_of(resource).reach; rule != nullptr) rule(question, scope);
      return question;
    case Place::tree: return question.text("r.kind = ").value(name(resource.kind)).text(" AND ").under(scope, "r");
  }
  return question;
}

std::int64_t count_rows(soci::session& session, const Resource& resource, const Scope& scope, const Listing& listing) {
  Question count(session);
  narrow(count.text("SELECT count(*) FROM " + name(resource.table) + " r"), resource, scope, listing);
  return count.number();
}

Page<Record> list_rows(soci::session& session, const Resource& resource, const Scope& scope, const Listing& listing) {
  Page<Record> page;
  const auto shown = page_of(session, resource, scope, listing, page.total);
  if (shown.empty()) return page;
  const auto [columns, joins] = select_of(resource);
  Question select(session);
  select.text(columns + " FROM " + name(resource.table) + " r" + joins + " WHERE ").among("r.id", shown).text(order_of(listing, false));
  select.rows([&](Select& row) { page.rows.push_back(read_record(resource, row)); });
  return page;
}

std::vector<Record> batch_of_rows(soci::session& session, const Resource& resource, const Scope& scope, const Listing& listing,
                                  const std::optional<Mark>& after, std::int64_t most) {
  const auto [columns, joins] = select_of(resource);
  Question select(session);
  narrow(select.text(columns + " FROM " + name(resource.table) + " r" + joins), resource, scope, listing);
  if (after) behind(select, listing, *after);
  select.text(order_of(listing, false) + " LIMIT ").value(most);
  std::vector<Record> rows;
  select.rows([&](Select& row) { rows.push_back(read_record(resource, row)); });
  return rows;
}

std::optional<Record> find_row(soci::session& session, const Resource& resource, const Scope& scope, std::int64_t id) {
  Question select(session);
  const auto [columns, joins] = select_of(resource);
  select.text(columns + " FROM " + name(resource.table) + " r" + joins + " WHERE ");
  reach(select, resource, scope).text(" AND r.id = ").value(id);
  return select.first([&](Select& row) { return read_record(resource, row); });
}

}  // namespace anju::platform::records
