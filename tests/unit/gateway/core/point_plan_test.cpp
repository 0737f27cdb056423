#include "gateway/core/point_plan.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <random>

#include "tests/unit/gateway/core/profile_bench.hpp"

namespace anju::gateway {
namespace {

using enum PointName;
using modbus::Function;
using modbus::Read;

Point point(PointName name, Function function, std::uint16_t address, modbus::Type type) {
  Point made;
  made.name = name;
  made.function = function;
  made.address = address;
  made.type = type;
  return made;
}

DeviceProfile profile_of(std::vector<Point> points, std::size_t max_block = 32, std::size_t max_gap = 8) {
  DeviceProfile profile;
  profile.points = std::move(points);
  profile.max_block = max_block;
  profile.max_gap = max_gap;
  return profile;
}

std::vector<PointName> all_of(const DeviceProfile& profile) {
  std::vector<PointName> names;
  for (const Point& one : profile.points) names.push_back(one.name);
  return names;
}

std::vector<Read> planned(const DeviceProfile& profile) { return plan_blocks(profile, all_of(profile)).value(); }

constexpr auto kHolding = Function::read_holding_registers;
constexpr auto kInput = Function::read_input_registers;

}  // namespace

TEST_CASE("plan: sixteen neighbouring points make one request") {
  std::vector<Point> points;
  for (int i = 0; i < 16; ++i) points.push_back(point(static_cast<PointName>(i), kHolding, static_cast<std::uint16_t>(0x1000 + 2 * i), modbus::Type::float32));
  CHECK(planned(profile_of(points)) == std::vector<Read>{{kHolding, 0x1000, 32}});
}

TEST_CASE("plan: a gap is read along up to max_gap, and never over what is unreadable") {
  const std::vector<Point> points{point(power, kHolding, 10, modbus::Type::u16), point(flow, kHolding, 15, modbus::Type::u16)};
  CHECK(planned(profile_of(points, 32, 4)) == std::vector<Read>{{kHolding, 10, 6}});
  CHECK(planned(profile_of(points, 32, 3)) == std::vector<Read>{{kHolding, 10, 1}, {kHolding, 15, 1}});
  for (const auto& [first, last, merged] : {std::tuple{11, 11, false}, {14, 14, false}, {0, 100, false}, {16, 20, true}, {0, 9, true}}) {
    CAPTURE(first);
    DeviceProfile profile = profile_of(points);
    profile.unreadable = {{kHolding, static_cast<std::uint16_t>(first), static_cast<std::uint16_t>(last)}};
    CHECK((planned(profile).size() == 1) == merged);
  }
  DeviceProfile other_table = profile_of(points);
  other_table.unreadable = {{kInput, 12, 12}};
  CHECK(planned(other_table).size() == 1);
}

TEST_CASE("plan: a block is at most max_block long, and no point is cut in two") {
  const std::vector<Point> points{point(energy_total, kHolding, 0, modbus::Type::u64), point(power, kHolding, 4, modbus::Type::float32),
                                  point(flow, kHolding, 6, modbus::Type::float32)};
  CHECK(planned(profile_of(points, 8)) == std::vector<Read>{{kHolding, 0, 8}});
  CHECK(planned(profile_of(points, 7)) == std::vector<Read>{{kHolding, 0, 6}, {kHolding, 6, 2}});
  CHECK(planned(profile_of(points, 4)) == std::vector<Read>{{kHolding, 0, 4}, {kHolding, 4, 4}});
}

TEST_CASE("plan: tables are read apart, and one register for two points once") {
  const std::vector<Point> points{point(power, kInput, 1, modbus::Type::u16), point(flow, kHolding, 0, modbus::Type::u16), point(valve, kHolding, 1, modbus::Type::u16),
                                  point(alarms, kHolding, 1, modbus::Type::u16)};
  CHECK(planned(profile_of(points)) == std::vector<Read>{{kHolding, 0, 2}, {kInput, 1, 1}});
  const DeviceProfile profile = profile_of(points);
  CHECK(plan_blocks(profile, std::array{flow, flow}).value() == std::vector<Read>{{kHolding, 0, 1}});
  CHECK(plan_blocks(profile, {}).value().empty());
  CHECK(plan_blocks(profile, std::array{clock}).error().is(ProfileErrc::unknown_point));
}

TEST_CASE("plan: what scales a point is read with it") {
  std::vector<Point> points{point(energy_total, kHolding, 100, modbus::Type::u32), point(current_ratio, kHolding, 6, modbus::Type::u16)};
  points[0].scale = {current_ratio};
  const DeviceProfile profile = profile_of(points);
  CHECK(plan_blocks(profile, std::array{energy_total}).value() == std::vector<Read>{{kHolding, 6, 1}, {kHolding, 100, 2}});
}

TEST_CASE("plan: any profile: every point whole in a block, no block too long, over a hole or over too wide a gap, and none could be spared") {
  const char* given = std::getenv("ANJU_SEED");
  const std::uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  MESSAGE("ANJU_SEED=" << seed);
  std::mt19937_64 random(seed);
  for (int round = 0; round < 2'000; ++round) {
    constexpr std::array kTypes{modbus::Type::u16, modbus::Type::u32, modbus::Type::u48, modbus::Type::u64};
    std::vector<Point> points;
    for (int i = 0; i < 8; ++i) {
      points.push_back(point(static_cast<PointName>(i), random() % 4 == 0 ? kInput : kHolding, static_cast<std::uint16_t>(random() % 60), kTypes[random() % 4]));
    }
    DeviceProfile profile = profile_of(points, 4 + random() % 20, random() % 10);
    const auto hole = static_cast<std::uint16_t>(random() % 60);
    const bool free = std::ranges::none_of(points, [&](const Point& one) { return one.function == kHolding && one.address <= hole && one.address + one.size() > hole; });
    if (free) profile.unreadable = {{kHolding, hole, hole}};
    const auto blocks = planned(profile);
    for (const Point& one : points) {
      const auto holds = [&](const Read& block) { return block.function == one.function && block.address <= one.address && block.address + block.count >= one.address + one.size(); };
      CHECK(std::ranges::any_of(blocks, holds));
    }
    for (const Read& block : blocks) {
      CHECK(block.count <= profile.max_block);
      if (free) CHECK_FALSE((block.function == kHolding && block.address <= hole && block.address + block.count > hole));
      std::size_t unasked = 0;
      for (std::size_t at = block.address; at < std::size_t{block.address} + block.count; ++at) {
        const bool asked = std::ranges::any_of(points, [&](const Point& one) { return one.function == block.function && one.address <= at && at < one.address + one.size(); });
        unasked = asked ? 0 : unasked + 1;
        CHECK(unasked <= profile.max_gap);
      }
    }
    // Two blocks that could have been one: the later begins where it begins because something is in the way.
    for (std::size_t i = 1; i < blocks.size(); ++i) {
      const Read &left = blocks[i - 1], &right = blocks[i];
      if (left.function != right.function) continue;
      const std::size_t length = std::max<std::size_t>(left.address + left.count, right.address + right.count) - left.address;
      const std::size_t end = left.address + left.count;
      const bool wide = right.address > end && right.address - end > profile.max_gap;
      const bool over_hole = free && left.function == kHolding && hole >= end && hole < right.address;
      CHECK((length > profile.max_block || wide || over_hole));
    }
  }
}

TEST_CASE("plan: the shipped profiles need few requests") {
  const auto requests = [](const char* name) {
    const DeviceProfile& profile = bench::shipped(name);
    return plan_blocks(profile, all_of(profile)).value().size();
  };
  CHECK(requests("xintai-water") == 1);
  CHECK(requests("pzem-014") == 1);
  CHECK(requests("acrel-ddsy1352") == 1);
  CHECK(requests("eastron-sdm630") == 4);  // nothing is read along: no source says that it may be
  CHECK(requests("anju-hot-water") == 4);  // the registers 0010H to 001FH are unreadable, the coil is another table
}

}  // namespace anju::gateway
