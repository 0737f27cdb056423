#include "platform/domain/tariff.hpp"

#include <limits>

#include "platform/domain/errc.hpp"

namespace anju::platform {

__extension__ using int128 = __int128;

std::string_view to_string(PlanKind kind) { return kind == PlanKind::total ? "total" : "tou"; }

base::Result<> check(const Prices& prices) {
  const auto fits = [](base::Price price) { return price.e5 >= 0 && price <= kGreatestPrice; };
  if (!fits(prices.total)) return base::fail(Errc::bad_field, "total");
  constexpr std::array<std::string_view, 4> kNames{"sharp", "peak", "flat", "valley"};
  for (std::size_t i = 0; i < 4; ++i) {
    if (!fits(prices.tariffs[i])) return base::fail(Errc::bad_field, std::string(kNames[i]));
  }
  return {};
}

base::Result<std::int64_t> value_nano_yuan(const Prices& prices, const Use& use) {
  int128 nano = 0;
  if (prices.kind == PlanKind::total) {
    nano = static_cast<int128>(prices.total.e5) * use.total.e4;
  } else {
    for (std::size_t i = 0; i < 4; ++i) nano += static_cast<int128>(prices.tariffs[i].e5) * use.tariffs[i].e4;
  }
  using Limit = std::numeric_limits<std::int64_t>;
  if (nano > Limit::max() || nano < Limit::min()) return base::fail(Errc::out_of_range, "price x quantity");
  return static_cast<std::int64_t>(nano);
}

}  // namespace anju::platform
