// Any text is a profile or an error, and any registers are values or errors: no text and no device takes the gateway down.

#include <doctest/doctest.h>

#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "gateway/core/point_plan.hpp"
#include "gateway/core/point_value.hpp"
#include "protocols/base/decimal.hpp"
#include "tests/unit/gateway/core/profile_bench.hpp"

namespace anju::gateway {
namespace {

std::uint64_t seed() {
  const char* given = std::getenv("ANJU_SEED");
  const std::uint64_t value = given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  MESSAGE("ANJU_SEED=" << value);
  return value;
}

/// A line of the text dropped, doubled, exchanged with another or damaged in one byte.
std::string damaged(const std::string& text, std::mt19937_64& random) {
  std::vector<std::string> lines{""};
  for (const char c : text) {
    lines.back() += c;
    if (c == '\n') lines.emplace_back();
  }
  for (auto changes = 1 + random() % 3; changes > 0; --changes) {
    const std::size_t at = random() % lines.size(), other = random() % lines.size();
    switch (random() % 4) {
      case 0: lines[at].clear(); break;
      case 1: lines[at] += lines[other]; break;
      case 2: std::swap(lines[at], lines[other]); break;
      case 3:
        if (!lines[at].empty()) lines[at][random() % lines[at].size()] = static_cast<char>(random() % 128);
        break;
    }
  }
  std::string joined;
  for (const auto& line : lines) joined += line;
  return joined;
}

/// What every profile that was taken has to keep; empty when it does.
std::string broken(const DeviceProfile& profile, std::mt19937_64& random) {
  std::vector<PointName> names;
  for (const Point& point : profile.points) names.push_back(point.name);
  const auto blocks = plan_blocks(profile, names);
  if (!blocks) return "a profile without a plan";
  ReadRegisters read;
  for (const modbus::Read& block : *blocks) {
    if (!modbus::encode(block)) return "a block that cannot be asked for";
    if (modbus::reads_bits(block.function)) {
      base::Bytes packed((std::size_t{block.count} + 7) / 8);
      for (std::byte& byte : packed) byte = static_cast<std::byte>(random() & 0xFF);
      if (!read.put(block, modbus::BitsReply{block.function, packed})) return "bits that were asked for were refused";
      continue;
    }
    std::vector<std::uint16_t> words(block.count);
    for (std::uint16_t& word : words) word = static_cast<std::uint16_t>(random() % 4 == 0 ? random() % 4 : random());
    if (!read.put(block, modbus::RegistersReply{block.function, words})) return "registers that were asked for were refused";
  }
  for (const PointName name : names) {
    const auto value = decode_point(profile, name, read);
    if (!value && value.error().is(ProfileErrc::not_read)) return "a plan that does not bring a point";
    if (!value) continue;
    (void)text_of(*value);
    const auto* number = std::get_if<Measured>(&*value);
    if (number != nullptr && (number->units > base::kMaxDecimal || number->units < -base::kMaxDecimal)) return "a number that is not exact everywhere";
    const auto* state = std::get_if<State>(&*value);
    if (state != nullptr && !may_be(name, *state)) return "a state that the point cannot have";
  }
  for (const ProfileAction& action : profile.actions) {
    const auto writes = writes_of(action, base::CivilTime{2026, 11, 22, 12, 0, 0});
    if (!writes || writes->empty()) return "an action without a write";
    for (const modbus::Request& request : *writes) {
      if (!modbus::encode(request)) return "a write that cannot be sent";
    }
    if (profile.find(action.verify.point) == nullptr) return "an action that nothing verifies";
  }
  return "";
}

}  // namespace

TEST_CASE("profiles: any registers of any shipped device are values or errors") {
  std::mt19937_64 random(seed());
  for (int round = 0; round < 300; ++round) {
    for (const auto& [file, text] : bench::shipped_texts()) {
      CAPTURE(file);
      REQUIRE(broken(bench::shipped(file.substr(0, file.size() - 5)), random) == "");
    }
  }
}

TEST_CASE("profiles: a damaged text is refused with its file's name, or what it says can be carried out") {
  std::mt19937_64 random(seed());
  const auto texts = bench::shipped_texts();
  int taken = 0, refused = 0;
  for (int round = 0; round < 60; ++round) {
    for (const auto& [file, text] : texts) {
      const std::string other = damaged(text, random);
      const auto profile = parse_profile(file, other);
      CAPTURE(other);
      if (!profile) {
        REQUIRE(profile.error().where.starts_with(file + ": "));
        ++refused;
        continue;
      }
      REQUIRE(broken(*profile, random) == "");
      ++taken;
    }
  }
  CHECK(taken > 20);
  CHECK(refused > 100);
}

}  // namespace anju::gateway
