#include "tests/scenario/world/broker.hpp"

#include <utility>

namespace anju::scenario {

void Broker::connect(const std::string& client, Filter filter, Receive receive, std::optional<Message> will) {
  Session& session = sessions_[client];
  session.connected = true;
  session.filter = std::move(filter);
  session.receive = std::move(receive);
  session.will = std::move(will);
  std::vector<Message> first;
  for (const auto& [topic, payload] : retained_) {
    if (session.filter(topic)) first.push_back({topic, payload});
  }
  for (auto& message : std::exchange(session.waiting, {})) first.push_back(std::move(message));
  for (auto& message : first) {
    time_.after(base::Millis(1), [this, client, message = std::move(message)] { deliver(client, message); });
  }
}

void Broker::disconnect(const std::string& client, bool lost) {
  const auto found = sessions_.find(client);
  if (found == sessions_.end() || !found->second.connected) return;
  found->second.connected = false;
  if (!lost || !found->second.will) return;
  const Message will = *found->second.will;
  retained_[will.topic] = will.payload;
  spread(will);
}

bool Broker::publish(const std::string& client, const std::string& topic, const std::string& payload, bool retained) {
  if (!sessions_[client].connected) return false;
  if (recording_ && recorded_.size() < kMostRecorded) recorded_.push_back({topic, payload});
  if (retained) retained_[topic] = payload;
  spread({topic, payload});
  return true;
}

void Broker::inject(const std::string& topic, const std::string& payload) {
  const Message message{topic, payload};
  for (const auto& [client, session] : sessions_) {
    if (!session.filter || !session.filter(topic)) continue;
    time_.after(base::Millis(1), [this, client = client, message] { deliver(client, message); });
  }
}

bool Broker::happens(std::uint64_t fault, const Message& message, const std::string& client, const char* what) {
  if (only_ && !only_->contains(fault)) return false;
  if (tell_) tell_(fault, "a message on " + message.topic + " to " + client + " is " + what);
  return true;
}

void Broker::spread(const Message& message) {
  // Named by what it is, so that one message more or less elsewhere changes nothing for this one.
  const std::uint64_t number = std::hash<std::string>{}(message.topic) ^ (++published_[message.topic] * 0x9E3779B97F4A7C15U);
  for (const auto& [client, session] : sessions_) {
    if (!session.filter || !session.filter(message.topic)) continue;
    const std::uint64_t fault = number ^ (std::hash<std::string>{}(client) * 31);
    Dice dice(seed_ ^ fault);
    const bool repeated = dice.chance(weather_.repeat) && happens(fault, message, client, "repeated");
    const int copies = repeated ? static_cast<int>(dice.between(2, 4)) : 1;
    for (int i = 0; i < copies; ++i) {
      const std::uint64_t name = fault + static_cast<std::uint64_t>(i);
      if (dice.chance(weather_.drop) && happens(name, message, client, "lost")) {
        ++lost_;
        continue;
      }
      Message copy = message;
      if (dice.chance(weather_.truncate) && happens(name, message, client, "truncated")) {
        copy.payload.resize(static_cast<std::size_t>(dice.below(static_cast<std::int64_t>(copy.payload.size()))));
      }
      auto delay = dice.between(base::Millis(2), base::Millis(30));
      if (dice.chance(weather_.late)) {
        const auto late = dice.between(base::Millis(100), weather_.latest);
        if (happens(name, message, client, ("late by " + std::to_string(late.value) + " ms").c_str())) delay = late;
      }
      time_.after(delay, [this, client = client, copy = std::move(copy)] { deliver(client, copy); });
    }
  }
}

void Broker::deliver(const std::string& client, const Message& message) {
  Session& session = sessions_.at(client);
  if (!session.connected) {
    const std::uint64_t fault = std::hash<std::string>{}(message.payload) ^ std::hash<std::string>{}(client);
    const bool forgotten = Dice(seed_ ^ fault).chance(weather_.forget) && happens(fault, message, client, "forgotten");
    if (forgotten || session.waiting.size() >= kMostWaiting) {
      ++lost_;
    } else {
      session.waiting.push_back(message);
    }
    return;
  }
  ++delivered_;
  const auto receive = session.receive;  // the receiver may disconnect
  receive(message.topic, message.payload);
}

}  // namespace anju::scenario
