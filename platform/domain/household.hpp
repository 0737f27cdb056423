#pragma once

// What happens between the office and a household at a metering point: the account is opened (开户), the rest is settled and paid back
// (结算, 销户), and what was wrong is put right (退补). Rows for the books, append-only, each made once by its sender's key.

#include <cstdint>
#include <optional>
#include <string>

#include "platform/domain/account.hpp"
#include "platform/domain/metering.hpp"
#include "platform/domain/site.hpp"
#include "protocols/base/money.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

/// Registers at a moment, as a receipt shows them.
struct RegisterStand {
  base::UtcMillis at;
  base::Quantity total;
  std::optional<Tariffs> tariffs;
};
[[nodiscard]] inline RegisterStand stand_of(const Register& last) {
  return {last.at, last.total, last.tariffs_known ? std::optional(last.tariffs) : std::nullopt};
}

/// Who has the account from now on, and what was agreed (em-account-setup, seeds/003 lines 157-200 and 486-508).
struct Household {
  std::string customer, mobile, unit;  ///< 会员名称 手机号 用户单位
  PayMethod settlement_method = PayMethod::cash;
  std::string voltage;                 ///< 电压等级, as people write it: 交流220V
  base::UtcMillis opened_on;           ///< 开户日期
  std::string area, address, note;     ///< 房源区域 用户地址
};

struct Opening {
  std::int64_t id = 0;
  Owner owner;
  std::string key;
  std::int64_t meter = 0;
  Household household;
  RegisterStand start;
  base::Quantity billed;                      ///< of the meter until then
  std::int64_t recharge = 0, adjustment = 0;  ///< newest of all meters then: what came later is this household's
  base::UtcMillis at;
  std::string by;
  bool steps_anew = false;  ///< the use that steps count over began anew with it; false: from before 2026-11, when it ran on
};

/// The balance is brought to zero: the rest is paid back, or what is owed is collected.
struct Settlement {
  std::int64_t id = 0;
  Owner owner;
  std::string key;
  std::int64_t meter = 0, opening = 0;  ///< opening 0: the account was never opened
  std::int64_t transfer = 0;            ///< 0: there was nothing to pay
  base::UtcMillis at;
  RegisterStand from, to;               ///< from: of the opening or the settlement before
  base::Quantity billed;                ///< of the meter until `to`
  base::Quantity quantity;              ///< billed between the two
  base::Money fee;                      ///< deducted for it
  base::Money recharged, adjusted;      ///< booked since `from`
  base::Money balance;                  ///< before; paid back when above zero, collected when below
  PayMethod method = PayMethod::cash;
  bool closes = false;                  ///< the household has moved out (销户)
  std::string note, by;
  std::int64_t recharge = 0, adjustment = 0;  ///< newest of all meters then
};

/// Money that is given or taken for a reason (退补). amount: not zero, below zero takes.
struct Adjustment {
  std::int64_t id = 0;
  Owner owner;
  std::string key;
  std::int64_t meter = 0, transfer = 0;
  base::UtcMillis at;
  base::Money amount, balance_after;
  std::string note, by;
};

/// Where the running account of a household began: at the opening, at the last settlement, or when the meter was registered. At each of
/// them the balance was zero.
struct Boundary {
  RegisterStand from;
  std::int64_t recharge = 0, adjustment = 0;  ///< newest of all meters then
  base::Money recharged, adjusted;            ///< booked since
  base::Quantity billed;                      ///< of the meter until then
};

/// What was made under a key.
enum class DocumentKind : std::uint8_t { opening, settlement, adjustment, register_change, fee };
struct StoredDocument {
  DocumentKind kind = DocumentKind::opening;
  std::int64_t id = 0, meter = 0;
  base::Money amount;  ///< of an adjustment or a fee
};
[[nodiscard]] inline StoredDocument document_of(const Opening& row) { return {DocumentKind::opening, row.id, row.meter, {}}; }
[[nodiscard]] inline StoredDocument document_of(const Settlement& row) { return {DocumentKind::settlement, row.id, row.meter, row.balance}; }
[[nodiscard]] inline StoredDocument document_of(const Adjustment& row) { return {DocumentKind::adjustment, row.id, row.meter, row.amount}; }

}  // namespace anju::platform
