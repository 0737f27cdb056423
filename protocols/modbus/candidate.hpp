#pragma once

// One place in a byte stream judged as the begin of an RTU frame. Private to the link: rtu.cpp searches with it, explain.cpp asks it about bytes
// whose question nobody knows.

#include <cstddef>
#include <cstdint>

#include "protocols/base/bytes.hpp"
#include "protocols/modbus/message.hpp"

namespace anju::modbus {

enum class Shape {
  none,        ///< cannot be the frame
  unfinished,  ///< everything so far fits, the end has not arrived
  checksum,    ///< whole by its length, the CRC differs
  good,
};

struct Candidate {
  Shape shape = Shape::none;
  std::size_t size = 0;           ///< with unit and CRC; set for checksum and good
  std::uint16_t crc_right = 0;    ///< likewise
  std::uint16_t crc_found = 0;
};

/// A frame of that many bytes of PDU. bytes: from the unit on, at least one.
[[nodiscard]] Candidate judge_size(base::ByteView bytes, std::size_t pdu_size);

/// The answer to a request to `unit`.
[[nodiscard]] Candidate judge_answer(base::ByteView bytes, std::uint8_t unit, const Expected& expected);

/// Any request of a function we speak.
[[nodiscard]] Candidate judge_request(base::ByteView bytes);

/// Any reply of a function we speak; what was asked is unknown.
[[nodiscard]] Candidate judge_reply(base::ByteView bytes);

/// The frame of a candidate that is whole.
[[nodiscard]] Frame frame_of(base::ByteView bytes, const Candidate& candidate);

}  // namespace anju::modbus
