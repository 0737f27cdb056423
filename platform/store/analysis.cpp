#include "platform/store/analysis.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "platform/store/meter_words.hpp"
#include "platform/store/queries_meter.hpp"
#include "platform/store/read_pool.hpp"
#include "platform/store/report_rows.hpp"
#include "platform/store/room_of_meter.hpp"

namespace anju::platform {
namespace {

/// The numbers of the home page's head, in their order: SELECT count(*) FROM … WHERE <scope of alias x>, and what else narrows it. What
/// comes later (stations, orders, members) adds its lines here and its words to the console.
struct CounterSource {
  std::string_view name;
  const char* from;
  const char* site;  ///< the column of x that names the row's site
  const char* also;
};
constexpr CounterSource kCounters[] = {
    {"communities", "community x", "id", ""},
    {"houses", "house x", "site", ""},
    {"rooms", "room x", "site", ""},
    {"residents", "resident x", "site", ""},
    {"prepaid", "meter x", "site", " AND x.mode = 'prepaid'"},
};

/// Of meter m.
const char* of_utility(Utility utility) { return utility == Utility::water ? "m.kind <> 'electricity'" : "m.kind = 'electricity'"; }

/// Meters by what they used in a finished part of a month or year, most first.
std::vector<RankedMeter> rank(soci::session& session, const Scope& scope, std::int64_t span, std::int64_t most, Utility utility) {
  std::vector<RankedMeter> top;
  Question select(session);
  select.text(
      "SELECT m.id, m.device, m.name, " + room_of("m") + ", coalesce(b.name, ''), x.quantity_e4, x.amount_micro_yuan FROM meter_sum x JOIN meter m ON m.id = x.meter"
      " LEFT JOIN room_meter y ON y.meter = m.id AND y.until_ms IS NULL LEFT JOIN room o ON o.id = y.room LEFT JOIN house h ON h.id = o.house"
      " LEFT JOIN building b ON b.id = h.building WHERE ");
  select.within(scope, "x").text(" AND x.span = ").value(span).text(std::string(" AND ") + of_utility(utility) + " AND x.quantity_e4 > 0 ORDER BY x.quantity_e4 DESC, x.meter DESC LIMIT ").value(most);
  select.rows([&](Select& reader) {
    RankedMeter row;
    row.meter = reader.integer();
    row.device = reader.text();
    row.name = reader.text();
    row.room = reader.text();
    row.building = reader.text();
    row.used = reader.quantity();
    row.cost = reader.money();
    top.push_back(std::move(row));
  });
  return top;
}

std::string span_text(std::int64_t span) {
  if (span <= 9999) return std::to_string(span);
  const std::string digits = std::to_string(span);
  return digits.substr(0, 4) + "-" + digits.substr(4);
}

HomePage read_home_page(soci::session& session, const Scope& scope, base::UtcMillis now) {
  HomePage page;
  page.home = read_home(session, scope, now);
  for (const CounterSource& source : kCounters) {
    Question select(session);
    select.text(std::string("SELECT count(*) FROM ") + source.from + " WHERE ").within(scope, "x", source.site).text(source.also);
    page.counters.push_back({source.name, select.number()});
  }

  const int offset = offset_of(session, scope);
  const std::int64_t today = calendar_day(now, offset);
  page.recharges.assign(page.home.last_7_days.size(), 0);
  const std::int64_t first = today - static_cast<std::int64_t>(page.recharges.size()) + 1;
  Question count(session);
  count.text("SELECT (r.at_ms + ").value(offset * 60'000LL).text(") / 86400000, count(*) FROM recharge r WHERE ").within(scope, "r");
  count.text(" AND r.at_ms >= ").value(start_of(first, offset).value).text(" AND r.at_ms < ").value(start_of(today + 1, offset).value).text(" GROUP BY 1");
  count.rows([&](Select& reader) {
    const auto place = static_cast<std::size_t>(reader.integer() - first);
    page.recharges.at(place) = reader.integer();
  });

  // On the first of a month no day of it has ended: the month before is ranked until then.
  for (const std::int64_t day : {today, today - 31}) {
    page.top = rank(session, scope, month_of(day), kHomeTop, Utility::electricity);
    page.top_span = span_text(month_of(day));
    if (!page.top.empty()) return page;
  }
  page.top_span.clear();
  return page;
}

struct Civil {
  int year = 0, month = 0, day = 0;
};

Civil civil_of(std::int64_t day) {
  const base::CivilTime civil = base::to_civil(base::UtcMillis(day * kDayMs), 0);
  return {civil.year, civil.month, civil.day};
}

std::int64_t day_of_civil(int year, int month, int day) {
  base::CivilTime civil;
  civil.year = year;
  civil.month = month;
  civil.day = day;
  const auto at = base::to_utc(civil, 0);
  return at ? at->value / kDayMs : 0;
}

void add(EnergySum& to, const EnergySum& what) {
  to.used = to.used + what.used;
  to.cost = to.cost + what.cost;
  for (std::size_t i = 0; i < what.tariffs.size(); ++i) to.tariffs[i] = to.tariffs[i] + what.tariffs[i];
}

/// A period, the one before it, and where a day stands in them.
struct Periods {
  EnergyStep step;
  std::int64_t first, end, before;  ///< days: [before, first) is the period before, [first, end) this one
  std::int64_t today;

  Periods(EnergyStep step, std::int64_t period, std::int64_t today) : step(step), today(today) {
    const Civil now = civil_of(today);
    int year = now.year, month = now.month;
    if (period > 9999) {
      year = static_cast<int>(period / 100);
      month = static_cast<int>(period % 100);
    } else if (period != 0) {
      year = static_cast<int>(period);
    }
    if (step == EnergyStep::day) {
      first = day_of_civil(year, month, 1);
      end = month == 12 ? day_of_civil(year + 1, 1, 1) : day_of_civil(year, month + 1, 1);
      before = month == 1 ? day_of_civil(year - 1, 12, 1) : day_of_civil(year, month - 1, 1);
    } else if (step == EnergyStep::month) {
      first = day_of_civil(year, 1, 1);
      end = day_of_civil(year + 1, 1, 1);
      before = day_of_civil(year - 1, 1, 1);
    } else {
      first = day_of_civil(year - kYears + 1, 1, 1);
      end = day_of_civil(year + 1, 1, 1);
      before = first - 1;  // nothing is known of a decade before: each year is compared with the one before it
    }
  }

  static constexpr int kYears = 10;
  [[nodiscard]] bool running() const { return today >= first && today < end; }
  [[nodiscard]] std::int64_t shown_to() const { return std::min(end, today + 1); }

  [[nodiscard]] std::string point(std::int64_t day) const {
    const std::string text = base::format_day(base::UtcMillis(day * kDayMs), 0);
    return step == EnergyStep::day ? text : step == EnergyStep::month ? text.substr(0, 7) : text.substr(0, 4);
  }
  /// Of a day of the period before, the point of this one that is compared with it.
  [[nodiscard]] std::string point_after(std::int64_t day) const {
    const std::size_t kept = step == EnergyStep::day ? 8 : 5;  // "YYYY-MM-", "YYYY-"
    return point(first).substr(0, kept) + point(day).substr(kept);
  }
  /// A day of the period before that stands no later in it than today in this one.
  [[nodiscard]] bool in_step(std::int64_t day) const {
    if (!running()) return true;
    const Civil then = civil_of(day), now = civil_of(today);
    if (step == EnergyStep::day) return then.day <= now.day;
    return std::tie(then.month, then.day) <= std::tie(now.month, now.day);
  }
};

EnergyAnalysis read_energy(soci::session& session, const Scope& scope, EnergyStep step, std::int64_t period, Utility utility, base::UtcMillis now) {
  const Periods periods(step, period, calendar_day(now, offset_of(session, scope)));
  EnergyAnalysis found;
  found.running = periods.running();
  const Civil first = civil_of(periods.first), last = civil_of(periods.end - 1);
  const std::int64_t span = step == EnergyStep::day ? first.year * 100 + first.month : last.year;
  found.span = span_text(span);

  struct One {
    std::int64_t id = 0;
    SiteEnergy row;
  };
  std::vector<One> sites;
  Question(session)
      .text("SELECT t.id, t.code, t.name FROM community t WHERE ")
      .within(scope, "t", "id")
      .text(" ORDER BY t.id LIMIT 1000")
      .rows([&](Select& reader) {
        One one;
        one.id = reader.integer();
        one.row.code = reader.text();
        one.row.name = reader.text();
        sites.push_back(std::move(one));
      });

  std::map<std::string, EnergyPoint> points;
  for (std::int64_t day = periods.first; day < periods.shown_to(); ++day) points[periods.point(day)].at = periods.point(day);
  for (One& site : sites) {
    Question(session)
        .text(utility == Utility::water ? "SELECT day, water_e4, 0, 0, 0, 0, water_micro_yuan FROM site_day WHERE site = "
                                        : "SELECT day, quantity_e4, sharp_e4, peak_e4, flat_e4, valley_e4, deducted_micro_yuan - water_micro_yuan FROM site_day WHERE site = ")
        .value(site.id)
        .text(" AND day >= ")
        .value(periods.before)
        .text(" AND day < ")
        .value(periods.end)
        .rows([&](Select& reader) {
          const std::int64_t day = reader.integer();
          EnergySum sum;
          sum.used = reader.quantity();
          for (base::Quantity& part : sum.tariffs) part = reader.quantity();
          sum.cost = reader.money();
          if (day >= periods.first) {
            const auto point = points.find(periods.point(day));
            if (point == points.end()) return;  // a reading from tomorrow, by a clock that is ahead
            add(point->second.sum, sum);
            add(found.total, sum);
            add(site.row.sum, sum);
            return;
          }
          if (step == EnergyStep::year) return;
          const auto point = points.find(periods.point_after(day));
          if (point != points.end()) point->second.before = point->second.before + sum.used;
          if (!periods.in_step(day)) return;
          add(found.before, sum);
          site.row.before = site.row.before + sum.used;
        });
  }
  for (auto& [at, point] : points) {
    if (step == EnergyStep::year && !found.points.empty()) point.before = found.points.back().sum.used;
    found.points.push_back(std::move(point));
  }
  for (One& site : sites) found.sites.push_back(std::move(site.row));
  std::stable_sort(found.sites.begin(), found.sites.end(), [](const auto& a, const auto& b) { return a.sum.used > b.sum.used; });
  found.top = rank(session, scope, span, kEnergyTop, utility);

  Question bound(session);
  bound.text("SELECT count(*) FROM (SELECT 1 FROM room_meter y WHERE y.until_ms IS NULL AND ").within(scope, "y").text(" LIMIT ").value(kMostMetersOfBuildings + 1);
  if (bound.text(") n").number() > kMostMetersOfBuildings) return found;
  found.buildings.emplace();
  Question select(session);
  // CROSS JOIN: from the meters of rooms to their sums, not through the sums of all meters.
  select.text(
      "SELECT b.name, count(*), sum(x.quantity_e4), sum(x.amount_micro_yuan) FROM room_meter y CROSS JOIN meter_sum x JOIN room o ON o.id = y.room"
      " JOIN house h ON h.id = o.house JOIN building b ON b.id = h.building JOIN meter m ON m.id = y.meter WHERE x.meter = y.meter AND y.until_ms IS NULL AND ");
  select.text(of_utility(utility)).text(" AND ");
  select.within(scope, "y").text(" AND x.span = ").value(span).text(" GROUP BY b.id, b.name ORDER BY 3 DESC LIMIT ").value(kEnergyTop);
  select.rows([&](Select& reader) {
    BuildingEnergy row;
    row.name = reader.text();
    row.meters = reader.integer();
    row.used = reader.quantity();
    row.cost = reader.money();
    found.buildings->push_back(std::move(row));
  });
  return found;
}

class SociAnalysis : public Analysis {
 public:
  base::Result<> open(const std::string& url, std::size_t connections) { return pool_.open(url, connections); }

  base::Result<std::optional<HomePage>> home(const Scope& scope, const std::optional<std::string>& site, base::UtcMillis now) override {
    return pool_.ask("home", [&](soci::session& s) -> base::Result<std::optional<HomePage>> {
      const auto within = narrowed(s, scope, site);
      if (!within) return std::nullopt;
      return read_home_page(s, *within, now);
    });
  }

  base::Result<std::optional<EnergyAnalysis>> energy(const Scope& scope, const std::optional<std::string>& site, EnergyStep step,
                                                     std::int64_t period, Utility utility, base::UtcMillis now) override {
    return pool_.ask("energy", [&](soci::session& s) -> base::Result<std::optional<EnergyAnalysis>> {
      const auto within = narrowed(s, scope, site);
      if (!within) return std::nullopt;
      return read_energy(s, *within, step, period, utility, now);
    });
  }

 private:
  ReadPool pool_;
};

}  // namespace

base::Result<std::unique_ptr<Analysis>> open_analysis(const std::string& url, std::size_t connections) {
  auto analysis = std::make_unique<SociAnalysis>();
  if (auto opened = analysis->open(url, connections); !opened) return base::pass(opened);
  return std::unique_ptr<Analysis>(std::move(analysis));
}

}  // namespace anju::platform
