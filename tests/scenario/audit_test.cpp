// The checks of the scenarios, proven able to fail: one fault planted in a day's books or streams per row.

#include <algorithm>

#include "tests/scenario/seeds.hpp"

namespace anju::scenario {
namespace {

struct Planted {
  const char* name;
  std::function<void(Tables&)> fault;
  const char* expected;  ///< part of one finding
};

platform::StoredTransfer& deduction(Tables& tables) {
  return *std::ranges::find_if(tables.transfers, [](const auto& row) {
    return row.kind == platform::TransferKind::deduction && row.quantity.e4 > 0;
  });
}
platform::StoredReading& used(Tables& tables) {
  return *std::ranges::find_if(
      tables.readings, [](const auto& row) { return row.state == platform::ReadingState::used && row.used.e4 > 0; });
}
MeterRow& meter_of(Tables& tables, std::int64_t id) {
  return tables.meters.at(id);
}

const Planted kBooks[] = {
    {"an amount is off by a micro-yuan", [](Tables& t) { deduction(t).amount.micro_yuan += 1; },
     "its transfers sum to"},
    {"both sides of a deduction are changed",
     [](Tables& t) {
       auto& row = deduction(t);
       row.amount.micro_yuan += 1;
       t.accounts.at(row.debit).account.balance.micro_yuan -= 1;
       t.accounts.at(row.credit).account.balance.micro_yuan += 1;
     },
     "between price x quantity and the deductions"},
    {"a balance is not the sum", [](Tables& t) { t.accounts.begin()->second.account.balance.micro_yuan += 1; },
     "debits and credits differ"},
    {"the remainder is lost",
     [](Tables& t) {
       auto& account = t.accounts.at(meter_of(t, deduction(t).meter).card.account).account;
       account.remainder_nano = static_cast<std::int16_t>((account.remainder_nano + 1) % 1000);
     },
     "the carried remainder is not"},
    {"a deduction is missing",
     [](Tables& t) { t.transfers.erase(t.transfers.begin() + (&deduction(t) - t.transfers.data())); },
     "is used, but not deducted"},
    {"a deduction is there twice", [](Tables& t) { t.transfers.push_back(deduction(t)); }, "is deducted twice"},
    {"a quantity is wrong", [](Tables& t) { deduction(t).quantity.e4 += 100; }, "the registers grew by"},
    {"a reading uses more than its register grew", [](Tables& t) { used(t).used.e4 += 100; }, "its register grew by"},
    {"a reading is billed at another price",
     [](Tables& t) {
       for (auto& [id, version] : t.versions) version.prices.total.e5 += 1;
     },
     "is deducted at a wrong price"},
    {"a refused reading is billed", [](Tables& t) { used(t).state = platform::ReadingState::quarantined; },
     "has no used reading"},
    {"a recharge is there twice", [](Tables& t) { t.recharges.push_back(t.recharges.front()); }, "is there twice"},
    {"a recharge says another amount", [](Tables& t) { t.recharges.front().amount.micro_yuan += 1; },
     "and its transfer differ"},
    {"a crossing was forgotten",
     [](Tables& t) {
       platform::Crossing row;
       row.id = 1'000'000;
       t.crossings.emplace(row.id, row);
     },
     "neither order nor exemption"},
    {"a row was inserted twice", [](Tables& t) { t.twice.push_back("reading 7"); }, "inserted twice"},
    {"the last register is another", [](Tables& t) { meter_of(t, used(t).meter).metering.last.total.e4 += 100; },
     "its last register is not"},
};

const Planted kStreams[] = {
    {"a reading is missing", [](Tables& t) { t.readings.erase(t.readings.begin() + 10); },
     "is stored, but took no effect"},
    {"a reading is there twice", [](Tables& t) { t.readings.insert(t.readings.begin() + 10, t.readings[10]); },
     "took effect twice"},
    {"a reading took effect too late",
     [](Tables& t) { std::rotate(t.readings.begin() + 10, t.readings.begin() + 11, t.readings.end()); },
     "out of order"},
    {"a reading is not what was sent", [](Tables& t) { t.readings[10].total.e4 += 100; },
     "is not what the gateway said"},
    {"the acknowledgement runs ahead", [](Tables& t) { t.streams.begin()->second.last_seq += 5; },
     "more events than were ever numbered"},
    {"the acknowledgement lags behind", [](Tables& t) { t.streams.begin()->second.last_seq -= 5; }, "stored through"},
};

bool named(const Findings& findings, const char* expected) {
  return std::ranges::any_of(findings,
                             [&](const auto& finding) { return finding.find(expected) != std::string::npos; });
}

}  // namespace

TEST_CASE("scenario: the audit names every planted fault, and nothing where there is none") {
  World world(7, Climate{});
  world.run();
  const Tables& clean = world.platform().tables();
  const auto streams = [&](const Tables& tables) {
    Findings all;
    for (std::size_t i = 0; i < 2; ++i) {
      const auto& box = world.gateway(i);
      const auto more = audit_stream(tables, box.code(), box.spool().epoch(), box.spool().events(), true);
      all.insert(all.end(), more.begin(), more.end());
    }
    return all;
  };
  CHECK_MESSAGE(audit_books(clean).empty(), join(audit_books(clean)));
  CHECK_MESSAGE(streams(clean).empty(), join(streams(clean)));
  for (const auto& planted : kBooks) {
    Tables tables = clean;
    planted.fault(tables);
    const auto findings = audit_books(tables);
    CHECK_MESSAGE(named(findings, planted.expected), planted.name << ": found" << join(findings));
  }
  for (const auto& planted : kStreams) {
    Tables tables = clean;
    planted.fault(tables);
    const auto findings = streams(tables);
    CHECK_MESSAGE(named(findings, planted.expected), planted.name << ": found" << join(findings));
  }
}

TEST_CASE("scenario: the watch names a contact, a register and an order that are not as the books say") {
  World world(8, Climate{});
  world.run();
  CHECK_MESSAGE(world.audit().empty(), join(world.audit()));

  // Energy that went past the dial, and a contact that somebody moved.
  sim::Meter& meter = world.field().meter("m1");
  auto block = meter.registers();
  block.total.e4 += 100;
  meter.set_registers(block, world.time().now());
  CHECK(named(world.audit(), "m1: the meter shows"));

  // The platform's word against the meter's.
  world.watch().reported("gw-1", wire::CommandEvent{base::CommandId("c1-1"), base::DeviceId("m1"), world.time().now(),
                                                    wire::CommandPhase::verified, "", wire::Relay::open});
  CHECK(named(world.audit(), "is verified, but was never accepted"));
}

}  // namespace anju::scenario
