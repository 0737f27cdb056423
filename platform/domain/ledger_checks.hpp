#pragma once

// Limits and checks that several kinds of order share. For ledger_orders*.cpp only.

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "platform/domain/desk.hpp"
#include "platform/domain/errc.hpp"
#include "platform/domain/records.hpp"
#include "platform/domain/scope.hpp"
#include "protocols/base/result.hpp"

namespace anju::platform {

inline constexpr std::size_t kMostName = 240;  // 60 characters of up to four bytes
inline constexpr std::size_t kMostNote = 800;

[[nodiscard]] inline bool in(const Scope& scope, const Owner& owner) { return scope.covers(owner.organisation, owner.site); }

/// least, most: bytes. Error: bad_field (field).
inline base::Result<> check_text(const std::string& text, std::size_t least, std::size_t most, std::string field) {
  if (text.size() < least || text.size() > most) return base::fail(Errc::bad_field, std::move(field));
  return {};
}

/// Error: bad_field (field).
inline base::Result<> check_registers(const StartReading& registers, std::string field) {
  if (!on_dial({{}, registers.total, registers.tariffs})) return base::fail(Errc::bad_field, std::move(field));
  return {};
}

inline constexpr base::Money kGreatestThreshold{1'000'000'000'000};

/// Error: bad_field (alarm_1, alarm_2, overdraft).
inline base::Result<> check_settings(const SupplySettings& settings) {
  if (const auto& limits = settings.by_quantity) {
    const auto fits = [](base::Quantity quantity) { return quantity < kDialSpan && -kDialSpan < quantity; };
    if (limits->overdraft.e4 < 0 || !fits(limits->overdraft)) return base::fail(Errc::bad_field, "limits.overdraft");
    if (!fits(limits->alarm_1) || !fits(limits->alarm_2) || limits->alarm_2 < -limits->overdraft) return base::fail(Errc::bad_field, "limits.alarm_2");
    if (limits->alarm_1 <= limits->alarm_2) return base::fail(Errc::bad_field, "limits.alarm_1");
  }
  const auto fits = [](base::Money money) { return money <= kGreatestThreshold && -kGreatestThreshold <= money; };
  if (settings.overdraft.micro_yuan < 0 || !fits(settings.overdraft)) return base::fail(Errc::bad_field, "overdraft");
  if (!fits(settings.alarm_1)) return base::fail(Errc::bad_field, "alarm_1");
  if (!fits(settings.alarm_2) || settings.alarm_2 < -settings.overdraft) return base::fail(Errc::bad_field, "alarm_2");
  if (settings.alarm_1 <= settings.alarm_2) return base::fail(Errc::bad_field, "alarm_1");
  return {};
}

}  // namespace anju::platform
