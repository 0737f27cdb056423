#include "gateway/core/scan_model.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "tests/unit/gateway/core/profile_bench.hpp"
#include "tests/unit/protocols/noise.hpp"

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

TEST_CASE("scan model: who is ruled out needs no more reads, whoever may still fit all of his") {
  const auto small = bench::joined({bench::kHead, bench::kEnergy, bench::kRelay});
  const auto profiles = profiles_of({named("a", small), named("b", bench::with(small, "address = 100", "address = 300"))});
  const modbus::Read relay{kHolding, 200, 1}, here{kHolding, 100, 2}, there{kHolding, 300, 2};
  const modbus::ExceptionReply refused{kHolding, 2};
  const modbus::RegistersReply total{kHolding, {1, 0xE240}}, closed{kHolding, {1}};
  using Reads = std::vector<modbus::Read>;
  CHECK(still_telling(profiles, {here, relay, there}, {}) == Reads{here, relay, there});
  // b can still be, and needs the relay that a would have needed as well.
  CHECK(still_telling(profiles, {relay, there}, {{here, refused}}) == Reads{relay, there});
  CHECK(still_telling(profiles, {relay, there}, {}) == Reads{relay, there});  // not answered at all
  CHECK(still_telling(profiles, {there}, {{here, total}, {relay, refused}}).empty());
  CHECK(still_telling(profiles, {there}, {{here, total}, {relay, closed}}) == Reads{there});
  CHECK(still_telling(profiles, {there}, {{here, total}, {relay, modbus::RegistersReply{kHolding, {7}}}}).empty());  // no state of either
  CHECK(still_telling({}, {here}, {}).empty());
}

TEST_CASE("scan model: sparing reads changes nothing in what a device is taken for, whatever it holds") {
  const auto loaded = load_profiles(bench::shipped_texts());
  Profiles profiles;
  for (const auto& [name, profile] : loaded.profiles) profiles[name] = std::make_shared<const DeviceProfile>(profile);
  std::vector<const DeviceProfile*> list;
  for (const auto& [name, profile] : profiles) list.push_back(profile.get());
  const auto reads = telling_reads(profiles);
  const auto seed = noise::seed();
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  // What meters hold: 230 V and 50 Hz as whole numbers and as floats, states, nothing.
  const auto word = [&](PointName name, unsigned at) -> std::uint16_t {
    constexpr std::array<std::uint16_t, 3> kHertz{4998, 500, 0x4248};
    constexpr std::array<std::uint16_t, 5> kOther{0, 0, 1, 1000, 0xFFFF};
    if (at > 0) return random() % 8 == 0 ? kOther[random() % kOther.size()] : std::uint16_t{0};
    if (name == PointName::voltage_a) return random() % 2 == 0 ? std::uint16_t{2300} : std::uint16_t{0x4366};
    return name == PointName::frequency ? kHertz[random() % kHertz.size()] : kOther[random() % kOther.size()];
  };
  std::size_t fitted = 0, asked = 0;
  for (int round = 0; round < 600; ++round) {
    CAPTURE(round);
    std::map<std::pair<modbus::Function, unsigned>, std::uint16_t> registers;
    const auto& model = *list[random() % list.size()];
    for (const auto& point : model.points) {
      if (random() % 40 == 0) continue;  // a device that lacks one
      for (unsigned i = 0; i < point.size() + 3; ++i) registers.try_emplace({point.function, point.address + i}, word(point.name, i));
    }
    const bool is_silent = random() % 2 == 0;
    const auto answer = [&](const modbus::Read& read) -> std::optional<modbus::Reply> {
      modbus::RegistersReply words{read.function, {}};
      for (unsigned i = 0; i < read.count; ++i) {
        const auto found = registers.find({read.function, read.address + i});
        if (found == registers.end()) return is_silent ? std::nullopt : std::optional<modbus::Reply>(modbus::ExceptionReply{read.function, 2});
        words.values.push_back(found->second);
      }
      if (modbus::reads_registers(read.function)) return words;
      modbus::BitsReply bits{read.function, base::Bytes((read.count + 7U) / 8)};
      for (unsigned i = 0; i < read.count; ++i) bits.packed[i / 8] |= std::byte((words.values[i] & 1U) << (i % 8));
      return bits;
    };
    Answers all, spared;
    for (const auto& read : reads) {
      if (auto reply = answer(read)) all.emplace_back(read, *std::move(reply));
    }
    for (auto waiting = reads; !waiting.empty();) {
      const auto read = waiting.front();
      waiting.erase(waiting.begin());
      ++asked;
      if (auto reply = answer(read)) spared.emplace_back(read, *std::move(reply));
      waiting = still_telling(profiles, waiting, spared);
    }
    const auto of_all = models_that_fit(profiles, all), of_spared = models_that_fit(profiles, spared);
    REQUIRE(of_spared.size() == of_all.size());
    for (std::size_t i = 0; i < of_all.size(); ++i) {
      CHECK(of_spared[i].name == of_all[i].name);
      CHECK(of_spared[i].evidence == of_all[i].evidence);
      CHECK(of_spared[i].total == of_all[i].total);
      CHECK(of_spared[i].state == of_all[i].state);
    }
    fitted += of_all.empty() ? 0 : 1;
  }
  MESSAGE(fitted << " of 600 fit something; " << asked << " reads instead of " << 600 * reads.size());
  CHECK(fitted > 20);
  CHECK(asked < 600 * reads.size() * 3 / 4);
}

}  // namespace anju::gateway
