#pragma once

// A conversation with one device: a unit and a PDU, whatever carries them, and which reply belongs to which request.

#include <cstdint>
#include <optional>

#include "protocols/base/bytes.hpp"
#include "protocols/base/result.hpp"
#include "protocols/modbus/reply.hpp"
#include "protocols/modbus/request.hpp"

namespace anju::modbus {

inline constexpr std::uint8_t kBroadcast = 0;   ///< on a serial line: everyone hears it, nobody answers
inline constexpr std::uint8_t kLastUnit = 247;  ///< 248..255 are reserved on a serial line

struct Frame {
  std::uint8_t unit = 0;
  base::Bytes pdu;  ///< 1..253 bytes: function and data
  bool operator==(const Frame&) const = default;
};

/// Errors: as encode; bad_unit (a broadcast that reads).
[[nodiscard]] base::Result<Frame> make_request(std::uint8_t unit, const Request& request);
[[nodiscard]] base::Result<Frame> make_reply(std::uint8_t unit, const Reply& reply);

/// How a reply to a request begins and how long it is: all that tells it from other bytes on a serial line.
struct Expected {
  base::Bytes begin;     ///< function and byte count; of a write what was written where
  std::size_t size = 0;  ///< of the PDU
};

/// Empty for a request that nobody can answer (not decodable).
[[nodiscard]] std::optional<Expected> expected_reply(base::ByteView request_pdu);

/// True when `reply` can be the device's answer to `request`: same unit, same function or its exception, and the length the request asks for; a
/// write's answer also repeats address and value.
///
/// "Can be" is all there is. The reply to a read carries neither an address nor a number of the request, so a late reply to an earlier read of the
/// same unit, function and count cannot be told from the right one (seen live: telegraf issue 9253, two different reads answered with the same
/// frame). Whoever owns the line has to discard what is in the input before it asks, and after a time-out stay quiet until a late reply must have
/// ended. And the answer to 05 and 06 is the request itself, so a line that echoes what is sent looks like a device that obeys: only reading back
/// verifies. Over TCP the transaction id decides as well: tcp.hpp.
[[nodiscard]] bool answers(const Frame& request, const Frame& reply);

}  // namespace anju::modbus
