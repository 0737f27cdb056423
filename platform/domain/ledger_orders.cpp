// What people ask of the ledger: the look-ups that keep every order within its organisation, and alarms that a person has looked into.

#include <algorithm>

#include "platform/domain/alarm.hpp"
#include "platform/domain/ledger_checks.hpp"
#include "platform/domain/ledger_impl.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {

MeterState* Ledger::Impl::find_meter(const Scope& scope, std::int64_t id) {
  MeterState* meter = find_meter(id);
  return meter != nullptr && in(scope, meter->owner) ? meter : nullptr;
}

PricePlan* Ledger::Impl::find_plan(std::int64_t organisation, std::int64_t site, std::int64_t id) {
  const auto found = plans.find(id);
  if (found == plans.end() || found->second.organisation != organisation) return nullptr;
  return found->second.site == 0 || found->second.site == site ? &found->second : nullptr;
}

Outcome Ledger::Impl::decide(const Order& order, const ClearAlarm& what, base::UtcMillis now) {
  if (auto ok = check_text(what.note, 1, kMostNote, "note"); !ok) return base::pass(ok);
  const auto found = std::find_if(alarms.begin(), alarms.end(), [&](const auto& entry) {
    return entry.second.id == what.alarm && in(order.scope, entry.second.owner);
  });
  if (found == alarms.end()) return base::fail(Errc::not_found, "alarm");
  Alarm& alarm = found->second;
  if (!is_clearable(alarm.code, commands.contains(alarm.command))) return base::fail(Errc::not_clearable, "alarm");
  if (!alarm.detail.empty()) alarm.detail += "; ";
  alarm.detail += wire::detail({{"cleared_by", order.who}, {"note", what.note}});
  const auto [code, gateway, meter, line, command] = found->first;
  clear(code, gateway, meter, line, command, now);
  return Answer(Done{});
}

Outcome Ledger::Impl::decide(const Order&, const TellRetention& what, base::UtcMillis now) {
  constexpr const char* kCode = "retention_stopped";
  std::vector<AlarmKey> gone;
  for (const auto& [key, alarm] : alarms) {
    if (alarm.code == kCode && (what.wrong.empty() || alarm.meter != what.meter)) gone.push_back(key);
  }
  for (const auto& [code, gateway, meter, line, command] : gone) clear(code, gateway, meter, line, command, now);
  if (what.wrong.empty()) return Answer(Done{});
  // What is no meter's, or one's that was taken away, is told at the oldest site: somebody has to hear of it.
  const MeterState* meter = find_meter(what.meter);
  const auto oldest = std::min_element(sites.begin(), sites.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  if (meter == nullptr && oldest == sites.end()) return Answer(Done{});
  const Owner owner = meter != nullptr ? meter->owner : oldest->second.site.owner;
  raise(owner, kCode, true, meter != nullptr ? meter->gateway : 0, meter != nullptr ? meter->id : 0, "", 0, wire::detail({{"reason", what.wrong}}), now);
  return Answer(Done{});
}

}  // namespace anju::platform
