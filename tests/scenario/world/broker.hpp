#pragma once

// A broker that keeps no promise: it loses, repeats, delays (and thereby reorders) and truncates, in both directions,
// and forgets what waits for a client that is away. Whoever owns it can also put messages of his own on any topic.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/scenario/world/timeline.hpp"

namespace anju::scenario {

struct Weather {
  int drop = 0, repeat = 0, late = 0, truncate = 0;  ///< permille of messages
  base::Millis latest = base::minutes(2);            ///< of what is late
  int forget = 0;                                    ///< permille of messages for a client that is away
};

struct Message {
  std::string topic, payload;
};

class Broker {
 public:
  using Filter = std::function<bool(std::string_view topic)>;
  using Receive = std::function<void(const std::string& topic, const std::string& payload)>;

  Broker(Timeline& time, std::uint64_t seed) : time_(time), dice_(seed) {}

  void weather(const Weather& weather) { weather_ = weather; }

  /// A session: retained messages first, then what has waited.
  void connect(const std::string& client, Filter filter, Receive receive, std::optional<Message> will);
  /// lost: the connection broke, so the last will is published.
  void disconnect(const std::string& client, bool lost);
  /// False: not connected.
  bool publish(const std::string& client, const std::string& topic, const std::string& payload, bool retained);
  /// By whoever owns the broker. It arrives as it is.
  void inject(const std::string& topic, const std::string& payload);

  void record(bool on) { recording_ = on; }
  [[nodiscard]] const std::vector<Message>& recorded() const { return recorded_; }
  [[nodiscard]] std::int64_t lost() const { return lost_; }
  [[nodiscard]] std::int64_t delivered() const { return delivered_; }

 private:
  struct Session {
    bool connected = false;
    Filter filter;
    Receive receive;
    std::optional<Message> will;
    std::vector<Message> waiting;
  };
  void spread(const Message& message);
  void deliver(const std::string& client, const Message& message);

  static constexpr std::size_t kMostWaiting = 200;
  static constexpr std::size_t kMostRecorded = 20'000;

  Timeline& time_;
  Dice dice_;
  Weather weather_;
  std::map<std::string, Session> sessions_;
  std::map<std::string, std::string> retained_;
  bool recording_ = false;
  std::vector<Message> recorded_;
  std::int64_t lost_ = 0, delivered_ = 0;
};

}  // namespace anju::scenario
