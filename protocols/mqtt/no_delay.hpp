#pragma once

// Small packets at once. Paho C 1.3.12 leaves Nagle's algorithm on and has no option for it (eclipse-paho/paho.mqtt.c #530): a short
// message waits until the broker's TCP has acknowledged the one before, which it may put off for 40 ms. Acknowledgements and commands
// are short messages.

#include <cstdint>
#include <vector>

namespace anju::mqtt {

/// The descriptors of this process's connected IP sockets whose peer has this port.
[[nodiscard]] std::vector<int> sockets_to(std::uint16_t port);

/// Sets TCP_NODELAY on all of them: Paho does not give its socket away. Of another connection to the same port it only changes
/// when packets leave.
void set_no_delay(std::uint16_t port);

}  // namespace anju::mqtt
