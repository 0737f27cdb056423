#pragma once

// A broker that keeps no promise: it loses, repeats, delays (and thereby reorders) and truncates, in both directions,
// and forgets what waits for a client that is away. Whoever owns it can also put messages of his own on any topic.

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
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

  Broker(Timeline& time, std::uint64_t seed) : time_(time), seed_(seed) {}

  void weather(const Weather& weather) { weather_ = weather; }
  /// Only these faults happen to messages; the others arrive unharmed. A fault is named by the message: its topic, its number on that
  /// topic, and who receives it.
  void only(std::set<std::uint64_t> faults) { only_ = std::move(faults); }
  /// Called with every fault: its name, and what happened.
  void narrate(std::function<void(std::uint64_t fault, const std::string& what)> tell) { tell_ = std::move(tell); }

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
  /// Whether this fault happens, of a chance that has come out.
  [[nodiscard]] bool happens(std::uint64_t fault, const Message& message, const std::string& client, const char* what);

  static constexpr std::size_t kMostWaiting = 200;
  static constexpr std::size_t kMostRecorded = 20'000;

  Timeline& time_;
  std::uint64_t seed_;
  Weather weather_;
  std::optional<std::set<std::uint64_t>> only_;
  std::function<void(std::uint64_t, const std::string&)> tell_;
  std::map<std::string, std::uint64_t, std::less<>> published_;  ///< by topic
  std::map<std::string, Session> sessions_;
  std::map<std::string, std::string> retained_;
  bool recording_ = false;
  std::vector<Message> recorded_;
  std::int64_t lost_ = 0, delivered_ = 0;
};

}  // namespace anju::scenario
