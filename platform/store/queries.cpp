#include "platform/store/cut_rows.hpp"
#include "platform/store/queries.hpp"

#include <soci/soci.h>

#include <algorithm>
#include <map>
#include <vector>

#include "platform/domain/alarm.hpp"
#include "platform/store/database.hpp"
#include "platform/store/found_devices.hpp"
#include "platform/store/meter_feed.hpp"
#include "platform/store/organisation.hpp"
#include "platform/store/queries_meter.hpp"
#include "platform/store/queries_organisations.hpp"
#include "platform/store/queries_projects.hpp"
#include "platform/store/prices.hpp"
#include "platform/store/question.hpp"
#include "platform/store/read_pool.hpp"
#include "platform/store/room_of_meter.hpp"
#include "platform/store/upgrade_rows.hpp"
#include "platform/store/words.hpp"

namespace anju::platform {
namespace {

constexpr const char* kCommandColumns =
    "SELECT c.code, m.device, c.meter, c.kind, c.state, c.cause, c.by, c.note, c.created_ms, c.sent_ms, c.acked_ms, "
    "c.ended_ms,"
    " c.expires_ms, c.attempts, c.reason, c.escalated FROM command c JOIN meter m ON m.id = c.meter ";

CommandRow read_command(Select& reader) {
  CommandRow row;
  row.id = reader.text();
  row.device = reader.text();
  row.meter = reader.integer();
  row.kind = reader.text();
  row.state = reader.text();
  row.cause = reader.text();
  row.by = reader.text();
  row.note = reader.text();
  row.created_at = reader.time();
  row.sent_at = reader.maybe_time();
  row.acked_at = reader.maybe_time();
  row.ended_at = reader.maybe_time();
  row.expires_at = reader.time();
  row.attempts = reader.integer();
  row.reason = reader.text();
  row.escalated = reader.flag();
  return row;
}

constexpr const char* kGatewayColumns =
    "SELECT g.code, g.name, t.code, g.online, g.since_ms, coalesce(x.epoch, ''), coalesce(x.last_seq, 0), "
    "g.last_event_ms,"
    " g.archive_version, g.id, ";
constexpr const char* kGateways = " FROM gateway g JOIN site t ON t.id = g.site LEFT JOIN stream x ON x.id = g.stream LEFT JOIN gateway_upgrade u ON u.gateway = g.id ";

struct GatewayWithId {
  GatewayRow row;
  std::int64_t id = 0;
};

GatewayWithId read_gateway(Select& reader) {
  GatewayWithId one;
  one.row.id = reader.text();
  one.row.name = reader.text();
  one.row.site = reader.text();
  one.row.online = reader.flag();
  one.row.since = time_or_nothing(reader);
  one.row.epoch = reader.text();
  one.row.stored_seq = reader.integer();
  one.row.last_event_at = time_or_nothing(reader);
  one.row.archive_version = reader.integer();
  one.id = reader.integer();
  if (Upgrade upgrade = read_upgrade(reader); upgrade.gateway != 0) one.row.upgrade = std::move(upgrade);
  return one;
}

class SociQueries : public Queries {
 public:
  base::Result<> open(const std::string& url, std::size_t connections) {
    if (auto opened = pool_.open(url, connections); !opened) return opened;
    return ask("load", [&](soci::session& s) -> base::Result<> {
      feed_.bring_up_to_date(s);
      return {};
    });
  }

  base::Result<> ping() override {
    return ask("ping", [](soci::session& s) -> base::Result<> {
      static_cast<void>(Question(s).text("SELECT 1").number());
      return {};
    });
  }

  base::Result<CutSoFar> old_readings() override {
    return ask("old_readings", [](soci::session& s) -> base::Result<CutSoFar> { return cut_so_far(s); });
  }

  base::Result<Home> home(const Scope& scope, base::UtcMillis now) override {
    return ask("home", [&](soci::session& s) -> base::Result<Home> { return read_home(s, scope, now); });
  }

  base::Result<std::vector<SiteRow>> sites(const Scope& scope) override {
    return ask("sites", [&](soci::session& s) -> base::Result<std::vector<SiteRow>> {
      std::vector<SiteRow> all;
      Question(s)
          .text(
              "SELECT t.code, t.name, o.name, t.utc_offset_minutes, t.enabled, t.province, t.city, t.latitude, t.longitude"
              " FROM community t JOIN organisation o ON o.id = t.organisation WHERE ")
          .within(scope, "t")
          .text(" ORDER BY t.id LIMIT 1000")
          .rows([&](Select& reader) {
            SiteRow row;
            row.id = reader.text();
            row.name = reader.text();
            row.organisation = reader.text();
            row.utc_offset_minutes = static_cast<int>(reader.integer());
            row.enabled = reader.flag();
            row.province = reader.text();
            row.city = reader.text();
            row.position = read_position(reader);
            all.push_back(std::move(row));
          });
      return all;
    });
  }

  base::Result<std::vector<ProjectRow>> projects(const Scope& scope) override {
    return ask("projects", [&](soci::session& s) -> base::Result<std::vector<ProjectRow>> { return read_projects(s, scope); });
  }

  base::Result<Page<MeterRow>> meters(const Scope& scope, const MeterFilter& filter, base::UtcMillis now) override {
    return ask("meters",
               [&](soci::session& s) -> base::Result<Page<MeterRow>> { return read_meters(s, feed_, scope, filter, now); });
  }
  base::Result<std::optional<MeterDetail>> meter(const Scope& scope, std::int64_t meter, base::UtcMillis now) override {
    return ask("meter", [&](soci::session& s) -> base::Result<std::optional<MeterDetail>> {
      return read_meter(s, feed_, scope, meter, now);
    });
  }
  base::Result<std::optional<CursorPage<ReadingRow>>> readings(const Scope& scope, std::int64_t meter,
                                                               Cursor cursor) override {
    return ask("readings", [&](soci::session& s) -> base::Result<std::optional<CursorPage<ReadingRow>>> {
      return read_readings(s, scope, meter, cursor);
    });
  }
  base::Result<std::optional<CursorPage<LedgerRow>>> ledger(const Scope& scope, std::int64_t meter, Cursor cursor,
                                                            const std::optional<std::string>& kind) override {
    return ask("ledger", [&](soci::session& s) -> base::Result<std::optional<CursorPage<LedgerRow>>> {
      return read_ledger(s, scope, meter, cursor, kind);
    });
  }
  base::Result<std::optional<CursorPage<NoticeRow>>> notices(const Scope& scope, std::int64_t meter, Cursor cursor) override {
    return ask("notices", [&](soci::session& s) -> base::Result<std::optional<CursorPage<NoticeRow>>> {
      return read_notices(s, scope, meter, cursor);
    });
  }
  base::Result<std::optional<std::vector<ConsumptionPoint>>> consumption(const Scope& scope, std::int64_t meter, Step step,
                                                                         base::UtcMillis from,
                                                                         base::UtcMillis to) override {
    return ask("consumption", [&](soci::session& s) -> base::Result<std::optional<std::vector<ConsumptionPoint>>> {
      return read_consumption(s, scope, meter, step, from, to);
    });
  }

  base::Result<std::optional<Commands>> commands(const Scope& scope, std::int64_t meter,
                                                 const std::optional<std::string>& before, std::int64_t limit,
                                                 bool with_live) override {
    return ask("commands", [&](soci::session& s) -> base::Result<std::optional<Commands>> {
      if (!meter_in_scope(s, scope, meter)) return std::nullopt;
      Commands page;
      Question select(s);
      select.text(kCommandColumns).text("WHERE c.meter = ").value(meter);
      if (!with_live) select.text(" AND c.kind <> 'live'");
      if (before) {
        select.text(" AND c.id < (SELECT b.id FROM command b WHERE ").within(scope, "b");
        select.text(" AND b.code = ").value(*before).text(")");
      }
      select.text(" ORDER BY c.id DESC LIMIT ").value(limit + 1);
      select.rows([&](Select& reader) { page.rows.push_back(read_command(reader)); });
      if (static_cast<std::int64_t>(page.rows.size()) > limit) {
        page.rows.pop_back();
        page.next = page.rows.back().id;
      }
      return page;
    });
  }

  base::Result<std::optional<CommandRow>> command(const Scope& scope, std::string_view id) override {
    return ask("command", [&](soci::session& s) -> base::Result<std::optional<CommandRow>> {
      return Question(s)
          .text(kCommandColumns)
          .text("WHERE ")
          .within(scope, "c")
          .text(" AND c.code = ")
          .value(std::string(id))
          .first(read_command);
    });
  }

  base::Result<std::vector<PlanRow>> price_plans(const Scope& scope, const PlanFilter& filter) override {
    return ask("price_plans", [&](soci::session& s) -> base::Result<std::vector<PlanRow>> {
      const auto meters = meters_within(s, scope);
      auto used = meters ? feed_.count_by_plan(s, *meters) : std::map<std::int64_t, std::int64_t>();
      std::vector<PlanRow> all;
      Question plans(s);
      plans.text("SELECT " + plan_columns() + " FROM price_plan p JOIN price_plan_version v ON v.id = p.version WHERE ").within_or_shared(scope, "p");
      if (filter.utility) plans.text(" AND p.utility = ").value(std::string(to_string(*filter.utility)));
      if (filter.search) plans.text(" AND ").holds({"p.name"}, *filter.search);
      plans.text(" ORDER BY p.id LIMIT 1000").rows([&](Select& reader) { all.push_back(read_plan(reader)); });
      for (PlanRow& plan : all) plan.meters = used[plan.id];
      std::map<std::int64_t, PriceHistory> coming;
      for (PlanVersion& version : load_plan_versions(s, " JOIN price_plan p ON p.id = v.price_plan AND v.id > p.version")) {
        coming[version.plan].add({version.id, version.since, std::move(version.prices)});
      }
      for (PlanRow& plan : all) {
        const auto found = coming.find(plan.id);
        if (found != coming.end() && found->second.all().front().prices != plan.prices) plan.next = found->second.all().front();
      }
      return all;
    });
  }

  base::Result<std::vector<GatewayRow>> gateways(const Scope& scope) override {
    return ask("gateways", [&](soci::session& s) -> base::Result<std::vector<GatewayRow>> {
      std::vector<GatewayWithId> found;
      Question(s)
          .text(kGatewayColumns)
          .text(kUpgrade)
          .text(kGateways)
          .text("WHERE ")
          .within(scope, "g")
          .text(" ORDER BY g.id LIMIT 5000")
          .rows([&](Select& reader) { found.push_back(read_gateway(reader)); });
      std::map<std::int64_t, GatewayRow*> by_id;
      for (GatewayWithId& one : found) by_id[one.id] = &one.row;
      Question(s)
          .text(
              "SELECT m.gateway, count(*), sum(x.reachable) FROM meter m JOIN meter_supply x ON x.meter = m.id WHERE ")
          .within(scope, "m")
          .text(" GROUP BY m.gateway")
          .rows([&](Select& reader) {
            const auto row = by_id.find(reader.integer());
            if (row == by_id.end()) return;
            row->second->devices = reader.integer();
            const auto reachable = reader.integer();
            row->second->devices_reachable = row->second->online ? reachable : 0;
          });
      Question(s)
          .text("SELECT a.gateway, count(*) FROM alarm a WHERE a.active = 1 AND ")
          .within(scope, "a")
          .text(" GROUP BY a.gateway")
          .rows([&](Select& reader) {
            const auto row = by_id.find(reader.integer());
            if (row != by_id.end()) row->second->alarms = reader.integer();
          });
      std::vector<GatewayRow> all;
      for (GatewayWithId& one : found) all.push_back(std::move(one.row));
      return all;
    });
  }

  base::Result<std::optional<GatewayDetail>> gateway(const Scope& scope, std::string_view id) override {
    return ask("gateway", [&](soci::session& s) -> base::Result<std::optional<GatewayDetail>> {
      auto found = Question(s)
                       .text(kGatewayColumns)
                       .text(kUpgrade)
                       .text(kGateways)
                       .text("WHERE ")
                       .within(scope, "g")
                       .text(" AND g.code = ")
                       .value(std::string(id))
                       .first(read_gateway);
      if (!found) return std::nullopt;
      GatewayDetail detail{std::move(found->row), {}, {}};
      Question(s)
          .text("SELECT code, uri FROM line WHERE gateway = ")
          .value(found->id)
          .text(" ORDER BY id")
          .rows([&](Select& reader) {
            GatewayLine line;
            line.id = reader.text();
            line.uri = reader.text();
            detail.lines.push_back(std::move(line));
          });
      Question(s)
          .text(
              "SELECT m.device, m.id, m.name, l.code, m.address, x.reachable, " + room_of("m") + ", m.baud, m.profile, m.dispatched, m.dispatch_version,"
              " g.archive_acked, (SELECT count(*) FROM alarm a WHERE a.meter = m.id AND a.code = 'bad_device' AND a.active = 1),"
              " (SELECT coalesce(max(a.detail), '') FROM alarm a WHERE a.meter = m.id AND a.code = 'bad_device' AND a.active = 1),"
              " CASE WHEN EXISTS (SELECT 1 FROM opening p WHERE p.meter = m.id AND p.id NOT IN (SELECT e.opening FROM settlement e WHERE e.meter = m.id AND e.closes = 1))"
              " THEN 1 ELSE 0 END FROM meter m JOIN line l ON l.id = m.line JOIN gateway g ON g.id = m.gateway JOIN meter_supply x ON x.meter = m.id"
              " WHERE m.gateway = ")
          .value(found->id)
          .text(" ORDER BY m.id")
          .rows([&](Select& reader) {
            GatewayDevice device;
            device.id = reader.text();
            device.meter = reader.integer();
            device.name = reader.text();
            device.line = reader.text();
            device.address = reader.text();
            device.reachable = reader.flag() && detail.row.online;
            device.room = reader.text();
            device.baud = reader.maybe();
            wire::MeterProfile profile = parse_profile(reader.text());
            device.dialect = std::move(profile.dialect);
            device.model = std::move(profile.model);
            device.format = std::move(profile.format);
            const bool wanted = reader.flag();
            const Dispatch dispatch{wanted, reader.integer()};
            const std::int64_t acked = reader.integer();
            device.dispatch = state_of(dispatch, acked, reader.integer() > 0);
            device.refusal = reader.text();
            device.opened = reader.flag();
            detail.devices.push_back(std::move(device));
          });
      detail.row.devices = static_cast<std::int64_t>(detail.devices.size());
      detail.row.devices_reachable = std::count_if(detail.devices.begin(), detail.devices.end(),
                                                   [](const GatewayDevice& d) { return d.reachable; });
      detail.row.alarms =
          Question(s).text("SELECT count(*) FROM alarm WHERE active = 1 AND gateway = ").value(found->id).number();
      return detail;
    });
  }

  base::Result<std::optional<std::vector<FoundRow>>> found(const Scope& scope, std::string_view gateway, bool dismissed) override {
    return ask("found", [&](soci::session& s) -> base::Result<std::optional<std::vector<FoundRow>>> { return read_found(s, scope, gateway, dismissed); });
  }

  base::Result<Page<AlarmRow>> alarms(const Scope& scope, const AlarmFilter& filter) override {
    return ask("alarms", [&](soci::session& s) -> base::Result<Page<AlarmRow>> {
      constexpr const char* kAlarms =
          " FROM alarm a LEFT JOIN meter m ON m.id = a.meter LEFT JOIN removed_meter d ON d.id = a.meter"
          " LEFT JOIN gateway g ON g.id = a.gateway LEFT JOIN command c ON c.id = a.command";
      const auto where = [&](Question& select) {
        select.text(" WHERE ").within(scope, "a");
        if (filter.active) select.text(*filter.active ? " AND a.active = 1" : " AND a.active = 0");
        if (filter.id) select.text(" AND a.id = ").value(*filter.id);
        if (filter.meter) select.text(" AND a.meter = ").value(*filter.meter);
        if (filter.code) select.text(" AND a.code = ").value(*filter.code);
        if (filter.from) select.text(" AND a.raised_ms >= ").value(filter.from->value);
        if (filter.to) select.text(" AND a.raised_ms < ").value(filter.to->value);
        if (filter.search)
          select.text(" AND ").holds(
              {"m.name", room_of("m"), "m.address", "d.name", "d.address", "g.code", "g.name", "a.line", "a.detail"},
              *filter.search);
      };
      Page<AlarmRow> page;
      Question count(s);
      where(count.text(std::string("SELECT count(*)") + (filter.search ? kAlarms : " FROM alarm a")));
      page.total = count.number();
      Question select(s);
      where(select.text(
          std::string("SELECT a.id, a.code, a.severity, a.active, a.raised_ms, a.cleared_ms, coalesce(m.id, 0),"
                      " coalesce(m.name, d.name, ''), coalesce(g.code, ''), a.line, a.detail,"
                      " CASE WHEN c.state IN ('queued', 'sent', 'acked') THEN 1 ELSE 0 END") +
          kAlarms));
      select.text(" ORDER BY a.id DESC LIMIT ")
          .value(filter.page_size)
          .text(" OFFSET ")
          .value((filter.page - 1) * filter.page_size);
      select.rows([&](Select& reader) {
        AlarmRow row;
        row.id = reader.integer();
        row.code = reader.text();
        row.severity = reader.text();
        row.active = reader.flag();
        row.raised_at = reader.time();
        row.cleared_at = reader.maybe_time();
        const auto meter = reader.integer();
        if (meter != 0) row.meter = meter;
        row.meter_name = reader.text();
        row.gateway = reader.text();
        row.line = reader.text();
        row.detail = reader.text();
        row.clearable = row.active && is_clearable(row.code, reader.flag());
        page.rows.push_back(std::move(row));
      });
      return page;
    });
  }

  base::Result<std::vector<OrganisationNode>> organisations(const Scope& scope, std::string_view search) override {
    return ask("organisations", [&](soci::session& s) -> base::Result<std::vector<OrganisationNode>> { return read_organisations(s, scope, search); });
  }
  base::Result<std::optional<std::vector<AccountRow>>> accounts(const Scope& scope, std::string_view kind, std::int64_t organisation) override {
    return ask("accounts", [&](soci::session& s) -> base::Result<std::optional<std::vector<AccountRow>>> {
      return read_accounts(s, scope, kind, organisation);
    });
  }
  base::Result<std::optional<OrganisationStatistics>> statistics(const Scope& scope, std::string_view kind, std::int64_t organisation,
                                                                 base::UtcMillis now) override {
    return ask("statistics", [&](soci::session& s) -> base::Result<std::optional<OrganisationStatistics>> {
      return read_statistics(s, scope, kind, organisation, now);
    });
  }
  base::Result<bool> closed(std::int64_t organisation) override {
    return ask("closed", [&](soci::session& s) -> base::Result<bool> { return is_closed(s, organisation); });
  }

  base::Result<Page<AuditRow>> audit(const Scope& scope, const AuditFilter& filter) override {
    return ask("audit", [&](soci::session& s) -> base::Result<Page<AuditRow>> { return read_audit(s, scope, filter); });
  }

 private:
  template <class Work>
  auto ask(const char* what, Work&& work) -> decltype(work(std::declval<soci::session&>())) {
    return pool_.ask(what, std::forward<Work>(work));
  }

  ReadPool pool_;
  MeterFeed feed_;
};

}  // namespace

base::Result<std::unique_ptr<Queries>> open_queries(const std::string& url, std::size_t connections) {
  auto queries = std::make_unique<SociQueries>();
  if (auto opened = queries->open(url, connections); !opened) return base::pass(opened);
  return std::unique_ptr<Queries>(std::move(queries));
}

}  // namespace anju::platform
