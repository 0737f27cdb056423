#include "tests/scenario/world/box_parts.hpp"

#include <algorithm>
#include <utility>

namespace anju::scenario {

std::string topic_of(const std::string& gateway, wire::Channel channel, const std::string& device) {
  return wire::format({base::SiteId(kSite), base::GatewayId(gateway), channel, base::DeviceId(device)});
}

void WakeUp::arm(std::optional<base::UtcMillis> at, std::function<void()> call) {
  if (!at || (at_ && *at_ <= *at && *at_ > time_.now())) return;
  at_ = std::max(*at, time_.now() + base::Millis(1));
  time_.at(*at_, [this, order = ++order_, call = std::move(call)] {
    if (order != order_) return;
    at_.reset();
    call();
  });
}

void WakeUp::forget() {
  ++order_;
  at_.reset();
}

void WindowTicks::run(const std::optional<gateway::Window>& window, std::function<void()> tick) {
  const bool idle = !window || (window->in_flight() == 0 && !window->is_waiting());
  if (idle || std::exchange(ticking_, true)) return;
  time_.after(base::seconds(1), [this, tick = std::move(tick)] {
    ticking_ = false;
    tick();
  });
}

std::optional<Down> open_down(const BoxName& box, const std::string& topic, const std::string& payload) {
  const auto body = wire::open(box.keys.down, topic, payload);
  if (!body) return std::nullopt;
  if (topic == topic_of(box.code, wire::Channel::ack)) {
    if (auto ack = wire::decode_ack(*body)) return *std::move(ack);
  } else if (topic == topic_of(box.code, wire::Channel::command)) {
    if (auto command = wire::decode_command(*body)) return *std::move(command);
  } else if (topic == topic_of(box.code, wire::Channel::archive)) {
    if (auto archive = wire::decode_archive(*body)) return *std::move(archive);
  }
  return Down{};
}

void connect_box(Broker& broker, const BoxName& box, const std::string& last_will, Broker::Receive receive) {
  const std::string branch = "anju/v1/" + std::string(kSite) + "/" + box.code + "/down/";
  broker.connect(
      box.code, [branch](std::string_view topic) { return topic.starts_with(branch); }, std::move(receive),
      Message{topic_of(box.code, wire::Channel::state), last_will});
}

void notice_silence(Timeline& time, Broker& broker, const std::string& code, std::function<bool()> is_back) {
  // A connection that came back meanwhile has a will of its own.
  time.after(base::seconds(90), [&broker, code, is_back = std::move(is_back)] {
    if (!is_back()) broker.disconnect(code, true);
  });
}

std::int64_t send_up(Broker& broker, const BoxName& box, const std::string& epoch, std::int64_t next, std::int64_t from,
                     const std::vector<gateway::StoredEvent>& events) {
  const std::size_t count = gateway::batch_size(events);
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < count; ++i) texts.push_back(events[i].text);
  const std::string topic = topic_of(box.code, wire::Channel::up);
  const std::string body = wire::join_up(epoch, from, texts, next < from ? next : 0);
  if (!broker.publish(box.code, topic, wire::seal(box.keys.up, topic, body), false)) return 0;
  return from + static_cast<std::int64_t>(count) - 1;
}

void perform(Field& field, const std::string& code, const gateway::GatewayOutput& out, const Field::Hear& hear) {
  for (const auto& port : out.ports) {
    if (port.uri) field.open(code, port.line, hear);
  }
  for (const auto& line : out.lines) {
    if (const auto* write = std::get_if<gateway::Write>(&line.action)) field.write(code, line.line, write->bytes);
  }
}

}  // namespace anju::scenario
