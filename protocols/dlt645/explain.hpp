#pragma once

// A frame told to a person; keys are those of tests/data/dlt645.json.

#include "protocols/base/bytes.hpp"
#include "protocols/base/explanation.hpp"

namespace anju::dlt645 {

using base::Explanation;
using base::Fact;
using base::FactValue;

/// Explains the first frame in these bytes, preamble and noise included; total over any bytes.
[[nodiscard]] Explanation explain(base::ByteView bytes);

/// True when a preamble arrived intact and nothing behind it did: the line is probably set to 8N1 while the meter
/// speaks 8E1. FE and 68 have an odd number of one bits, so their parity bit reads as a stop bit; most other bytes do
/// not survive. A hint for a person, as `where` of a refusal and in a scan; never a reason to change anything by
/// itself.
[[nodiscard]] bool looks_like_parity_mismatch(base::ByteView bytes);

}  // namespace anju::dlt645
