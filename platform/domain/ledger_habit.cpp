// Suspicious consumption: alarms that come and go with what a meter uses.

#include "platform/domain/ledger_impl.hpp"
#include "protocols/base/decimal.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {

void Ledger::Impl::tell(const MeterState& meter, const char* code, bool holds, bool critical, const std::string& detail, base::UtcMillis now) {
  if (holds) {
    raise(meter.owner, code, critical, meter.gateway, meter.id, "", 0, detail, now);
  } else {
    clear(code, meter.gateway, meter.id, "", 0, now);
  }
}

/// Before the register moves on from `from`: what was used until `at`.
void Ledger::Impl::watch_use(GatewayState& gateway, MeterState& meter, base::UtcMillis from, base::UtcMillis at, base::Quantity used, base::UtcMillis now) {
  const SupplyRecord& supply = meter.supply;
  if (meter.valve) {
    // Only what lies wholly behind the moment at which it was seen open: what came before was not cut off yet.
    const bool open = supply.relay == wire::Relay::open && supply.reported <= from;
    if (open || used.e4 > 0) tell(meter, "use_while_cut", open && used > kNothing, true, "", now);
  }
  if (meter.kind == wire::MeterKind::electricity) return;
  const MeterIndex index = index_of(meter);
  if (note_night(nights[index], meter.habit, from, at, used, gateway.site->site.card.utc_offset_minutes)) {
    touch(meter, kHabit);
    tell(meter, "night_flow", meter.habit.wet_nights >= kWetNights, false, "", now);
  }
}

/// The day whose sums stand in the register is over.
void Ledger::Impl::end_day(MeterState& meter, base::UtcMillis now) {
  const bool supplied = meter.supply.reason == WantedReason::none && meter.supply.relay != wire::Relay::open;
  const base::Quantity usual = meter.habit.usual_day;
  const Unusual unusual = platform::end_day(meter.habit, meter.metering.day_quantity, supplied, meter.kind);
  touch(meter, kHabit);
  tell(meter, "no_use", unusual.no_use, false, "", now);
  tell(meter, "use_jump", unusual.jump, false,
       wire::detail({{"used", format(meter.metering.day_quantity)}, {"usual", format(usual)}}), now);
}

}  // namespace anju::platform
