#pragma once

// A meter of DL/T645 in the words of item.hpp.

#include <string>

#include "gateway/core/exchange.hpp"
#include "gateway/core/item.hpp"
#include "protocols/dlt645/clock.hpp"
#include "protocols/dlt645/relay.hpp"
#include "protocols/dlt645/reply.hpp"
#include "protocols/dlt645/request.hpp"
#include "protocols/wire/down.hpp"

namespace anju::gateway {

struct Dlt645Meter {
  dlt645::Address address;
  dlt645::Edition edition = dlt645::Edition::y2007;
  dlt645::Authority authority;
  bool short_relay_command = false;  ///< 1C without valid-until
  bool operator==(const Dlt645Meter&) const = default;
};

/// Errors: bad_address, out_of_range (dialect, access level, password, operator code; `where` names it).
[[nodiscard]] base::Result<Dlt645Meter> make_dlt645_meter(std::string_view address, const wire::MeterProfile& profile);

/// Error: not_supported (this edition has no such item).
[[nodiscard]] base::Result<dlt645::DataId> identifier(Item item, dlt645::Edition edition);
/// Errors: what the meter answered (dlt645::Errc, from no_such_data to other_error), bad_length, unknown_function (no
/// read reply), unexpected_length (a part of a block whose rest did not come).
[[nodiscard]] base::Result<dlt645::ReadReply> read_reply_of(const Outcome& outcome);

// As of the same names in meter.hpp.
[[nodiscard]] bool has(const Dlt645Meter& meter, Item item);
[[nodiscard]] bool can_clear(const Dlt645Meter& meter);
[[nodiscard]] base::Result<LineFrame> read_request(const Dlt645Meter& meter, Item item);
[[nodiscard]] base::Result<Registers> registers_of(const Dlt645Meter& meter, const Outcome& outcome);
[[nodiscard]] base::Result<SupplyState> supply_of(const Dlt645Meter& meter, const Outcome& outcome);
[[nodiscard]] base::Result<dlt645::CalendarDay> day_of(const Dlt645Meter& meter, const Outcome& outcome);
[[nodiscard]] base::Result<dlt645::TimeOfDay> time_of(const Dlt645Meter& meter, const Outcome& outcome);
[[nodiscard]] base::Result<base::CivilTime> freeze_time_of(const Dlt645Meter& meter, const Outcome& outcome);
[[nodiscard]] base::Result<std::string> momentary_of(const Dlt645Meter& meter, const Outcome& outcome);
[[nodiscard]] base::Result<> ack_of(const Dlt645Meter& meter, const Outcome& outcome);
[[nodiscard]] base::Result<LineFrame> switch_request(const Dlt645Meter& meter, Switch what, const base::CivilTime& valid_until);
[[nodiscard]] base::Result<LineFrame> clear_request(const Dlt645Meter& meter);
[[nodiscard]] base::Result<LineFrame> write_day_request(const Dlt645Meter& meter, const base::CivilTime& time);
[[nodiscard]] base::Result<LineFrame> write_time_request(const Dlt645Meter& meter, const base::CivilTime& time);

}  // namespace anju::gateway
