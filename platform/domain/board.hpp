#pragma once

// What the gateways say about themselves, newest word only: lines, devices and their statistics. Not in the database, because it
// changes every minute and is worth nothing after a restart. Implemented by platform/ingest, read by platform/http.

#include <memory>
#include <string>

#include "protocols/base/time.hpp"
#include "protocols/wire/up.hpp"

namespace anju::platform {

/// Where the platform itself finds the broker; a gateway needs the same, from its own side of the network.
struct Broker {
  std::string url;      ///< mqtt://host:port or mqtts://host:port
  bool login = false;   ///< asks for user and password
  bool own_ca = false;  ///< its certificate is signed by an authority that has to be named
};

struct GatewayWord {
  wire::GatewayState state;
  base::UtcMillis since;  ///< of state.online, platform's clock
};

/// Thread-safe.
class GatewayBoard {
 public:
  virtual ~GatewayBoard() = default;
  /// Null: not heard of since the start.
  [[nodiscard]] virtual std::shared_ptr<const GatewayWord> word(const std::string& gateway) const = 0;
  [[nodiscard]] virtual bool broker_connected() const = 0;
};

}  // namespace anju::platform
