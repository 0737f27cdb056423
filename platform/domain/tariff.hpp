#pragma once

// Price plans: one total price, or one price per tariff register (sharp, peak, flat, valley: 尖 峰 平 谷).
//
// A plan that changes holds from each meter's next reading on: a reading is billed at the version in force when it is decided.
// Under `tou` all energy of the total register is billed: each tariff's growth at its own price, and what the four do not account
// for (total - sum, rounding of the dial included) at the flat price. So the energy billed depends on the first and last
// register only, however often the meter was read between. What is billed as flat ahead of the four is given back when they catch
// up, but never at other prices than it was billed at: then the four are measured anew from that reading on.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/base/money.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

enum class PlanKind : std::uint8_t { total, tou };
[[nodiscard]] std::string_view to_string(PlanKind kind);

/// 1000 yuan per kWh: far above any tariff, and a dial full of it (10^6 kWh) stays inside int64 nano-yuan.
inline constexpr base::Price kGreatestPrice{100'000'000};

struct Prices {
  PlanKind kind = PlanKind::total;
  base::Price total;
  std::array<base::Price, 4> tariffs;  ///< sharp, peak, flat, valley
  auto operator<=>(const Prices&) const = default;
};

/// Error: bad_field when a price is negative or above kGreatestPrice; `where` names it.
[[nodiscard]] base::Result<> check(const Prices& prices);

/// Energy between two registers, as it is billed.
struct Use {
  base::Quantity total;                   ///< growth of the total register
  std::array<base::Quantity, 4> tariffs;  ///< growth per tariff, the rest in flat; sums to total. All flat when not known
  auto operator<=>(const Use&) const = default;
};

/// Exact value in nano-yuan (price 1e-5 x quantity 1e-4), taken in 128 bits.
/// Error: out_of_range when it does not fit int64.
[[nodiscard]] base::Result<std::int64_t> value_nano_yuan(const Prices& prices, const Use& use);

/// One price plan as the ledger holds it.
struct PricePlan {
  std::int64_t id = 0;
  std::int64_t organisation = 0;
  std::int64_t site = 0;  ///< 0: every site of the organisation
  std::int64_t version = 0;
  std::string name;
  Prices prices;
};

}  // namespace anju::platform
