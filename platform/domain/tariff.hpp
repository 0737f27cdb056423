#pragma once

// Price plans: one total price, or four (sharp, peak, flat, valley: 尖 峰 平 谷), and on top of either what dearer steps add (阶梯).
//
// A version of a plan holds from a moment on; what is used across that moment is cut there by time (billing.hpp).
// Under `tou` the meter's four registers say what was used at which price, or, where the plan has slots, the clock of the site does.
// With registers all energy of the total register is billed: each tariff's growth at its own price, and what the four do not account
// for (total - sum, rounding of the dial included) at the flat price. So the energy billed depends on the first and last
// register only, however often the meter was read between. What is billed as flat ahead of the four is given back when they catch
// up, but never at other prices than it was billed at: then the four are measured anew from that reading on.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/money.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

/// What a plan is for. Water has one register, so no plan for it asks the meter for four.
enum class Utility : std::uint8_t { electricity, water };
[[nodiscard]] std::string_view to_string(Utility utility);

enum class PlanKind : std::uint8_t { total, tou };
[[nodiscard]] std::string_view to_string(PlanKind kind);

/// 1000 yuan per kWh: far above any tariff, and a dial full of it (10^6 kWh) stays inside int64 nano-yuan.
inline constexpr base::Price kGreatestPrice{100'000'000};

/// From this minute of the site's day on, until the next slot begins, use counts at this tariff (time slots, 时段).
struct TimeSlot {
  std::int16_t minute = 0;  ///< 0..1439, a multiple of 30: gateways read at these borders
  std::uint8_t tariff = 0;  ///< 0 sharp, 1 peak, 2 flat, 3 valley
  auto operator<=>(const TimeSlot&) const = default;
};
/// As many as a meter of DL/T645 has. The first begins at 00:00, and neighbours differ, so the 24 hours are covered once.
inline constexpr std::size_t kMostSlots = 14;
inline constexpr std::int16_t kSlotMinutes = 30;

/// What steps are counted over: the calendar month or year of the site.
enum class StepPeriod : std::uint8_t { none, month, year };
[[nodiscard]] std::string_view to_string(StepPeriod period);

/// Use of the period above `above`, up to the next step, costs `add` more than it would without steps.
struct PriceStep {
  base::Quantity above;
  base::Price add;
  auto operator<=>(const PriceStep&) const = default;
};
inline constexpr std::size_t kMostSteps = 5;
inline constexpr base::Quantity kGreatestStepBorder{10'000'000'000};  ///< a million kWh

struct Prices {
  PlanKind kind = PlanKind::total;
  base::Price total;
  std::array<base::Price, 4> tariffs;  ///< sharp, peak, flat, valley
  std::vector<TimeSlot> slots = {};        ///< under tou: the clock splits, not the meter. Empty: the meter's registers do
  StepPeriod step_period = StepPeriod::none;
  std::vector<PriceStep> steps = {};  ///< rising in `above`; none without a period
  auto operator<=>(const Prices&) const = default;
};

/// The meter's registers say what was used at which price.
[[nodiscard]] inline bool by_registers(const Prices& prices) { return prices.kind == PlanKind::tou && prices.slots.empty(); }

/// One price to turn money into energy with where no use is at hand: the total price, or under tou the flat one; without steps.
[[nodiscard]] inline base::Price reference_price(const Prices& prices) {
  return prices.kind == PlanKind::tou ? prices.tariffs[2] : prices.total;
}

/// Errors: bad_field; `where` names it. Prices are 0 to kGreatestPrice, with what steps add; slots and steps as said above.
[[nodiscard]] base::Result<> check(const Prices& prices);

/// Energy between two registers, as it is billed.
struct Use {
  base::Quantity total;                   ///< growth of the total register
  std::array<base::Quantity, 4> tariffs;  ///< growth per tariff, the rest in flat; sums to total. All flat when not known
  auto operator<=>(const Use&) const = default;
};

/// The prices of a plan from a moment on, until the next version.
struct PlanPrices {
  std::int64_t version = 0;
  base::UtcMillis from;
  Prices prices;
};

/// What holds when. A version replaces whatever was to come from its own moment on, so of all versions that have begun the one with the
/// greatest id is in force.
class PriceHistory {
 public:
  /// In the order of their ids.
  void add(PlanPrices version);
  /// In force at that moment; the first one also before it began. Not for an empty history.
  [[nodiscard]] const PlanPrices& at(base::UtcMillis moment) const;
  /// The one that will follow what is in force then, or null.
  [[nodiscard]] const PlanPrices* after(base::UtcMillis moment) const;
  [[nodiscard]] const std::vector<PlanPrices>& all() const { return versions_; }

 private:
  std::vector<PlanPrices> versions_;  ///< rising in id and in moment
};
inline constexpr std::size_t kMostVersions = 2000;

/// One price plan as the ledger holds it.
struct PricePlan {
  std::int64_t id = 0;
  std::int64_t organisation = 0;
  std::int64_t site = 0;     ///< 0: every site of the organisation
  std::int64_t version = 0;  ///< in force, as far as time has been looked at
  std::string name;
  PriceHistory history = {};
  Utility utility = Utility::electricity;  ///< never changes
};

}  // namespace anju::platform
