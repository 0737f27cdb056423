// The home page and the analysis of energy.

#include <algorithm>
#include <array>

#include "platform/domain/analysis.hpp"
#include "platform/http/answers.hpp"
#include "platform/http/api.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/handlers.hpp"
#include "platform/http/words.hpp"

namespace anju::platform {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 3> kEnergySteps{"day", "month", "year"};

json::object shown(const EnergySum& sum) {
  return {{"kwh", format(sum.used)},
          {"sharp", format(sum.tariffs[0])},
          {"peak", format(sum.tariffs[1])},
          {"flat", format(sum.tariffs[2])},
          {"valley", format(sum.tariffs[3])},
          {"money", format(sum.cost)}};
}

json::array shown(const std::vector<RankedMeter>& top) {
  json::array all;
  for (const RankedMeter& row : top) {
    all.push_back(json::object{{"meter", row.meter},
                               {"device", row.device},
                               {"name", row.name},
                               {"room", row.room},
                               {"building", row.building},
                               {"kwh", format(row.used)},
                               {"money", format(row.cost)}});
  }
  return all;
}

json::object shown(const EnergyAnalysis& energy) {
  json::array points, sites;
  for (const EnergyPoint& point : energy.points) {
    json::object one = shown(point.sum);
    one["at"] = point.at;
    one["before"] = format(point.before);
    points.push_back(std::move(one));
  }
  for (const SiteEnergy& site : energy.sites) {
    json::object one = shown(site.sum);
    one["site"] = site.code;
    one["name"] = site.name;
    one["before"] = format(site.before);
    sites.push_back(std::move(one));
  }
  json::object object{{"span", energy.span},       {"running", energy.running},  {"total", shown(energy.total)}, {"before", shown(energy.before)},
                      {"points", std::move(points)}, {"sites", std::move(sites)}, {"top", shown(energy.top)},     {"buildings", nullptr}};
  if (energy.buildings) {
    json::array buildings;
    for (const BuildingEnergy& row : *energy.buildings)
      buildings.push_back(json::object{{"name", row.name}, {"meters", row.meters}, {"kwh", format(row.used)}, {"money", format(row.cost)}});
    object["buildings"] = std::move(buildings);
  }
  return object;
}

}  // namespace

void get_home(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  const auto site = arguments.text("site", 64);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));
  api.read(std::move(reply), [&api, scope = call.caller.scope(), site, now = call.now](Queries&) {
    const auto page = api.ports().analysis.home(scope, site, now);
    if (!page) return query_failed(page.error());
    if (!*page) return refuse(Refusal::not_found);
    json::object object = json_of((*page)->home);
    json::array& days = object["last_7_days"].as_array();
    for (std::size_t i = 0; i < days.size(); ++i) days[i].as_object()["recharges"] = (*page)->recharges.at(i);
    json::object counters;
    for (const Counter& counter : (*page)->counters) counters[counter.name] = counter.count;
    object["counters"] = std::move(counters);
    object["top_span"] = (*page)->top_span;
    object["top"] = shown((*page)->top);
    return json_response(object);
  });
}

void get_energy(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  const auto site = arguments.text("site", 64);
  const auto step = arguments.one_of("step", kEnergySteps).value_or("day");
  const auto utility = enum_of<Utility>(kUtilities, arguments.one_of("utility", kUtilities).value_or("electricity"));
  const auto period = arguments.integer("period", 2000, 210'012).value_or(0);
  const bool month = step == "day";
  if (period != 0 && (month ? period < 200'001 || period % 100 < 1 || period % 100 > 12 : period > 2100))
    arguments.refuse("period", month ? "must be a month as YYYYMM" : "must be a year");
  if (arguments.problem()) return reply(refuse(*arguments.problem()));
  const auto kind = static_cast<EnergyStep>(std::find(kEnergySteps.begin(), kEnergySteps.end(), step) - kEnergySteps.begin());
  api.read(std::move(reply), [&api, scope = call.caller.scope(), site, kind, period, utility, now = call.now](Queries&) {
    const auto energy = api.ports().analysis.energy(scope, site, kind, period, utility, now);
    if (!energy) return query_failed(energy.error());
    if (!*energy) return refuse(Refusal::not_found);
    return json_response(shown(**energy));
  });
}

}  // namespace anju::platform
