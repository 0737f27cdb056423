// What a station tells of its devices: registers at the slots of the site's clock, status when it changes, and its own state.

#include <cstdlib>
#include <utility>

#include "firmware-sim/station/station.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::sim {
namespace {

constexpr std::int64_t kMinute_ms = 60'000;

wire::HotWater hot_water_of(const Boiler& boiler) {
  return {boiler.temperature_dc(), boiler.target_dc(), boiler.is_automatic(),
          boiler.valve().is_open() ? wire::Valve::open : wire::Valve::closed};
}

/// A temperature moves all the time: less than a degree is no news.
bool same(const std::optional<wire::HotWater>& told, const std::optional<wire::HotWater>& now) {
  if (!told || !now) return told.has_value() == now.has_value();
  return told->target_dc == now->target_dc && told->automatic == now->automatic &&
         told->temperature_valve == now->temperature_valve &&
         std::abs(told->temperature_dc - now->temperature_dc) < kTemperatureNews_dc;
}

bool same(const wire::StatusEvent& told, const wire::StatusEvent& now) {
  return told.reachable == now.reachable && told.relay == now.relay && told.keep_power == now.keep_power &&
         std::abs(told.clock_offset_s.value_or(0) - now.clock_offset_s.value_or(0)) < kClockNews_s &&
         same(told.hot_water, now.hot_water);
}

}  // namespace

void Station::read_slots(base::UtcMillis now, StationOutput& out) {
  if (!archive_) return;
  const std::int64_t slot =
      (now.value + archive_->utc_offset_minutes * kMinute_ms) / (archive_->reading_minutes * kMinute_ms);
  wire::ReadingsEvent together;
  const auto flush = [&] {
    if (!together.readings.empty()) emit(std::exchange(together, {}), out);
  };
  for (auto& [id, known] : known_) {
    const WaterMeter& device = devices_[known.index];
    if (known.slot == slot) continue;
    if (device.is_silent()) {
      if (known.slot != -2 - slot) ++known.timeouts;  // wanted as before; counted once a slot
      known.slot = -2 - slot;
      continue;
    }
    known.slot = slot;
    ++known.ok;
    known.last_seen = now;
    together.readings.push_back({id, now, wire::ReadingKind::interval, device.total(), std::nullopt});
    if (together.readings.size() == kMostBatchReadings) flush();
  }
  flush();
}

wire::StatusEvent Station::status_of(const base::DeviceId& id, const Known& known, base::UtcMillis now) const {
  const WaterMeter& device = devices_[known.index];
  if (device.is_silent()) {  // what was seen last, but for that
    wire::StatusEvent status = known.told.value_or(wire::StatusEvent{});
    status.device = id;
    status.at = now;
    status.reachable = false;
    return status;
  }
  wire::StatusEvent status{id, now, true, relay_of(device), device.is_kept_open(), device.clock_ahead(now).value / 1000, {}};
  if (device.boiler() != nullptr) status.hot_water = hot_water_of(*device.boiler());
  return status;
}

void Station::tell_status(base::UtcMillis now, StationOutput& out) {
  for (auto& [id, known] : known_) {
    const wire::StatusEvent status = status_of(id, known, now);
    if (known.told && same(*known.told, status)) continue;
    if (!known.told || known.told->reachable != status.reachable) state_wanted_ = true;
    known.told = status;
    emit(status, out);
    const std::int64_t offset_s = status.clock_offset_s.value_or(0);
    const bool adrift = std::abs(offset_s) > kClockAdrift_s;
    if (std::exchange(known.clock_adrift, adrift) == adrift) continue;
    const std::string detail = adrift ? wire::detail({{"offset_s", std::to_string(offset_s)}}) : std::string();
    emit(wire::AlarmEvent{"clock_adrift", id, std::nullopt, now, adrift, detail}, out);
  }
}

wire::GatewayState Station::offline_state(base::UtcMillis now) const {
  wire::GatewayState state;
  state.software = setup_.software;
  state.epoch = stream_.epoch();
  state.last_seq = stream_.last_seq();
  state.last_counter = counter_;
  state.archive_version = archive_version();
  state.started_at = started_at_;
  state.at = now;
  return state;
}

wire::GatewayState Station::state(base::UtcMillis now) const {
  wire::GatewayState state = offline_state(now);
  state.online = true;
  if (archive_) {
    for (const wire::ArchiveLine& line : archive_->lines) state.lines.push_back({line.id, line.uri, true, 0, 0, 0, 0});
  }
  for (const auto& [id, known] : known_) {
    const bool reachable = !devices_[known.index].is_silent();
    state.devices.push_back({id, reachable, known.last_seen, known.ok, known.timeouts, 0, 0, 0});
  }
  return state;
}

void Station::publish_state(base::UtcMillis now, StationOutput& out) {
  if (!connected_) return;
  state_at_ = now;
  publish(wire::Channel::state, wire::encode(state(now)), true, out);
}

}  // namespace anju::sim
