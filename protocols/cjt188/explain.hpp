#pragma once

// A frame told to a person; keys are those of tests/data/cjt188.json.

#include "protocols/base/bytes.hpp"
#include "protocols/base/explanation.hpp"

namespace anju::cjt188 {

/// Explains the first frame in these bytes, preamble and noise included; total over any bytes. Knows no device: the byte order of the
/// identifier is told from the identifiers that exist, and the status word is told as bytes, because its meaning is the vendor's.
[[nodiscard]] base::Explanation explain(base::ByteView bytes);

}  // namespace anju::cjt188
