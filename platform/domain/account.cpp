#include "platform/domain/account.hpp"

#include <array>

namespace anju::platform {

std::string_view to_string(AccountKind kind) {
  constexpr std::array<std::string_view, kAccountKinds> kNames{"meter",  "revenue", "cash", "transfer",
                                                               "wechat", "alipay",  "free", "correction"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string_view to_string(PayMethod method) { return to_string(account_of(method)); }

AccountKind account_of(PayMethod method) {
  switch (method) {
    case PayMethod::cash: return AccountKind::cash;
    case PayMethod::transfer: return AccountKind::transfer;
    case PayMethod::wechat: return AccountKind::wechat;
    case PayMethod::alipay: return AccountKind::alipay;
    case PayMethod::free: return AccountKind::free;
  }
  return AccountKind::free;
}

Deduction deduct(std::int64_t nano_yuan, std::int16_t remainder_nano) {
  // Split first, so that the sum cannot overflow; C++ truncates, hence the correction to floor.
  std::int64_t amount = nano_yuan / 1000;
  std::int64_t rest = nano_yuan % 1000 + remainder_nano;
  if (rest < 0) {
    rest += 1000;
    --amount;
  } else if (rest >= 1000) {
    rest -= 1000;
    ++amount;
  }
  return {base::Money(amount), static_cast<std::int16_t>(rest)};
}

}  // namespace anju::platform
