#pragma once

// The installer's switch test of one device: is the contact that the archive means the one that moves? Its state is read; where it supplies and may
// be cut, it is opened and closed again, and each half counts only once the device was read again. Pure: outcomes of local commands in, the next
// order out.
//
// Whoever is in the dark because he has not paid stays so, and keep-power is not touched: both are refused after the first reading. From the moment
// something was sent that may have opened the contact, closing it is tried whatever happened, unless the platform's own order took over.

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "protocols/base/id.hpp"
#include "protocols/base/time.hpp"
#include "protocols/wire/down.hpp"
#include "protocols/wire/up.hpp"

namespace anju::gateway {

/// For a reading or a trip; for closing, which may need somebody at the button.
inline constexpr base::Millis kTestOrder = base::minutes(1), kTestClosing = base::minutes(5);
/// After a restart the line may be slow to come back.
inline constexpr base::Millis kResumedClosing = base::hours(1);

enum class TestStep { reading, tripping, closing, done };
enum class TestResult {
  running,
  passed,     ///< it opened and closed, both verified
  refused,    ///< nothing was sent that moves it
  failed,     ///< it did not open, or somebody else's order took over; it is closed again as far as is known
  left_open,  ///< it was, or may have been, opened, and could not be closed again
};
[[nodiscard]] std::string_view to_string(TestStep step);
[[nodiscard]] std::string_view to_string(TestResult result);

class SwitchTest {
 public:
  /// name: of this test, an id of at most 48 characters; its commands are named after it.
  SwitchTest(std::string name, base::DeviceId device, base::UtcMillis now);

  /// The first order.
  [[nodiscard]] wire::Command begin(base::UtcMillis now);
  /// Instead of begin(): what a test has left open is closed; why: restarted (the gateway ended between the halves) or closed_later. The test itself has failed.
  [[nodiscard]] wire::Command resume(std::string why, base::UtcMillis now);
  /// Instead of the order that heard() gave last: it is not sent.
  void refuse(std::string reason) { finish(TestResult::refused, std::move(reason)); }
  /// What became of an order; one of another test changes nothing. standing: what was last read of the device, null when it is gone.
  [[nodiscard]] std::optional<wire::Command> heard(const wire::CommandEvent& event, const wire::StatusEvent* standing, base::UtcMillis now);

  [[nodiscard]] const base::DeviceId& device() const { return device_; }
  [[nodiscard]] TestStep step() const { return step_; }
  [[nodiscard]] TestResult result() const { return result_; }
  /// Of a refusal: keep_power, not_closed, or the code of what failed; empty after a success.
  [[nodiscard]] const std::string& reason() const { return reason_; }
  [[nodiscard]] base::UtcMillis began() const { return began_; }
  [[nodiscard]] base::Millis opened_after() const { return opened_after_; }  ///< from the order until it was seen open; 0: not yet
  [[nodiscard]] base::Millis closed_after() const { return closed_after_; }

 private:
  [[nodiscard]] wire::Command order(wire::CommandKind kind, base::Millis life, base::UtcMillis now);
  [[nodiscard]] wire::Command close(base::UtcMillis now);
  void finish(TestResult result, std::string reason);

  std::string name_;
  base::DeviceId device_;
  base::UtcMillis began_, ordered_;
  base::CommandId current_;
  TestStep step_ = TestStep::reading;
  TestResult result_ = TestResult::running;
  std::string reason_;
  base::Millis opened_after_, closed_after_;
};

}  // namespace anju::gateway
