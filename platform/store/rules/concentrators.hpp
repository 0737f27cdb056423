#pragma once

// Concentrators: that there is such a gateway in the row's community, and that an asset number is on one box only.

#include "platform/store/rules/rules.hpp"

namespace anju::platform {

extern const Rules kConcentratorRules;

}  // namespace anju::platform
