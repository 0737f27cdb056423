#include "platform/domain/bound_users.hpp"

namespace anju::platform {

Worth worth_for_user(base::Money balance, const Prices& prices) {
  if (balance <= base::Money(0)) return {std::nullopt, "nothing_left"};
  if (!prices.steps.empty()) return {std::nullopt, "steps"};
  if (prices.kind == PlanKind::tou) return {std::nullopt, "tariffs"};
  if (prices.total <= base::Price(0)) return {std::nullopt, "free"};
  return {worth(balance, prices), {}};
}

std::optional<base::Price> price_at(const Prices& prices, int minute) {
  if (!prices.steps.empty() || by_registers(prices)) return std::nullopt;
  if (prices.kind == PlanKind::total) return prices.total;
  std::uint8_t tariff = prices.slots.back().tariff;
  for (const TimeSlot& slot : prices.slots)
    if (slot.minute <= minute) tariff = slot.tariff;
  return prices.tariffs.at(tariff);
}

std::string masked_address(std::string_view address) {
  if (address.size() < 6) return std::string(address.empty() ? 0 : address.size() - 1, '*') + std::string(address.substr(address.empty() ? 0 : address.size() - 1));
  const std::size_t front = address.size() / 4, back = address.size() / 3;
  return std::string(address.substr(0, front)) + std::string(address.size() - front - back, '*') + std::string(address.substr(address.size() - back));
}

}  // namespace anju::platform
