#pragma once

// Should this meter supply? A pure function of the account, the settings and two switches of a person; and the warnings on the
// way down. Nothing here knows commands: what is ordered follows from the difference between wanted and reported.

#include <cstdint>
#include <optional>
#include <string_view>

#include "protocols/base/money.hpp"
#include "protocols/base/time.hpp"
#include "protocols/wire/up.hpp"

namespace anju::platform {

enum class MeterMode : std::uint8_t { prepaid, reading };
[[nodiscard]] std::string_view to_string(MeterMode mode);

/// scheduled: off by the clock (定时断电); fee: the yearly fee has run out (年费).
enum class WantedReason : std::uint8_t { none, arrears, forced, scheduled, fee };
inline constexpr int kWantedReasons = 5;
[[nodiscard]] std::string_view to_string(WantedReason reason);

enum class AccountState : std::uint8_t { normal, low_1, low_2, arrears };
[[nodiscard]] std::string_view to_string(AccountState state);

/// Limits as energy (kWh, m³), for whoever thinks in it (透支电量 欠费停电度数, em-params). The same rules as for money.
struct QuantityLimits {
  base::Quantity alarm_1, alarm_2, overdraft;
  auto operator<=>(const QuantityLimits&) const = default;
};

/// alarm_1 > alarm_2 >= -overdraft, overdraft >= 0.
struct SupplySettings {
  MeterMode mode = MeterMode::prepaid;
  bool auto_trip = true;  ///< false: do not cut off when in arrears
  base::Money alarm_1{20'000'000};
  base::Money alarm_2{10'000'000};
  base::Money overdraft;                        ///< the trip threshold lies this far below zero
  std::optional<QuantityLimits> by_quantity = {};  ///< the three follow from these and the price
  auto operator<=>(const SupplySettings&) const = default;
};

/// The limits in money, where they are given as energy: at the price of now, floored to micro-yuan. At a price of zero they stay.
void price_limits(SupplySettings& settings, base::Price price);

struct Supply {
  bool moved = false;   ///< money or energy has moved; a fresh account is not cut
  bool forced = false;  ///< forced trip in force (强制拉闸)
  bool keep_power = false;
  bool scheduled = false;
  bool unpaid = false;
  bool can_cut = true;  ///< it has a relay or a valve
};

/// Why the relay should be open; none: it should be closed. What a person forced goes first, then what money says, then the clock.
[[nodiscard]] WantedReason wanted(const SupplySettings& settings, Supply supply, base::Money balance);

/// For display: low_1 below preset 1, low_2 below preset 2, arrears at or below the trip threshold. A fresh account and reading
/// mode (where the balance is the fee due) are normal.
[[nodiscard]] AccountState account_state(const SupplySettings& settings, bool moved, base::Money balance);

/// Which presets a person was warned of since the balance was last above them.
struct Warned {
  bool first = false;
  bool second = false;
  auto operator<=>(const Warned&) const = default;
};

/// raise: presets crossed downwards just now, one notice each. now: re-armed where the balance is above the preset again.
struct Warning {
  Warned raise;
  Warned now;
};
[[nodiscard]] Warning warn(const SupplySettings& settings, bool moved, base::Money balance, Warned before);

/// A cut-off that rests on an older reading first asks for a fresh one (L10).
inline constexpr base::Millis kFreshReading = base::minutes(30);

}  // namespace anju::platform
