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

void Broker::spread(const Message& message) {
  for (const auto& [client, session] : sessions_) {
    if (!session.filter || !session.filter(message.topic)) continue;
    const int copies = dice_.chance(weather_.repeat) ? static_cast<int>(dice_.between(2, 4)) : 1;
    for (int i = 0; i < copies; ++i) {
      if (dice_.chance(weather_.drop)) {
        ++lost_;
        continue;
      }
      Message copy = message;
      if (dice_.chance(weather_.truncate)) {
        copy.payload.resize(static_cast<std::size_t>(dice_.below(static_cast<std::int64_t>(copy.payload.size()))));
      }
      auto delay = dice_.between(base::Millis(2), base::Millis(30));
      if (dice_.chance(weather_.late)) delay = dice_.between(base::Millis(100), weather_.latest);
      time_.after(delay, [this, client = client, copy = std::move(copy)] { deliver(client, copy); });
    }
  }
}

void Broker::deliver(const std::string& client, const Message& message) {
  Session& session = sessions_.at(client);
  if (!session.connected) {
    if (dice_.chance(weather_.forget) || session.waiting.size() >= kMostWaiting) {
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
