#include "gateway/core/scan_model.hpp"

#include <algorithm>
#include <memory>

#include <doctest/doctest.h>

#include "tests/unit/gateway/core/profile_bench.hpp"

namespace anju::gateway {
namespace {

constexpr auto kHolding = modbus::Function::read_holding_registers;

constexpr const char* kVoltage = R"([[point]]
name = "voltage_a"
function = 3
address = 102
type = "u16"
unit = "0.1V"
)";

Profiles profiles_of(std::initializer_list<std::string> texts) {
  Profiles profiles;
  for (const auto& text : texts) {
    auto profile = bench::parsed(text);
    profiles[profile.name] = std::make_shared<const DeviceProfile>(profile);
  }
  return profiles;
}

std::string named(const std::string& name, const std::string& text) {
  return bench::with(text, "\"small\"", "\"" + name + "\"");
}

/// 1234.56 kWh, so many volts / 10, and what the relay's register holds.
Answers answers_of(std::uint16_t volts, std::uint16_t relay) {
  return {{{kHolding, 100, 3}, modbus::RegistersReply{kHolding, {1, 0xE240, volts}}}, {{kHolding, 200, 1}, modbus::RegistersReply{kHolding, {relay}}}};
}

}  // namespace

TEST_CASE("scan model: who has a register that is refused, missing or cannot be true is no candidate") {
  const auto profiles = profiles_of({bench::joined({bench::kHead, bench::kEnergy, kVoltage, bench::kRelay})});
  const auto fits = [&](const Answers& answers) { return models_that_fit(profiles, answers); };
  const auto good = fits(answers_of(2300, 1));
  REQUIRE(good.size() == 1);
  CHECK(base::format(good[0].total.value()) == "1234.56");
  CHECK(good[0].state == "closed");
  CHECK(fits(answers_of(2300, 7)).empty());   // a state that the profile does not have
  CHECK(fits(answers_of(30, 1)).empty());     // 3 V
  CHECK(fits(answers_of(65535, 1)).empty());  // 6553.5 V
  CHECK(fits({}).empty());
  auto refused = answers_of(2300, 1);
  refused[1].second = modbus::ExceptionReply{kHolding, 2};
  CHECK(fits(refused).empty());
  refused[1].second = modbus::RegistersReply{kHolding, {1, 1}};  // longer than was asked
  CHECK(fits(refused).empty());
}

TEST_CASE("scan model: of several that fit the one with more that agrees comes first, none is dropped") {
  const auto profiles = profiles_of({named("plain", bench::joined({bench::kHead, bench::kEnergy})), named("volts", bench::joined({bench::kHead, bench::kEnergy, kVoltage})),
                                     named("other", bench::with(bench::joined({bench::kHead, bench::kEnergy}), "address = 100", "address = 300"))});
  const auto fits = models_that_fit(profiles, answers_of(2300, 0));
  REQUIRE(fits.size() == 2);
  CHECK(fits[0].name == "volts");
  CHECK(fits[1].name == "plain");
  CHECK(fits[0].evidence > fits[1].evidence);
}

TEST_CASE("scan model: what tells the profiles apart is read once each, and nothing is written") {
  const auto small = bench::joined({bench::kHead, bench::kEnergy, bench::kRelay});
  const auto reads = telling_reads(profiles_of({named("a", small), named("b", small)}));
  CHECK(reads.size() == 2);
  for (const auto& read : reads) CHECK(modbus::reads(read.function));
  CHECK(telling_reads({}).empty());
}

}  // namespace anju::gateway
