#pragma once

// The installer's switch test: is the contact that the archive means the one that moves? A device's state is read; where it supplies and may be cut,
// it is opened and closed again, and each half counts only once the device was read again. Pure: what was asked for, outcomes of the orders and time
// in, the next order out. The Gateway runs it, so its rules hold whoever asks for a test, and also when nobody looks any more:
//
// - One flat at a time: what is open can be closed again only while it is known which it is.
// - Whoever is in the dark because he has not paid stays so, and keep-power is not touched: both are refused after the first reading.
// - Which device is about to be opened is durable before it is.
// - From the moment something was sent that may have opened the contact, closing it is tried again and again, across restarts, until it was seen
//   closed, unless the platform's own order took over. Where one has left the archive meanwhile and another was tested since, that is several. What the meter has refused was not opened; and a wrong password is not said twice, because
//   the meter would lock itself against everybody: then it waits for another archive, a restart, or somebody at the button.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/id.hpp"
#include "protocols/base/time.hpp"
#include "protocols/wire/down.hpp"
#include "protocols/wire/up.hpp"

namespace anju::gateway {

/// For a reading or a trip; for closing, which may need somebody at the button.
inline constexpr base::Millis kTestOrder = base::minutes(1), kTestClosing = base::minutes(5);
/// What could not be closed is tried again so long after the last try: a line, a clock or an archive that was missing is there some time. No limit to
/// how often: somebody is in the dark.
inline constexpr base::Millis kCloseAgain = base::minutes(1);
/// Flats that may stand open because of tests; with so many there is no further test. More than one only where devices left the archive before they could be closed.
inline constexpr std::size_t kMostOwed = 8;

enum class TestStep { reading, tripping, closing, done };
enum class TestResult {
  running,
  passed,     ///< it opened and closed, both verified
  refused,    ///< nothing was sent that moves it
  failed,     ///< it did not open, or somebody else's order took over; it is closed again as far as is known
  left_open,  ///< it was, or may have been, opened, and could not be closed again so far; while that is tried once more the step is closing
};
[[nodiscard]] std::string_view to_string(TestStep step);
[[nodiscard]] std::string_view to_string(TestResult result);

/// How the last test stands.
struct TestState {
  base::DeviceId device;
  base::UtcMillis began;
  TestStep step = TestStep::reading;
  TestResult result = TestResult::running;
  std::string reason{};  ///< keep_power, not_closed, restarted, closed_later, or the code of what failed; empty after a success
  base::Millis opened_after{}, closed_after{};  ///< from the order until it was seen so; 0: not yet
  bool operator==(const TestState&) const = default;
};

/// What the gateway knows of a device whose test is asked for.
struct TestedDevice {
  bool has_switch = false;
  bool usable = false;  ///< its entry of the archive can be spoken to
  bool busy = false;    ///< somebody's order moves its contact or clears its registers
};

/// What an outcome means depends on how things stand when it is heard.
struct TestedNow {
  const wire::StatusEvent* standing = nullptr;  ///< what was last read of it; null: the device is gone
  bool moved = false;                           ///< an order of somebody else for its contact is running
};

/// What a test wants of the world after one input; in this order.
struct TestWants {
  /// Durable, in place of what was kept before: these stand open or are about to be opened. Answered by kept().
  std::optional<std::vector<base::DeviceId>> keep;
  std::optional<wire::Command> order;
};

class SwitchTest {
 public:
  /// Why no test of this device can begin: no_switch, not_usable, test_running, device_busy, close_first (what another test has left open comes first).
  /// Empty: it can. owed_listed: the archive has an entry for one that owed() names, be it usable or not.
  [[nodiscard]] std::string_view refuse(const TestedDevice& device, bool owed_listed) const;
  /// Nothing of refuse() holds.
  [[nodiscard]] TestWants begin(const base::DeviceId& device, base::UtcMillis now);
  /// What the gateway has kept when it ended: they are closed now, one after another.
  [[nodiscard]] TestWants left(const std::vector<base::DeviceId>& devices, base::UtcMillis now);
  /// Somebody at the meter wants it closed now and not at the next try. Nothing where it is not owed, or a try or a test is under way.
  /// device: nullopt is the one that is owed longest.
  [[nodiscard]] TestWants close_now(const std::optional<base::DeviceId>& device, base::UtcMillis now);
  /// Another archive may have another password: what waited for one is tried at the next tick.
  void archive_changed(base::UtcMillis now);
  /// The answer to TestWants::keep; false: the disk is full, so nothing is opened.
  [[nodiscard]] TestWants kept(bool durable, base::UtcMillis now);
  /// What became of an order; one of somebody else changes nothing.
  [[nodiscard]] TestWants heard(const wire::CommandEvent& event, const TestedNow& device, base::UtcMillis now);
  /// Somebody else's order for the contact of this device begins: from now on that one counts, also where a try to close is only waiting.
  [[nodiscard]] TestWants taken_over(const base::DeviceId& device, base::UtcMillis now);
  [[nodiscard]] TestWants tick(base::UtcMillis now);
  /// The next try to close; nullopt: none waits.
  [[nodiscard]] std::optional<base::UtcMillis> wake() const;

  /// Null: there was none since the start.
  [[nodiscard]] const TestState* state() const { return state_ ? &*state_ : nullptr; }
  /// Runs for the first time: not when something is closed later.
  [[nodiscard]] bool is_running() const { return state_ && state_->result == TestResult::running; }
  /// What may stand open because of a test; the one that is so longest first.
  [[nodiscard]] std::vector<base::DeviceId> owed() const;
  /// How the last try to close it came out, or its test stands. Null: it is not owed.
  [[nodiscard]] const TestState* owed(const base::DeviceId& device) const;
  /// The order under way; empty: none.
  [[nodiscard]] const base::CommandId& order() const { return current_; }

 private:
  struct Owed {
    TestState state;         ///< of its test, while another one is shown
    std::string why_late{};  ///< closed_later or restarted, once the first try to close has failed
    std::optional<base::UtcMillis> due{};  ///< the next try; nullopt: it is under way, or it is held back
    bool held_back = false;  ///< no further try by itself: the password is wrong
  };
  [[nodiscard]] bool is_busy() const { return is_running() || !current_.value.empty(); }
  [[nodiscard]] std::vector<Owed>::iterator find(const base::DeviceId& device);
  [[nodiscard]] std::vector<base::DeviceId> to_keep() const;
  [[nodiscard]] wire::Command order(wire::CommandKind kind, base::Millis life, base::UtcMillis now);
  [[nodiscard]] TestWants close(Owed& owed, base::UtcMillis now);
  void show(const Owed& owed);
  void put_off(base::UtcMillis now);
  [[nodiscard]] TestWants close_later(const wire::CommandEvent& event, base::UtcMillis now);
  [[nodiscard]] TestWants finish(TestResult result, std::string reason, base::UtcMillis now);

  std::optional<TestState> state_;
  std::vector<Owed> owed_;  ///< at most kMostOwed, but for what was kept
  std::string failure_;   ///< why the first half failed, until the second is over
  base::CommandId current_;
  bool acked_ = false;  ///< the meter has acknowledged it
  base::UtcMillis ordered_;
  bool keeping_ = false;  ///< between the reading and the trip
  std::uint64_t orders_ = 0;
};

}  // namespace anju::gateway
