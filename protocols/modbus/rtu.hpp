#pragma once

// The serial link: unit, PDU, CRC low byte first. Bytes in, frames out; no clock, so the silence of 3.5 characters that ends a frame is its owner's
// business. A frame carries no start mark and no length. So a search is led by what is looked for: a master knows what it asked and therefore how the
// answer begins and how long it is; a device knows how long each request is. Source: Modbus over Serial Line V1.02, 2.5.1.

#include <cstddef>

#include "protocols/modbus/message.hpp"

namespace anju::modbus::rtu {

inline constexpr std::size_t kMaxFrame = 1 + kMaxPdu + 2;

/// The bytes to send. Errors: bad_unit (above 247), bad_length (a PDU of 0 or more than 253 bytes).
[[nodiscard]] base::Result<base::Bytes> encode(const Frame& frame);

struct Found {
  Frame frame;
  std::size_t skipped = 0;   ///< bytes in front of it that belong to nothing
  std::size_t consumed = 0;  ///< bytes of the input up to and including the CRC
};

/// Searches the answer to `request` (normal or exception) in what has arrived so far; total over any bytes. A candidate that fails costs one byte,
/// never the buffer, so noise, an echo of the request or another unit's reply in front do no harm. Only the last kMaxFrame bytes can matter: a caller
/// may drop what is older. What is found satisfies answers(request, frame): see there what that does not prove.
/// Errors: need_more (keep the bytes and wait: a candidate may still grow, and that outweighs a broken one), no_frame (nothing here can become the
/// answer, or nobody answers this request), checksum (the first candidate that was whole by its length).
[[nodiscard]] base::Result<Found> find_reply(base::ByteView bytes, const Frame& request);

/// The same when no further byte will come: what was whole and wrong is named before need_more.
[[nodiscard]] base::Result<Found> find_reply_at_end(base::ByteView bytes, const Frame& request);

/// Searches the first request of a function we speak, to any unit of 0..247; for the simulator, and for whoever listens. Errors: as find_reply.
/// A request of another function is never found: its length is unknown.
[[nodiscard]] base::Result<Found> find_request(base::ByteView bytes);
[[nodiscard]] base::Result<Found> find_request_at_end(base::ByteView bytes);

}  // namespace anju::modbus::rtu
