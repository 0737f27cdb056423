#include "gateway/core/upgrade_order.hpp"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

using namespace anju;
using namespace anju::gateway;
using wire::UpgradeStep;

namespace {

const wire::Version kOld{{0, 1, 0}}, kNew{{0, 2, 0}}, kNewer{{0, 3, 0}};
constexpr std::int64_t kSize = 1000;

wire::ReleaseOrder order(const char* id, wire::Version version = kNew) {
  return {id, version, kSize, std::string(64, 'a'), "https://h/" + std::string(id), ""};
}

/// A box: the folder, the child that fetches and the launcher, as far as the orders see them. A look is a second.
struct Bench {
  OrderFacts facts;
  std::optional<OrderRecord> disk;
  UpgradeOrders orders{std::nullopt};
  base::UtcMillis now{5'000'000};
  bool disk_full = false, fetching = false;
  int fetches = 0, told = 0;
  std::vector<std::string> offers_forgotten;

  Bench() {
    facts.launcher = facts.archive = true;
    facts.running = kOld;
  }
  OrderActions look(std::int64_t seconds = 1) {
    now = now + base::seconds(seconds);
    const auto actions = orders.look(facts, now);
    facts.ended.reset();
    if (actions.stop_fetch) fetching = false;
    if (actions.forget_download) facts.have = 0;
    if (!actions.forget_offer.empty()) offers_forgotten.push_back(actions.forget_offer), facts.offered = false;
    if (actions.keep && !disk_full) disk = orders.record(), orders.kept();
    if (actions.fetch) {
      REQUIRE_FALSE(fetching);  // one at a time, or two write one file
      fetching = true;
      ++fetches;
    }
    told += actions.tell ? 1 : 0;
    return actions;
  }
  void end(const char* reason) {
    REQUIRE(fetching);
    fetching = false;
    facts.ended = FetchEnd{reason};
    facts.offered = *reason == '\0';
    if (facts.offered) facts.have = 0;
  }
  void restart() {
    if (disk) {
      const auto read = decode_order_record(encode(*disk));
      REQUIRE(read == disk);
      disk = read;
    }
    orders = UpgradeOrders(disk);
    fetching = false;
  }
  /// What the launcher does with an offer.
  void take(UpgradeResult result, const char* reason = "") {
    facts.state.trial = UpgradeTrial{kNew, orders.order(), 1};
    facts.offered = false;
    look();
    CHECK(step() == UpgradeStep::trial);
    end_trial(result, reason);
  }
  void end_trial(UpgradeResult result, const char* reason = "") {
    facts.state.last = UpgradeOutcome{facts.state.trial->order, facts.state.trial->version, result, reason};
    facts.state.trial.reset();
    if (result == UpgradeResult::installed) facts.running = facts.state.last->version;
    look();
  }
  [[nodiscard]] UpgradeStep step() const { return orders.record()->step; }
  [[nodiscard]] std::string reason() const { return orders.record()->reason; }
};

/// Until it is offered.
void fetch_whole(Bench& bench) {
  bench.look();
  REQUIRE(bench.fetching);
  bench.facts.have = kSize;
  bench.look();
  bench.end("");
  bench.look();
  REQUIRE(bench.step() == UpgradeStep::offered);
}

}  // namespace

TEST_CASE("upgrade order: from the archive to the trial, once, however often it is wanted") {
  Bench bench;
  bench.look();
  CHECK_FALSE(bench.orders.progress());
  bench.facts.wanted = order("u1");
  auto actions = bench.look();
  REQUIRE(actions.fetch);
  CHECK(*actions.fetch == order("u1"));
  CHECK(actions.keep);
  CHECK(actions.tell);
  bench.facts.have = 400;
  bench.look();
  CHECK(bench.orders.progress()->step == UpgradeStep::downloading);
  CHECK(bench.orders.progress()->bytes == 400);
  bench.end("");
  CHECK(bench.look().tell);
  CHECK(bench.orders.progress()->bytes == kSize);
  bench.take(UpgradeResult::installed);
  CHECK(bench.step() == UpgradeStep::installed);
  for (int i = 0; i < 100; ++i) bench.look();
  bench.restart();
  for (int i = 0; i < 100; ++i) bench.look();
  CHECK(bench.fetches == 1);
  bench.facts.wanted.reset();  // the platform has heard it
  bench.look();
  CHECK(bench.orders.progress()->step == UpgradeStep::installed);
  bench.facts.wanted = order("u2", kNewer);
  CHECK(bench.look().fetch);
  CHECK(bench.orders.progress()->order == "u2");
}

TEST_CASE("upgrade order: without a launcher it is refused, and nothing is fetched") {
  Bench bench;
  bench.facts.launcher = false;
  bench.facts.wanted = order("u1");
  CHECK_FALSE(bench.look().fetch);
  CHECK(bench.step() == UpgradeStep::refused);
  CHECK(bench.reason() == kNoLauncher);
}

TEST_CASE("upgrade order: what runs already is installed, what is older is refused, neither for a byte of data") {
  Bench bench;
  bench.facts.running = kNew;
  bench.facts.wanted = order("u1");
  bench.look();
  CHECK(bench.step() == UpgradeStep::installed);
  bench.look(5);
  bench.facts.wanted = order("u2", kOld);
  bench.look();
  CHECK(bench.step() == UpgradeStep::refused);
  CHECK(bench.reason() == "not_newer");
  CHECK(bench.fetches == 0);
}

TEST_CASE("upgrade order: a file that is not the one ordered fails for good; another order of it is another try") {
  for (const char* reason : {"damaged", "not_a_release", "bad_manifest", "bad_uri"}) {
    CAPTURE(reason);
    Bench bench;
    bench.facts.wanted = order("u1");
    bench.look();
    bench.facts.have = kSize;
    bench.look();
    bench.end(reason);
    CHECK(bench.look().forget_download);
    CHECK(bench.step() == UpgradeStep::failed);
    CHECK(bench.reason() == reason);
    for (int i = 0; i < 1000; ++i) bench.look(60);
    bench.restart();
    for (int i = 0; i < 10; ++i) bench.look();
    CHECK(bench.fetches == 1);
    bench.facts.wanted = order("u2");
    CHECK(bench.look().fetch);
  }
}

TEST_CASE("upgrade order: a wrong file that was put together over a restart comes once more, whole, before it is wrong for good") {
  for (const char* reason : {"damaged", "not_a_release", "bad_manifest"}) CHECK(reason_of_fetch(reason, true) == kResumedWrong);
  for (const char* reason : {"bad_uri", "unreachable", "not_written", "unreadable"}) CHECK(reason_of_fetch(reason, true) == reason);
  Bench bench;
  bench.facts.wanted = order("u1");
  bench.look();
  bench.end(std::string(reason_of_fetch("damaged", true)).c_str());
  bench.facts.have = 0;
  bench.look();
  CHECK(bench.step() == UpgradeStep::waiting);
  CHECK(bench.reason() == "resumed_wrong");
  bench.look(30);
  REQUIRE(bench.fetching);
  bench.end(std::string(reason_of_fetch("damaged", false)).c_str());
  bench.look();
  CHECK(bench.step() == UpgradeStep::failed);
  CHECK(bench.reason() == "damaged");
  for (int i = 0; i < 100; ++i) bench.look(60);
  CHECK(bench.fetches == 2);
}

TEST_CASE("upgrade order: a server that is gone is asked at growing intervals, and given up after a day") {
  Bench bench;
  bench.facts.wanted = order("u1");
  std::vector<std::int64_t> gaps;
  std::int64_t since = 0, total = 0;
  bench.look();
  while (bench.step() != UpgradeStep::failed && total < 100'000) {
    if (bench.fetching) {
      if (bench.fetches > 1) gaps.push_back(since);
      since = 0;
      bench.end("unreachable");
    }
    bench.look();
    CHECK((bench.fetching || !bench.reason().empty()));
    ++since, ++total;
  }
  CHECK(bench.step() == UpgradeStep::failed);
  CHECK(bench.reason() == "unreachable");
  CHECK(total >= 86'390);
  CHECK(total <= 86'410);
  REQUIRE(gaps.size() > 10);
  CHECK(gaps.front() == 31);  // and the look in which it was told
  CHECK(gaps[1] == 61);
  CHECK(gaps.back() == 1801);
  CHECK(bench.fetches < 60);
  CHECK_FALSE(bench.fetching);
}

TEST_CASE("upgrade order: a day is a day over restarts, but for what a power cut makes forgotten") {
  Bench bench;
  bench.facts.wanted = order("u1");
  std::int64_t total = 0;
  for (; total < 200'000; ++total) {
    if (total % 7200 == 7199) bench.restart();
    if (bench.fetching && total % 100 == 0) bench.end("unreachable");
    bench.look();
    if (bench.step() == UpgradeStep::failed) break;
  }
  CHECK(total >= 86'390);
  CHECK(total < 86'400 + 13 * (kKeepEvery_s + 1));
}

TEST_CASE("upgrade order: a download that begins anew for ever stops at a few times the file") {
  Bench bench;
  bench.facts.wanted = order("u1");
  std::int64_t received = 0;
  for (int i = 0; i < 1000 && (i == 0 || bench.step() != UpgradeStep::failed); ++i) {
    bench.look();
    if (!bench.fetching) continue;
    bench.facts.have = bench.facts.have == 0 ? 900 : 0;  // cut off at nine tenths, then from the beginning
    received += bench.facts.have;
  }
  CHECK(bench.step() == UpgradeStep::failed);
  CHECK(bench.reason() == kDataLimit);
  CHECK_FALSE(bench.fetching);
  CHECK(received <= (kMostTimesSize + 1) * kSize);
}

TEST_CASE("upgrade order: a slow line goes on for as long as it brings something") {
  Bench bench;
  bench.facts.wanted = order("u1");
  bench.look();
  for (int i = 0; i < 20; ++i) {
    REQUIRE(bench.fetching);
    bench.facts.have += 10;
    bench.look();
    bench.end("unreachable");
    bench.look();
    CHECK(bench.step() == UpgradeStep::waiting);
    bench.look(30);  // the shortest pause, each time
  }
  CHECK(bench.fetches == 21);
  for (int i = 0; i < 2000; ++i) ++bench.facts.have, bench.look(60);
  CHECK(bench.step() == UpgradeStep::failed);
  CHECK(bench.reason() == kTooSlow);
}

TEST_CASE("upgrade order: withdrawn while it comes: it stops, and nothing of it is left") {
  Bench bench;
  bench.facts.wanted = order("u1");
  bench.look();
  bench.facts.have = 500;
  bench.look();
  bench.facts.wanted.reset();
  const auto actions = bench.look();
  CHECK(actions.stop_fetch);
  CHECK(actions.forget_download);
  CHECK(bench.offers_forgotten == std::vector<std::string>{"u1"});  // it may have been made in this instant
  for (int i = 0; i < 30; ++i) bench.look();
  CHECK_FALSE(bench.disk);
  CHECK_FALSE(bench.orders.progress());
  CHECK(bench.offers_forgotten.size() == 1);
  bench.restart();
  CHECK_FALSE(bench.look().fetch);
}

TEST_CASE("upgrade order: the offer was made in the instant in which the fetch is stopped, and the launcher took it: its word counts") {
  const auto take = [](Bench& bench) {
    CHECK(bench.offers_forgotten == std::vector<std::string>{"u1"});
    REQUIRE(bench.orders.order() == "u1");
    bench.take(UpgradeResult::rolled_back, "crashed");
    CHECK(bench.step() == UpgradeStep::rolled_back);
    CHECK(bench.reason() == "crashed");
    CHECK(bench.fetches == 1);
  };
  SUBCASE("withdrawn") {
    Bench bench;
    bench.facts.wanted = order("u1");
    bench.look();
    bench.facts.wanted.reset();
    CHECK(bench.look().stop_fetch);
    take(bench);
  }
  SUBCASE("another one is wanted") {
    Bench bench;
    bench.facts.wanted = order("u1");
    bench.look();
    bench.facts.wanted = order("u2", kNewer);
    CHECK(bench.look().stop_fetch);
    take(bench);
    bench.look(5);
    CHECK(bench.orders.order() == "u2");
    CHECK(bench.fetching);
  }
  SUBCASE("it took too long") {
    Bench bench;
    bench.facts.wanted = order("u1");
    bench.look();
    CHECK(bench.look(24 * 3600).stop_fetch);
    CHECK_FALSE(is_over(bench.step()));
    take(bench);
  }
}

TEST_CASE("upgrade order: the launcher did not take what was stopped: given up for its reason, withdrawn for good, or wanted again and fetched again") {
  Bench slow;
  slow.facts.wanted = order("u1");
  slow.look();
  slow.look(24 * 3600);
  for (int i = 0; i < 31; ++i) slow.look();
  CHECK(slow.step() == UpgradeStep::failed);
  CHECK(slow.reason() == kTooSlow);
  slow.facts.wanted = order("u2");
  for (int i = 0; i < 5; ++i) slow.look();
  REQUIRE(slow.fetching);
  slow.end("");
  slow.look();
  slow.facts.offered = false;
  for (int i = 0; i < 31; ++i) slow.look();
  CHECK(slow.reason() == kOfferLost);  // not the reason of the order before

  Bench again;
  again.facts.wanted = order("u1");
  again.look();
  again.facts.wanted.reset();
  again.look();
  again.facts.wanted = order("u1");
  for (int i = 0; i < 31; ++i) again.look();
  CHECK(again.step() == UpgradeStep::downloading);
  CHECK(again.fetches == 2);
}

TEST_CASE("upgrade order: an archive that is not there yet withdraws nothing, and orders nothing") {
  Bench bench;
  bench.facts.wanted = order("u1");
  bench.look();
  bench.restart();
  bench.facts.archive = false;
  bench.facts.wanted.reset();
  for (int i = 0; i < 100; ++i) {
    const auto actions = bench.look();
    CHECK_FALSE(actions.fetch);
    CHECK_FALSE(actions.forget_download);
  }
  bench.facts.archive = true;
  bench.facts.wanted = order("u1");
  CHECK(bench.look().fetch);
}

TEST_CASE("upgrade order: withdrawn when the launcher has the offer: taken or not taken, but not lost from sight") {
  for (const bool taken : {false, true}) {
    CAPTURE(taken);
    Bench bench;
    bench.facts.wanted = order("u1");
    fetch_whole(bench);
    bench.facts.wanted.reset();
    bench.look();
    CHECK(bench.offers_forgotten == std::vector<std::string>{"u1"});
    if (taken) {
      bench.take(UpgradeResult::rolled_back, "no_contact");
      CHECK(bench.step() == UpgradeStep::rolled_back);
      CHECK(bench.reason() == "no_contact");
    } else {
      for (int i = 0; i < 40; ++i) bench.look();
      CHECK_FALSE(bench.orders.progress());
      CHECK_FALSE(bench.disk);
    }
    CHECK(bench.offers_forgotten.size() == 1);
  }
}

TEST_CASE("upgrade order: withdrawn on trial: the trial goes on") {
  Bench bench;
  bench.facts.wanted = order("u1");
  fetch_whole(bench);
  bench.facts.state.trial = UpgradeTrial{kNew, "u1", 1};
  bench.facts.offered = false;
  bench.look();
  bench.facts.wanted.reset();
  for (int i = 0; i < 100; ++i) bench.look();
  CHECK(bench.step() == UpgradeStep::trial);
  bench.end_trial(UpgradeResult::installed);
  CHECK(bench.step() == UpgradeStep::installed);
  CHECK(bench.offers_forgotten.empty());
}

TEST_CASE("upgrade order: another one takes its place, behind the launcher's time or its trial") {
  Bench bench;
  bench.facts.wanted = order("u1");
  bench.look();
  bench.facts.have = 500;
  bench.facts.wanted = order("u2", kNewer);
  const auto actions = bench.look();
  CHECK(actions.stop_fetch);
  CHECK(actions.forget_download);
  CHECK_FALSE(actions.fetch);
  for (int i = 0; i < 29; ++i) CHECK_FALSE(bench.look().fetch);  // the launcher may have the offer of the first
  const auto next = bench.look();
  REQUIRE(next.fetch);
  CHECK(next.fetch->order == "u2");
  CHECK(bench.orders.progress()->bytes == 0);
  bench.facts.have = kSize;
  bench.look();
  bench.end("");
  bench.look();
  bench.facts.state.trial = UpgradeTrial{kNewer, "u2", 1};
  bench.facts.offered = false;
  bench.look();
  bench.facts.wanted = order("u3", wire::Version{{0, 4, 0}});
  bench.look();
  CHECK(bench.orders.order() == "u2");
  bench.facts.state.last = UpgradeOutcome{"u2", kNewer, UpgradeResult::rolled_back, "crashed"};
  bench.facts.state.trial.reset();
  bench.look();
  CHECK(bench.orders.order() == "u2");  // its end is heard first
  CHECK(bench.step() == UpgradeStep::rolled_back);
  bench.look(4);
  CHECK(bench.orders.order() == "u2");
  bench.look();
  CHECK(bench.orders.order() == "u3");
  CHECK(bench.fetching);
}

TEST_CASE("upgrade order: it waits for a trial that somebody at the box began") {
  Bench bench;
  bench.facts.state.trial = UpgradeTrial{kNewer, "local-1", 1};
  bench.facts.running = kNewer;
  bench.facts.wanted = order("u1");
  for (int i = 0; i < 10; ++i) CHECK_FALSE(bench.look().fetch);
  CHECK(bench.step() == UpgradeStep::waiting);
  CHECK(bench.reason() == kTrialRunning);
  bench.facts.running = kOld;
  bench.end_trial(UpgradeResult::rolled_back, "crashed");
  CHECK(bench.fetching);
}

TEST_CASE("upgrade order: an offer that the launcher does not know of is no order that is forgotten") {
  Bench bench;
  bench.facts.wanted = order("u1");
  fetch_whole(bench);
  for (int i = 0; i < 100; ++i) bench.look();  // the launcher is busy: it lies there
  CHECK(bench.step() == UpgradeStep::offered);
  bench.facts.offered = false;
  for (int i = 0; i < 29; ++i) bench.look();
  CHECK(bench.step() == UpgradeStep::offered);
  bench.look(), bench.look();
  CHECK(bench.step() == UpgradeStep::failed);
  CHECK(bench.reason() == kOfferLost);
}

TEST_CASE("upgrade order: the folder lost what was kept: the launcher's word is enough not to fetch it again") {
  for (const auto result : {UpgradeResult::installed, UpgradeResult::rolled_back, UpgradeResult::refused}) {
    Bench bench;
    bench.facts.state.last = UpgradeOutcome{"u1", kNew, result, "no_contact"};
    bench.facts.wanted = order("u1");
    CHECK_FALSE(bench.look().fetch);
    CHECK(is_over(bench.step()));
    CHECK(to_string(bench.step()) == to_string(result));
  }
}

TEST_CASE("upgrade order: the word about a download comes every ten seconds, not every second") {
  Bench bench;
  bench.facts.wanted = order("u1");
  bench.look();
  bench.told = 0;
  for (int i = 1; i <= 100; ++i) {
    bench.facts.have = i * 5;
    bench.look();
  }
  CHECK(bench.told == 10);
  for (int i = 0; i < 100; ++i) bench.look();  // nothing new: nothing to say
  CHECK(bench.told <= 11);
}

TEST_CASE("upgrade order: a disk that takes nothing is tried again, and loses no order") {
  Bench bench;
  bench.disk_full = true;
  bench.facts.wanted = order("u1");
  for (int i = 0; i < 10; ++i) CHECK(bench.look().keep);
  bench.disk_full = false;
  CHECK(bench.look().keep);
  CHECK_FALSE(bench.look().keep);
  CHECK(bench.disk->order == "u1");
}

TEST_CASE("upgrade order: killed in any second, the order comes to one end, and is not fetched again behind it") {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    Bench bench;
    bench.facts.wanted = order("u1");
    bool over = false;
    for (int i = 0; i < 2000; ++i) {
      const auto dice = random() % 16;
      if (bench.fetching && dice < 4) bench.facts.have = std::min<std::int64_t>(bench.facts.have + 200, kSize);
      if (bench.fetching && dice == 4 && bench.facts.have == kSize) bench.end("");
      if (bench.fetching && dice == 5) bench.end("unreachable");
      // What fetches may have been done in the instant before.
      if (dice == 6 && bench.fetching && bench.facts.have == kSize && random() % 2 == 0) bench.end(""), bench.facts.ended.reset();
      if (dice == 6) bench.restart();
      // The launcher, which may act between any two looks.
      if (dice == 7 && bench.facts.offered) bench.facts.state.trial = UpgradeTrial{kNew, "u1", 1}, bench.facts.offered = false;
      if (dice == 8 && bench.facts.state.trial) {
        bench.facts.state.last = UpgradeOutcome{"u1", kNew, UpgradeResult::rolled_back, "crashed"};
        bench.facts.state.trial.reset();
      }
      const int before = bench.fetches;
      bench.look();
      if (over) REQUIRE(bench.fetches == before);
      over = over || is_over(bench.step());
    }
    CHECK(bench.step() == UpgradeStep::rolled_back);
    CHECK(bench.reason() == "crashed");
  }
}

TEST_CASE("upgrade order: a trial that nobody can judge says so, and holds up no other order") {
  Bench bench;
  bench.facts.wanted = order("u1");
  fetch_whole(bench);
  bench.facts.state.trial = UpgradeTrial{kNew, "u1", 1};
  bench.facts.offered = false;
  bench.look();
  REQUIRE(bench.step() == UpgradeStep::trial);
  bench.facts.wanted = order("u2", kNewer);
  bench.look(100);
  REQUIRE(bench.orders.order() == "u1");  // a trial that goes on is waited for
  bench.facts.wanted = order("u1");
  bench.facts.blocked = "unreadable";
  CHECK(bench.look().tell);
  CHECK(bench.step() == UpgradeStep::trial);
  CHECK(bench.reason() == "unreadable");
  bench.facts.wanted = order("u2", kNewer);
  CHECK(bench.look().fetch);
  CHECK(bench.orders.order() == "u2");
  CHECK(bench.step() == UpgradeStep::downloading);
}

TEST_CASE("upgrade order: what is no record is none") {
  const OrderRecord record{"u1", kNew, UpgradeStep::waiting, "unreachable", 5, 6, 7};
  const std::string text = encode(record);
  CHECK(decode_order_record(text) == record);
  for (std::size_t cut = 0; cut < text.size(); ++cut) CHECK_FALSE(decode_order_record(text.substr(0, cut)));
  for (const char* bad : {"", "end\n", "order u1 0.2.0 hoping - 0 0 0 end\n", "order u1 0.2 waiting - 0 0 0 end\n", "order u/1 0.2.0 waiting - 0 0 0 end\n",
                          "order u1 0.2.0 waiting - -1 0 0 end\n", "order u1 0.2.0 waiting - 0 0 0 0 end\n", "order u1 0.2.0 waiting - 99999999999 0 0 end\n"}) {
    CAPTURE(bad);
    CHECK_FALSE(decode_order_record(bad));
  }
}
