#pragma once

// What the console should look at again. Implemented by platform/http (WebSocket push); called by whoever committed, on his thread, after the
// commit, so it copies and returns.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "protocols/wire/up.hpp"

namespace anju::platform {

struct MeterChanged {
  std::int64_t meter = 0;
};
struct LedgerChanged {
  std::int64_t meter = 0;
};
struct CommandChanged {
  std::string code;
  std::int64_t meter = 0;
};
struct GatewayChanged {
  std::string gateway;
};
struct AlarmChanged {
  std::int64_t alarm = 0;
};
struct LiveArrived {
  std::int64_t meter = 0;
  wire::LiveValues values;
};
/// Of one person, whatever he has entered; `site` of the notification is 0.
struct InboxChanged {
  std::int64_t person = 0;
};
struct Notification {
  std::int64_t organisation = 0;
  std::int64_t site = 0;
  std::variant<MeterChanged, LedgerChanged, CommandChanged, GatewayChanged, AlarmChanged, LiveArrived, InboxChanged> what;
};

class Notifier {
 public:
  virtual ~Notifier() = default;
  /// One call per commit, each thing at most once in it.
  virtual void changed(std::vector<Notification> notifications, base::UtcMillis at) = 0;
};

}  // namespace anju::platform
