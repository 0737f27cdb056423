#pragma once

// Accounts and exact money. Balance = credits - debits. A meter's account is what its resident has; a site has one account for
// its revenue and one per way of paying, so the balances of a site always sum to zero.

#include <cstdint>
#include <string_view>

#include "protocols/base/money.hpp"
#include "protocols/base/result.hpp"

namespace anju::platform {

enum class AccountKind : std::uint8_t { meter, revenue, cash, transfer, wechat, alipay, free, correction };
inline constexpr int kAccountKinds = 8;
[[nodiscard]] std::string_view to_string(AccountKind kind);

/// How a recharge was paid (现金 转账 微信 支付宝 赠送); no payment is taken here.
enum class PayMethod : std::uint8_t { cash, transfer, wechat, alipay, free };
[[nodiscard]] std::string_view to_string(PayMethod method);
/// The account of the site that a recharge of this method comes from.
[[nodiscard]] AccountKind account_of(PayMethod method);

struct Account {
  std::int64_t id = 0;
  AccountKind kind = AccountKind::meter;
  std::int16_t remainder_nano = 0;  ///< 0..999 nano-yuan used but not deducted yet
  base::Money balance;
  std::int64_t newest_transfer = 0;
  auto operator<=>(const Account&) const = default;
};

/// What a use of `nano_yuan` deducts, and what is carried.
struct Deduction {
  base::Money amount;  ///< negative undoes an earlier one exactly
  std::int16_t remainder_nano = 0;
  auto operator<=>(const Deduction&) const = default;
};

/// n = remainder + nano_yuan; amount = floor(n / 1000), remainder = n - 1000 x amount (reliability.md section 2).
/// remainder_nano: 0..999.
[[nodiscard]] Deduction deduct(std::int64_t nano_yuan, std::int16_t remainder_nano);

}  // namespace anju::platform
