#pragma once

// Modbus over TCP: the MBAP header (transaction id, protocol 0, length, unit) in front of the PDU, no CRC. TCP loses and invents no bytes, so there
// is no search: what does not fit means that the other side speaks something else or that the place was lost, and the connection has to be closed.
// A serial server that passes RTU frames through is no Modbus TCP: rtu.hpp. Source: Modbus Messaging on TCP/IP V1.0b, 3.1.3.

#include <cstddef>
#include <cstdint>

#include "protocols/modbus/message.hpp"

namespace anju::modbus::tcp {

inline constexpr std::size_t kHeader = 7;  ///< with the unit
inline constexpr std::size_t kMaxMessage = kHeader + kMaxPdu;

struct Message {
  std::uint16_t transaction = 0;  ///< chosen by the master, repeated in the answer
  Frame frame;                    ///< any unit of 0..255: 255 or 0 is the device at the address itself, others lie behind a gateway
  bool operator==(const Message&) const = default;
};

/// The device at the address itself, which no unit has to tell from others behind it. Source: Modbus Messaging on TCP/IP V1.0b, 4.4.1.2: 255 is
/// recommended as the value that means nothing, 0 is accepted, too.
[[nodiscard]] constexpr bool is_direct(unsigned unit) { return unit == 0 || unit == 255; }

/// To any unit: none is a broadcast here, as 0 is on a serial line. Errors: as modbus::encode.
[[nodiscard]] base::Result<Frame> make_request(std::uint8_t unit, const Request& request);

/// Error: bad_length (a PDU of 0 or more than 253 bytes).
[[nodiscard]] base::Result<base::Bytes> encode(const Message& message);

struct Found {
  Message message;
  std::size_t consumed = 0;
};

/// The message that begins with the first byte; further ones stand behind `consumed`. Total over any bytes.
/// Errors: need_more; wrong_protocol and bad_length (the length field is outside 2..254) as soon as their bytes are there: close the connection.
[[nodiscard]] base::Result<Found> find(base::ByteView bytes);

/// The transaction id, and what modbus::answers asks for. A message with another id belongs to an earlier question and is dropped.
[[nodiscard]] bool answers(const Message& request, const Message& reply);

}  // namespace anju::modbus::tcp
