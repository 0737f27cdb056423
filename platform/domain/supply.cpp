#include "platform/domain/supply.hpp"

namespace anju::platform {

std::string_view to_string(MeterMode mode) { return mode == MeterMode::prepaid ? "prepaid" : "reading"; }

std::string_view to_string(WantedReason reason) {
  switch (reason) {
    case WantedReason::none: return "none";
    case WantedReason::arrears: return "arrears";
    case WantedReason::forced: return "forced";
    case WantedReason::scheduled: return "scheduled";
    case WantedReason::fee: return "fee";
  }
  return "none";
}

std::string_view to_string(AccountState state) {
  switch (state) {
    case AccountState::normal: return "normal";
    case AccountState::low_1: return "low_1";
    case AccountState::low_2: return "low_2";
    case AccountState::arrears: return "arrears";
  }
  return "normal";
}

void price_limits(SupplySettings& settings, base::Price price) {
  if (!settings.by_quantity || price.e5 <= 0) return;
  __extension__ using int128 = __int128;
  const auto worth = [price](base::Quantity quantity) {
    const int128 nano = static_cast<int128>(quantity.e4) * price.e5;
    int128 micro = nano / 1000;
    if (nano % 1000 < 0) --micro;
    return base::Money(static_cast<std::int64_t>(micro));
  };
  settings.alarm_1 = worth(settings.by_quantity->alarm_1);
  settings.alarm_2 = worth(settings.by_quantity->alarm_2);
  settings.overdraft = worth(settings.by_quantity->overdraft);
}

WantedReason wanted(const SupplySettings& settings, Supply supply, base::Money balance) {
  if (!supply.can_cut) return WantedReason::none;
  if (supply.forced) return WantedReason::forced;
  if (supply.keep_power) return WantedReason::none;
  const bool may_cut = settings.mode == MeterMode::prepaid && settings.auto_trip && supply.moved;
  if (may_cut && balance <= -settings.overdraft) return WantedReason::arrears;
  if (supply.unpaid) return WantedReason::fee;
  return supply.scheduled ? WantedReason::scheduled : WantedReason::none;
}

AccountState account_state(const SupplySettings& settings, bool moved, base::Money balance) {
  if (settings.mode != MeterMode::prepaid || !moved) return AccountState::normal;
  if (balance <= -settings.overdraft) return AccountState::arrears;
  if (balance < settings.alarm_2) return AccountState::low_2;
  if (balance < settings.alarm_1) return AccountState::low_1;
  return AccountState::normal;
}

Warning warn(const SupplySettings& settings, bool moved, base::Money balance, Warned before) {
  if (settings.mode != MeterMode::prepaid || !moved) return {{}, before};
  Warning warning;
  warning.now = {balance < settings.alarm_1 || (before.first && balance == settings.alarm_1),
                 balance < settings.alarm_2 || (before.second && balance == settings.alarm_2)};
  warning.raise = {warning.now.first && !before.first, warning.now.second && !before.second};
  return warning;
}

}  // namespace anju::platform
