#pragma once

// A host and a port as people write them: in configurations, addresses of lines, URLs without their scheme, and the Host field of HTTP.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/result.hpp"

namespace anju::base {

enum class HostPortErrc {
  bad_host,  ///< neither a name nor an address
  bad_port,  ///< not a number from 0 to 65535
};
[[nodiscard]] constexpr std::string_view to_string(HostPortErrc errc) { return errc == HostPortErrc::bad_host ? "bad_host" : "bad_port"; }

inline constexpr std::size_t kLongestHost = 253;  ///< characters; RFC 1035 2.3.4 without the length bytes and the root

struct HostPort {
  std::string host;  ///< a name or an address; an IPv6 address without its brackets
  bool brackets = false;
  std::optional<std::uint16_t> port;  ///< nothing: it was left out, and so was its colon
};

/// `host`, `host:8080`, `[::1]`, `[::1]:8080`. A host is letters, digits, dots, hyphens and underscores, in brackets hex digits, colons, dots and a zone
/// (RFC 4007 11.2); whether somebody has that name is not asked. Total. Errors, whose `where` is the rule: bad_host, bad_port (0 is one: who cannot use it
/// has to say so).
[[nodiscard]] Result<HostPort> parse_host_port(std::string_view text);

}  // namespace anju::base
