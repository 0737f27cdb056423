#pragma once

// Why a TLS connection to the broker fails, in words. Paho says "TCP/TLS connect failure" for everything, and its own error callback is
// not safe to use from C++ (paho.mqtt.cpp 1.2.0 hands the address of a parameter to the C library, which calls it after the return).

#include <string>

#include "protocols/mqtt/client.hpp"
#include "protocols/mqtt/url.hpp"

namespace anju::mqtt {

/// Connects once more, shakes hands, and hangs up: nothing of MQTT is said. Blocks for a few seconds at most. Empty when the handshake
/// succeeds, so the reason is another one.
[[nodiscard]] std::string explain_tls(const Url& url, const Tls& tls);

}  // namespace anju::mqtt
