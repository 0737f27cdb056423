#pragma once

// The MQTT topics of Anju: `anju/v1/{site}/{gateway}/…`. The site comes first so that a platform process can subscribe to
// the sites it owns and a broker can restrict a gateway to its own branch.

#include <string>
#include <string_view>

#include "protocols/base/id.hpp"
#include "protocols/base/result.hpp"

namespace anju::wire {

enum class Channel {
  state,    ///< gateway -> platform, retained, also the last will
  up,       ///< gateway -> platform, the ordered stream
  live,     ///< gateway -> platform, momentary values; the only topic with a device behind it
  ack,      ///< platform -> gateway, `down/ack`
  command,  ///< platform -> gateway, `down/command`
  archive,  ///< platform -> gateway, retained, `down/archive`
  access,   ///< platform -> gateway, `down/access`
};

struct Topic {
  base::SiteId site;
  base::GatewayId gateway;
  Channel channel = Channel::up;
  base::DeviceId device;  ///< live only, otherwise empty
  auto operator<=>(const Topic&) const = default;
};

[[nodiscard]] std::string format(const Topic& topic);

/// Error: bad_topic.
[[nodiscard]] base::Result<Topic> parse_topic(std::string_view text);

/// What a platform subscribes to for one site ("+" for all): state, up and live of every gateway.
[[nodiscard]] std::string platform_filter(std::string_view site, Channel channel);

}  // namespace anju::wire
