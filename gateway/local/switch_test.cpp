#include "gateway/local/switch_test.hpp"

#include <algorithm>
#include <utility>

#include "gateway/core/errc.hpp"

namespace anju::gateway {
namespace {

/// The order was never sent.
bool is_untouched(const wire::CommandEvent& event) {
  return event.phase == wire::CommandPhase::refused || event.phase == wire::CommandPhase::expired;
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

SwitchTest::SwitchTest(std::string name, base::DeviceId device, base::UtcMillis now) : name_(std::move(name)), device_(std::move(device)), began_(now) {}

wire::Command SwitchTest::order(wire::CommandKind kind, base::Millis life, base::UtcMillis now) {
  current_ = base::CommandId(name_ + "-" + std::string(wire::to_string(kind)));
  ordered_ = now;
  return {current_, 0, device_, kind, 0, now, now + life};
}

wire::Command SwitchTest::begin(base::UtcMillis now) {
  return order(wire::CommandKind::read, kTestOrder, now);
}

wire::Command SwitchTest::resume(std::string why, base::UtcMillis now) {
  step_ = TestStep::closing;
  reason_ = std::move(why);
  return order(wire::CommandKind::close, kResumedClosing, now);
}

wire::Command SwitchTest::close(base::UtcMillis now) {
  step_ = TestStep::closing;
  return order(wire::CommandKind::close, kTestClosing, now);
}

void SwitchTest::finish(TestResult result, std::string reason) {
  step_ = TestStep::done;
  result_ = result;
  reason_ = std::move(reason);
}

std::optional<wire::Command> SwitchTest::heard(const wire::CommandEvent& event, const wire::StatusEvent* standing, base::UtcMillis now) {
  if (step_ == TestStep::done || event.command != current_) return std::nullopt;
  const bool verified = event.phase == wire::CommandPhase::verified;
  if (event.phase == wire::CommandPhase::acked) return std::nullopt;
  // The platform's order counts from now on: it came behind ours, or is under way.
  const bool taken_over = event.reason == to_string(Errc::superseded) || (step_ == TestStep::closing && event.reason == to_string(Errc::too_many_commands));
  switch (step_) {
    case TestStep::reading:
      if (!verified) {
        finish(TestResult::failed, reason_of(event));
      } else if (standing != nullptr && standing->keep_power) {
        finish(TestResult::refused, "keep_power");
      } else if (standing == nullptr || standing->relay != wire::Relay::closed) {
        finish(TestResult::refused, "not_closed");
      } else {
        step_ = TestStep::tripping;
        return order(wire::CommandKind::trip, kTestOrder, now);
      }
      break;
    case TestStep::tripping:
      if (verified) {
        opened_after_ = std::max(now - ordered_, base::Millis(1));
        return close(now);
      }
      if (is_untouched(event) || taken_over) {
        finish(is_untouched(event) ? TestResult::refused : TestResult::failed, reason_of(event));
        break;
      }
      reason_ = reason_of(event);
      return close(now);
    case TestStep::closing:
      if (verified) {
        closed_after_ = std::max(now - ordered_, base::Millis(1));
        finish(reason_.empty() ? TestResult::passed : TestResult::failed, reason_);
      } else {
        finish(taken_over ? TestResult::failed : TestResult::left_open, reason_of(event));
      }
      break;
    case TestStep::done: break;
  }
  return std::nullopt;
}

}  // namespace anju::gateway
