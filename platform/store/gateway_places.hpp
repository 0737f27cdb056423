#pragma once

// Which gateways there are, of all organisations: for the broker, which knows nobody else.

#include <string>
#include <vector>

#include "protocols/base/result.hpp"

namespace anju::platform {

struct GatewayPlace {
  std::string site, gateway;  ///< codes
};

/// Sorted by the gateways' codes, on a connection of its own that is closed again. Error: store_failed.
[[nodiscard]] base::Result<std::vector<GatewayPlace>> read_gateway_places(const std::string& url);

}  // namespace anju::platform
