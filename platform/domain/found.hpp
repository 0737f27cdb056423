#pragma once

// What scans found on site: the newest word about each address of a gateway's lines, whether the office knows it or not. Plain data.

#include <cstdint>
#include <string>

#include "platform/domain/site.hpp"
#include "protocols/base/time.hpp"
#include "protocols/wire/up.hpp"

namespace anju::platform {

struct Found {
  std::int64_t id = 0;
  Owner owner;
  std::int64_t gateway = 0;
  std::string line;  ///< as the gateway calls it
  wire::FoundDevice device;
  base::UtcMillis seen;    ///< by the gateway's clock, not after ours
  bool dismissed = false;  ///< a person does not want to see it, whatever scans say later
};

/// Of one gateway. Above that the one that was seen longest ago and not dismissed makes room; where all are dismissed, nothing new is kept.
inline constexpr std::size_t kFoundPerGateway = 1000;

}  // namespace anju::platform
