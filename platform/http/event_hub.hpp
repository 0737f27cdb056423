#pragma once

// Tells open consoles what to look at again. The ledger thread says what changed; the HTTP loop, a moment later, sends
// each thing once to everybody whose scope reaches it. Knows no sockets.

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "platform/domain/notify.hpp"
#include "platform/domain/scope.hpp"

namespace anju::platform {

/// What is told, and the right that reading it needs: who lacks that hears neither that it changed nor its id.
struct EventType {
  std::string_view name, right;
};
inline constexpr std::array kEventTypes{
    EventType{"home", "home:read"},       EventType{"meter", "meter:read"}, EventType{"ledger", "meter:read"}, EventType{"command", "meter:read"},
    EventType{"gateway", "gateway:read"}, EventType{"alarm", "alarm:read"}, EventType{"live", "meter:read"},
    EventType{"inbox", "self"},
};
/// Which of them somebody hears, by his rights.
using Hearing = std::array<bool, kEventTypes.size()>;
template <class May>
[[nodiscard]] Hearing hearing_of(May&& may) {
  Hearing hearing{};
  for (std::size_t i = 0; i < hearing.size(); ++i) hearing.at(i) = may(kEventTypes.at(i).right);
  return hearing;
}
[[nodiscard]] bool hears(const Hearing& hearing, std::string_view type);

/// Different things of one organisation that wait to be sent; beyond it only "something of this kind changed" is said.
inline constexpr std::size_t kMostPendingEvents = 500;

class EventHub : public Notifier {
 public:
  using Message = std::shared_ptr<const std::string>;
  /// False: the listener cannot take more and is dropped.
  using Listener = std::function<bool(const Message&)>;

  /// wake: called from any thread when there is something to flush; has to bring about one flush() on the loop soon.
  void on_wake(std::function<void()> wake);

  /// Any thread. Costs nothing while nobody listens.
  void changed(std::vector<Notification> notifications, base::UtcMillis at) override;

  // The rest: loop only.
  /// Whoever's scope or hearing changes subscribes anew.
  /// person: whose inbox it hears of, 0: nobody's.
  [[nodiscard]] std::uint64_t subscribe(Scope scope, Hearing hearing, Listener listener, std::int64_t person = 0);
  void unsubscribe(std::uint64_t id);
  void flush();

 private:
  using Thing = std::pair<std::string_view, std::string>;  ///< type and id; an empty id: any of that type
  struct Live {
    std::int64_t site = 0;
    wire::LiveValues values;
  };
  /// Of one organisation.
  struct Pending {
    std::map<std::int64_t, std::set<Thing>> things;  ///< by site
    std::size_t count = 0;                           ///< of things with an id
    std::set<std::string_view> flooded;              ///< types of which only "any" is said
    std::map<std::int64_t, Live> live;               ///< by meter, newest only
    base::UtcMillis at;
  };
  static void note(Pending& pending, std::int64_t site, std::string_view type, std::string id);

  std::function<void()> wake_;
  std::atomic<std::size_t> listening_{0};
  std::mutex mutex_;  ///< between the ledger thread and the loop
  std::map<std::int64_t, Pending> pending_;
  std::map<std::int64_t, base::UtcMillis> inboxes_;  ///< by person, of whichever organisation
  bool woken_ = false;

  std::uint64_t next_id_ = 1;
  struct Subscriber {
    Scope scope;
    Hearing hearing{};
    Listener listener;
    std::int64_t person = 0;
  };
  std::map<std::uint64_t, Subscriber> listeners_;
};

}  // namespace anju::platform
