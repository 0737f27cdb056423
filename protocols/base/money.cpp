#include "protocols/base/money.hpp"

#include "protocols/base/decimal.hpp"
#include "protocols/base/errc.hpp"

namespace anju::base {

Result<Money> checked_add(Money a, Money b) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a.micro_yuan, b.micro_yuan, &sum)) return fail(Errc::out_of_range, "money");
  return Money(sum);
}

Result<Money> parse_money(std::string_view text) {
  return parse_decimal(text, 6).map([](std::int64_t units) { return Money(units); });
}
std::string format(Money money) { return format_decimal(money.micro_yuan, 6, 2); }

Result<Quantity> parse_quantity(std::string_view text) {
  return parse_decimal(text, 4).map([](std::int64_t units) { return Quantity(units); });
}
std::string format(Quantity quantity) { return format_decimal(quantity.e4, 4, 2); }

Result<Price> parse_price(std::string_view text) {
  return parse_decimal(text, 5).map([](std::int64_t units) { return Price(units); });
}
std::string format(Price price) { return format_decimal(price.e5, 5, 2); }

}  // namespace anju::base
