#include "platform/store/records.hpp"

#include <array>

#include "platform/catalog/catalog.hpp"
#include "platform/catalog/detail.hpp"
#include "platform/store/audit_chain.hpp"
#include "platform/store/read_pool.hpp"
#include "platform/store/records_columns.hpp"
#include "platform/store/records_reader.hpp"
#include "platform/store/records_writer.hpp"
#include "platform/store/rules/rules.hpp"
#include "platform/store/statement.hpp"

namespace anju::platform {
namespace {

using catalog::Draft;
using catalog::Home;
using catalog::Import;
using catalog::Listing;
using catalog::Mark;
using catalog::Outcome;
using catalog::Record;
using catalog::Resource;
using catalog::Value;
using records::name;
using records::RowWriter;

class SociRecords : public catalog::Records {
 public:
  base::Result<> open(const std::string& url, std::size_t readers) {
    if (auto opened = open_session(session_, url); !opened) return opened;
    return pool_.open(url, readers);
  }

  base::Result<Page<Record>> list(const Resource& resource, const Scope& scope, const Listing& listing) override {
    return pool_.ask("list", [&](soci::session& session) -> base::Result<Page<Record>> { return records::list_rows(session, resource, scope, listing); });
  }

  base::Result<std::int64_t> count(const Resource& resource, const Scope& scope, const Listing& listing) override {
    return pool_.ask("count", [&](soci::session& session) -> base::Result<std::int64_t> { return records::count_rows(session, resource, scope, listing); });
  }

  base::Result<std::vector<Record>> batch(const Resource& resource, const Scope& scope, const Listing& listing,
                                          const std::optional<Mark>& after, std::int64_t most) override {
    return pool_.ask("batch", [&](soci::session& session) -> base::Result<std::vector<Record>> {
      return records::batch_of_rows(session, resource, scope, listing, after, most);
    });
  }

  base::Result<std::optional<Record>> find(const Resource& resource, const Scope& scope, std::int64_t id) override {
    return pool_.ask("find", [&](soci::session& session) -> base::Result<std::optional<Record>> { return records::find_row(session, resource, scope, id); });
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
      const auto found = records::find_row(session_, resource, scope, id);
      if (!found) return base::fail(Errc::not_found, name(resource.name));
      const Record& before = *found;
      if (before.version != version) return base::fail(Errc::conflict, "");
      std::vector<Value> next = values;
      for (std::size_t i = 0; i < next.size(); ++i)
        if (resource.fields[i].fixed || records::is_mask_of(resource.fields[i], next[i], before.values[i])) next[i] = before.values[i];
      RowWriter row(session_, resource, scope);
      if (auto changed = row.change(row.spot_of(id), id, before, next, audit.at, audit.who); !changed) return changed;
      note_values(resource, scope, id, values, true, audit);
      return {};
    });
  }

  base::Result<> enable(const Resource& resource, const Scope& scope, std::int64_t id, bool enabled, const AuditEntry& audit) override {
    return change_books("enable", [&]() -> base::Result<> {
      RowWriter row(session_, resource, scope);
      if (!row.exists(id)) return base::fail(Errc::not_found, name(resource.name));
      if (const auto rule = rules_of(resource).enabling; rule != nullptr)
        if (auto allowed = rule({session_, resource, scope, row.spot_of(id).organisation, id, audit.at, audit.who}, enabled); !allowed) return allowed;
      Statement(session_, "UPDATE " + name(resource.table) + " SET enabled = ?, version = version + 1, updated_ms = ? WHERE id = ?")
          .write_all(std::vector<Value>{std::int64_t{enabled}, audit.at.value, id});
      note(resource, id, audit);
      return {};
    });
  }

  base::Result<> remove(const Resource& resource, const Scope& scope, std::int64_t id, const AuditEntry& audit) override {
    return change_books("remove", [&]() -> base::Result<> {
      RowWriter row(session_, resource, scope);
      if (!row.exists(id)) return base::fail(Errc::not_found, name(resource.name));
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
        if (auto allowed = rule({session_, resource, scope, row.spot_of(id).organisation, id, audit.at, audit.who}); !allowed) return allowed;
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
      RowWriter row(session_, resource, scope);
      const auto spot = row.spot_for({import.site});
      if (!spot) return base::pass(spot);
      for (const Draft& draft : drafts) outcomes.push_back(row.take(*spot, import, draft));
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
    RowWriter row(session_, resource, scope);
    const auto spot = row.spot_for(home);
    if (!spot) return base::pass(spot);
    const auto id = row.add(*spot, values, audit.at, audit.who, home.secret);
    if (id) note_values(resource, scope, *id, values, false, audit);
    return id;
  }

  void note_values(const Resource& resource, const Scope& scope, std::int64_t id, const std::vector<Value>& values, bool changing, AuditEntry audit) {
    if (audit.detail.empty()) {
      const auto found = records::find_row(session_, resource, scope, id);
      audit.detail = catalog::detail_of(resource, values, found ? found->titles : std::vector<std::string>(), changing);
    }
    note(resource, id, std::move(audit));
  }

  void note(const Resource& resource, std::int64_t id, AuditEntry audit) {
    audit.object = name(resource.right) + " " + std::to_string(id);
    audit.result = "ok";
    write_audit(session_, {&audit, 1});
  }

  void count_import(const Import& import, const std::vector<Outcome>& outcomes) {
    std::array<std::int64_t, 5> counts{};
    for (const Outcome& one : outcomes) ++counts.at(static_cast<std::size_t>(one.taken));
    const auto [created, updated, unchanged, exists, refused] = counts;
    Statement(session_, "UPDATE job SET done = ?, created = created + ?, updated = updated + ?, unchanged = unchanged + ?, failed = failed + ? WHERE id = ?")
        .write(import.done, created, updated, unchanged, exists + refused + import.failed, import.job);
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
