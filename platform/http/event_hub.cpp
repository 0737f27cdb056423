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

void EventHub::on_wake(std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
}

void EventHub::note(Pending& pending, std::string_view type, std::string id) {
  if (pending.things.contains({type, std::string()})) return;
  if (pending.things.size() >= kMostPendingEvents) {
    std::erase_if(pending.things, [&](const auto& thing) { return thing.first == type; });
    id.clear();
  }
  pending.things.emplace(type, std::move(id));
}

void EventHub::changed(std::vector<Notification> notifications, base::UtcMillis at) {
  if (listening_.load(std::memory_order_relaxed) == 0 || notifications.empty()) return;
  std::function<void()> wake;
  {
    const std::lock_guard lock(mutex_);
    for (Notification& notification : notifications) {
      Pending& pending = pending_[notification.organisation];
      pending.at = at;
      auto take = [&](auto& what) {
        using What = std::decay_t<decltype(what)>;
        if constexpr (std::is_same_v<What, LiveArrived>) {
          if (pending.live.size() < kMostPendingEvents || pending.live.contains(what.meter))
            pending.live.insert_or_assign(what.meter, std::move(what.values));
          return;
        } else {
          note(pending, "home", {});
        }
        if constexpr (std::is_same_v<What, MeterChanged>) note(pending, "meter", std::to_string(what.meter));
        if constexpr (std::is_same_v<What, LedgerChanged>) note(pending, "ledger", std::to_string(what.meter));
        if constexpr (std::is_same_v<What, CommandChanged>) {
          note(pending, "command", what.code);
          note(pending, "meter", std::to_string(what.meter));
        }
        if constexpr (std::is_same_v<What, GatewayChanged>) note(pending, "gateway", what.gateway);
        if constexpr (std::is_same_v<What, AlarmChanged>) note(pending, "alarm", std::to_string(what.alarm));
      };
      std::visit(take, notification.what);
    }
    if (!std::exchange(woken_, true)) wake = wake_;
  }
  if (wake) wake();
}

std::uint64_t EventHub::subscribe(std::int64_t organisation, bool sees_live, Listener listener) {
  listeners_.emplace(next_id_, Subscriber{organisation, sees_live, std::move(listener)});
  listening_ = listeners_.size();
  return next_id_++;
}

void EventHub::unsubscribe(std::uint64_t id) {
  listeners_.erase(id);
  listening_ = listeners_.size();
}

void EventHub::flush() {
  std::map<std::int64_t, Pending> pending;
  {
    const std::lock_guard lock(mutex_);
    pending.swap(pending_);
    woken_ = false;
  }
  struct Messages {
    std::vector<Message> things, live;
  };
  std::map<std::int64_t, Messages> messages;
  for (const auto& [organisation, waiting] : pending) {
    auto& [things, live] = messages[organisation];
    for (const auto& [type, id] : waiting.things)
      things.push_back(std::make_shared<std::string>(thing_json(type, id, waiting.at)));
    for (const auto& [meter, values] : waiting.live)
      live.push_back(std::make_shared<std::string>(live_json(meter, values)));
  }
  std::vector<std::uint64_t> dropped;
  for (const auto& [id, subscriber] : listeners_) {
    const auto found = messages.find(subscriber.organisation);
    if (found == messages.end()) continue;
    const auto& [things, live] = found->second;
    const bool takes_all = std::all_of(things.begin(), things.end(), subscriber.listener) &&
                           (!subscriber.sees_live || std::all_of(live.begin(), live.end(), subscriber.listener));
    if (!takes_all) dropped.push_back(id);
  }
  for (const auto id : dropped) unsubscribe(id);
}

}  // namespace anju::platform
