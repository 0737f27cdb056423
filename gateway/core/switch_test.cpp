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

std::vector<base::DeviceId> SwitchTest::owed() const {
  std::vector<base::DeviceId> devices;
  for (const auto& one : owed_) devices.push_back(one.state.device);
  return devices;
}

const TestState* SwitchTest::owed(const base::DeviceId& device) const {
  const auto found = std::ranges::find(owed_, device, [](const Owed& one) { return one.state.device; });
  if (found == owed_.end()) return nullptr;
  return state_ && state_->device == device ? &*state_ : &found->state;
}

std::vector<SwitchTest::Owed>::iterator SwitchTest::find(const base::DeviceId& device) {
  return std::ranges::find(owed_, device, [](const Owed& one) { return one.state.device; });
}

/// With the one that is about to be opened.
std::vector<base::DeviceId> SwitchTest::to_keep() const {
  auto devices = owed();
  if (keeping_) devices.push_back(state_->device);
  return devices;
}

std::string_view SwitchTest::refuse(const TestedDevice& device, bool owed_listed) const {
  if (!device.has_switch) return "no_switch";
  if (!device.usable) return "not_usable";
  if (is_running()) return "test_running";
  // Also the very device: who tests it again by mistake would take what it owes for its own. One that has left the archive holds nobody up; one whose entry is wrong for a while does.
  if (owed_listed || owed_.size() >= kMostOwed) return "close_first";
  if (device.busy) return "device_busy";
  return {};
}

TestWants SwitchTest::begin(const base::DeviceId& device, base::UtcMillis now) {
  state_ = TestState{device, now};
  failure_.clear();
  return {{}, order(wire::CommandKind::read, kTestOrder, now)};
}

TestWants SwitchTest::left(const std::vector<base::DeviceId>& devices, base::UtcMillis now) {
  if (is_busy()) return {};
  for (const auto& device : devices) {
    if (find(device) != owed_.end()) continue;
    owed_.push_back({TestState{device, now, TestStep::done, TestResult::left_open}, "restarted", now});
  }
  return owed_.empty() ? TestWants{} : close(owed_.front(), now);
}

TestWants SwitchTest::close_now(const std::optional<base::DeviceId>& device, base::UtcMillis now) {
  const auto wanted = device ? find(*device) : owed_.begin();
  if (wanted == owed_.end()) return {};
  if (!is_busy()) return close(*wanted, now);
  // Another device has its turn; this one is next, also where only a person could have asked for it again.
  if (!state_ || state_->device != wanted->state.device) wanted->held_back = false, wanted->due = base::UtcMillis();
  return {};
}

void SwitchTest::archive_changed(base::UtcMillis now) {
  for (auto& one : owed_) {
    if (std::exchange(one.held_back, false)) one.due = now;
  }
}

TestWants SwitchTest::kept(bool durable, base::UtcMillis now) {
  if (!std::exchange(keeping_, false)) return {};
  if (!durable) return finish(TestResult::refused, std::string(to_string(Errc::not_durable)), now);
  state_->step = TestStep::tripping;
  owed_.push_back({*state_});
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
    case TestStep::reading: {
      if (!verified) return finish(TestResult::failed, reason_of(event), now);
      if (device.standing != nullptr && device.standing->keep_power) return finish(TestResult::refused, "keep_power", now);
      if (device.standing == nullptr || device.standing->relay != wire::Relay::closed) return finish(TestResult::refused, "not_closed", now);
      keeping_ = true;
      return {to_keep(), {}};
    }
    case TestStep::tripping: {
      const auto opened = find(state_->device);
      if (verified && opened != owed_.end()) {
        state_->opened_after = std::max(now - ordered_, base::Millis(1));
        return close(*opened, now);
      }
      if (is_untouched(event)) return finish(TestResult::refused, reason_of(event), now);
      // The platform's order counts from now on: it came behind ours.
      if (event.reason == to_string(Errc::superseded)) return finish(TestResult::failed, reason_of(event), now);
      if ((!acked_ && is_refusal(event)) || opened == owed_.end()) return finish(TestResult::failed, reason_of(event), now);
      failure_ = reason_of(event);
      return close(*opened, now);
    }
    case TestStep::closing: {
      const bool late = state_->result == TestResult::left_open;
      const auto opened = find(state_->device);
      if (verified) {
        state_->closed_after = std::max(now - ordered_, base::Millis(1));
        if (late) return finish(TestResult::failed, opened == owed_.end() ? std::string() : opened->why_late, now);
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
  const auto found = find(device);
  if (found == owed_.end() || under_way) return {};
  if (is_busy()) {  // with another device, because this one had left the archive for a while
    owed_.erase(found);
    return {to_keep(), {}};
  }
  show(*found);
  return finish(TestResult::failed, std::string(to_string(Errc::superseded)), now);
}

TestWants SwitchTest::tick(base::UtcMillis now) {
  if (is_busy()) return {};
  // Further away than it can be: the clock was set back.
  const auto is_due = [now](const Owed& one) { return one.due && (now >= *one.due || *one.due - now > kCloseAgain); };
  // Who waits longest: silent devices in front are due again before each has had its turn.
  auto next = owed_.end();
  for (auto one = owed_.begin(); one != owed_.end(); ++one) {
    if (is_due(*one) && (next == owed_.end() || *one->due < *next->due)) next = one;
  }
  return next == owed_.end() ? TestWants{} : close(*next, now);
}

std::optional<base::UtcMillis> SwitchTest::wake() const {
  std::optional<base::UtcMillis> first;
  if (is_busy()) return first;
  for (const auto& one : owed_) {
    if (one.due && (!first || *one.due < *first)) first = one.due;
  }
  return first;
}

wire::Command SwitchTest::order(wire::CommandKind kind, base::Millis life, base::UtcMillis now) {
  current_ = base::CommandId("local-test-" + std::to_string(++orders_) + "-" + std::string(wire::to_string(kind)));
  ordered_ = now;
  acked_ = false;
  return {current_, 0, state_->device, kind, 0, now, now + life};
}

TestWants SwitchTest::close(Owed& owed, base::UtcMillis now) {
  owed.due.reset();
  owed.held_back = false;
  show(owed);
  state_->step = TestStep::closing;
  return {{}, order(wire::CommandKind::close, kTestClosing, now)};
}

/// A test, or a try to close, of another device came in between, because this one had left the archive.
void SwitchTest::show(const Owed& owed) {
  if (!state_ || state_->device != owed.state.device) state_ = owed.state;
}

TestWants SwitchTest::close_later(const wire::CommandEvent& event, base::UtcMillis now) {
  if (is_running()) put_off(now);
  state_->step = TestStep::done;
  state_->result = TestResult::left_open;
  state_->reason = reason_of(event);
  const auto open = find(state_->device);
  if (open == owed_.end()) return {};
  if (open->why_late.empty()) open->why_late = "closed_later";
  // A meter locks itself after a few wrong passwords, and then nobody's order is obeyed.
  open->held_back = event.reason == kNotAuthorised;
  if (!open->held_back) open->due = now + kCloseAgain;
  open->state = *state_;
  return {};
}

/// The end of a test stands for a while before a try to close another device takes its place.
void SwitchTest::put_off(base::UtcMillis now) {
  for (auto& one : owed_) {
    if (one.due) one.due = now + kCloseAgain;
  }
}

/// The end for good: nothing stands open because of this test.
TestWants SwitchTest::finish(TestResult result, std::string reason, base::UtcMillis now) {
  if (is_running()) put_off(now);
  state_->step = TestStep::done;
  state_->result = result;
  state_->reason = std::move(reason);
  const auto closed = find(state_->device);
  if (closed == owed_.end()) return {};
  owed_.erase(closed);
  return {to_keep(), {}};
}

}  // namespace anju::gateway
