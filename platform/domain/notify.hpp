#pragma once

// What the console should look at again. Implemented by platform/http (WebSocket push); called on the ledger thread after the
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
struct Notification {
  std::int64_t organisation = 0;
  std::int64_t site = 0;
  std::variant<MeterChanged, LedgerChanged, CommandChanged, GatewayChanged, AlarmChanged, LiveArrived> what;
};

class Notifier {
 public:
  virtual ~Notifier() = default;
  /// One call per commit, each thing at most once in it.
  virtual void changed(std::vector<Notification> notifications, base::UtcMillis at) = 0;
};

}  // namespace anju::platform
