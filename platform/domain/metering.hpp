#pragma once

// What a reading says about consumption: the difference of two registers of the same meter (design rule 2). A reading that fits
// no rule is refused with a reason and kept in quarantine; the next good one is compared with the last good one, so a refused
// reading costs resolution, never energy.

#include <array>
#include <cstdint>
#include <optional>

#include "platform/domain/tariff.hpp"
#include "protocols/base/money.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"
#include "protocols/wire/down.hpp"

namespace anju::platform {

/// Registers or energy per tariff: sharp, peak, flat, valley.
using Tariffs = std::array<base::Quantity, 4>;

/// The dial shows 000000.00 to 999999.99 kWh (DL/T645 XXXXXX.XX) and starts again.
inline constexpr base::Quantity kDialSpan{10'000'000'000};
/// A register within 10 000 kWh of the dial's end may roll over to one below 10 000 kWh.
inline constexpr base::Quantity kNearDialEnd{100'000'000};
/// Five registers cut to 0.01 kWh: their sum may differ from the total by less than five units of the last digit.
inline constexpr base::Quantity kTariffRounding{500};
/// Where energy goes that no tariff accounts for.
inline constexpr std::size_t kFlat = 2;
/// A gateway's clock may be ahead of ours by this much.
inline constexpr base::Millis kClockTolerance = base::minutes(5);

/// The register that the next reading is measured from, at first the start reading (con-meter-register).
struct Register {
  base::UtcMillis at;
  base::Quantity total;
  std::array<base::Quantity, 4> tariffs;
  bool tariffs_known = false;
  base::Quantity unsplit;  ///< billed as flat beyond what the four account for; they get it back when they catch up. >= 0
  std::int32_t rollovers = 0;
  /// The lowest register since that was refused as too large a step. It does not become possible by waiting.
  std::optional<base::Quantity> suspect = {};
  /// A person or a clearing put the register here: what was read at this moment or before is covered by it.
  base::UtcMillis anchored = {};
  auto operator<=>(const Register&) const = default;
};

/// greatest power x time x 1.5 + 5 kWh (m3) is the greatest step that is believed. The 5 let a wrong guess at the start reading,
/// the dial's resolution and clock corrections pass.
struct StepLimit {
  std::int64_t milli_per_hour = 100'000;  ///< W, or litres per hour
};
/// Of a meter of this kind: the site's greatest power, and for water 20 m3 per hour (the greatest of a DN40 meter) where 100 kW are believed.
[[nodiscard]] constexpr StepLimit limit_of(wire::MeterKind kind, std::int64_t greatest_power_w) {
  return {kind == wire::MeterKind::electricity ? greatest_power_w : greatest_power_w / 5};
}
[[nodiscard]] base::Quantity greatest_step(StepLimit limit, base::Millis elapsed);

struct Sample {
  base::UtcMillis at;
  base::Quantity total;
  std::optional<std::array<base::Quantity, 4>> tariffs;
};

struct Measured {
  Use use;
  Register next;       ///< the register to measure the next reading from
  bool stale = false;  ///< older than the last register and not above it: nothing new, `next` is the old register
};

/// Every register is one that the dial can show.
[[nodiscard]] bool on_dial(const Sample& sample);

/// kind: of the plan in force. Under `total` the tariffs are not judged, only remembered.
/// new_prices: other prices than the last reading's. What was billed as flat at the old ones is not given back at the new ones.
/// Errors (domain Errc): in_the_future, out_of_range, out_of_order, backward, impossible_jump, tariffs_exceed_total.
[[nodiscard]] base::Result<Measured> measure(const Register& last, const Sample& sample, PlanKind kind, StepLimit limit,
                                             base::UtcMillis now, bool new_prices = false);

/// What is remembered of a register that was refused as backward or impossible_jump: a step that was too large once is refused
/// from then on, with all that counts on from it, until the register comes back below it or a person decides.
[[nodiscard]] Register doubt(const Register& last, base::Quantity refused);

/// A person decided: the next reading is measured from `sample`, whatever the register before it was.
[[nodiscard]] Register anchor(const Register& last, const Sample& sample);
/// The device is another one from now on, or begins anew: what was read before is covered by `last`.
[[nodiscard]] Register begin_anew(const Register& last, const Sample& start);

}  // namespace anju::platform
