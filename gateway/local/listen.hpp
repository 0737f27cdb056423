#pragma once

// Where the installer's page listens, as gateway.toml says it.

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/base/result.hpp"

namespace anju::gateway {

enum class ListenErrc {
  bad_listen,  ///< not an address and a port
  cannot_listen,  ///< the port is taken, or the address is not of this machine
};
[[nodiscard]] std::string_view to_string(ListenErrc errc);

struct Listen {
  std::string address;  ///< without brackets
  std::uint16_t port = 0;  ///< 0: a free one
};

/// `0.0.0.0:8090`, `127.0.0.1:8090`, `[::]:8090`: an address of this machine, no name. Error: bad_listen.
[[nodiscard]] base::Result<Listen> parse_listen(std::string_view text);

}  // namespace anju::gateway
