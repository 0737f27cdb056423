// How long a box may be without uplink: four lines of 64 meters, read every quarter of an hour, with the usual max_mb.

#include <string>
#include <utility>

#include <doctest/doctest.h>

#include "tests/unit/gateway/spool/spool_bench.hpp"

namespace anju::gateway::testing::spool {
namespace {

constexpr int kLines = 4, kMetersPerLine = 64, kRoundsPerHour = 4;
constexpr int kTogether = 4;  ///< readings that a line at 2400 baud brings while the first one waits (kReadingsDelay)

/// What one round of all meters adds. Registers of six digits and four tariffs: no reading is longer.
std::vector<wire::Event> round_of(int number) {
  std::vector<wire::Event> events;
  for (int meter = 0; meter < kLines * kMetersPerLine; meter += kTogether) {
    wire::ReadingsEvent together;
    for (int i = meter; i < meter + kTogether; ++i) {
      const base::Quantity total(9'999'990'000 - 100 * number);
      together.readings.push_back({base::DeviceId("000000000" + std::to_string(100 + i)), kNow + base::minutes(15 * number), {}, total, {{total, total, total, total}}});
    }
    events.emplace_back(std::move(together));
  }
  return events;
}

}  // namespace

TEST_CASE("spool: 72 hours of four lines of 64 meters fit into the usual size, and a week as well") {
  const Folder folder;
  const auto spool = open(folder);
  int hours = 0;
  for (; hours < 7 * 24; ++hours) {
    for (int i = 0; i < kRoundsPerHour; ++i) {
      const auto appended = spool->append(round_of(hours * kRoundsPerHour + i), kNow);
      REQUIRE(appended);
      if (appended->not_taken != 0) break;
    }
    if (spool->full()) break;
    if (hours == 72) MESSAGE("72 h are " << spool->used_bytes() / 1024 << " KiB");
  }
  MESSAGE(hours << " h are " << spool->used_bytes() / 1024 << " KiB");
  CHECK(hours >= 72);
  CHECK(hours == 7 * 24);
}

}  // namespace anju::gateway::testing::spool
