#pragma once

// Addresses whose high bytes are AA, as DL/T645 has them: all meters answer whose low digits agree. That meters of CJ/T188 do so is FROM MEMORY, no source
// was found (the manual of RD-W10 knows the whole wildcard only). A scan tries it where answers collide; nothing else may rely on it, so Address::matches
// does not know it.

#include "protocols/cjt188/frame.hpp"

namespace anju::cjt188 {

/// True when the first bytes of the wire agree with those of `exact` and all behind them are AA.
[[nodiscard]] bool abbreviates(const Address& asked, const Address& exact);

}  // namespace anju::cjt188
