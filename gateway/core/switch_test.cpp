#include "gateway/core/switch_test.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "gateway/core/errc.hpp"
#include "protocols/dlt645/errc.hpp"

namespace anju::gateway {
namespace {

constexpr std::string_view kNotAuthorised = dlt645::to_string(dlt645::Errc::not_authorised);

/// The order was never sent.
bool is_untouched(const wire::CommandEvent& event) {
  return event.phase == wire::CommandPhase::refused || event.phase == wire::CommandPhase::expired;
}

/// The meter itself has said no. A command that it never acknowledged ends so only where nothing was taken, or where its state was read since.
bool is_refusal(const wire::CommandEvent& event) {
  constexpr std::array<std::string_view, 7> kRefusals{kNotAuthorised,      "no_such_data",     "other_error", "not_supported", "illegal_function",
                                                      "illegal_data_address", "illegal_data_value"};
  return event.phase == wire::CommandPhase::failed && std::ranges::find(kRefusals, event.reason) != kRefusals.end();
}

std::string reason_of(const wire::CommandEvent& event) {
  return event.reason.empty() ? std::string(wire::to_string(event.phase)) : event.reason;
}

}  // namespace

std::string_view to_string(TestStep step) {
  switch (step) {
    case TestStep::reading: return "reading";
    case TestStep::tripping: return "tripping";
    case TestStep::closing: return "closing";
    case TestStep::done: return "done";
  }
  return "unknown";
}

std::string_view to_string(TestResult result) {
  switch (result) {
    case TestResult::running: return "running";
    case TestResult::passed: return "passed";
    case TestResult::refused: return "refused";
    case TestResult::failed: return "failed";
    case TestResult::left_open: return "left_open";
  }
  return "unknown";
}

std::string_view SwitchTest::refuse(const TestedDevice& device, bool owed_listed) const {
  if (!device.has_switch) return "no_switch";
  if (!device.usable) return "not_usable";
  if (is_running()) return "test_running";
  // Also the very device: who tests it again by mistake would take what it owes for its own. One that has left the archive holds nobody up; one whose entry is wrong for a while does.
  if (owed_ && owed_listed) return "close_first";
  if (device.busy) return "device_busy";
  return {};
}

TestWants SwitchTest::begin(const base::DeviceId& device, base::UtcMillis now) {
  state_ = TestState{device, now};
  again_.reset();
  held_back_ = false;
  why_late_.clear();
  failure_.clear();
  return {{}, order(wire::CommandKind::read, kTestOrder, now)};
}

TestWants SwitchTest::left(const base::DeviceId& device, base::UtcMillis now) {
  if (is_running()) return {};
  state_ = TestState{device, now, TestStep::closing, TestResult::left_open};
  owed_ = device;
  why_late_ = "restarted";
  return close(now);
}

TestWants SwitchTest::close_now(base::UtcMillis now) {
  return again_ || held_back_ ? close(now) : TestWants{};
}

void SwitchTest::archive_changed(base::UtcMillis now) {
  if (std::exchange(held_back_, false)) again_ = now;
}

TestWants SwitchTest::kept(bool durable, base::UtcMillis now) {
  if (!std::exchange(keeping_, false)) return {};
  if (!durable) return finish(TestResult::refused, std::string(to_string(Errc::not_durable)), now);
  owed_ = state_->device;
  state_->step = TestStep::tripping;
  return {{}, order(wire::CommandKind::trip, kTestOrder, now)};
}

TestWants SwitchTest::heard(const wire::CommandEvent& event, const TestedNow& device, base::UtcMillis now) {
  if (!state_ || current_.value.empty() || event.command != current_) return {};
  if (event.phase == wire::CommandPhase::acked) {
    acked_ = true;
    return {};
  }
  current_ = {};
  const bool verified = event.phase == wire::CommandPhase::verified;
  switch (state_->step) {
    case TestStep::reading:
      if (!verified) return finish(TestResult::failed, reason_of(event), now);
      if (device.standing != nullptr && device.standing->keep_power) return finish(TestResult::refused, "keep_power", now);
      if (device.standing == nullptr || device.standing->relay != wire::Relay::closed) return finish(TestResult::refused, "not_closed", now);
      keeping_ = true;
      return {state_->device.value, {}};
    case TestStep::tripping:
      if (verified) {
        state_->opened_after = std::max(now - ordered_, base::Millis(1));
        return close(now);
      }
      if (is_untouched(event)) return finish(TestResult::refused, reason_of(event), now);
      // The platform's order counts from now on: it came behind ours.
      if (event.reason == to_string(Errc::superseded)) return finish(TestResult::failed, reason_of(event), now);
      if (!acked_ && is_refusal(event)) return finish(TestResult::failed, reason_of(event), now);
      failure_ = reason_of(event);
      return close(now);
    case TestStep::closing: {
      const bool late = state_->result == TestResult::left_open;
      if (verified) {
        state_->closed_after = std::max(now - ordered_, base::Millis(1));
        if (late) return finish(TestResult::failed, why_late_, now);
        return finish(failure_.empty() ? TestResult::passed : TestResult::failed, failure_, now);
      }
      if (event.reason == to_string(Errc::superseded) || (is_untouched(event) && device.moved)) return finish(TestResult::failed, reason_of(event), now);
      return close_later(event, now);
    }
    case TestStep::done: break;
  }
  return {};
}

TestWants SwitchTest::taken_over(const base::DeviceId& device, base::UtcMillis now) {
  // While an order of the test is under way its own end says so.
  const bool under_way = state_ && state_->device == device && !current_.value.empty();
  if (owed_ != device || under_way) return {};
  if (is_running()) {  // of another device, because this one had left the archive for a while
    owed_.reset();
    return {std::string(), {}};
  }
  show_owed(now);
  return finish(TestResult::failed, std::string(to_string(Errc::superseded)), now);
}

TestWants SwitchTest::tick(base::UtcMillis now) {
  // Further away than it can be: the clock was set back.
  const bool due = again_ && (now >= *again_ || *again_ - now > kCloseAgain);
  return due ? close(now) : TestWants{};
}

std::optional<base::UtcMillis> SwitchTest::wake() const {
  return again_;
}

wire::Command SwitchTest::order(wire::CommandKind kind, base::Millis life, base::UtcMillis now) {
  current_ = base::CommandId("local-test-" + std::to_string(++orders_) + "-" + std::string(wire::to_string(kind)));
  ordered_ = now;
  acked_ = false;
  return {current_, 0, state_->device, kind, 0, now, now + life};
}

TestWants SwitchTest::close(base::UtcMillis now) {
  again_.reset();
  held_back_ = false;
  show_owed(now);
  state_->step = TestStep::closing;
  return {{}, order(wire::CommandKind::close, kTestClosing, now)};
}

/// A test of another device came in between, because this one had left the archive.
void SwitchTest::show_owed(base::UtcMillis now) {
  if (state_->device == *owed_) return;
  state_ = TestState{*owed_, now, TestStep::done, TestResult::left_open};
  why_late_ = "closed_later";
}

TestWants SwitchTest::close_later(const wire::CommandEvent& event, base::UtcMillis now) {
  state_->step = TestStep::done;
  state_->result = TestResult::left_open;
  state_->reason = reason_of(event);
  if (why_late_.empty()) why_late_ = "closed_later";
  // A meter locks itself after a few wrong passwords, and then nobody's order is obeyed.
  held_back_ = event.reason == kNotAuthorised;
  if (!held_back_) again_ = now + kCloseAgain;
  return {};
}

/// The end for good: nothing stands open because of this test.
TestWants SwitchTest::finish(TestResult result, std::string reason, base::UtcMillis now) {
  state_->step = TestStep::done;
  state_->result = result;
  state_->reason = std::move(reason);
  again_.reset();
  held_back_ = false;
  TestWants wants;
  if (owed_ == state_->device) {
    owed_.reset();
    wants.keep = std::string();
  } else if (owed_) {
    again_ = now + kCloseAgain;
  }
  return wants;
}

}  // namespace anju::gateway
