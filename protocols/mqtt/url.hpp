#pragma once

// mqtt://host:port and mqtts://host:port. Pure.

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/base/result.hpp"

namespace anju::mqtt {

struct Url {
  bool tls = false;
  std::string host;  ///< an IPv6 address keeps its brackets
  std::uint16_t port = 0;
};

/// The port may be left out: 1883, with TLS 8883. Error: bad_url (user names belong into the options, not here).
[[nodiscard]] base::Result<Url> parse_url(std::string_view text);

}  // namespace anju::mqtt
