#pragma once

// What a recharge sold: at the prices that were in force for its meter at its moment, and to whose account. One answer for reports, records
// and slips, which therefore say the same whenever they are asked. On a session that is in a read transaction; everything throws
// soci::soci_error.

#include <soci/session.h>

#include <cstdint>
#include <string>

#include "platform/domain/tariff.hpp"
#include "protocols/base/money.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

class Journal;

/// The price plan that a meter had at a moment. previous: its last transfer before that, 0: none; today: its plan of now. Where words about
/// its plan are kept they decide; else the deduction before does, and for a meter that was never billed before, the plan of now.
[[nodiscard]] std::int64_t plan_then(soci::session& session, Journal& journal, std::int64_t meter, base::UtcMillis at, std::int64_t previous,
                                     std::int64_t today);

/// A recharge as its rows tell it.
struct BookedRecharge {
  std::int64_t meter = 0;
  base::UtcMillis at;
  base::Money amount, after;  ///< after: balance afterwards
  std::int64_t previous = 0;  ///< the transfer of the meter before it; 0: none
  std::int64_t plan = 0;      ///< the meter's of now
};

/// In units of the meter (kWh, m3), by the reference price of then (reference_price); bought is what the amount alone comes to, so before and
/// bought may differ from after by the last digit.
struct Sale {
  std::int64_t plan = 0;
  Prices prices;
  base::Quantity before, bought, after;
};
[[nodiscard]] Sale sale_of(soci::session& session, Journal& journal, const BookedRecharge& recharge);

/// Whose account the meter's was when the recharge of that id was booked, as the opening names him; empty: nobody's.
[[nodiscard]] std::string customer_of(soci::session& session, std::int64_t meter, std::int64_t recharge);

}  // namespace anju::platform
