#pragma once

// Enrolment as the box sees it, without network and files: where the platform is, whom to believe there, and the files that come of its
// answer. The asking is gateway/uplink/https.hpp.

#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/base/result.hpp"
#include "protocols/wire/enrolment.hpp"

namespace anju::gateway {

/// Of --platform: http://host[:port] or https://host[:port].
struct WebAddress {
  bool tls = true;
  std::string host;  ///< an IPv6 address without its brackets
  std::uint16_t port = 443;
};

/// Ports may be left out (80, 443), a slash may follow. Error: bad_uri (`where` is the rule).
[[nodiscard]] base::Result<WebAddress> parse_platform(std::string_view text);
/// The address is this machine's own: plain http leaves it for nobody to hear.
[[nodiscard]] bool is_loopback(const WebAddress& address);

/// Where the files of a gateway lie; absolute paths.
struct EnrolledFiles {
  std::string config;
  std::string key;
  std::string ca;    ///< of the broker; empty: none is needed
  std::string data;  ///< folder of the spool
};
/// Beside the configuration, named after the gateway, so that a box that becomes another one mixes nothing up. data: empty for the usual
/// place, /var/lib/anju-gateway/<gateway>.
[[nodiscard]] EnrolledFiles files_of(const wire::Enrolment& enrolment, const std::string& config, const std::string& data);

/// gateway.toml, whole.
[[nodiscard]] std::string config_text(const wire::Enrolment& enrolment, const EnrolledFiles& files);

/// What to do after an answer of the platform.
enum class EnrolStep {
  done,    ///< 200: read the body
  again,   ///< 429, 5xx: the same again after a while; nothing was decided against us
  refused  ///< anything else: asking again changes nothing
};
[[nodiscard]] EnrolStep step_after(int status);

/// The pause before the next try, in s. attempt: from 1. asked_s: what the platform said, 0: nothing.
[[nodiscard]] std::int64_t pause_before(int attempt, std::int64_t asked_s);
/// With their pauses they end well within the ten minutes for which the platform repeats its answer to the same box.
inline constexpr int kMostEnrolTries = 7;

}  // namespace anju::gateway
