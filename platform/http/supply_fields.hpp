#pragma once

// What of an account decides about warnings and cut-off, in a request and for the audit log; and whose account it was when somebody looked.

#include <string>

#include "platform/domain/desk.hpp"
#include "platform/domain/supply.hpp"
#include "platform/http/fields.hpp"

namespace anju::platform {

/// mode, auto_trip, and the limits: alarm_1, alarm_2 and overdraft in yuan, or an object `limits_kwh` with the same names as energy.
/// Absent ones keep the default (registration) or are required (settings).
[[nodiscard]] SupplySettings supply_settings(Fields& fields, bool all_required);

/// All of them, because each can keep a meter from being cut off.
[[nodiscard]] std::string settings_detail(const SupplySettings& settings);

/// opening: of the household that whoever asks has seen, 0: nobody; absent: he names none.
[[nodiscard]] SeenOpening seen_opening(Fields& fields);

}  // namespace anju::platform
