#include "platform/jobs/retention_job.hpp"

#include <doctest/doctest.h>

#include <deque>
#include <vector>

#include "platform/domain/errc.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

struct ScriptedStore : RetentionStore {
  std::deque<base::Result<CutOutcome>> outcomes;
  std::vector<base::UtcMillis> before;
  base::Result<CutOutcome> cut(base::UtcMillis, base::UtcMillis until) override {
    before.push_back(until);
    if (outcomes.empty()) return CutOutcome{};
    auto next = outcomes.front();
    outcomes.pop_front();
    return next;
  }
  base::Result<CutSoFar> so_far() override { return CutSoFar{}; }
};

struct Night {
  static constexpr std::int64_t kHour = 3'600'000, kDay = 24 * kHour, kMidnight = 20'000 * kDay;
  ScriptedStore store;
  base::UtcMillis now{kMidnight - 8 * kHour + 2 * kHour};  // 02:00 at UTC+8
  std::vector<std::string> lines, told;
  std::int64_t meter = -1;
  RetentionJob job{{store, 500, [this] { return now; }, [] { return 480; },
                    [this](const std::string& wrong, std::int64_t whose) {
                      told.push_back(wrong);
                      meter = whose;
                    },
                    [this](std::string_view line) { lines.emplace_back(line); }}};
  void at(std::int64_t hour, std::int64_t day = 0) { now = base::UtcMillis(kMidnight + day * kDay - 8 * kHour + hour * kHour); }
};

}  // namespace

TEST_CASE("retention job: cuts while there is something old, once a night, and says how much went") {
  Night night;
  night.store.outcomes = {CutOutcome{16, 32'768, 3, {}, 0}, CutOutcome{2, 4096, 1, {}, 0}, CutOutcome{}};
  CHECK(night.job.step());
  CHECK(night.job.step());
  CHECK_FALSE(night.job.step());
  REQUIRE(night.lines.size() == 1);
  CHECK(night.lines[0] == "old readings: 36864 in 18 blocks went, of them 4 stay as single ones");
  CHECK(night.told == std::vector<std::string>{""});
  CHECK(night.store.before.front() == base::UtcMillis(night.now.value - 500 * Night::kDay));
  night.at(4);
  CHECK_FALSE(night.job.step());
  CHECK(night.store.before.size() == 3);
  night.at(2, 1);
  CHECK_FALSE(night.job.step());
  CHECK(night.store.before.size() == 4);
  CHECK(night.lines.size() == 1);  // a night without work is not worth a line
}

TEST_CASE("retention job: by day nothing goes, and what is not done by morning waits for the next night") {
  Night night;
  for (const std::int64_t hour : {0, 5, 12, 23}) {
    night.at(hour);
    CHECK_FALSE(night.job.step());
  }
  CHECK(night.store.before.empty());
  CHECK(night.told.empty());
  night.store.outcomes = {CutOutcome{16, 32'768, 0, {}, 0}};
  night.at(4);
  CHECK(night.job.step());
  night.at(5);
  CHECK_FALSE(night.job.step());
  CHECK(night.lines.size() == 1);
  night.at(1, 1);
  night.store.outcomes = {CutOutcome{1, 2048, 0, {}, 0}};
  CHECK(night.job.step());
}

TEST_CASE("retention job: a fault in the books is told with its meter, and tried again the next night; a store that does not answer sooner") {
  Night night;
  night.store.outcomes = {CutOutcome{0, 0, 0, "meter 7, reading 3: consumption", 7}};
  CHECK_FALSE(night.job.step());
  CHECK(night.told.back() == "meter 7, reading 3: consumption");
  CHECK(night.meter == 7);
  CHECK_FALSE(night.job.step());
  CHECK(night.store.before.size() == 1);
  night.at(2, 1);
  night.store.outcomes = {base::fail(Errc::store_failed, "disk"), CutOutcome{}};
  CHECK_FALSE(night.job.step());
  CHECK(night.told.size() == 1);
  CHECK_FALSE(night.job.step());
  CHECK(night.told.back() == "");
}
