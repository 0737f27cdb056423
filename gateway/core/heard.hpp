#pragma once

// What the bytes of one try, or those that came while nothing was asked, look like: whole frames and whose, or how what is no frame differs from the
// answer that was asked for. Of single tries only; what many of them say together is line_findings.hpp. Total over any bytes.
//
// What a receiver makes of a wrong format follows from how a UART reads (start bit, 8 bits from the lowest, parity, stop bit; a stop bit that is 0 is
// taken for the next start bit); tests/unit/gateway/core/uart_wire.hpp plays it bit by bit.

#include <cstddef>
#include <cstdint>

#include "gateway/core/line_statistics.hpp"
#include "protocols/base/bytes.hpp"

namespace anju::gateway {

enum class Look : std::uint8_t {
  silence,      ///< nothing, or nothing but our own question
  whole,        ///< a frame with the right sum, the asked device's or another's
  parity,       ///< right up to and including the first byte whose parity bit would be 0, wrong behind it: an 8E1 sender read as 8N1
  slow_sender,  ///< no single bit stands alone: whoever sent it takes at least twice as long for a bit
  inverted,     ///< what DL/T645 reads like with A and B exchanged
  level,        ///< only 00 and FF: breaks and glitches of a line that nobody drives, no characters
  cut,          ///< begins as the answer does and breaks off
  damaged,      ///< as long as it says, or begun as the answer, and not right
  garbage,      ///< anything else
};

struct Heard {
  Look look = Look::silence;
  bool echo = false;       ///< our own question came back in front of it
  bool level = false;      ///< 00 or FF beside a whole frame
  bool noise = false;      ///< other bytes that belong to nothing beside a whole frame
  int questions = 0;       ///< whole ones that we did not ask
  int answers = 0;         ///< whole ones to what was asked
};

/// What a try heard. An unasked burst (unasked.hpp) is looked at by overhear().
[[nodiscard]] Heard hear(const Trace& tried);

/// What came while nothing was asked. `last`: the try before it, whose answer it may repeat; null where there was none.
[[nodiscard]] Heard overhear(const Trace& burst, const Trace* last);

}  // namespace anju::gateway
