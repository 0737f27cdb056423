#pragma once

// A conversation with one meter: requests, replies, and which reply belongs to which request.

#include "protocols/cjt188/reply.hpp"
#include "protocols/cjt188/request.hpp"

namespace anju::cjt188 {

enum class Bus {
  shared,          ///< several meters may hear a request
  point_to_point,  ///< commissioning: exactly one meter hangs on the line
};

/// True when `frame` is the meter's answer to `request` (the frame that was sent). All of these must hold:
/// - the same function, and the direction bits of a request and a reply;
/// - DI and SER as they were sent, byte for byte: a late reply has another SER, and a reply in the other byte order is somebody else's. An
///   error reply carries SER only;
/// - the type T that was asked for; any real one when AA was asked for;
/// - the address that was asked for; any real one when the wildcard was asked for; after a write of the address the new one, too;
/// - a reply that still carries AA as type or address names no meter: it counts point to point only, and only when AA was asked for.
/// An acknowledgement does not repeat the valve code: SER alone tells the answer to "open" from the answer to "close", so it must differ.
/// Everything else on a line is discarded and the wait goes on. Whether the rest of the reply makes sense is decode_reply's business: a reply
/// with a strange length is still the answer, and waiting longer would not bring a better one.
[[nodiscard]] bool answers(const Frame& request, const Frame& frame, Bus bus = Bus::shared);

}  // namespace anju::cjt188
