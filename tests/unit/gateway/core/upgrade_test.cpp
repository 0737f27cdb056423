#include "gateway/core/upgrade.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <random>
#include <set>
#include <string>

using namespace anju;
using namespace anju::gateway;

namespace {

wire::Version version(const char* text) {
  return wire::parse_version(text).value();
}
const wire::Version kPackaged{{0, 1, 0}}, kNew{{0, 2, 0}}, kNewer{{0, 3, 0}};

/// A box with a disk, one process and a switch for its power.
struct Box {
  UpgradeState disk;                     // what survives
  wire::Version packaged = kPackaged;
  bool disk_full = false;
  std::optional<Upgrade> upgrade;        // what does not
  std::optional<StartProgram> runs;
  bool stopping = false;
  std::optional<int> left;
  base::UtcMillis now{1};
  std::set<std::string> offers;
  std::set<wire::Version> releases;      // that are unpacked
  int starts = 0;
  bool readable = true;                  // the disk's state
  std::int64_t cut_after = -1;           // actions until the power goes
  bool dark = false;

  void boot(Soundness current = Soundness::sound, Soundness trial = Soundness::sound) {
    runs.reset(), left.reset(), stopping = false, dark = false;
    upgrade.emplace(readable ? disk : UpgradeState{}, packaged, base::seconds(300));
    feed(UpgradeBooted{current, trial, readable});
  }
  void offer(const std::string& order, wire::Version what, std::string refusal = {}) {
    offers.insert(order);
    if (refusal.empty() && upgrade->ready() && !upgrade->knows(order)) releases.insert(what);
    feed(UpgradeAsked{order, what, std::move(refusal)});
  }
  void pass(std::int64_t s) {
    now = now + base::seconds(s);
    feed(UpgradeTick{});
  }
  void end(int code) {
    runs.reset(), stopping = false;
    feed(ProgramEnded{true, code});
  }
  void feed(const UpgradeEvent& event) {
    if (dark || left) return;
    for (const auto& action : upgrade->step(event, now)) {
      if (cut_after >= 0 && cut_after-- == 0) dark = true;
      if (dark) return;
      if (std::holds_alternative<Save>(action)) {
        if (!disk_full) disk = upgrade->state(), readable = true;
        return feed(Saved{!disk_full});
      }
      if (const auto* start = std::get_if<StartProgram>(&action)) {
        CHECK_FALSE(runs);  // never two
        runs = *start;
        ++starts;
      }
      if (std::holds_alternative<StopProgram>(action)) stopping = true;
      // What is gone from the disk is what the disk's own state needs no more, whenever the power goes.
      if (const auto* forget = std::get_if<ForgetOffer>(&action)) {
        offers.erase(forget->order);
        if (readable) CHECK(((disk.trial && disk.trial->order == forget->order) || (disk.last && disk.last->order == forget->order)));
      }
      if (std::holds_alternative<RemoveOthers>(action)) {
        const auto& named = upgrade->state();
        std::erase_if(releases, [&](const auto& one) { return one != named.current && !(named.trial && named.trial->version == one); });
        CHECK((!disk.current || releases.count(*disk.current) == 1));
        CHECK((!disk.trial || releases.count(disk.trial->version) == 1));
      }
      if (const auto* leave = std::get_if<Leave>(&action)) left = leave->code;
    }
  }
  [[nodiscard]] wire::Version running() const { return runs ? runs->version.value_or(packaged) : wire::Version{}; }
};

Box on_trial() {
  Box box;
  box.boot();
  box.offer("o1", kNew);
  box.end(0);
  return box;
}

}  // namespace

TEST_CASE("upgrade: without a release the packaged version runs, and its end is the launcher's") {
  Box box;
  box.boot();
  CHECK(box.running() == kPackaged);
  CHECK_FALSE(box.runs->on_trial);
  box.end(2);
  CHECK(box.left == 2);
}

TEST_CASE("upgrade: an order stops what runs, starts the new one on trial, and keeps it once it is confirmed") {
  Box box;
  box.boot();
  box.offer("o1", kNew);
  CHECK(box.stopping);
  CHECK(box.disk.trial == UpgradeTrial{kNew, "o1", 0});
  CHECK(box.offers.empty());
  box.end(0);
  CHECK(box.running() == kNew);
  CHECK(box.runs->on_trial);
  CHECK(box.disk.trial->starts == 1);
  box.feed(TrialConfirmed{});
  CHECK(box.disk == UpgradeState{kNew, {}, UpgradeOutcome{"o1", kNew, UpgradeResult::installed, ""}});
  box.pass(1000);
  CHECK(box.running() == kNew);
  box.boot();
  CHECK(box.running() == kNew);
  CHECK_FALSE(box.runs->on_trial);
}

TEST_CASE("upgrade: without contact in its time the one before runs again, and that is durable before anything stops") {
  Box box = on_trial();
  box.pass(299);
  CHECK_FALSE(box.stopping);
  box.pass(1);
  CHECK(box.stopping);
  CHECK(box.disk == UpgradeState{{}, {}, UpgradeOutcome{"o1", kNew, UpgradeResult::rolled_back, "no_contact"}});
  box.feed(TrialConfirmed{});  // too late
  box.end(0);
  CHECK(box.running() == kPackaged);
  CHECK_FALSE(box.disk.current);
}

TEST_CASE("upgrade: a trial that ends by itself, however well, is rolled back") {
  for (const int code : {0, 1, 2, 139}) {
    Box box = on_trial();
    box.end(code);
    CHECK(box.running() == kPackaged);
    CHECK(box.disk.last->reason == "crashed");
  }
  Box box = on_trial();
  box.runs.reset();
  box.feed(ProgramEnded{false, 1});
  CHECK(box.running() == kPackaged);
}

TEST_CASE("upgrade: a trial that is interrupted goes on, but not for ever") {
  Box box = on_trial();
  box.feed(StopAsked{});
  CHECK(box.stopping);
  box.end(0);
  CHECK(box.left == 0);
  for (int start = 2; start <= kMostTrialStarts; ++start) {
    box.boot();
    CHECK(box.runs->on_trial);
    CHECK(box.disk.trial->starts == start);
  }
  box.boot();
  CHECK(box.running() == kPackaged);
  CHECK(box.disk.last == UpgradeOutcome{"o1", kNew, UpgradeResult::rolled_back, "restarts"});
}

TEST_CASE("upgrade: what is refused stops nothing") {
  Box box;
  box.boot();
  box.offer("o1", kNew, "untrusted");
  CHECK_FALSE(box.stopping);
  CHECK(box.disk.last == UpgradeOutcome{"o1", kNew, UpgradeResult::refused, "untrusted"});
  box.offer("o2", kPackaged);
  CHECK(box.disk.last->reason == "not_newer");
  CHECK(box.offers.empty());
  CHECK(box.starts == 1);
}

TEST_CASE("upgrade: an order takes effect once") {
  Box box = on_trial();
  box.end(1);
  box.offer("o1", kNew);
  CHECK(box.offers.empty());
  CHECK(box.running() == kPackaged);
  CHECK_FALSE(box.stopping);
  box.offer("o2", kNew);  // a second try is another order
  CHECK(box.stopping);
}

TEST_CASE("upgrade: an order during a trial waits for its end") {
  Box box = on_trial();
  box.offer("o2", kNewer);
  CHECK(box.offers.count("o2") == 1);
  CHECK(box.running() == kNew);
  box.feed(TrialConfirmed{});
  box.offer("o2", kNewer);
  box.end(0);
  CHECK(box.running() == kNewer);
  box.end(1);
  CHECK(box.running() == kNew);  // the one before, not the packaged one
}

TEST_CASE("upgrade: a release that is damaged or cannot be started gives way to the packaged one") {
  Box box = on_trial();
  box.feed(TrialConfirmed{});
  Box damaged = box;
  damaged.boot(Soundness::unsound);
  CHECK(damaged.running() == kPackaged);
  CHECK(damaged.disk.last->reason == "damaged");
  box.boot();
  box.runs.reset();
  box.feed(ProgramEnded{false, 1});
  CHECK(box.running() == kPackaged);
  CHECK_FALSE(box.disk.current);
  box.runs.reset();
  box.feed(ProgramEnded{false, 1});
  CHECK(box.left == 1);
  Box torn = on_trial();
  torn.boot(Soundness::sound, Soundness::unsound);
  CHECK(torn.running() == kPackaged);
}

TEST_CASE("upgrade: a package above the release takes over, one below does not") {
  Box box = on_trial();
  box.feed(TrialConfirmed{});
  box.packaged = version("0.1.9");
  box.boot();
  CHECK(box.running() == kNew);
  box.packaged = version("0.2.0");
  box.boot();
  CHECK_FALSE(box.runs->version);
  CHECK_FALSE(box.disk.current);
}

TEST_CASE("upgrade: with a full disk no trial begins, and a trial that began ends well in memory") {
  Box box;
  box.boot();
  box.disk_full = true;
  box.offer("o1", kNew);
  CHECK_FALSE(box.stopping);
  CHECK(box.upgrade->state().last->reason == "not_written");
  box.disk_full = false;
  box.pass(1);
  CHECK(box.disk.last->reason == "not_written");

  Box later = on_trial();
  later.disk_full = true;
  later.feed(TrialConfirmed{});
  later.pass(1000);
  CHECK(later.running() == kNew);
  CHECK(later.disk.trial);
  later.disk_full = false;
  later.pass(1);
  CHECK(later.disk.current == kNew);

  Box uncounted;
  uncounted.disk.trial = UpgradeTrial{kNew, "o1", 0};
  uncounted.disk_full = true;
  uncounted.boot();
  CHECK(uncounted.running() == kPackaged);
  uncounted.disk_full = false;
  uncounted.pass(1);
  CHECK(uncounted.disk == UpgradeState{{}, {}, UpgradeOutcome{"o1", kNew, UpgradeResult::rolled_back, "not_written"}});
}

TEST_CASE("upgrade: what could not be written removes no release and forgets no order, until it is written") {
  Box box = on_trial();
  box.feed(TrialConfirmed{});
  box.offer("o2", kNewer);
  box.end(0);
  REQUIRE(box.releases == std::set{kNew, kNewer});
  box.disk_full = true;
  box.feed(TrialConfirmed{});
  CHECK(box.releases == std::set{kNew, kNewer});  // by the disk it is on trial, and the one before comes back
  box.disk_full = false;
  box.pass(1);
  CHECK(box.disk.current == kNewer);
  CHECK(box.releases == std::set{kNewer});

  Box refused;
  refused.boot();
  refused.disk_full = true;
  refused.offer("o1", kNew, "untrusted");
  refused.offer("o1", kNew, "untrusted");
  CHECK(refused.offers.count("o1") == 1);
  CHECK_FALSE(refused.upgrade->ready());  // another order's outcome would take the place of this one's, which nobody has read
  refused.offer("o0", kNewer);
  CHECK_FALSE(refused.stopping);
  refused.disk_full = false;
  refused.pass(1);
  CHECK(refused.disk.last == UpgradeOutcome{"o1", kNew, UpgradeResult::refused, "untrusted"});
  CHECK(refused.offers == std::set<std::string>{"o0"});
}

TEST_CASE("upgrade: at the start the releases of the run before go, once the state without them is written") {
  Box box = on_trial();
  box.feed(TrialConfirmed{});
  box.releases.insert(kNewer);
  box.boot();
  CHECK(box.releases == std::set{kNew});
  box.packaged = kNewer;
  box.disk_full = true;
  box.boot();
  CHECK(box.running() == kNewer);
  CHECK(box.releases == std::set{kNew});
  box.disk_full = false;
  box.pass(1);
  CHECK(box.releases.empty());
}

TEST_CASE("upgrade: while nobody can judge a release something else runs, and nothing is written or removed") {
  Box box = on_trial();
  box.feed(TrialConfirmed{});
  box.offer("o2", kNewer);
  const auto disk = box.disk;
  const auto releases = box.releases;
  REQUIRE(disk.trial);
  struct Case {
    Soundness current, trial;
    wire::Version runs;
  };
  for (const auto& [current, trial, runs] : {Case{Soundness::unknown, Soundness::sound, kPackaged}, Case{Soundness::unknown, Soundness::unknown, kPackaged},
                                             Case{Soundness::unsound, Soundness::unknown, kPackaged}, Case{Soundness::sound, Soundness::unknown, kNew}}) {
    CAPTURE(static_cast<int>(current));
    Box frozen = box;
    frozen.boot(current, trial);
    CHECK(frozen.running() == runs);
    CHECK_FALSE(frozen.runs->on_trial);
    CHECK(frozen.upgrade->frozen());
    frozen.feed(UpgradeAsked{"o2", kNewer, {}});
    frozen.pass(1000);
    CHECK_FALSE(frozen.stopping);
    if (runs != kPackaged) frozen.runs.reset(), frozen.feed(ProgramEnded{false, 1});
    CHECK(frozen.running() == kPackaged);
    CHECK(frozen.disk == disk);
    CHECK(frozen.releases == releases);
    Box stopped = frozen;
    stopped.feed(StopAsked{});
    stopped.end(0);
    CHECK(stopped.left == 0);
    frozen.runs.reset();
    frozen.feed(ProgramEnded{false, 1});
    CHECK(frozen.left == 1);
    CHECK(frozen.disk == disk);
    frozen.boot();  // the cause is mended
    CHECK(frozen.running() == kNewer);
  }
}

TEST_CASE("upgrade: an order puts right what nobody could judge, and what was confirmed is not lost before") {
  Box box = on_trial();
  box.feed(TrialConfirmed{});
  const auto confirmed = box.disk;
  box.boot(Soundness::unknown);
  REQUIRE(box.running() == kPackaged);
  box.offer("o2", version("0.1.5"));
  CHECK(box.disk.last == UpgradeOutcome{"o2", version("0.1.5"), UpgradeResult::refused, "not_newer"});  // above the packaged one, below the confirmed one
  CHECK(box.disk.current == kNew);
  CHECK(box.upgrade->frozen());
  CHECK_FALSE(box.stopping);

  Box lost = box;  // the new one fails: the one before is still named, and judged again
  lost.offer("o3", kNewer);
  REQUIRE(lost.stopping);
  CHECK(lost.disk.current == kNew);
  lost.end(0);
  CHECK(lost.running() == kNewer);
  CHECK(lost.runs->on_trial);
  lost.runs.reset();
  lost.feed(ProgramEnded{true, 1});
  REQUIRE(lost.runs);
  CHECK(lost.runs->version == kNew);
  lost.runs.reset();
  lost.feed(ProgramEnded{false, 1, true});
  CHECK(lost.running() == kPackaged);
  CHECK(lost.disk.current == kNew);
  CHECK(lost.releases.count(kNew) == 1);
  lost.boot();  // its cause is mended
  CHECK(lost.running() == kNew);

  box.offer("o3", kNewer);
  box.end(0);
  box.feed(TrialConfirmed{});
  CHECK(box.disk == UpgradeState{kNewer, {}, UpgradeOutcome{"o3", kNewer, UpgradeResult::installed, ""}});
  CHECK(box.releases == std::set{kNewer});
  CHECK_FALSE(box.upgrade->frozen());
  CHECK(confirmed.current == kNew);
}

TEST_CASE("upgrade: the very release that cannot be read is there again by an order, without a trial") {
  Box box = on_trial();
  box.feed(TrialConfirmed{});
  CHECK_FALSE(box.upgrade->restores(kNew));
  box.offer("o2", kNew);
  CHECK(box.disk.last->reason == "not_newer");  // nothing is wrong with it
  box.boot(Soundness::unknown);
  CHECK(box.upgrade->restores(kNew));
  CHECK_FALSE(box.upgrade->restores(kNewer));
  box.offer("o3", kNew);
  CHECK(box.stopping);
  CHECK(box.disk == UpgradeState{kNew, {}, UpgradeOutcome{"o3", kNew, UpgradeResult::installed, ""}});
  box.end(0);
  CHECK(box.running() == kNew);
  CHECK_FALSE(box.runs->on_trial);
  box.runs.reset();
  box.feed(ProgramEnded{false, 1, true});  // the disk is past mending
  CHECK(box.running() == kPackaged);
  CHECK(box.disk.current == kNew);

  Box torn = on_trial();  // a trial that is unknown, too, is over then
  torn.disk.current = version("0.1.5");
  torn.boot(Soundness::unknown, Soundness::unknown);
  torn.offer("o4", version("0.1.5"));
  torn.end(0);
  CHECK(torn.running() == version("0.1.5"));
  CHECK_FALSE(torn.disk.trial);
}

TEST_CASE("upgrade: a trial that nobody can judge gives way to another order, and that is said") {
  Box box = on_trial();
  box.boot(Soundness::sound, Soundness::unknown);
  REQUIRE(box.running() == kPackaged);
  box.offer("o2", kNewer);
  CHECK(box.disk == UpgradeState{{}, UpgradeTrial{kNewer, "o2", 0}, UpgradeOutcome{"o1", kNew, UpgradeResult::rolled_back, "set_aside"}});
  box.end(0);
  CHECK(box.running() == kNewer);
}

TEST_CASE("upgrade: a state that cannot be read is written over by a release that is taken, and by nothing else") {
  Box box = on_trial();
  box.feed(TrialConfirmed{});
  const auto disk = box.disk;
  box.readable = false;
  box.boot(Soundness::unknown, Soundness::unknown);
  CHECK(box.running() == kPackaged);
  box.offer("o2", kNewer, "untrusted");
  box.offer("o3", kPackaged);
  box.pass(1000);
  CHECK(box.offers.empty());
  CHECK_FALSE(box.readable);
  CHECK(box.disk == disk);
  CHECK(box.releases.count(kNew) == 1);
  box.disk_full = true;
  box.offer("o4", kNewer);
  CHECK(box.offers.empty());
  CHECK_FALSE(box.stopping);
  CHECK(box.upgrade->frozen());
  box.disk_full = false;
  box.pass(1000);
  CHECK_FALSE(box.readable);  // not even later
  CHECK(box.disk == disk);
  box.offer("o5", kNew);
  CHECK(box.readable);
  CHECK(box.disk == UpgradeState{{}, UpgradeTrial{kNew, "o5", 0}, {}});
  box.end(0);
  CHECK(box.runs->on_trial);
  box.feed(TrialConfirmed{});
  CHECK(box.disk.current == kNew);
  CHECK_FALSE(box.upgrade->frozen());
}

TEST_CASE("upgrade: what cannot be judged at the instant of its start is not given up") {
  Box box = on_trial();
  box.feed(TrialConfirmed{});
  box.offer("o2", kNewer);
  Box trial = box;
  trial.end(0);
  const auto counted = trial.disk;
  trial.runs.reset();
  trial.feed(ProgramEnded{false, 1, true});
  CHECK(trial.running() == kNew);
  trial.pass(1000);
  CHECK(trial.disk == counted);
  trial.runs.reset();
  trial.feed(ProgramEnded{false, 1, true});
  CHECK(trial.running() == kPackaged);
  CHECK(trial.disk == counted);

  box.end(0);
  box.end(1);
  REQUIRE(box.running() == kNew);
  box.runs.reset();
  box.feed(ProgramEnded{false, 1, true});
  CHECK(box.running() == kPackaged);
  CHECK(box.disk.current == kNew);
  CHECK(box.releases.count(kNew) == 1);
}

TEST_CASE("upgrade: its file is read as it was written, and anything else is nothing") {
  const UpgradeState full{kNew, UpgradeTrial{kNewer, "order-2", 2}, UpgradeOutcome{"order_1", kNew, UpgradeResult::installed, ""}};
  for (const UpgradeState& state : {UpgradeState{}, full, UpgradeState{{}, {}, UpgradeOutcome{"x", kNew, UpgradeResult::refused, "no_keys"}}}) {
    CHECK(decode_upgrade_state(encode(state)) == state);
  }
  const std::string text = encode(full);
  for (std::size_t size = 0; size < text.size(); ++size) CHECK_FALSE(decode_upgrade_state(text.substr(0, size)));
  for (const char* wrong : {"current 0.2\nend\n", "current 0.2.0\ncurrent 0.2.0\nend\n",
                            "trial 0.2.0 o1 4\nend\n", "trial 0.2.0 o/1 1\nend\n", "last 0.2.0 o1 won -\nend\n",
                            "\nend\n", "future 1\nend\n", "trial 0.2.0 o1 -1\nend\n"}) {
    CAPTURE(wrong);
    CHECK_FALSE(decode_upgrade_state(wrong));
  }
}

TEST_CASE("upgrade: whenever the power goes, one version runs, it is one that may, and every order comes to its end") {
  const char* given = std::getenv("ANJU_SEED");
  const std::uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
  MESSAGE("ANJU_SEED=" << seed);
  std::mt19937_64 random(seed);
  const auto chance = [&random](int of) { return random() % static_cast<std::uint64_t>(of) == 0; };
  for (int round = 0; round < 3000; ++round) {
    Box box;
    std::set<wire::Version> confirmed{kPackaged};
    const std::string orders[] = {"a", "b", "c"};
    const wire::Version versions[] = {kNew, kNewer, version("0.1.0")};
    box.boot();
    for (int i = 0; i < 60; ++i) {
      box.disk_full = chance(8);
      if (chance(3)) box.cut_after = static_cast<std::int64_t>(random() % 4);
      const auto which = random() % 3;
      if (box.runs && box.runs->on_trial && !box.stopping && chance(6)) confirmed.insert(box.running());
      const bool now_confirmed = box.runs && box.runs->on_trial && confirmed.count(box.running()) > 0;
      switch (random() % 6) {
        case 0: box.offer(orders[which], versions[which], chance(5) ? "untrusted" : ""); break;
        case 1: box.pass(static_cast<std::int64_t>(random() % 400)); break;
        case 2: if (box.runs && !box.dark) box.end(chance(2) ? 0 : 139); break;
        case 3: if (now_confirmed) box.feed(TrialConfirmed{}); break;
        case 4: if (chance(4)) box.feed(StopAsked{}); break;
        default: if (box.stopping && !box.dark) box.end(0); break;
      }
      box.cut_after = -1;
      if (box.dark || box.left) box.boot();
      REQUIRE(box.runs);
      CHECK((box.runs->on_trial || confirmed.count(box.running()) > 0));
      if (box.disk.current) CHECK(confirmed.count(*box.disk.current) > 0);
    }
    // The faults end: what is on trial is confirmed or rolled back, and what was offered is dealt with.
    box.disk_full = false;
    for (int i = 0; i < 40 && (box.disk.trial || box.stopping || !box.offers.empty()); ++i) {
      box.pass(301);
      if (box.stopping) box.end(0);
      if (box.left) box.boot();
      for (const auto& order : std::set<std::string>(box.offers)) box.offer(order, kNewer);
      if (box.stopping) box.end(0);
    }
    CHECK_FALSE(box.disk.trial);
    CHECK(box.offers.empty());
    REQUIRE(box.runs);
    CHECK(confirmed.count(box.running()) > 0);
  }
}
