#include "platform/http/event_hub.hpp"

#include <algorithm>
#include <type_traits>
#include <variant>
#include <vector>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace anju::platform {
namespace json = boost::json;
namespace {

std::string live_json(std::int64_t meter, const wire::LiveValues& live) {
  json::object values;
  if (live.voltage_v) values["voltage_v"] = *live.voltage_v;
  if (live.current_a) values["current_a"] = *live.current_a;
  if (live.power_kw) values["power_kw"] = *live.power_kw;
  if (live.energy_kwh) values["energy_kwh"] = *live.energy_kwh;
  values["relay"] = wire::to_string(live.relay);
  return json::serialize(json::object{
      {"type", "live"}, {"id", std::to_string(meter)}, {"at", live.at.value}, {"values", std::move(values)}});
}

std::string thing_json(std::string_view type, const std::string& id, base::UtcMillis at) {
  json::object event{{"type", type}, {"at", at.value}};
  if (!id.empty()) event["id"] = id;
  return json::serialize(event);
}

}  // namespace

bool hears(const Hearing& hearing, std::string_view type) {
  for (std::size_t i = 0; i < hearing.size(); ++i)
    if (kEventTypes.at(i).name == type) return hearing.at(i);
  return false;  // a type that the table forgets is heard by nobody
}

void EventHub::on_wake(std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
}

void EventHub::note(Pending& pending, std::int64_t site, std::string_view type, std::string id) {
  if (!id.empty() && pending.count >= kMostPendingEvents && pending.flooded.insert(type).second) {
    for (auto& [of, things] : pending.things) {
      const auto gone = std::erase_if(things, [&](const Thing& thing) { return thing.first == type; });
      if (gone == 0) continue;
      things.emplace(type, std::string());
      pending.count -= gone;
    }
  }
  if (pending.flooded.contains(type)) id.clear();
  const bool named = !id.empty();
  if (pending.things[site].emplace(type, std::move(id)).second && named) ++pending.count;
}

void EventHub::changed(std::vector<Notification> notifications, base::UtcMillis at) {
  if (listening_.load(std::memory_order_relaxed) == 0 || notifications.empty()) return;
  std::function<void()> wake;
  {
    const std::lock_guard lock(mutex_);
    for (Notification& notification : notifications) {
      if (const auto* inbox = std::get_if<InboxChanged>(&notification.what)) {
        inboxes_.insert_or_assign(inbox->person, at);
        continue;
      }
      Pending& pending = pending_[notification.organisation];
      pending.at = at;
      const std::int64_t site = notification.site;
      auto take = [&](auto& what) {
        using What = std::decay_t<decltype(what)>;
        if constexpr (std::is_same_v<What, LiveArrived>) {
          if (pending.live.size() < kMostPendingEvents || pending.live.contains(what.meter))
            pending.live.insert_or_assign(what.meter, Live{site, std::move(what.values)});
          return;
        } else {
          note(pending, site, "home", {});
        }
        if constexpr (std::is_same_v<What, MeterChanged>) note(pending, site, "meter", std::to_string(what.meter));
        if constexpr (std::is_same_v<What, LedgerChanged>) note(pending, site, "ledger", std::to_string(what.meter));
        if constexpr (std::is_same_v<What, CommandChanged>) {
          note(pending, site, "command", what.code);
          note(pending, site, "meter", std::to_string(what.meter));
        }
        if constexpr (std::is_same_v<What, GatewayChanged>) note(pending, site, "gateway", what.gateway);
        if constexpr (std::is_same_v<What, AlarmChanged>) note(pending, site, "alarm", std::to_string(what.alarm));
      };
      std::visit(take, notification.what);
    }
    if (!std::exchange(woken_, true)) wake = wake_;
  }
  if (wake) wake();
}

std::uint64_t EventHub::subscribe(Scope scope, Hearing hearing, Listener listener, std::int64_t person) {
  listeners_.emplace(next_id_, Subscriber{std::move(scope), hearing, std::move(listener), person});
  listening_ = listeners_.size();
  return next_id_++;
}

void EventHub::unsubscribe(std::uint64_t id) {
  listeners_.erase(id);
  listening_ = listeners_.size();
}

void EventHub::flush() {
  std::map<std::int64_t, Pending> pending;
  std::map<std::int64_t, base::UtcMillis> inboxes;
  {
    const std::lock_guard lock(mutex_);
    pending.swap(pending_);
    inboxes.swap(inboxes_);
    woken_ = false;
  }
  std::map<std::pair<std::int64_t, Thing>, Message> made;
  std::map<std::int64_t, Message> made_live;
  const auto message_of = [&](std::int64_t organisation, const Thing& thing, base::UtcMillis at) -> const Message& {
    Message& message = made[{organisation, thing}];
    if (!message) message = std::make_shared<std::string>(thing_json(thing.first, thing.second, at));
    return message;
  };
  const auto tell = [&](const Subscriber& subscriber, const Pending& waiting) {
    std::set<std::string_view> said;  // "any" of a type is said once, whatever number of sites it concerns
    for (const auto& [site, things] : waiting.things) {
      if (!subscriber.scope.covers(subscriber.scope.organisation, site)) continue;
      for (const Thing& thing : things) {
        if (!hears(subscriber.hearing, thing.first)) continue;
        if (thing.second.empty() && !said.insert(thing.first).second) continue;
        if (!subscriber.listener(message_of(subscriber.scope.organisation, thing, waiting.at))) return false;
      }
    }
    if (!hears(subscriber.hearing, "live")) return true;
    for (const auto& [meter, live] : waiting.live) {
      if (!subscriber.scope.covers(subscriber.scope.organisation, live.site)) continue;
      Message& message = made_live[meter];
      if (!message) message = std::make_shared<std::string>(live_json(meter, live.values));
      if (!subscriber.listener(message)) return false;
    }
    return true;
  };
  std::vector<std::uint64_t> dropped;
  for (const auto& [id, subscriber] : listeners_) {
    const auto inbox = inboxes.find(subscriber.person);
    if (inbox != inboxes.end() && hears(subscriber.hearing, "inbox") &&
        !subscriber.listener(std::make_shared<std::string>(thing_json("inbox", {}, inbox->second)))) {
      dropped.push_back(id);
      continue;
    }
    const auto found = pending.find(subscriber.scope.organisation);
    if (found != pending.end() && !tell(subscriber, found->second)) dropped.push_back(id);
  }
  for (const auto id : dropped) unsubscribe(id);
}

}  // namespace anju::platform
