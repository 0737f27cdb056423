#pragma once

// A frame told to a person; keys are those of tests/data/cjt188.json.

#include "protocols/base/bytes.hpp"
#include "protocols/base/explanation.hpp"

namespace anju::cjt188 {

/// Explains the first frame in these bytes, preamble and noise included; total over any bytes. Knows no device: the byte order of the
/// identifier is told from the identifiers that exist, and the status word is told as bytes, because its meaning is the vendor's.
[[nodiscard]] base::Explanation explain(base::ByteView bytes);

/// True when a preamble and the 68 arrived intact and what stands where the control byte belongs is none: the line is probably set to 8N1 while
/// the meter speaks 8E1. FE, 68 and T = 10 have an odd number of one bits, so their parity bit reads as a stop bit; the address behind them rarely
/// survives. A hint for a person, as of DL/T645; a frame of DL/T645, or one that broke off, is not taken for it.
[[nodiscard]] bool looks_like_parity_mismatch(base::ByteView bytes);

}  // namespace anju::cjt188
