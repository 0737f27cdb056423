#include "platform/store/records.hpp"

#include <algorithm>

#include "platform/catalog/catalog.hpp"
#include "platform/store/audit_chain.hpp"
#include "platform/store/question.hpp"
#include "platform/store/read_pool.hpp"
#include "platform/store/statement.hpp"
#include "platform/store/titles.hpp"

namespace anju::platform {
namespace {

using catalog::Field;
using catalog::FieldType;
using catalog::Listing;
using catalog::Record;
using catalog::Resource;
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

struct Parts {
  std::string columns;  ///< "SELECT …": the row's own, then per field its value and, for a reference, what names the row it refers to
  std::string joins;    ///< behind "FROM <table> r"
};

Parts select_of(const Resource& resource) {
  std::string columns = "SELECT r.id, t.code, r.enabled, r.version, r.created_ms, r.updated_ms";
  Joins joins("x");
  for (const Field& field : resource.fields) {
    columns += ", r." + name(field.name);
    if (field.type != FieldType::reference) continue;
    const Resource& of = *catalog::find(field.resource);
    const std::string alias = joins.add(of, "r." + name(field.name));
    columns += ", " + title_sql(of, alias, joins);
  }
  return {std::move(columns), " JOIN site t ON t.id = r.site" + joins.text()};
}

Record read_record(const Resource& resource, Select& row) {
  Record record;
  record.id = row.integer();
  record.site = row.text();
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
  question.text(" WHERE ").within(scope, "r");
  if (listing.site) question.text(" AND r.site = (SELECT id FROM site WHERE code = ").value(*listing.site).text(")");
  if (listing.enabled) question.text(" AND r.enabled = ").value(std::int64_t{*listing.enabled});
  for (const auto& [field, value] : listing.equal) bind(question.text(" AND r." + name(field->name) + " = "), value);
  for (const auto& [field, from, to] : listing.between) {
    if (from) question.text(" AND r." + name(field->name) + " >= ").value(*from);
    if (to) question.text(" AND r." + name(field->name) + " <= ").value(*to);
  }
  if (listing.search.empty()) return;
  const std::string pattern = like_pattern(listing.search);
  const char* before = " AND (";
  for (const Field& field : resource.fields) {
    if (field.type != FieldType::text || !field.search) continue;
    question.text(before + ("r." + name(field.name)) + " LIKE ").value(pattern).text(" ESCAPE '\\'");
    before = " OR ";
  }
  question.text(")");
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
      Question count(session);
      narrow(count.text("SELECT count(*) FROM " + name(resource.table) + " r"), resource, scope, listing);
      page.total = count.number();
      const std::string direction = listing.descending ? " DESC" : "";
      const std::string order =
          " ORDER BY " + (listing.sort == nullptr ? "r.id DESC" : "r." + name(listing.sort->name) + direction + ", r.id" + direction);
      const auto [columns, joins] = select_of(resource);
      // The page's ids first: what is skipped is not joined.
      Question select(session);
      narrow(select.text(columns + " FROM (SELECT r.id FROM " + name(resource.table) + " r"), resource, scope, listing);
      select.text(order + " LIMIT ").value(listing.size).text(" OFFSET ").value((listing.page - 1) * listing.size);
      select.text(") page JOIN " + name(resource.table) + " r ON r.id = page.id" + joins + order);
      select.rows([&](Select& row) { page.rows.push_back(read_record(resource, row)); });
      return page;
    });
  }

  base::Result<std::optional<Record>> find(const Resource& resource, const Scope& scope, std::int64_t id) override {
    return pool_.ask("find", [&](soci::session& session) { return find_in(session, resource, scope, id); });
  }

  base::Result<std::int64_t> create(const Resource& resource, const Scope& scope, std::string_view site, const std::vector<Value>& values,
                                    const AuditEntry& audit) override {
    return change_books("create", [&]() -> base::Result<std::int64_t> {
      Question find_site(session_);
      find_site.text("SELECT s.id FROM site s WHERE ").within(scope, "s", "id").text(" AND s.code = ").value(std::string(site));
      const std::int64_t place = find_site.number();
      if (place == 0) return base::fail(Errc::not_found, "site");
      if (auto checked = check(resource, place, 0, nullptr, values); !checked) return base::pass(checked);

      std::string columns = "organisation, site, enabled, version, created_ms, updated_ms", marks = "?, ?, 1, 1, ?, ?";
      std::vector<Value> row{scope.organisation, place, audit.at.value, audit.at.value};
      for (std::size_t i = 0; i < values.size(); ++i) {
        columns += ", " + name(resource.fields[i].name);
        marks += ", ?";
        row.push_back(stored(resource.fields[i], values[i]));
      }
      Statement(session_, "INSERT INTO " + name(resource.table) + "(" + columns + ") VALUES(" + marks + ")").write_all(row);
      const std::int64_t id = Question(session_).text("SELECT last_insert_rowid()").number();
      note(resource, id, audit);
      return id;
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
        if (resource.fields[i].fixed) next[i] = before.values[i];
      const std::int64_t place = Question(session_).text("SELECT site FROM " + name(resource.table) + " WHERE id = ").value(id).number();
      if (auto checked = check(resource, place, id, &before, next); !checked) return base::pass(checked);

      std::string set = "version = version + 1, updated_ms = ?";
      std::vector<Value> row{audit.at.value};
      for (std::size_t i = 0; i < next.size(); ++i) {
        set += ", " + name(resource.fields[i].name) + " = ?";
        row.push_back(stored(resource.fields[i], next[i]));
      }
      row.emplace_back(id);
      Statement(session_, "UPDATE " + name(resource.table) + " SET " + set + " WHERE id = ?").write_all(row);
      note(resource, id, audit);
      return {};
    });
  }

  base::Result<> enable(const Resource& resource, const Scope& scope, std::int64_t id, bool enabled, const AuditEntry& audit) override {
    return change_books("enable", [&]() -> base::Result<> {
      if (!exists(resource, scope, id)) return base::fail(Errc::not_found, name(resource.name));
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
      Statement(session_, "DELETE FROM " + name(resource.table) + " WHERE id = ?").write_all(std::vector<Value>{id});
      note(resource, id, audit);
      return {};
    });
  }

 private:
  static base::Result<std::optional<Record>> find_in(soci::session& session, const Resource& resource, const Scope& scope, std::int64_t id) {
    Question select(session);
    const auto [columns, joins] = select_of(resource);
    select.text(columns + " FROM " + name(resource.table) + " r" + joins + " WHERE ").within(scope, "r").text(" AND r.id = ").value(id);
    return select.first([&](Select& row) { return read_record(resource, row); });
  }

  bool exists(const Resource& resource, const Scope& scope, std::int64_t id) {
    Question one(session_);
    one.text("SELECT count(*) FROM " + name(resource.table) + " r WHERE ").within(scope, "r").text(" AND r.id = ").value(id);
    return one.number() != 0;
  }

  /// References and unique fields of a row as it shall be. before: as it is, null for a new one.
  base::Result<> check(const Resource& resource, std::int64_t site, std::int64_t id, const Record* before, const std::vector<Value>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (resource.fields[i].type != FieldType::reference) continue;
      if (auto checked = check_reference(resource, site, i, before, values); !checked) return checked;
    }
    if (resource.unique.empty()) return {};
    Question taken(session_);
    taken.text("SELECT count(*) FROM " + name(resource.table) + " WHERE site = ").value(site).text(" AND id <> ").value(id);
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

  base::Result<> check_reference(const Resource& resource, std::int64_t site, std::size_t at, const Record* before,
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
    bind(select.text("SELECT enabled, " + (outer == nullptr ? std::string("0") : name(field.within)) + " FROM " + name(of.table) + " WHERE site = ")
             .value(site)
             .text(" AND id = "),
         values[at]);
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
