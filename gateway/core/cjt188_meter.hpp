#pragma once

// A water meter of CJ/T188 in the words of item.hpp: one answer (901F) has the register and, where its maker's status word is known, the valve.

#include <string_view>

#include "gateway/core/exchange.hpp"
#include "gateway/core/item.hpp"
#include "protocols/cjt188/options.hpp"
#include "protocols/wire/down.hpp"

namespace anju::gateway {

struct Cjt188Meter {
  cjt188::Address address;
  cjt188::Options options;
  base::Millis travel;  ///< what its valve takes at most to move
  bool operator==(const Cjt188Meter&) const = default;
};

/// Errors: bad_address, out_of_range (meter type, status map, valve codes; `where` names it).
[[nodiscard]] base::Result<Cjt188Meter> make_cjt188_meter(std::string_view address, const wire::MeterProfile& profile);

// As of the same names in meter.hpp. What is missing here, this protocol does not have: tariffs, a clock to set, freezes, keep-power.
/// status only with a status map: a word that nobody can read is no state of a valve.
[[nodiscard]] bool has(const Cjt188Meter& meter, Item item);
[[nodiscard]] base::Result<LineFrame> read_request(const Cjt188Meter& meter, Item item);
[[nodiscard]] base::Result<Registers> registers_of(const Cjt188Meter& meter, const Outcome& outcome);
/// Errors: as registers_of, no_such_data (an answer without status word), valve_fault (the meter says that its valve is out of order).
[[nodiscard]] base::Result<SupplyState> supply_of(const Cjt188Meter& meter, const Outcome& outcome);
[[nodiscard]] base::Result<> ack_of(const Cjt188Meter& meter, const Outcome& outcome);
[[nodiscard]] base::Result<LineFrame> switch_request(const Cjt188Meter& meter, Switch what);

}  // namespace anju::gateway
