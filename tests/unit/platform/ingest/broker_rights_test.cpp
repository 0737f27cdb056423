#include "platform/ingest/broker_rights.hpp"

#include <time.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

namespace anju::platform {
namespace {

using std::chrono::milliseconds;

/// A broker that takes what it is told and says nothing by itself.
struct Bench {
  std::atomic<int> published = 0, looked = 0;
  BrokerRights rights;

  explicit Bench(milliseconds every = std::chrono::hours(1))
      : rights({.logins =
                    [this] {
                      ++looked;
                      return std::optional(std::vector{BrokerLogin{"garden", "gw-1", "secret"}});
                    },
                .publish =
                    [this](std::string_view) {
                      ++published;
                      return true;
                    },
                .log = [](const std::string&) {},
                .own_user = "platform",
                .every = every}) {
    rights.start();
  }
  static bool soon(const std::function<bool()>& holds) {
    for (int tries = 0; tries < 1000 && !holds(); ++tries) std::this_thread::sleep_for(milliseconds(10));
    return holds();
  }
};

milliseconds used_by_this_process() {
  struct timespec used {};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return milliseconds(used.tv_sec * 1000 + used.tv_nsec / 1'000'000);
}

}  // namespace

TEST_CASE("broker rights: a key that changes while the broker is away is told when it is back, and costs nothing until then") {
  Bench bench;
  bench.rights.keys_changed();
  const auto before = used_by_this_process();
  std::this_thread::sleep_for(milliseconds(400));
  CHECK(used_by_this_process() - before < milliseconds(200));  // once it turned in a circle
  CHECK(bench.published == 0);
  bench.rights.connected();
  CHECK(Bench::soon([&] { return bench.published == 1; }));
}

TEST_CASE("broker rights: an answer that was lost is asked for again by itself") {
  Bench bench(milliseconds(20));
  bench.rights.connected();
  CHECK(Bench::soon([&] { return bench.published >= 3; }));
  bench.rights.disconnected();
  bench.rights.stop();
  const int told = bench.published;
  bench.rights.keys_changed();
  CHECK(bench.published == told);
}

}  // namespace anju::platform
