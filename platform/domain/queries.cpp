#include "platform/domain/queries.hpp"

#include <limits>

namespace anju::platform {

__extension__ using int128 = __int128;

base::Quantity worth(base::Money balance, const Prices& prices) {
  const std::int64_t price = reference_price(prices).e5;
  if (price <= 0) return base::Quantity(0);
  // micro-yuan / (1e-5 yuan per kWh) = kWh / 10; in units of 1e-4 kWh that is times 1000.
  const int128 scaled = static_cast<int128>(balance.micro_yuan) * 1000;
  int128 units = scaled / price;
  if (scaled % price < 0) --units;
  constexpr auto most = std::numeric_limits<std::int64_t>::max();
  if (units > most) return base::Quantity(most);
  if (units < -most) return base::Quantity(-most);
  return base::Quantity(static_cast<std::int64_t>(units));
}

}  // namespace anju::platform
