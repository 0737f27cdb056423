// What people ask of the ledger: communities. Few and small, so all of them stays in memory.

#include <algorithm>

#include "platform/domain/ledger_checks.hpp"
#include "platform/domain/ledger_impl.hpp"

namespace anju::platform {
namespace {

constexpr std::size_t kMostAddress = 480;  // 120 characters of up to four bytes
constexpr std::size_t kMostPhone = 80;

base::Result<> check(const SiteCard& card) {
  if (auto ok = check_text(card.name, 1, kMostName, "name"); !ok) return ok;
  for (const auto& [text, field] : {std::pair{&card.province, "province"}, {&card.city, "city"}, {&card.contact, "contact"}})
    if (auto ok = check_text(*text, 0, kMostName, field); !ok) return ok;
  if (auto ok = check_text(card.address, 0, kMostAddress, "address"); !ok) return ok;
  if (auto ok = check_text(card.phone, 0, kMostPhone, "phone"); !ok) return ok;
  const auto within = [](std::int64_t value, std::int64_t most) { return -most <= value && value <= most; };
  if (card.position && !within(card.position->latitude_e6, kMostLatitude)) return base::fail(Errc::bad_field, "latitude");
  if (card.position && !within(card.position->longitude_e6, kMostLongitude)) return base::fail(Errc::bad_field, "longitude");
  if (card.utc_offset_minutes < kLeastUtcOffset || card.utc_offset_minutes > kMostUtcOffset)
    return base::fail(Errc::bad_field, "utc_offset_minutes");
  if (card.greatest_power_w < 1 || card.greatest_power_w > kMostGreatestPower) return base::fail(Errc::bad_field, "greatest_power_w");
  return {};
}

}  // namespace

std::string_view to_string(PlaceKind kind) {
  switch (kind) {
    case PlaceKind::residential: return "residential";
    case PlaceKind::apartment: return "apartment";
    case PlaceKind::office: return "office";
    case PlaceKind::business: return "business";
    case PlaceKind::school: return "school";
  }
  return "residential";
}

Ledger::Impl::SiteState* Ledger::Impl::find_site(const Scope& scope, std::int64_t id) {
  const auto found = std::find_if(sites.begin(), sites.end(), [id](const auto& entry) { return entry.first == id; });
  return found != sites.end() && scope.covers(found->second.site.owner.organisation, id) ? &found->second : nullptr;
}

base::Result<> Ledger::Impl::check_name(std::int64_t organisation, std::int64_t but, const std::string& name) const {
  for (const auto& [id, other] : sites) {
    if (id != but && other.site.owner.organisation == organisation && other.site.card.name == name) return base::fail(Errc::conflict, "name");
  }
  return {};
}

bool Ledger::Impl::has_gateways(const SiteState& site) const {
  return std::any_of(gateways.begin(), gateways.end(), [&site](const auto& gateway) { return gateway->site == &site; });
}

Outcome Ledger::Impl::decide(const Order& order, const CreateSite& what, base::UtcMillis now) {
  if (!base::is_id(what.code)) return base::fail(Errc::bad_field, "code");
  if (auto ok = check(what.card); !ok) return base::pass(ok);
  const auto own = std::count_if(sites.begin(), sites.end(),
                                 [&](const auto& entry) { return entry.second.site.owner.organisation == order.scope.organisation; });
  if (static_cast<std::size_t>(own) >= kSitesPerOrganisation) return base::fail(Errc::too_many, "communities");
  if (auto ok = check_name(order.scope.organisation, 0, what.card.name); !ok) return base::pass(ok);
  const bool taken = std::any_of(sites.begin(), sites.end(), [&](const auto& entry) { return entry.second.site.code == what.code; });
  const auto known = archive.known_sites(what.code);
  if (!known) return base::pass(known);
  if (taken || known->code_taken) return base::fail(Errc::conflict, "code");

  Site site;
  newest.site = std::max(newest.site, known->newest) + 1;
  site.owner = {static_cast<std::int32_t>(order.scope.organisation), static_cast<std::int32_t>(newest.site)};
  site.code = what.code;
  site.card = what.card;
  site.created = site.updated = now;
  add_site(std::move(site)).dirty = true;
  return Answer(Created{newest.site});
}

Outcome Ledger::Impl::decide(const Order& order, const ChangeSite& what, base::UtcMillis now) {
  SiteState* state = find_site(order.scope, what.site);
  if (state == nullptr) return base::fail(Errc::not_found, "site");
  Site& site = state->site;
  if (site.version != what.version) return base::fail(Errc::conflict, "");
  if (auto ok = check(what.card); !ok) return base::pass(ok);
  if (what.card.name != site.card.name) {  // names were not always unique: one that is kept is not looked at
    if (auto ok = check_name(order.scope.organisation, what.site, what.card.name); !ok) return base::pass(ok);
  }
  if (what.card.utc_offset_minutes != site.card.utc_offset_minutes && has_gateways(*state)) return base::fail(Errc::in_use, "gateways");
  site.card = what.card;
  ++site.version;
  site.updated = now;
  state->dirty = true;
  return Answer(Done{});
}

Outcome Ledger::Impl::decide(const Order& order, const EnableSite& what, base::UtcMillis now) {
  SiteState* state = find_site(order.scope, what.site);
  if (state == nullptr) return base::fail(Errc::not_found, "site");
  state->site.enabled = what.enabled;
  ++state->site.version;
  state->site.updated = now;
  state->dirty = true;
  return Answer(Done{});
}

Outcome Ledger::Impl::decide(const Order& order, const RemoveSite& what, base::UtcMillis now) {
  SiteState* state = find_site(order.scope, what.site);
  if (state == nullptr) return base::fail(Errc::not_found, "site");
  if (has_gateways(*state)) return base::fail(Errc::in_use, "gateways");
  const bool priced = std::any_of(plans.begin(), plans.end(), [&](const auto& entry) { return entry.second.site == what.site; });
  if (priced) return base::fail(Errc::in_use, "price-plans");
  const auto referrer = archive.referrer_of_site(what.site);
  if (!referrer) return base::pass(referrer);
  if (*referrer) return base::fail(Errc::in_use, **referrer);
  // The row stays. The office writes on a connection of its own: a house that it adds in this very moment then belongs to a removed
  // site, where otherwise a foreign key would break the ledger's commit. '.' is in no code, so the code is free again.
  Site removed = std::move(state->site);
  removed.removed = removed.updated = now;
  removed.code += "." + std::to_string(what.site);
  ++removed.version;
  batch.sites.push_back(std::move(removed));
  sites.erase(static_cast<std::int32_t>(what.site));
  return Answer(Done{});
}

}  // namespace anju::platform
