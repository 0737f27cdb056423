#include "platform/domain/supply.hpp"

namespace anju::platform {

std::string_view to_string(MeterMode mode) { return mode == MeterMode::prepaid ? "prepaid" : "reading"; }

std::string_view to_string(WantedReason reason) {
  switch (reason) {
    case WantedReason::none: return "none";
    case WantedReason::arrears: return "arrears";
    case WantedReason::forced: return "forced";
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

WantedReason wanted(const SupplySettings& settings, Supply supply, base::Money balance) {
  if (supply.forced) return WantedReason::forced;
  const bool may_cut = settings.mode == MeterMode::prepaid && settings.auto_trip && !supply.keep_power && supply.moved;
  return may_cut && balance <= -settings.overdraft ? WantedReason::arrears : WantedReason::none;
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
