#include "platform/store/sites.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "platform/catalog/catalog.hpp"
#include "platform/domain/ledger.hpp"
#include "platform/store/database.hpp"
#include "platform/store/ledger_store.hpp"
#include "platform/store/organisation.hpp"
#include "platform/store/question.hpp"
#include "platform/store/referrers.hpp"

namespace anju::platform {
namespace {

struct KnownSite {
  std::int64_t id = 0;
  std::string organisation;
};

/// Tables with a site that are no list of the catalogue. What the ledger wrote of a meter is that meter's.
constexpr std::array<std::pair<std::string_view, std::string_view>, 24> kNoLists{{
    {"found_device", "gateways"},
    {"gateway", "gateways"},     {"line", "gateways"},         {"price_plan", "price-plans"},    {"meter", "meters"},
    {"account", "meters"},       {"recharge", "meters"},       {"command", "meters"},            {"notice", "meters"},
    {"room_meter", "meters"},    {"alarm", "alarms"},          {"reading_decision", "meters"},   {"connection_change", "meters"},
    {"removed_meter", "removed-meters"}, {"prepaid_room", "prepaid"}, {"user_site", "users"},    {"department_site", "departments"},
    {"meter_plan", "meters"},    {"opening", "meters"},        {"settlement", "meters"},        {"adjustment", "meters"},
    {"register_change", "meters"}, {"meter_habit", "meters"}, {"fee_payment", "meters"},
}};

std::optional<KnownSite> find_by_code(soci::session& session, const std::string& code) {
  return Question(session)
      .text("SELECT t.id, o.name FROM site t JOIN organisation o ON o.id = t.organisation WHERE t.code = ")
      .value(code)
      .first([](Select& row) {
        const std::int64_t id = row.integer();
        return KnownSite{id, row.text()};
      });
}

}  // namespace

base::Result<AddedSite> add_site(const std::string& url, const NewSite& site, base::UtcMillis now, const std::string& who) {
  if (!base::is_id(site.code)) return base::fail(Errc::bad_field, "code");
  const auto store = open_ledger_store(url);
  if (!store) return base::pass(store);
  soci::session session;
  if (auto opened = open_session(session, url); !opened) return base::pass(opened);
  AddedSite added;
  const auto prepared = guarded("add_site", [&] { return immediately(session, [&]() -> base::Result<> {
    const auto there = find_by_code(session, site.code);
    if (there && there->organisation != site.organisation) return base::fail(Errc::conflict, "code");
    if (there) added.site = there->id;
    const auto organisation = property_named(session, site.organisation, now);
    if (!organisation) return base::pass(organisation);
    added.organisation = *organisation;
    return {};
  }); });
  if (!prepared) return base::pass(prepared);
  if (added.site != 0) return added;

  auto loaded = (*store)->load();
  if (!loaded) return base::pass(loaded);
  Ledger ledger(std::move(*loaded), **store);
  SiteCard card;
  card.name = site.name;
  card.utc_offset_minutes = site.utc_offset_minutes;
  card.greatest_power_w = site.greatest_power_w;
  Order order{Scope{added.organisation}, who, now, CreateSite{site.code, card}};
  if (!who.empty()) order.audit = AuditEntry{now, added.organisation, who, "console", "init", "site " + site.code, "", ""};
  const Outcome outcome = ledger.decide(order, now);
  if (!outcome) return base::pass(outcome);
  added.site = std::get<Created>(*outcome).id;
  Batch batch;
  Effects effects;
  ledger.collect(batch, effects);
  if (auto stored = (*store)->commit(batch); !stored) return base::pass(stored);
  return added;
}

std::string_view list_of_table(std::string_view table) {
  const auto all = catalog::resources();
  const auto list = std::find_if(all.begin(), all.end(), [&](const catalog::Resource* one) { return one->table == table; });
  if (list != all.end()) return (*list)->name;
  const auto known = std::find_if(kNoLists.begin(), kNoLists.end(), [&](const auto& one) { return one.first == table; });
  return known == kNoLists.end() ? std::string_view() : known->second;
}

base::Result<std::optional<std::string>> find_referrer_of_site(soci::session& session, std::int64_t site) {
  const auto table = find_referrer(session, "site", site);
  if (!table) return std::nullopt;
  return std::string(list_of_table(*table));
}

}  // namespace anju::platform
