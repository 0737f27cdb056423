#include "platform/store/queries_organisations.hpp"

#include <chrono>

#include "platform/domain/organisation.hpp"
#include "platform/store/meter_words.hpp"
#include "platform/store/question.hpp"

namespace anju::platform {
namespace {

bool is_under(soci::session& session, const Scope& scope, std::string_view kind, std::int64_t organisation) {
  Question there(session);
  there.text("SELECT count(*) FROM organisation o WHERE ").under(scope, "o").text(" AND o.kind = ").value(std::string(kind));
  return there.text(" AND o.id = ").value(organisation).number() != 0;
}

/// The first day of the month in which `day` lies; both count from 1970-01-01.
std::int64_t month_begin(std::int64_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  return std::chrono::sys_days(date.year() / date.month() / 1).time_since_epoch().count();
}

}  // namespace

std::vector<OrganisationNode> read_organisations(soci::session& session, const Scope& scope, std::string_view search) {
  Question select(session);
  select.text(
      "SELECT o.id, o.kind, o.name, o.parent, o.enabled, o.review, (SELECT count(*) FROM community s WHERE s.organisation = o.id)"
      " FROM organisation o WHERE ");
  select.below(scope, "o", "id");
  if (!search.empty()) select.text(" AND ").holds({"o.name", "o.number"}, std::string(search));
  select.text(" ORDER BY o.id LIMIT ").value(kMostTreeNodes);
  std::vector<OrganisationNode> all;
  select.rows([&](Select& row) {
    OrganisationNode node;
    node.id = row.integer();
    node.kind = row.text();
    node.name = row.text();
    node.parent = row.maybe();
    node.enabled = row.flag();
    node.review = row.text();
    node.sites = row.integer();
    all.push_back(std::move(node));
  });
  return all;
}

std::optional<std::vector<AccountRow>> read_accounts(soci::session& session, const Scope& scope, std::string_view kind, std::int64_t organisation) {
  if (!is_under(session, scope, kind, organisation)) return std::nullopt;
  Question select(session);
  select.text("SELECT id, login, name, phone, email, all_permissions, must_change_password, enabled, created_ms FROM \"user\" u WHERE ");
  select.belonging(organisation, "u").text(" ORDER BY id LIMIT ").value(kMostTreeNodes);
  std::vector<AccountRow> all;
  select.rows([&](Select& row) {
    AccountRow account;
    account.user = row.integer();
    account.login = row.text();
    account.name = row.text();
    account.phone = row.text();
    account.email = row.text();
    account.administrator = row.flag();
    account.must_change_password = row.flag();
    account.enabled = row.flag();
    account.created = row.time();
    all.push_back(std::move(account));
  });
  return all;
}

std::optional<OrganisationStatistics> read_statistics(soci::session& session, const Scope& scope, std::string_view kind, std::int64_t organisation,
                                                      base::UtcMillis now) {
  if (!is_under(session, scope, kind, organisation)) return std::nullopt;
  const Scope all{.organisation = organisation, .below = true};
  OrganisationStatistics sums;
  const auto count = [&](const std::string& of) { return Question(session).text("SELECT count(*) FROM " + of).below(all, "x").number(); };
  sums.properties = Question(session).text("SELECT count(*) FROM organisation x WHERE x.kind = 'property' AND ").under(all, "x").number();
  sums.sites = count("community x WHERE ");
  sums.houses = count("house x WHERE ");
  sums.alarms = count("alarm x WHERE x.active = 1 AND ");
  sums.staff = count("\"user\" x WHERE ");
  Question(session).text("SELECT count(*), coalesce(sum(x.online), 0) FROM gateway x WHERE ").below(all, "x").rows([&](Select& row) {
    sums.gateways = row.integer();
    sums.gateways_online = row.integer();
  });
  Question(session)
      .text("SELECT count(*), coalesce(sum(s.reachable * g.online), 0), coalesce(sum(CASE WHEN s.account_state = 'arrears' THEN 1 ELSE 0 END), 0),"
            " coalesce(sum(a.balance_micro_yuan), 0) FROM meter m JOIN meter_supply s ON s.meter = m.id"
            " JOIN account a ON a.id = m.account JOIN gateway g ON g.id = m.gateway WHERE ")
      .below(all, "m")
      .rows([&](Select& row) {
        sums.meters = row.integer();
        sums.meters_online = row.integer();
        sums.arrears = row.integer();
        sums.balance = row.money();
      });
  // Each site counts its days by its own calendar.
  std::vector<std::int64_t> offsets;
  Question(session).text("SELECT DISTINCT x.utc_offset_minutes FROM community x WHERE ").below(all, "x").rows([&](Select& row) {
    offsets.push_back(row.integer());
  });
  for (const std::int64_t offset : offsets) {
    Question month(session);
    month.text("SELECT coalesce(sum(d.recharged_micro_yuan), 0), coalesce(sum(d.quantity_e4), 0) FROM community x JOIN site_day d ON d.site = x.id WHERE ");
    month.below(all, "x").text(" AND x.utc_offset_minutes = ").value(offset);
    month.text(" AND d.day >= ").value(month_begin(calendar_day(now, static_cast<int>(offset)))).rows([&](Select& row) {
      sums.recharged_month = base::Money(sums.recharged_month.micro_yuan + row.money().micro_yuan);
      sums.energy_month = base::Quantity(sums.energy_month.e4 + row.quantity().e4);
    });
  }
  return sums;
}

}  // namespace anju::platform
