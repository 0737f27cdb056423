#include "firmware-sim/station/station.hpp"

#include <algorithm>
#include <array>
#include <utility>

// What a station hears and says. What it does with commands lies in station_commands.cpp, what it tells of its devices in
// station_reports.cpp.

namespace anju::sim {

Station::Station(StationSetup setup, const StationMemory& memory, const std::string& fresh_epoch, base::UtcMillis start)
    : setup_(std::move(setup)),
      stream_(memory.epoch.empty() ? StationStream(fresh_epoch)
                                   : StationStream(memory.epoch, memory.first_seq, memory.through, memory.events)),
      counter_(memory.epoch.empty() ? start.value : memory.counter),
      accepted_(memory.commands),
      archive_(memory.archive),
      started_at_(start),
      state_at_(start),
      renewed_at_(start - kRenewOnce),
      fresh_(memory.epoch.empty()) {
  for (const WaterSetup& device : setup_.devices) {
    devices_.emplace_back(device, start);
    const auto kept = memory.devices.find(device.address);
    if (kept != memory.devices.end()) devices_.back().restore(kept->second);
  }
  for (const auto& one : accepted_) {
    if (!one.done) to_resume_.push_back(one.command);
  }
  assign();
}

std::string Station::topic(wire::Channel channel, const base::DeviceId& device) const {
  return wire::format({setup_.site, setup_.gateway, channel, device});
}

std::vector<std::string> Station::subscriptions() const {
  return {topic(wire::Channel::ack), topic(wire::Channel::command), topic(wire::Channel::archive)};
}

StationOutput Station::connected(base::UtcMillis now) {
  StationOutput out;
  connected_ = true;
  stream_.connected(now);
  publish_state(now, out);
  settle(now, out);
  return out;
}

void Station::disconnected() {
  connected_ = false;
  stream_.disconnected();
}

StationOutput Station::message(std::string_view topic, std::string_view payload, base::UtcMillis now) {
  StationOutput out;
  const auto hear = [&](const auto& decoded) {
    if (!decoded) return void(++statistics_.bad_messages);
    take(*decoded, now, out);
  };
  const auto body = wire::open(setup_.keys.down, topic, payload);
  if (!body) {
    ++statistics_.bad_messages;
  } else if (topic == this->topic(wire::Channel::ack)) {
    hear(wire::decode_ack(*body));
  } else if (topic == this->topic(wire::Channel::command)) {
    hear(wire::decode_command(*body));
  } else if (topic == this->topic(wire::Channel::archive)) {
    hear(wire::decode_archive(*body));
  }
  settle(now, out);
  return out;
}

StationOutput Station::tick(base::UtcMillis now) {
  StationOutput out;
  settle(now, out);
  return out;
}

void Station::take(const wire::Ack& ack, base::UtcMillis now, StationOutput& out) {
  switch (stream_.acknowledged(ack, now)) {
    case StationStream::Heard::moved:
    case StationStream::Heard::again: out.records += through_line(stream_.through()); break;
    case StationStream::Heard::nothing: break;
    case StationStream::Heard::ended:
      if (now - renewed_at_ < kRenewOnce) break;
      renewed_at_ = now;
      out.renew = ack.over ? "the platform has ended this epoch" : "the platform has events that are not here";
  }
}

StationOutput Station::renew(const std::string& fresh_epoch, base::UtcMillis now) {
  StationOutput out;
  stream_.renew(fresh_epoch, now);
  fresh_ = false;
  publish_state(now, out);
  return out;
}

void Station::take(const wire::Archive& archive, base::UtcMillis now, StationOutput& out) {
  if (archive.version <= archive_version()) return;
  const bool another_plan = archive_ && (archive.reading_minutes != archive_->reading_minutes ||
                                         archive.utc_offset_minutes != archive_->utc_offset_minutes);
  archive_ = archive;
  out.records += archive_line(archive);
  assign();
  if (another_plan) {
    for (auto& [id, known] : known_) known.slot = -1;
  }
  std::erase_if(orders_, [&](StationOrder& order) {
    if (known_.contains(order.command().device)) return false;
    give_up(order, "unknown_device", now, out);
    return true;
  });
  state_wanted_ = true;
}

/// Which devices of the archive are here: those with the number on one of our cases. Others are somebody else's.
void Station::assign() {
  std::map<base::DeviceId, Known> known;
  if (!archive_) return;
  for (const wire::ArchiveDevice& wanted : archive_->devices) {
    const auto here = std::ranges::find_if(
        devices_, [&](const WaterMeter& device) {
          const WaterSetup& setup = device.setup();
          return setup.address == wanted.address && (setup.id.empty() || setup.id == wanted.id.value);
        });
    if (here == devices_.end()) continue;
    const auto index = static_cast<std::size_t>(here - devices_.begin());
    const auto before = known_.find(wanted.id);
    const bool same = before != known_.end() && before->second.index == index;
    known.emplace(wanted.id, same ? before->second : Known{index, -1, {}, false, {}, 0, 0});
  }
  known_ = std::move(known);
}

base::DeviceId Station::id_of(const std::string& address) const {
  for (const auto& [id, known] : known_) {
    if (devices_[known.index].setup().address == address) return id;
  }
  return {};
}

void Station::advance(base::UtcMillis now) {
  for (WaterMeter& device : devices_) device.advance(now);
}

void Station::settle(base::UtcMillis now, StationOutput& out) {
  advance(now);
  resume(now, out);
  run_orders(now, out);
  read_slots(now, out);
  tell_status(now, out);
  if (!out.records.empty()) keep_devices(out);
  if (!out.records.empty() && std::exchange(fresh_, false)) {
    out.records.insert(0, epoch_line(stream_.epoch()) + counter_line(counter_));
  }
  if (!out.records.empty()) out.records += end_line();
  stream_.tick(now);
  if (!out.renew.empty()) return;  // nothing more of this epoch
  while (const auto batch = stream_.next_batch(now)) publish(wire::Channel::up, *batch, false, out);
  if (connected_ && (std::exchange(state_wanted_, false) || now - state_at_ >= kStateEvery)) publish_state(now, out);
}

StationOutput Station::stop(base::UtcMillis now) {
  StationOutput out;
  advance(now);
  if (!fresh_) keep_devices(out);
  if (!out.records.empty()) out.records += end_line();
  const std::string state_topic = topic(wire::Channel::state);
  out.publish.push_back(
      {state_topic, wire::seal(setup_.keys.up, state_topic, wire::encode(offline_state(now))), 1, true});
  return out;
}

void Station::emit(const wire::Event& event, StationOutput& out) {
  const auto seq = stream_.append(event);
  if (seq) out.records += event_line(*seq, stream_.events().back().text);
}

void Station::keep_devices(StationOutput& out) {
  for (const WaterMeter& device : devices_) {
    const WaterMeter::Kept kept = device.kept();
    auto [recorded, fresh] = kept_.try_emplace(device.setup().address, kept);
    if (!fresh && recorded->second == kept) continue;
    recorded->second = kept;
    out.records += device_line(device.setup().address, kept);
  }
}

std::string Station::snapshot() const {
  std::string text = epoch_line(stream_.epoch()) + counter_line(counter_);
  std::int64_t seq = stream_.first_seq();
  for (const auto& event : stream_.events()) text += event_line(seq++, event.text);
  text += through_line(stream_.through());
  if (archive_) text += archive_line(*archive_);
  for (const auto& one : accepted_) {
    text += command_line(one.command);
    if (one.done) text += done_line(one.command.id);
  }
  for (const WaterMeter& device : devices_) text += device_line(device.setup().address, device.kept());
  return text + end_line();
}

void Station::publish(wire::Channel channel, const std::string& body, bool retained, StationOutput& out) const {
  std::string where = topic(channel);
  std::string payload = wire::seal(setup_.keys.up, where, body);
  out.publish.push_back({std::move(where), std::move(payload), 1, retained});
}

}  // namespace anju::sim
