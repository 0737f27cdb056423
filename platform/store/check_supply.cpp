#include "platform/store/check_supply.hpp"

#include "platform/store/reader.hpp"
#include "platform/store/replay.hpp"

namespace anju::platform {
namespace {

struct Stored {
  SupplySettings settings;
  base::Money balance;
  bool has_transfers = false;  ///< beside those of a fee, which leave the balance as it was
  Supply supply;
  WantedReason reason = WantedReason::none;
  std::int64_t crossing = 0;
  Warned warned;
  AccountState account = AccountState::normal;
};

/// The first contradiction, in words; empty: none.
std::string contradiction(const Stored& stored) {
  if (stored.supply.moved != stored.has_transfers) return stored.has_transfers ? "money has moved" : "no money has moved";
  const WantedReason reason = wanted(stored.settings, stored.supply, stored.balance);
  if (reason != stored.reason) {
    return "at a balance of " + format(stored.balance) + " it is to be open for " + std::string(to_string(reason)) + ", stored " +
           std::string(to_string(stored.reason));
  }
  if ((reason == WantedReason::arrears) != (stored.crossing != 0)) return "crossing " + std::to_string(stored.crossing) + " is not in force";
  if (warn(stored.settings, stored.supply.moved, stored.balance, stored.warned).now != stored.warned) {
    return "what was warned of does not fit a balance of " + format(stored.balance);
  }
  const AccountState account = account_state(stored.settings, stored.supply.moved, stored.balance);
  if (account != stored.account) {
    return "the account is " + std::string(to_string(account)) + " at a balance of " + format(stored.balance) + ", stored " + std::string(to_string(stored.account));
  }
  return {};
}

}  // namespace

Check check_supply(soci::session& session) {
  Check check{"supply_follows_balance", "what is wanted of a relay and warned of follows from balance and settings (L13)", 0, {}};
  each_row(session, 20,
           "SELECT m.id, m.mode, m.auto_trip, m.alarm_1_micro_yuan, m.alarm_2_micro_yuan, m.overdraft_micro_yuan, a.balance_micro_yuan,"
           " coalesce(t.n, 0) > 2 * coalesce(f.n, 0), s.moved, s.forced, s.keep_power, s.keep_power_wanted, s.wanted_reason, s.crossing, s.warned_1, s.warned_2, s.account_state, s.scheduled, s.unpaid, m.valve * m.dispatched"
           " FROM meter m JOIN account a ON a.id = m.account JOIN meter_supply s ON s.meter = m.id"
           " LEFT JOIN (SELECT meter, count(*) AS n FROM transfer GROUP BY meter) t ON t.meter = m.id"
           " LEFT JOIN (SELECT meter, count(*) AS n FROM fee_payment WHERE received <> 0 GROUP BY meter) f ON f.meter = m.id ORDER BY m.id",
           [&](Select& row) {
             const auto meter = row.integer();
             Stored stored;
             stored.settings.mode = row.word<MeterMode>(2);
             stored.settings.auto_trip = row.flag();
             stored.settings.alarm_1 = row.money();
             stored.settings.alarm_2 = row.money();
             stored.settings.overdraft = row.money();
             stored.balance = row.money();
             stored.has_transfers = row.flag();
             stored.supply.moved = row.flag();
             stored.supply.forced = row.flag();
             const bool reported = row.flag();
             stored.supply.keep_power = row.flag() || reported;
             stored.reason = row.word<WantedReason>(kWantedReasons);
             stored.crossing = row.integer();
             stored.warned.first = row.flag();
             stored.warned.second = row.flag();
             stored.account = row.word<AccountState>(4);
             stored.supply.scheduled = row.flag();
             stored.supply.unpaid = row.flag();
             stored.supply.can_cut = row.flag();
             const std::string wrong = contradiction(stored);
             if (wrong.empty()) return;
             ++check.wrong;
             if (check.first.size() < kMostFindings) check.first.push_back("meter " + std::to_string(meter) + ": " + wrong);
           });
  return check;
}

}  // namespace anju::platform
