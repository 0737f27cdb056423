#pragma once

// One place in a byte stream judged as the start of a frame. Private to the link layer: frame.cpp searches with it,
// explain.cpp uses it to say what is wrong with a frame that nearly was one.

#include <cstddef>
#include <cstdint>

#include "protocols/base/bytes.hpp"
#include "protocols/dlt645/frame.hpp"

namespace anju::dlt645 {

enum class Shape {
  none,        ///< cannot be a frame: no 68 here, or no second 68 seven bytes on
  unfinished,  ///< everything so far fits, the end has not arrived
  too_long,    ///< both 68 are there, but L is above kMaxData
  checksum,    ///< whole by its length, the sum differs
  end_byte,    ///< whole and the sum is right, but 16 is not at its place
  good,
};

struct Candidate {
  Shape shape = Shape::none;
  std::size_t size = 0;             ///< bytes from the first 68 to the 16; set from too_long on
  std::uint8_t checksum_right = 0;  ///< set for checksum, end_byte and good
  std::uint8_t checksum_found = 0;
  std::uint8_t end_found = 0;
};

/// Judges the bytes that begin at `bytes[0]`; total over any bytes, empty included.
[[nodiscard]] Candidate judge(base::ByteView bytes);

/// The frame's fields of a candidate that is whole (checksum, end_byte or good), data after - 33H.
[[nodiscard]] Frame fields_of(base::ByteView bytes, const Candidate& candidate);

/// FE bytes right in front of position `at`, at most kMaxPreamble.
[[nodiscard]] std::size_t preamble_before(base::ByteView bytes, std::size_t at);

}  // namespace anju::dlt645
