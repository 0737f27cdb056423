#pragma once

// One meter as the gateway speaks to it: which frame asks for what under its profile, and what its replies say. Bytes
// are the codec's business, when to ask is the plan's.

#include <optional>
#include <string>

#include "gateway/core/exchange.hpp"
#include "protocols/base/money.hpp"
#include "protocols/base/time.hpp"
#include "protocols/dlt645/clock.hpp"
#include "protocols/dlt645/relay.hpp"
#include "protocols/dlt645/reply.hpp"
#include "protocols/dlt645/request.hpp"
#include "protocols/dlt645/value.hpp"
#include "protocols/wire/down.hpp"
#include "protocols/wire/up.hpp"

namespace anju::gateway {

struct Meter {
  base::DeviceId id;
  base::LineId line;
  dlt645::Address address;
  dlt645::Edition edition = dlt645::Edition::y2007;
  SerialFormat format;
  wire::MeterProfile profile;
  dlt645::Authority authority;
  bool operator==(const Meter&) const = default;
};

/// format: of the device's line; its baud is replaced where the device has its own.
/// Errors: bad_address, out_of_range (dialect, access level, password, operator code; `where` names it).
[[nodiscard]] base::Result<Meter> make_meter(const wire::ArchiveDevice& device, SerialFormat format);

/// What a gateway reads of a meter.
enum class Item {
  energy,        ///< 0001FF00 / 901F: forward active energy, total and tariffs
  energy_total,  ///< 00010000 / 9010
  status,        ///< 04000503: status word 3
  clock_day,     ///< 04000101 / C010
  clock_time,    ///< 04000102 / C011
  freeze_time,   ///< 05060001: when the last daily freeze was taken
  freeze,        ///< 05060101 / 921F: the energy frozen then
  voltage,       ///< 02010100 / B611: phase A
  current,       ///< 02020100 / B621: phase A
  power,         ///< 02030000 / B630: active, total
};
inline constexpr std::size_t kItems = 10;

/// Error: not_supported (this edition has no such item).
[[nodiscard]] base::Result<dlt645::DataId> identifier(Item item, dlt645::Edition edition);
[[nodiscard]] base::Result<dlt645::Frame> read_request(const Meter& meter, Item item);

using Energy = dlt645::EnergyRegisters;

/// Errors: what the meter answered (dlt645::Errc, from no_such_data to other_error), bad_length, unknown_function (no
/// read reply), unexpected_length (a part of a block whose rest did not come).
[[nodiscard]] base::Result<dlt645::ReadReply> read_reply_of(const Outcome& outcome);
/// Of the items energy, energy_total and freeze. Errors: as read_reply_of and dlt645::decode_energy.
[[nodiscard]] base::Result<Energy> energy_of(const Outcome& outcome);
[[nodiscard]] base::Result<dlt645::StatusWord3> status_of(const Outcome& outcome);
[[nodiscard]] base::Result<dlt645::CalendarDay> day_of(const Outcome& outcome);
[[nodiscard]] base::Result<dlt645::TimeOfDay> time_of(const Outcome& outcome);
/// The day on which the last freeze was taken.
[[nodiscard]] base::Result<base::CivilTime> freeze_time_of(const Outcome& outcome);
/// Exact decimal text in V, A or kW, of the items voltage, current and power.
[[nodiscard]] base::Result<std::string> momentary_of(const Outcome& outcome);
/// An acknowledgement (9C, 94), or the error the meter answered.
[[nodiscard]] base::Result<> ack_of(const Outcome& outcome);

/// 1C under the profile. valid_until by the meter's own clock; not sent in the short form.
[[nodiscard]] base::Result<dlt645::Frame> relay_request(const Meter& meter, dlt645::RelayAction action,
                                                        const base::CivilTime& valid_until);
/// 1A: all registers to zero (清零). Error: not_supported, the edition of 1997 has none.
[[nodiscard]] base::Result<dlt645::Frame> clear_request(const Meter& meter);
[[nodiscard]] base::Result<dlt645::Frame> write_day_request(const Meter& meter, const base::CivilTime& time);
[[nodiscard]] base::Result<dlt645::Frame> write_time_request(const Meter& meter, const base::CivilTime& time);

/// Meter minus gateway. The day was read before the time: a time within the first minutes of a day may belong to the
/// next one, so the nearer day is meant. Error: bad_time.
[[nodiscard]] base::Result<base::Millis> clock_offset(const dlt645::CalendarDay& day, const dlt645::TimeOfDay& time,
                                                      base::UtcMillis asked, int utc_offset_minutes);

}  // namespace anju::gateway
