#pragma once

// One meter as the gateway speaks to it, in the words of the field: what can be asked of it, which frame asks for it, and what the answer says.
// Each protocol has a file of its own (dlt645_meter.hpp, cjt188_meter.hpp,
// modbus_meter.hpp); when to ask is the plan's business, how a frame travels the line's.

#include <array>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "gateway/core/cjt188_meter.hpp"
#include "gateway/core/dlt645_meter.hpp"
#include "gateway/core/exchange.hpp"
#include "gateway/core/item.hpp"
#include "gateway/core/modbus_meter.hpp"
#include "protocols/base/time.hpp"
#include "protocols/wire/down.hpp"

namespace anju::gateway {

/// How a meter is reached, by its protocol.
using Speech = std::variant<Dlt645Meter, Cjt188Meter, ModbusMeter>;

struct Meter {
  base::DeviceId id;
  base::LineId line;
  SerialFormat format;
  wire::MeterProfile profile;
  Speech speech;
  bool operator==(const Meter&) const = default;
};

/// Rate and characters, each by itself: what the device's own entry says (its baud, its profile's format), else what its line's URI says, else what its model's file says, else 2400 8E1.
/// Errors: bad_address, out_of_range (dialect, access level, password, …; `where` names it), unknown_profile, bad_profile, not_supported (another dialect on a line of Modbus TCP).
[[nodiscard]] base::Result<Meter> make_meter(const wire::ArchiveDevice& device, const LineUri& line, const Profiles& profiles);
/// What whoever relies on this meter should know: its profile is not confirmed, its line overrules its profile.
[[nodiscard]] std::vector<std::string> remarks_of(const Meter& meter);
/// An answer may show what this device lacks of its model; it is not asked for that again. True when something was learned.
[[nodiscard]] bool learn(Meter& meter, const Outcome& outcome);
/// It is asked again for all that its model has. What it still lacks it says once more.
void forget_lacking(Meter& meter);

[[nodiscard]] bool has(const Meter& meter, Item item);
/// Its protocol, or its model, has registers of four tariffs, whatever the device has said so far.
[[nodiscard]] bool knows_tariffs(const Meter& meter);
/// An order can be verified: also where a device has said so far that it lacks the register of its contact.
[[nodiscard]] bool can_verify(const Meter& meter);
/// As an archive would call it, for who has none. Of DL/T645 electricity, of CJ/T188 water.
[[nodiscard]] wire::MeterKind kind_of(const Meter& meter);
/// A Modbus device counts what its model says, whatever the archive calls it. Error: other_kind.
[[nodiscard]] base::Result<> check_kind(const Meter& meter, wire::MeterKind kind);
[[nodiscard]] bool can_clear(const Meter& meter);
/// What cuts off: "relay" or "valve".
[[nodiscard]] std::string_view switch_name(const Meter& meter);
/// How that stands, in its own word: a valve is closed where a relay would be open.
[[nodiscard]] std::string_view switch_text(const Meter& meter, wire::Relay relay);
/// "kWh" or "m3".
[[nodiscard]] std::string_view unit_of(const Meter& meter);
/// The answer that has the registers tells how the contact or valve stands, too.
[[nodiscard]] bool tells_supply(const Meter& meter);
/// Silence that it needs behind an exchange; 0: what the line gives everybody.
[[nodiscard]] base::Millis pause_of(const Meter& meter);
/// For its first byte; 0: what the line has learned about it.
[[nodiscard]] base::Millis timeout_of(const Meter& meter);
/// What a valve takes at most to move behind the acknowledgement: of CJ/T188 as the archive says (10 s where it says nothing), of Modbus as the model's
/// file says. 0: a contact, which every meter moves within kVerifyWindow and at once.
[[nodiscard]] base::Millis travel_of(const Meter& meter);

/// An order of several writes was refused behind its first.
[[nodiscard]] bool was_taken_in_part(const Outcome& outcome);

/// Error: not_supported (this meter has no such item).
[[nodiscard]] base::Result<LineFrame> read_request(const Meter& meter, Item item);

/// Of the items energy, energy_total and freeze. Errors: what the meter answered, bad_length, unknown_function (no read
/// reply), unexpected_length (a part of a block whose rest did not come), and what is wrong with the value.
[[nodiscard]] base::Result<Registers> registers_of(const Meter& meter, const Outcome& outcome);
[[nodiscard]] base::Result<SupplyState> supply_of(const Meter& meter, const Outcome& outcome);
[[nodiscard]] base::Result<dlt645::CalendarDay> day_of(const Meter& meter, const Outcome& outcome);
[[nodiscard]] base::Result<dlt645::TimeOfDay> time_of(const Meter& meter, const Outcome& outcome);
/// The day on which the last freeze was taken.
[[nodiscard]] base::Result<base::CivilTime> freeze_time_of(const Meter& meter, const Outcome& outcome);
/// Exact decimal text in V, A or kW, of the items voltage, current and power.
[[nodiscard]] base::Result<std::string> momentary_of(const Meter& meter, Item item, const Outcome& outcome);
/// An acknowledgement, or the error the meter answered.
[[nodiscard]] base::Result<> ack_of(const Meter& meter, const Outcome& outcome);

/// valid_until by the meter's own clock; not sent where the protocol or the profile has none. Error: not_supported.
[[nodiscard]] base::Result<LineFrame> switch_request(const Meter& meter, Switch what, const base::CivilTime& valid_until);
/// All registers to zero (清零). Error: not_supported.
[[nodiscard]] base::Result<LineFrame> clear_request(const Meter& meter);
[[nodiscard]] base::Result<LineFrame> write_day_request(const Meter& meter, const base::CivilTime& time);
[[nodiscard]] base::Result<LineFrame> write_time_request(const Meter& meter, const base::CivilTime& time);

/// Meter minus gateway. The day was read before the time: a time within the first minutes of a day may belong to the
/// next one, so the nearer day is meant. Error: bad_time.
[[nodiscard]] base::Result<base::Millis> clock_offset(const dlt645::CalendarDay& day, const dlt645::TimeOfDay& time,
                                                      base::UtcMillis asked, int utc_offset_minutes);

}  // namespace anju::gateway
