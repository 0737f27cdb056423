#pragma once

// A conversation with one meter: requests, replies, and which reply belongs to which request.

#include "protocols/dlt645/reply.hpp"
#include "protocols/dlt645/request.hpp"

namespace anju::dlt645 {

enum class Bus {
  shared,          ///< several meters may hear a request
  point_to_point,  ///< commissioning: exactly one meter hangs on the line
};

/// True when `frame` is the meter's answer to `request` (the frame that was sent): same function, an address the
/// request means, and for reads the same identifier and SEQ. Everything else on a line is discarded and the wait goes
/// on. A broadcast has no answer. A reply that still carries AA instead of its real address cannot be attributed and is
/// taken point to point only.
[[nodiscard]] bool answers(const Frame& request, const Frame& frame, Bus bus = Bus::shared);

}  // namespace anju::dlt645
