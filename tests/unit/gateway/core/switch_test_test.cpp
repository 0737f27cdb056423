// The installer's switch test, on whole gateways with fake meters and without a page: its rules are the gateway's own.

#include "gateway/core/switch_test.hpp"

#include <doctest/doctest.h>

#include "tests/unit/gateway/core/site_bench.hpp"

namespace anju::gateway::testing {
namespace {

constexpr std::uint8_t kWrongPassword = 0x04;  // bit 2 of the error byte
const std::string kA = address(1), kB = address(2);
const auto kDevice = SiteBench::device(kA), kOther = SiteBench::device(kB);

struct TestBench : SiteBench {
  explicit TestBench(int meters, wire::CloseMethod close = wire::CloseMethod::direct) : SiteBench(at_site(10, 1)) {
    for (int i = 1; i <= meters; ++i) add(address(i));
    archive.devices[0].profile.close = close;
    start();
    run_for(base::seconds(30));
  }

  [[nodiscard]] std::string refused(const base::DeviceId& device = kDevice) const { return std::string(gateway.refuse_switch_test(device)); }
  void begin(const base::DeviceId& device = kDevice) { happen(SwitchTestWanted{device}); }
  /// "step result reason".
  [[nodiscard]] std::string stands() const {
    const auto* test = gateway.switch_test().state();
    if (test == nullptr) return "none";
    return std::string(to_string(test->step)) + " " + std::string(to_string(test->result)) + (test->reason.empty() ? "" : " " + test->reason);
  }
  template <class Condition>
  void wait(Condition condition, base::Millis longest = base::minutes(2)) {
    const auto end = now + longest;
    while (!condition()) {
      REQUIRE(now < end);
      run_for(base::Millis(5));
    }
  }
  /// Until it is done; then how it stands.
  std::string outcome(base::Millis longest = base::minutes(8)) {
    const auto end = now + longest;
    while (now < end && !stands().starts_with("done")) run_for(base::Millis(100));
    return stands();
  }
  /// The first half is over, and from then on the meter says nothing.
  void leave_open() {
    begin();
    wait([&] { return meter(kA).relay_open; });
    wait([&] { return !stands().starts_with("tripping"); });
    meter(kA).silent = true;
    REQUIRE(outcome() == "done left_open no_answer");
  }
};

}  // namespace

TEST_CASE("switch test: opened and closed, each only once it was read back") {
  TestBench b(2);
  CHECK(b.stands() == "none");
  b.begin();
  CHECK(b.stands() == "reading running");
  while (!b.meter(kA).relay_open) {
    CHECK(b.gateway.switch_test().state()->opened_after.value == 0);
    b.run_for(base::Millis(50));
    REQUIRE(b.gateway.switch_test().is_running());
  }
  CHECK(b.outcome() == "done passed");
  CHECK(!b.meter(kA).relay_open);
  CHECK(b.meter(kA).relay_commands == 2);
  CHECK(b.meter(kB).relay_commands == 0);
  CHECK(b.gateway.switch_test().state()->opened_after.value > 300);
  CHECK(b.gateway.switch_test().state()->closed_after.value > 300);
  CHECK(b.gateway.state(b.now).last_counter == 0);  // the platform's counter and journal know nothing of it
  CHECK(b.journal.accepted()->empty());
  REQUIRE(b.tests.size() == 2);
  CHECK(b.tests[0].result == TestResult::running);
  CHECK(b.tests[1].result == TestResult::passed);
  CHECK(b.local.empty());
  b.begin();  // and again
  CHECK(b.outcome() == "done passed");
}

TEST_CASE("switch test: refused where it may not be cut off or would be switched on, with nothing sent") {
  struct Case {
    const char* name;
    void (*set)(FakeMeter&);
    const char* expected;
  };
  const Case cases[]{
      {"keep-power", [](FakeMeter& meter) { meter.keep_power = true; }, "done refused keep_power"},
      {"cut off by the platform", [](FakeMeter& meter) { meter.relay_open = meter.off_commanded = true; }, "done refused not_closed"},
      {"cut off, and this model does not tell by whom", [](FakeMeter& meter) { meter.relay_open = true; }, "done refused not_closed"},
      {"about to open", [](FakeMeter& meter) { meter.off_commanded = true; }, "done refused not_closed"},
      {"silent", [](FakeMeter& meter) { meter.silent = true; }, "done failed no_answer"},
  };
  for (const auto& one : cases) {
    INFO(one.name);
    TestBench b(1);
    one.set(b.meter(kA));  // behind the gateway's back: what it read before is not believed
    b.begin();
    CHECK(b.outcome() == one.expected);
    CHECK(b.meter(kA).relay_commands == 0);
    CHECK(b.kept_test.empty());
  }
}

TEST_CASE("switch test: refused at once where it makes no sense, and asked for all the same nothing happens") {
  TestBench b(2);
  CHECK(b.refused(base::DeviceId("nobody")) == "unknown_device");
  b.begin(base::DeviceId("nobody"));
  CHECK(b.stands() == "none");
  b.command(b.order(kA, wire::CommandKind::trip));
  CHECK(b.refused() == "device_busy");
  b.begin();
  CHECK(b.stands() == "none");
  b.run_for(base::seconds(20));
  b.command(b.order(kA, wire::CommandKind::close));
  b.run_for(base::seconds(20));
  b.begin();
  CHECK(b.refused(kOther) == "test_running");
  CHECK(b.refused() == "test_running");
  CHECK(b.outcome() == "done passed");
  b.archive.version = 2;
  b.archive.devices[0].valve = false;
  b.archive.devices[1].profile.dialect = "mqtt";
  b.start();
  CHECK(b.refused() == "no_switch");
  CHECK(b.refused(kOther) == "not_usable");
}

TEST_CASE("switch test: an acknowledgement of a stuck relay is not believed, and it is closed all the same") {
  TestBench b(1);
  b.meter(kA).relay_stuck = true;
  b.begin();
  CHECK(b.outcome() == "done failed contradicted");
  CHECK(b.meter(kA).relay_commands > 1);
}

TEST_CASE("switch test: answers that are lost change nothing of the end") {
  for (int lost = 1; lost <= 6; ++lost) {
    INFO(lost);
    TestBench b(1);
    b.begin();
    b.wait([&] { return b.meter(kA).relay_commands != 0; });
    b.meter(kA).lose_replies = lost;
    const auto end = b.outcome();
    CHECK((end == "done passed" || end == "done failed no_answer"));
    CHECK(!b.meter(kA).relay_open);
  }
}

TEST_CASE("switch test: who falls silent while open is said to be left so, and no other flat is opened meanwhile") {
  TestBench b(2);
  b.leave_open();
  CHECK(b.meter(kA).relay_open);
  CHECK(b.kept_test == kDevice.value);
  b.meter(kA).silent = false;
  CHECK(b.refused() == "close_first");  // no second test by mistake: it would forget what the first has left
  CHECK(b.refused(kOther) == "close_first");
}

TEST_CASE("switch test: what was left open is tried again every minute until it is closed, and said once") {
  TestBench b(1);
  b.leave_open();
  const auto told = b.tests.size();
  const auto asked = b.meter(kA).requests;
  b.run_for(base::minutes(5));
  CHECK(b.meter(kA).requests > asked);
  CHECK(b.stands().find("left_open") != std::string::npos);  // also while it is tried
  CHECK(b.tests.size() == told);
  b.meter(kA).silent = false;
  b.wait([&] { return !b.meter(kA).relay_open; }, base::minutes(3));
  CHECK(b.outcome() == "done failed closed_later");
  CHECK(b.kept_test.empty());
  CHECK(b.tests.back().result == TestResult::failed);
  const auto commands = b.meter(kA).relay_commands;
  b.run_for(base::minutes(5));
  CHECK(b.meter(kA).relay_commands == commands);
  CHECK(b.refused().empty());
}

TEST_CASE("switch test: a wrong password is said once, the flat is not called open, and no other test waits for it") {
  TestBench b(2);
  b.meter(kA).refuse_relay = kWrongPassword;
  b.begin();
  CHECK(b.outcome() == "done failed not_authorised");
  CHECK(b.kept_test.empty());
  const auto asked = b.meter(kA).relay_commands;
  b.run_for(base::minutes(10));
  CHECK(b.meter(kA).relay_commands == asked);
  CHECK(b.refused(kOther).empty());
}

TEST_CASE("switch test: a password that became wrong while it was open is not said again before there is another one, or somebody at the button") {
  TestBench b(2);
  b.begin();
  b.wait([&] { return b.meter(kA).relay_open; });
  b.meter(kA).refuse_relay = kWrongPassword;
  CHECK(b.outcome() == "done left_open not_authorised");
  CHECK(b.kept_test == kDevice.value);
  auto asked = b.meter(kA).relay_commands;
  b.run_for(base::minutes(10));
  CHECK(b.meter(kA).relay_commands == asked);
  b.happen(CloseWanted{});
  CHECK(b.outcome() == "done left_open not_authorised");
  CHECK(b.meter(kA).relay_commands == asked + 1);
  b.meter(kA).refuse_relay.reset();
  b.run_for(base::minutes(10));
  CHECK(b.meter(kA).relay_open);
  b.archive.version = 2;
  b.start();
  b.wait([&] { return !b.meter(kA).relay_open; });
  CHECK(b.outcome() == "done failed closed_later");
  CHECK(b.kept_test.empty());
}

TEST_CASE("switch test: what was left open is not forgotten for another flat while its entry of the archive is wrong") {
  TestBench b(2);
  b.leave_open();
  b.archive.version = 2;
  b.archive.devices[0].profile.dialect = "mqtt";
  b.start();
  CHECK(b.refused(kOther) == "close_first");
}

TEST_CASE("switch test: who is at the meter does not wait for the minute, and cannot disturb a try under way") {
  TestBench b(1);
  b.happen(CloseWanted{});
  CHECK(b.stands() == "none");
  b.leave_open();
  b.meter(kA).silent = false;
  b.happen(CloseWanted{});
  CHECK(b.stands() == "closing left_open no_answer");
  const auto running = b.gateway.running_commands();
  for (int i = 0; i < 3; ++i) b.happen(CloseWanted{});
  CHECK(b.gateway.running_commands() == running);
  b.run_for(base::seconds(10));
  CHECK(b.stands() == "done failed closed_later");
  CHECK(b.meter(kA).relay_commands == 2);
  b.happen(CloseWanted{});
  CHECK(b.stands() == "done failed closed_later");
}

TEST_CASE("switch test: a clock that is set back does not put off the next try") {
  TestBench b(1);
  b.leave_open();
  b.meter(kA).silent = false;
  b.now = b.now - base::hours(24 * 30);
  b.happen(Tick{});
  CHECK(b.stands().starts_with("closing left_open"));
}

TEST_CASE("switch test: a meter that closes by its button passes once somebody pressed it, and is left open by nobody") {
  TestBench b(1, wire::CloseMethod::permit);
  const auto wait_for_button = [&b] { b.wait([&] { return b.gateway.standing(kDevice)->relay == wire::Relay::awaiting_button; }); };
  b.begin();
  wait_for_button();
  CHECK(b.stands() == "closing running");
  b.meter(kA).relay_open = false;
  CHECK(b.outcome() == "done passed");
  b.begin();
  wait_for_button();
  CHECK(b.outcome() == "done left_open button_not_pressed");
}

TEST_CASE("switch test: an order of the platform takes over, and the test does not undo it") {
  TestBench b(1);
  b.begin();
  b.wait([&] { return b.stands().starts_with("closing"); });
  b.command(b.order(kA, wire::CommandKind::trip));
  CHECK(b.stands() == "done failed superseded");
  CHECK(b.kept_test.empty());
  b.run_for(base::minutes(2));
  CHECK(b.meter(kA).relay_open);
  CHECK(b.story(base::CommandId("c1")) == "acked verified");
}

TEST_CASE("switch test: an order of the platform between two tries to close takes over, too") {
  TestBench b(1);
  b.leave_open();
  b.meter(kA).silent = false;
  b.command(b.order(kA, wire::CommandKind::trip));
  CHECK(b.stands() == "done failed superseded");
  CHECK(b.kept_test.empty());
  b.run_for(base::minutes(5));
  CHECK(b.story(base::CommandId("c1")) == "acked verified");
  CHECK(b.meter(kA).relay_open);
}

TEST_CASE("switch test: what is no order for the contact does not take over, and it is closed behind that") {
  TestBench b(1);
  b.leave_open();
  b.meter(kA).silent = false;
  b.meter(kA).delay_ms = 400;
  b.command(b.order(kA, wire::CommandKind::clear));
  b.happen(CloseWanted{});
  CHECK(b.stands() == "done left_open too_many_commands");
  CHECK(b.kept_test == kDevice.value);
  b.wait([&] { return !b.meter(kA).relay_open; }, base::minutes(3));
  CHECK(b.outcome() == "done failed closed_later");
}

TEST_CASE("switch test: what is about to be opened is remembered before, and forgotten with the end") {
  TestBench b(1);
  b.begin();
  CHECK(b.kept_test.empty());
  b.wait([&] { return !b.kept_test.empty(); });
  CHECK(b.kept_test == kDevice.value);
  CHECK(b.meter(kA).relay_commands == 0);
  CHECK(b.outcome() == "done passed");
  CHECK(b.kept_test.empty());

  b.disk_full = true;
  b.begin();
  CHECK(b.outcome() == "done refused not_durable");
  CHECK(b.meter(kA).relay_commands == 2);
}

TEST_CASE("switch test: a gateway that ended between the halves closes the meter at its next start") {
  TestBench b(1);
  b.meter(kA).relay_open = b.meter(kA).off_commanded = true;
  b.kept_test = kDevice.value;
  b.happen(SwitchTestLeft{{kDevice}});
  CHECK(b.stands() == "closing left_open");
  CHECK(b.outcome() == "done failed restarted");
  CHECK(!b.meter(kA).relay_open);
  CHECK(b.kept_test.empty());
}

TEST_CASE("switch test: after a restart an order of the platform goes before what the test had opened") {
  TestBench b(1);
  b.command(b.order(kA, wire::CommandKind::trip));
  b.kept_test = kDevice.value;
  b.happen(SwitchTestLeft{{kDevice}});
  CHECK(b.stands() == "done failed too_many_commands");
  CHECK(b.kept_test.empty());
  b.run_for(base::minutes(3));
  CHECK(b.meter(kA).relay_open);
}

TEST_CASE("switch test: what may still be open is remembered until it was closed, however often the next start cannot reach it") {
  TestBench b(2);
  b.meter(kA).relay_open = b.meter(kA).off_commanded = true;
  b.kept_test = kDevice.value;
  const auto now = b.now;
  b.now = base::UtcMillis(1000);  // a box without a clock, before anybody told it the time
  b.happen(SwitchTestLeft{{kDevice}});
  CHECK(b.stands() == "done left_open clock_not_set");
  CHECK(b.kept_test == kDevice.value);
  CHECK(b.refused(kOther) == "close_first");
  b.now = now;
  b.happen(Tick{});
  CHECK(b.outcome() == "done failed restarted");
  CHECK(!b.meter(kA).relay_open);
  CHECK(b.kept_test.empty());
}

TEST_CASE("switch test: what an archive no longer has holds nobody up, and is closed when it is back") {
  TestBench b(2);
  b.leave_open();
  b.meter(kA).silent = false;
  const auto whole = b.archive;
  b.archive.version = 2;
  b.archive.devices.erase(b.archive.devices.begin());
  b.start();
  REQUIRE(b.refused(kOther).empty());
  b.meter(kB).keep_power = true;
  b.begin(kOther);
  CHECK(b.outcome() == "done refused keep_power");
  CHECK(b.kept_test == kDevice.value);
  b.archive = whole;
  b.archive.version = 3;
  b.start();
  b.wait([&] { return !b.meter(kA).relay_open; }, base::minutes(3));
  CHECK(b.outcome() == "done failed closed_later");
  CHECK(b.kept_test.empty());
}

TEST_CASE("switch test: an order of the platform for what is owed counts also while another device is tested") {
  TestBench b(2);
  b.leave_open();
  b.meter(kA).silent = false;
  const auto whole = b.archive;
  b.archive.version = 2;
  b.archive.devices.erase(b.archive.devices.begin());
  b.start();
  b.meter(kB).keep_power = true;
  b.meter(kB).delay_ms = 400;
  b.begin(kOther);
  b.archive = whole;
  b.archive.version = 3;
  b.start();
  b.command(b.order(kA, wire::CommandKind::trip));
  CHECK(b.kept_test.empty());
  CHECK(b.outcome() == "done refused keep_power");
  b.run_for(base::minutes(5));
  CHECK(b.meter(kA).relay_open);  // as it was ordered
  CHECK(b.stands() == "done refused keep_power");
}

TEST_CASE("switch test: who is left open behind another that has left the archive is remembered, too, and each is closed when it can be") {
  TestBench b(3);
  b.leave_open();
  const auto whole = b.archive;
  b.archive.version = 2;
  b.archive.devices.erase(b.archive.devices.begin());
  b.start();
  REQUIRE(b.refused(kOther).empty());
  b.begin(kOther);
  b.wait([&] { return b.meter(kB).relay_open; });
  CHECK(b.kept_test == kDevice.value + " " + kOther.value);  // both, from before it was opened
  b.wait([&] { return !b.stands().starts_with("tripping"); });
  b.meter(kB).silent = true;
  CHECK(b.outcome() == "done left_open no_answer");
  CHECK(b.kept_test == kDevice.value + " " + kOther.value);
  const auto third = SiteBench::device(address(3));
  CHECK(b.refused(third) == "close_first");
  CHECK(b.gateway.owed_first() == kOther);  // the one that the archive lists
  const auto told = b.tests.size();
  b.run_for(base::minutes(20));
  CHECK(b.tests.size() <= told + 1);  // the first is unknown now: said once, though they take turns
  CHECK(b.gateway.switch_test().owed().size() == 2);

  b.meter(kA).silent = false;
  b.archive = whole;
  b.archive.version = 3;
  b.start();
  b.wait([&] { return !b.meter(kA).relay_open; }, base::minutes(8));
  b.run_for(base::seconds(20));
  CHECK(b.kept_test == kOther.value);
  CHECK(b.meter(kB).relay_open);
  b.meter(kB).silent = false;
  b.happen(CloseWanted{kDevice});  // not owed any more
  CHECK(b.meter(kA).relay_commands == 2);
  b.wait([&] { return !b.meter(kB).relay_open; }, base::minutes(8));
  b.run_for(base::seconds(20));
  CHECK(b.kept_test.empty());
  CHECK(b.refused(third).empty());
}

TEST_CASE("switch test: all that were left open are closed at the next start, one after another") {
  TestBench b(3);
  for (const auto& one : {kA, kB, address(3)}) b.meter(one).relay_open = b.meter(one).off_commanded = true;
  b.kept_test = "as it was";
  b.happen(SwitchTestLeft{{kDevice, kOther, kDevice, SiteBench::device(address(3))}});
  CHECK(b.stands() == "closing left_open");
  b.run_for(base::minutes(1));
  for (const auto& one : {kA, kB, address(3)}) {
    CHECK(!b.meter(one).relay_open);
    CHECK(b.meter(one).relay_commands == 1);
  }
  CHECK(b.kept_test.empty());
  CHECK(b.gateway.switch_test().owed().empty());
}

TEST_CASE("switch test: of several left open two that are silent do not keep the third from its turn, nor from a person's") {
  const auto third = SiteBench::device(address(3));
  for (const bool pressed : {false, true}) {
    CAPTURE(pressed);
    TestBench b(3);
    for (const auto& one : {kA, kB, address(3)}) b.meter(one).relay_open = b.meter(one).off_commanded = b.meter(one).silent = true;
    b.happen(SwitchTestLeft{{kDevice, kOther, third}});
    b.run_for(base::minutes(7));  // each silent one takes five minutes of its turn
    b.meter(address(3)).silent = false;
    if (pressed) b.happen(CloseWanted{third});
    b.run_for(pressed ? base::minutes(6) : base::minutes(12));
    CHECK(!b.meter(address(3)).relay_open);
  }
}

TEST_CASE("switch test: a wrong password of one that is open holds back that one only") {
  TestBench b(2);
  b.meter(kA).relay_open = b.meter(kA).off_commanded = true;
  b.meter(kB).relay_open = b.meter(kB).off_commanded = true;
  b.meter(kA).refuse_relay = kWrongPassword;
  b.happen(SwitchTestLeft{{kDevice, kOther}});
  b.run_for(base::minutes(10));
  CHECK(!b.meter(kB).relay_open);
  CHECK(b.meter(kA).relay_commands == 1);
  CHECK(b.kept_test == kDevice.value);
  b.meter(kA).refuse_relay.reset();
  b.happen(CloseWanted{kDevice});
  b.run_for(base::minutes(1));
  CHECK(!b.meter(kA).relay_open);
  CHECK(b.kept_test.empty());
}

TEST_CASE("switch test: with as many open as are remembered there is no further test") {
  TestBench b(2);
  std::vector<base::DeviceId> gone;
  for (std::size_t i = 0; i < kMostOwed; ++i) gone.emplace_back("gone-" + std::to_string(i));
  b.happen(SwitchTestLeft{gone});
  b.run_for(base::minutes(1));
  CHECK(b.gateway.switch_test().owed() == gone);
  CHECK(b.refused() == "close_first");
  b.happen(SwitchTestWanted{kDevice});
  CHECK(b.meter(kA).relay_commands == 0);
}

TEST_CASE("switch test: an order of the platform for one of several that are open takes over that one") {
  TestBench b(2);
  for (const auto& one : {kA, kB}) b.meter(one).relay_open = b.meter(one).off_commanded = b.meter(one).silent = true;
  b.happen(SwitchTestLeft{{kDevice, kOther}});
  b.run_for(base::minutes(3));
  b.wait([&] { return b.gateway.switch_test().order().value.empty(); });
  b.meter(kA).silent = b.meter(kB).silent = false;
  b.command(b.order(kA, wire::CommandKind::trip));
  CHECK(b.kept_test == kOther.value);
  b.run_for(base::minutes(8));
  CHECK(b.meter(kA).relay_open);
  CHECK(!b.meter(kB).relay_open);
  CHECK(b.kept_test.empty());
}

TEST_CASE("switch test: a device that leaves the archive ends it") {
  TestBench b(2);
  b.begin();
  b.archive.version = 2;
  b.archive.devices.erase(b.archive.devices.begin());
  b.start();
  CHECK(b.stands() == "done failed unknown_device");
}

}  // namespace anju::gateway::testing
