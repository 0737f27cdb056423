#include "protocols/mqtt/backoff.hpp"

#include <doctest/doctest.h>

using namespace anju::mqtt;

TEST_CASE("backoff: doubles from the least to the most, and at most half of it is taken off") {
  struct Row {
    int failures;
    std::int64_t least, most;  // of the result
  };
  for (const Row& row : {Row{0, 250, 500}, Row{1, 500, 1000}, Row{2, 1000, 2000}, Row{6, 15'000, 30'000},
                         Row{7, 15'000, 30'000}, Row{1'000'000, 15'000, 30'000}}) {
    CAPTURE(row.failures);
    std::int64_t seen_least = 1'000'000, seen_most = 0;
    for (std::uint32_t random = 0; random < 40'000; ++random) {
      const auto pause = backoff_ms(row.failures, 500, 30'000, random);
      seen_least = std::min(seen_least, pause);
      seen_most = std::max(seen_most, pause);
    }
    CHECK(seen_least == row.least);
    CHECK(seen_most == row.most);
  }
}

TEST_CASE("backoff: any setting gives a pause of at least a millisecond") {
  CHECK(backoff_ms(0, 0, 0, 12345) >= 1);
  CHECK(backoff_ms(3, 1, 1, 12345) >= 1);
  CHECK(backoff_ms(0, 1000, 10, 0) == 5);
}
