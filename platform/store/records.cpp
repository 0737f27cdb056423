#include "platform/store/records.hpp"

#include <algorithm>
#include <array>

#include "platform/catalog/catalog.hpp"
#include "platform/catalog/detail.hpp"
#include "platform/catalog/masking.hpp"
#include "platform/store/audit_chain.hpp"
#include "platform/store/organisation.hpp"
#include "platform/store/question.hpp"
#include "platform/store/read_pool.hpp"
#include "platform/store/rules/rules.hpp"
#include "platform/store/statement.hpp"
#include "platform/store/titles.hpp"

namespace anju::platform {
namespace {

using catalog::Draft;
using catalog::Field;
using catalog::FieldType;
using catalog::Home;
using catalog::Import;
using catalog::Listing;
using catalog::Mark;
using catalog::Outcome;
using catalog::Place;
using catalog::Record;
using catalog::Resource;
using catalog::Taken;
using catalog::Value;

/// Identifiers come from descriptors, never from a request.
std::string name(std::string_view identifier) { return std::string(identifier); }

bool given(const Value& value) { return !std::holds_alternative<std::monostate>(value); }

/// As the column holds it: texts and flags are never NULL.
Value stored(const Field& field, const Value& value) {
  if (given(value)) return value;
  if (field.type == FieldType::text) return std::string();
  if (field.type == FieldType::flag) return std::int64_t{0};
  return value;
}

void bind(Question& question, const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    question.value(*number);
  } else {
    question.value(std::get<std::string>(value));
  }
}

/// What says where a row is: the column of its organisation; of an organisation the one above.
const char* owner_column(const Resource& resource) { return resource.place == Place::tree ? "parent" : "organisation"; }

/// A field as it is selected from the row `r`.
std::string selected(const Resource& resource, const Field& field) {
  const auto expression = rules_of(resource).expression;
  if (field.derived && expression != nullptr)
    if (const auto made = expression(field.name); !made.empty()) return name(made);
  return "r." + name(field.name);
}

/// The rows that the scope reaches.
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

/// Where a row is. site: 0 unless the resource's place is a site.
struct Spot {
  std::int64_t organisation = 0, site = 0;
};

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
  const std::string pattern = like_pattern(listing.search);
  const char* before = " AND (";
  for (const Field& field : resource.fields) {
    if (field.type != FieldType::text || !field.search) continue;
    // Digit by digit a part would tell the whole to who may only see masks.
    if (field.personal && !listing.clear) {
      question.text(before + ("r." + name(field.name)) + " = ").value(listing.search);
    } else {
      question.text(before).like("r." + name(field.name), pattern);
    }
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

/// Most words are found in few rows, and those are counted while they are looked for: to count first would search all texts twice.
constexpr std::int64_t kFewRows = 1000;

std::vector<std::int64_t> ids_of(soci::session& session, const Resource& resource, const Scope& scope, const Listing& listing, bool backwards,
                                 std::int64_t offset, std::int64_t most) {
  Question select(session);
  narrow(select.text("SELECT r.id FROM " + name(resource.table) + " r"), resource, scope, listing);
  select.text(order_of(listing, backwards) + " LIMIT ").value(most).text(" OFFSET ").value(offset);
  std::vector<std::int64_t> ids;
  select.rows([&](Select& row) { ids.push_back(row.integer()); });
  return ids;
}

/// The ids of the page and, in `total`, of how many. What is skipped is not joined, and skipped from the nearer end.
std::vector<std::int64_t> page_of(soci::session& session, const Resource& resource, const Scope& scope, const Listing& listing, std::int64_t& total) {
  const std::int64_t offset = (listing.page - 1) * listing.size;
  const auto part = [](const std::vector<std::int64_t>& ids, std::int64_t from, std::int64_t most) {
    const auto begin = std::min(from, static_cast<std::int64_t>(ids.size())), end = std::min(from + most, static_cast<std::int64_t>(ids.size()));
    return std::vector(ids.begin() + begin, ids.begin() + end);
  };
  if (!listing.search.empty()) {
    const auto first = ids_of(session, resource, scope, listing, false, 0, kFewRows + 1);
    total = static_cast<std::int64_t>(first.size());
    if (total <= kFewRows) return part(first, offset, listing.size);
  }
  Question count(session);
  narrow(count.text("SELECT count(*) FROM " + name(resource.table) + " r"), resource, scope, listing);
  total = count.number();
  const std::int64_t most = std::clamp(total - offset, std::int64_t{0}, listing.size);
  if (most == 0) return {};
  if (offset <= total / 2) return ids_of(session, resource, scope, listing, false, offset, most);
  auto ids = ids_of(session, resource, scope, listing, true, total - offset - most, most);
  std::reverse(ids.begin(), ids.end());
  return ids;
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

class SociRecords : public catalog::Records {
 public:
  base::Result<> open(const std::string& url, std::size_t readers) {
    if (auto opened = open_session(session_, url); !opened) return opened;
    return pool_.open(url, readers);
  }

  base::Result<Page<Record>> list(const Resource& resource, const Scope& scope, const Listing& listing) override {
    return pool_.ask("list", [&](soci::session& session) -> base::Result<Page<Record>> {
      Page<Record> page;
      const auto ids = page_of(session, resource, scope, listing, page.total);
      if (ids.empty()) return page;
      const auto [columns, joins] = select_of(resource);
      Question select(session);
      select.text(columns + " FROM " + name(resource.table) + " r" + joins + " WHERE ").among("r.id", ids).text(order_of(listing, false));
      select.rows([&](Select& row) { page.rows.push_back(read_record(resource, row)); });
      return page;
    });
  }

  base::Result<std::int64_t> count(const Resource& resource, const Scope& scope, const Listing& listing) override {
    return pool_.ask("count", [&](soci::session& session) -> base::Result<std::int64_t> {
      Question count(session);
      narrow(count.text("SELECT count(*) FROM " + name(resource.table) + " r"), resource, scope, listing);
      return count.number();
    });
  }

  base::Result<std::vector<Record>> batch(const Resource& resource, const Scope& scope, const Listing& listing,
                                          const std::optional<Mark>& after, std::int64_t most) override {
    return pool_.ask("batch", [&](soci::session& session) -> base::Result<std::vector<Record>> {
      const auto [columns, joins] = select_of(resource);
      Question select(session);
      narrow(select.text(columns + " FROM " + name(resource.table) + " r" + joins), resource, scope, listing);
      if (after) behind(select, listing, *after);
      const std::string direction = listing.descending ? " DESC" : "";
      select.text(" ORDER BY " + (listing.sort == nullptr ? "r.id DESC"
                                                          : "r." + name(listing.sort->name) + (listing.descending ? " DESC NULLS LAST" : " NULLS FIRST") +
                                                                ", r.id" + direction));
      select.text(" LIMIT ").value(most);
      std::vector<Record> rows;
      select.rows([&](Select& row) { rows.push_back(read_record(resource, row)); });
      return rows;
    });
  }

  base::Result<std::optional<Record>> find(const Resource& resource, const Scope& scope, std::int64_t id) override {
    return pool_.ask("find", [&](soci::session& session) { return find_in(session, resource, scope, id); });
  }

  base::Result<std::int64_t> create(const Resource& resource, const Scope& scope, const Home& home, const std::vector<Value>& values,
                                    const AuditEntry& audit) override {
    return change_books("create", [&] { return add(resource, scope, home, values, audit); });
  }

  base::Result<std::vector<std::int64_t>> create_all(const Resource& resource, const Scope& scope, const std::vector<NewRow>& rows,
                                                     const AuditEntry& audit) override {
    return change_books("create_all", [&]() -> base::Result<std::vector<std::int64_t>> {
      std::vector<std::int64_t> ids;
      AuditEntry entry = audit;
      for (const NewRow& row : rows) {
        entry.detail = row.detail;
        auto made = add(resource, scope, row.home, row.values, entry);
        if (!made) {
          if (!made.error().is(Errc::store_failed)) made.error().where = "rows[" + std::to_string(ids.size()) + "]." + made.error().where;
          return base::pass(made);
        }
        ids.push_back(*made);
      }
      return ids;
    });
  }

  base::Result<> change(const Resource& resource, const Scope& scope, std::int64_t id, std::int64_t version, const std::vector<Value>& values,
                        const AuditEntry& audit) override {
    return change_books("change", [&]() -> base::Result<> {
      const auto found = find_in(session_, resource, scope, id);
      if (!found) return base::pass(found);
      if (!*found) return base::fail(Errc::not_found, name(resource.name));
      const Record& before = **found;
      if (before.version != version) return base::fail(Errc::conflict, "");
      std::vector<Value> next = values;
      for (std::size_t i = 0; i < next.size(); ++i)
        if (resource.fields[i].fixed || is_mask_of(resource.fields[i], next[i], before.values[i])) next[i] = before.values[i];
      if (auto changed = change_row(resource, scope, spot_of(resource, id), id, before, next, audit.at, audit.who); !changed) return changed;
      note_values(resource, scope, id, values, true, audit);
      return {};
    });
  }

  base::Result<> enable(const Resource& resource, const Scope& scope, std::int64_t id, bool enabled, const AuditEntry& audit) override {
    return change_books("enable", [&]() -> base::Result<> {
      if (!exists(resource, scope, id)) return base::fail(Errc::not_found, name(resource.name));
      if (const auto rule = rules_of(resource).enabling; rule != nullptr)
        if (auto allowed = rule({session_, resource, scope, spot_of(resource, id).organisation, id, audit.at, audit.who}, enabled); !allowed) return allowed;
      Statement(session_, "UPDATE " + name(resource.table) + " SET enabled = ?, version = version + 1, updated_ms = ? WHERE id = ?")
          .write_all(std::vector<Value>{std::int64_t{enabled}, audit.at.value, id});
      note(resource, id, audit);
      return {};
    });
  }

  base::Result<> remove(const Resource& resource, const Scope& scope, std::int64_t id, const AuditEntry& audit) override {
    return change_books("remove", [&]() -> base::Result<> {
      if (!exists(resource, scope, id)) return base::fail(Errc::not_found, name(resource.name));
      for (const auto& [other, field] : catalog::referrers(resource)) {
        Question used(session_);
        used.text("SELECT EXISTS(SELECT 1 FROM " + name(other->table) + " WHERE " + name(field->name) + " = ").value(id).text(")");
        if (used.number() != 0) return base::fail(Errc::in_use, name(other->name));
      }
      for (const auto& [table, column, what] : resource.guards) {
        Question used(session_);
        used.text("SELECT EXISTS(SELECT 1 FROM " + name(table) + " WHERE " + name(column) + " = ").value(id).text(")");
        if (used.number() != 0) return base::fail(Errc::in_use, name(what));
      }
      if (const auto rule = rules_of(resource).removing; rule != nullptr)
        if (auto allowed = rule({session_, resource, scope, spot_of(resource, id).organisation, id, audit.at, audit.who}); !allowed) return allowed;
      Statement(session_, "DELETE FROM " + name(resource.table) + " WHERE id = ?").write_all(std::vector<Value>{id});
      note(resource, id, audit);
      return {};
    });
  }

  base::Result<std::vector<Outcome>> take(const Resource& resource, const Scope& scope, const Import& import,
                                          const std::vector<Draft>& drafts) override {
    std::vector<Outcome> outcomes;
    // A dry run does the same, and takes it back: so it cannot say anything else.
    bool tried = false;
    const auto done = change_books("import", [&]() -> base::Result<> {
      const auto spot = spot_for(resource, scope, {import.site});
      if (!spot) return base::pass(spot);
      for (const Draft& draft : drafts) {
        auto outcome = take_one(resource, scope, *spot, import, draft);
        if (!outcome) return base::pass(outcome);
        outcomes.push_back(std::move(*outcome));
      }
      tried = import.dry_run;
      if (tried) return base::fail(Errc::stopping, "");
      count_import(import, outcomes);
      return {};
    });
    if (!done && !tried) return base::pass(done);
    return outcomes;
  }

 private:
  base::Result<std::int64_t> add(const Resource& resource, const Scope& scope, const Home& home, const std::vector<Value>& values,
                                 const AuditEntry& audit) {
    const auto spot = spot_for(resource, scope, home);
    if (!spot) return base::pass(spot);
    if (auto checked = check(resource, *spot, 0, nullptr, values); !checked) return base::pass(checked);
    const auto id = add_row(resource, scope, *spot, values, audit.at, audit.who, home.secret);
    if (id) note_values(resource, scope, *id, values, false, audit);
    return id;
  }

  /// A new row beside its audit row, checked already. Errors: those of the resource's rules.
  base::Result<std::int64_t> add_row(const Resource& resource, const Scope& scope, const Spot& spot, std::vector<Value> values, base::UtcMillis at,
                                     std::string_view who = {}, std::string_view secret = {}) {
    Change adding{session_, resource, scope, spot.organisation, 0, at, who, secret};
    Columns row = place_columns(resource, spot);
    row.insert(row.end(), {{"enabled", std::int64_t{1}}, {"version", std::int64_t{1}}, {"created_ms", at.value}, {"updated_ms", at.value}});
    if (const auto rule = rules_of(resource).adding; rule != nullptr)
      if (auto allowed = rule(adding, values, row); !allowed) return base::pass(allowed);
    for (std::size_t i = 0; i < values.size(); ++i)
      if (!resource.fields[i].derived) row.emplace_back(name(resource.fields[i].name), stored(resource.fields[i], values[i]));
    adding.id = insert(resource, row);
    if (const auto rule = rules_of(resource).added; rule != nullptr)
      if (auto done = rule(adding, values); !done) return base::pass(done);
    return adding.id;
  }

  /// next: with the old values where they stay. Errors: of the checks, and of the resource's rules.
  base::Result<> change_row(const Resource& resource, const Scope& scope, const Spot& spot, std::int64_t id, const Record& before,
                            std::vector<Value> next, base::UtcMillis at, std::string_view who = {}) {
    for (std::size_t i = 0; i < next.size(); ++i) {
      // Something that looks like a mask came past the form's check of the format, and is none of this row's.
      const auto* text = std::get_if<std::string>(&next[i]);
      if (text != nullptr && next[i] != before.values[i] && !text->empty() && !catalog::fits(resource.fields[i].format, *text))
        return base::fail(Errc::bad_field, name(resource.fields[i].name));
    }
    if (auto checked = check(resource, spot, id, &before, next); !checked) return base::pass(checked);
    if (const auto rule = rules_of(resource).changing; rule != nullptr)
      if (auto allowed = rule({session_, resource, scope, spot.organisation, id, at, who}, next); !allowed) return base::pass(allowed);

    std::string set = "version = version + 1, updated_ms = ?";
    std::vector<Value> row{at.value};
    for (std::size_t i = 0; i < next.size(); ++i) {
      if (resource.fields[i].derived) continue;
      set += ", " + name(resource.fields[i].name) + " = ?";
      row.push_back(stored(resource.fields[i], next[i]));
    }
    row.emplace_back(id);
    Statement(session_, "UPDATE " + name(resource.table) + " SET " + set + " WHERE id = ?").write_all(row);
    if (const auto rule = rules_of(resource).changed; rule != nullptr)
      if (auto allowed = rule({session_, resource, scope, spot.organisation, id, at, who}, next); !allowed) return base::pass(allowed);
    return {};
  }

  /// One draft, checked as a change of a person is. A failure of the database ends the whole import's part.
  base::Result<Outcome> take_one(const Resource& resource, const Scope& scope, const Spot& spot, const Import& import, const Draft& draft) {
    std::vector<Value> values = draft.values;
    const std::int64_t id = same(resource, spot, values);
    if (id == 0) {
      if (auto checked = check_references(resource, spot, nullptr, values); !checked) return Outcome{Taken::refused, checked.error()};
      return undone_if_refused([&] {
        const auto added = add_row(resource, scope, spot, values, import.now);
        return added ? Outcome{Taken::created} : Outcome{Taken::refused, added.error()};
      });
    }
    const auto found = find_in(session_, resource, scope, id);
    if (!found) return base::pass(found);
    if (!*found) return Outcome{Taken::refused, base::Error(Errc::not_found, name(resource.name))};
    const Record& before = **found;
    bool differs = false;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const Field& field = resource.fields[i];
      const bool kept = field.derived || !draft.named[i] || (field.fixed && !is_unique(resource, field)) || is_mask_of(field, values[i], before.values[i]);
      if (kept) values[i] = before.values[i];
      differs = differs || stored(field, values[i]) != stored(field, before.values[i]);
    }
    if (!differs) return Outcome{Taken::unchanged};
    if (!import.update) return Outcome{Taken::exists, base::Error(Errc::conflict, name(resource.unique.empty() ? std::string_view() : resource.unique.back()))};
    return undone_if_refused([&] {
      const auto changed = change_row(resource, scope, spot, id, before, values, import.now);
      return changed ? Outcome{Taken::updated} : Outcome{Taken::refused, changed.error()};
    });
  }

  /// A rule may refuse what is half written.
  template <class Work>
  Outcome undone_if_refused(Work&& work) {
    run_script(session_, "SAVEPOINT draft");
    Outcome outcome = work();
    run_script(session_, outcome.taken == Taken::refused ? "ROLLBACK TO draft; RELEASE draft" : "RELEASE draft");
    return outcome;
  }

  /// The row that the unique fields name; of a resource without any, one that is the same in every field. 0: none.
  std::int64_t same(const Resource& resource, const Spot& spot, const std::vector<Value>& values) {
    Question select(session_);
    // The organisation says nothing new, but indexes begin with it.
    select.text("SELECT id FROM " + name(resource.table) + " WHERE ").belonging(spot.organisation, name(resource.table)).text(" AND site = ").value(spot.site);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const Field& field = resource.fields[i];
      if (field.derived) continue;
      if (!resource.unique.empty() && !is_unique(resource, field)) continue;
      const Value value = stored(field, values[i]);
      if (given(value)) {
        bind(select.text(" AND " + name(field.name) + " = "), value);
      } else {
        select.text(" AND " + name(field.name) + " IS NULL");
      }
    }
    return select.number();
  }

  static bool is_unique(const Resource& resource, const Field& field) {
    return std::find(resource.unique.begin(), resource.unique.end(), field.name) != resource.unique.end();
  }

  /// What a list shows of a personal field came back unchanged.
  static bool is_mask_of(const Field& field, const Value& value, const Value& before) {
    const auto *now = std::get_if<std::string>(&value), *was = std::get_if<std::string>(&before);
    return field.personal && now != nullptr && was != nullptr && *now == catalog::masked(*was);
  }

  void count_import(const Import& import, const std::vector<Outcome>& outcomes) {
    std::array<std::int64_t, 5> counts{};
    for (const Outcome& one : outcomes) ++counts.at(static_cast<std::size_t>(one.taken));
    const auto [created, updated, unchanged, exists, refused] = counts;
    Statement(session_, "UPDATE job SET done = ?, created = created + ?, updated = updated + ?, unchanged = unchanged + ?, failed = failed + ? WHERE id = ?")
        .write(import.done, created, updated, unchanged, exists + refused + import.failed, import.job);
  }

  static base::Result<std::optional<Record>> find_in(soci::session& session, const Resource& resource, const Scope& scope, std::int64_t id) {
    Question select(session);
    const auto [columns, joins] = select_of(resource);
    select.text(columns + " FROM " + name(resource.table) + " r" + joins + " WHERE ");
    reach(select, resource, scope).text(" AND r.id = ").value(id);
    return select.first([&](Select& row) { return read_record(resource, row); });
  }

  bool exists(const Resource& resource, const Scope& scope, std::int64_t id) {
    Question one(session_);
    reach(one.text("SELECT count(*) FROM " + name(resource.table) + " r WHERE "), resource, scope).text(" AND r.id = ").value(id);
    return one.number() != 0;
  }

  /// Where a new row may be. Errors: not_found (site, organisation), disabled (organisation).
  base::Result<Spot> spot_for(const Resource& resource, const Scope& scope, const Home& home) {
    if (resource.place == Place::site) {
      Question find_site(session_);
      find_site.text("SELECT s.id, s.enabled FROM community s WHERE ").within(scope, "s").text(" AND s.code = ").value(home.site);
      bool open = true;
      const std::int64_t site = find_site.first([&open](Select& row) {
        const std::int64_t id = row.integer();
        open = row.flag();
        return id;
      }).value_or(0);
      if (site == 0) return base::fail(Errc::not_found, "site");
      if (!open) return base::fail(Errc::disabled, "site");
      return Spot{scope.organisation, site};
    }
    const std::int64_t organisation = home.organisation.value_or(scope.organisation);
    Question reached(session_);
    reached.text("SELECT count(*) FROM organisation o WHERE ").below(scope, "o", "id").text(" AND o.id = ").value(organisation);
    if (reached.number() == 0) return base::fail(Errc::not_found, "organisation");
    if (is_closed(session_, organisation)) return base::fail(Errc::disabled, "organisation");
    return Spot{organisation, 0};
  }

  Spot spot_of(const Resource& resource, std::int64_t id) {
    Question select(session_);
    select.text(std::string("SELECT ") + owner_column(resource) + ", " + (resource.place == Place::site ? "site" : "0") + " FROM " + name(resource.table) +
                " WHERE id = ");
    return select.value(id).first([](Select& row) {
      const std::int64_t organisation = row.integer();
      return Spot{organisation, row.integer()};
    }).value_or(Spot{});
  }

  static Columns place_columns(const Resource& resource, const Spot& spot) {
    Columns columns{{owner_column(resource), spot.organisation}};
    if (resource.place == Place::site) columns.emplace_back("site", spot.site);
    if (resource.place == Place::tree) columns.emplace_back("kind", name(resource.kind));
    return columns;
  }

  std::int64_t insert(const Resource& resource, const Columns& row) {
    std::string columns, marks;
    std::vector<Value> values;
    for (const auto& [column, value] : row) {
      columns += (columns.empty() ? "" : ", ") + column;
      marks += marks.empty() ? "?" : ", ?";
      values.push_back(value);
    }
    return Statement(session_, "INSERT INTO " + name(resource.table) + "(" + columns + ") VALUES(" + marks + ") RETURNING id").insert_all(values);
  }

  /// The rows of a resource that a row at the spot may refer to: of its site, of its organisation, or that and the ones below.
  static Question& referable(Question& question, const Resource& of, const Spot& spot) {
    switch (of.place) {
      case Place::site: return question.text("site = ").value(spot.site);
      case Place::organisation: return question.belonging(spot.organisation, name(of.table));
      case Place::tree:
        return question.text("kind = ").value(name(of.kind)).text(" AND ").below({spot.organisation, {}, true}, name(of.table), "id");
    }
    return question;
  }

  /// References and unique fields of a row as it shall be. before: as it is, null for a new one.
  base::Result<> check(const Resource& resource, const Spot& spot, std::int64_t id, const Record* before, const std::vector<Value>& values) {
    if (auto checked = check_references(resource, spot, before, values); !checked) return checked;
    if (resource.unique.empty()) return {};
    Question taken(session_);
    taken.text("SELECT count(*) FROM " + name(resource.table) + " WHERE " + (resource.place == Place::site ? "site" : owner_column(resource)) + " = ");
    taken.value(resource.place == Place::site ? spot.site : spot.organisation).text(" AND id <> ").value(id);
    for (const std::string_view unique : resource.unique) {
      const auto i = static_cast<std::size_t>(catalog::find(resource, unique) - resource.fields.data());
      const Value value = stored(resource.fields[i], values[i]);
      if (given(value)) {
        bind(taken.text(" AND " + name(unique) + " = "), value);
      } else {
        taken.text(" AND " + name(unique) + " IS NULL");
      }
    }
    if (taken.number() != 0) return base::fail(Errc::conflict, name(resource.unique.back()));
    return {};
  }

  base::Result<> check_references(const Resource& resource, const Spot& spot, const Record* before, const std::vector<Value>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (resource.fields[i].type != FieldType::reference) continue;
      if (auto checked = check_reference(resource, spot, i, before, values); !checked) return checked;
    }
    return {};
  }

  base::Result<> check_reference(const Resource& resource, const Spot& spot, std::size_t at, const Record* before,
                                 const std::vector<Value>& values) {
    const Field& field = resource.fields[at];
    const Field* outer = field.within.empty() ? nullptr : catalog::find(resource, field.within);
    const Value* around = outer == nullptr ? nullptr : &values[static_cast<std::size_t>(outer - resource.fields.data())];
    if (!field.given_if.empty() && around != nullptr && given(*around)) {
      Question flag(session_);
      bind(flag.text("SELECT " + name(field.given_if) + " FROM " + name(catalog::find(outer->resource)->table) + " WHERE id = "), *around);
      const bool wanted = flag.number() != 0;
      // What is fixed stays as it was given, also after the flag was changed.
      if (wanted != given(values[at]) && (before == nullptr || !field.fixed)) return base::fail(Errc::bad_field, name(field.name));
    }
    if (!given(values[at])) return {};
    const Resource& of = *catalog::find(field.resource);
    Question select(session_);
    select.text("SELECT enabled, " + (outer == nullptr ? std::string("0") : name(field.within)) + " FROM " + name(of.table) + " WHERE ");
    bind(referable(select, of, spot).text(" AND id = "), values[at]);
    struct Target {
      bool enabled;
      std::int64_t around;
    };
    const auto found = select.first([](Select& row) {
      const bool enabled = row.flag();
      return Target{enabled, row.integer()};
    });
    if (!found) return base::fail(Errc::not_found, name(field.name));
    if (around != nullptr && *around != Value(found->around)) return base::fail(Errc::bad_field, name(field.name));
    const bool kept = before != nullptr && before->values[at] == values[at];
    if (!found->enabled && !kept) return base::fail(Errc::disabled, name(field.name));
    return {};
  }

  void note_values(const Resource& resource, const Scope& scope, std::int64_t id, const std::vector<Value>& values, bool changing, AuditEntry audit) {
    if (audit.detail.empty()) {
      const auto found = find_in(session_, resource, scope, id);
      const std::vector<std::string> none;
      audit.detail = catalog::detail_of(resource, values, found && *found ? (*found)->titles : none, changing);
    }
    note(resource, id, std::move(audit));
  }

  void note(const Resource& resource, std::int64_t id, AuditEntry audit) {
    audit.object = name(resource.right) + " " + std::to_string(id);
    audit.result = "ok";
    write_audit(session_, {&audit, 1});
  }

  template <class Work>
  auto change_books(const char* what, Work&& work) -> decltype(work()) {
    return guarded(what, [&] { return immediately(session_, work); });
  }

  soci::session session_;
  ReadPool pool_;
};

}  // namespace

base::Result<std::unique_ptr<catalog::Records>> open_records(const std::string& url, std::size_t readers) {
  auto records = std::make_unique<SociRecords>();
  if (auto opened = records->open(url, readers); !opened) return base::pass(opened);
  return std::unique_ptr<catalog::Records>(std::move(records));
}

}  // namespace anju::platform
