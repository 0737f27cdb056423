// A ledger against an independent model (ledger_life.hpp): whatever happened, every account holds exactly what the model says, and once all is quiet every
// relay stands as it should.
//
// A failure prints its seed and the shortest number of steps that fails; ANJU_LEDGER_SEED and ANJU_LEDGER_SEEDS choose others.

#include <cstdlib>
#include <string>

#include "platform/store/verify.hpp"
#include "tests/unit/platform/store/ledger_life.hpp"

namespace anju::platform::ledger_life {

std::string World::compare() {
  if (!wrong_.empty()) return wrong_;
  model::int128 residents = 0;
  for (const Real& meter : meters_) {
    const MeterState& state = *site_.ledger->meter(meter.id);
    const auto exact = nano(meter);
    if (state.account.balance.micro_yuan != balance(meter)) {
      return meter.device + " holds " + format(state.account.balance) + ", should hold " + format(base::Money(balance(meter)));
    }
    if (state.account.remainder_nano != static_cast<std::int64_t>(exact - model::int128{1000} * model::floor_micro(exact))) {
      return meter.device + " carries another remainder";
    }
    if (state.supply.forced != meter.forced) return meter.device + " is forced: " + std::to_string(state.supply.forced);
    const auto notices = notices_[meter.id];
    if (notices != meter.notices) return meter.device + " was warned " + std::to_string(notices) + " times, not " + std::to_string(meter.notices);
    residents += state.account.balance.micro_yuan;
  }
  model::int128 site = 0;
  for (int kind = 1; kind < kAccountKinds; ++kind) site += site_.ledger->site_account(1, static_cast<AccountKind>(kind))->balance.micro_yuan;
  if (residents + site != 0) return "money was made or lost";
  return {};
}

/// Everything works again; after some hours all that is owed has happened.
std::string World::quiet() {
  for (int round = 0; round < 24; ++round) {
    site_.now = site_.now + base::minutes(11);
    hear(true);
    for (int i = 0; i < kMeters; ++i) {
      read(i);
      if (round == 0) tell_status(i);
    }
    deliver(true);
    for (int i = 0; i < kMeters; ++i) accept(i);
    for (int turn = 0; turn < 4; ++turn) {
      obey(true);
      deliver(true);
      site_.now = site_.now + base::seconds(10);
      commit();
    }
  }
  if (auto wrong = compare(); !wrong.empty()) return "at the end: " + wrong;
  for (const Real& meter : meters_) {
    const bool protects = meter.keep_power;
    const bool arrears = meter.settings.mode == MeterMode::prepaid && meter.settings.auto_trip && !protects && meter.moved &&
                         balance(meter) <= -meter.settings.overdraft.micro_yuan;
    const bool open = (meter.forced && !meter.keep_power) || arrears;
    if (open && !meter.open) return meter.device + " is not cut, at " + format(base::Money(balance(meter)));
    if (!open && !meter.forced && meter.open && !meter.by_hand) return meter.device + " was never closed again, at " + format(base::Money(balance(meter)));
  }
  if (cut_ == 0) return "no reading went";
  return verified(true);
}

/// quiet: nothing is under way, no order and no failure that nobody was told of yet.
std::string World::verified(bool quiet) {
  const auto checks = verify(site_.url(), site_.now);
  REQUIRE(checks);
  for (const Check& check : *checks) {
    const bool under_way = !quiet && (check.name == "no_command_hangs" || check.name == "nobody_is_forgotten");
    if (check.wrong != 0 && !under_way) return "verify: " + check.name + ": " + check.first.at(0);
  }
  return {};
}

}  // namespace anju::platform::ledger_life

namespace {

constexpr int kSteps = 220;

std::string live(unsigned seed, int steps) {
  anju::platform::ledger_life::World world(seed);
  return world.run(steps);
}

unsigned number(const char* name, unsigned otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

}  // namespace

TEST_CASE("ledger: whatever happens, accounts hold what the registers say and relays stand as they should") {
  const unsigned first = number("ANJU_LEDGER_SEED", 1);
  const unsigned count = number("ANJU_LEDGER_SEEDS", 8);
  for (unsigned seed = first; seed < first + count; ++seed) {
    const std::string wrong = live(seed, kSteps);
    if (wrong.empty()) continue;
    int steps = kSteps;
    std::string shortest = wrong;
    for (int fewer = steps / 2; fewer >= 1; fewer /= 2) {  // shorter lives of the same seed begin the same way
      while (steps > fewer) {
        const std::string again = live(seed, steps - fewer);
        if (again.empty()) break;
        steps -= fewer;
        shortest = again;
      }
    }
    FAIL_CHECK("seed " << seed << ", shortest failing life of " << steps << " steps: " << shortest);
  }
}
