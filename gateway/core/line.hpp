#pragma once

// The owner of one RS485 line: one queue, one exchange at a time, everything the bytes can do wrong. A state machine
// without IO or clock; a driver performs its actions and feeds back what happens. Source: shared reference meters.md 5.

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "gateway/core/backoff.hpp"
#include "gateway/core/exchange.hpp"
#include "gateway/core/line_queue.hpp"
#include "gateway/core/line_statistics.hpp"

namespace anju::gateway {

/// First byte of a reply after the end of the request: the standard's 500 ms doubled until the device is known
/// (DL/T645-2007 5.3.3), later p99 + margin, never below what a conforming meter may take.
inline constexpr base::Millis kFirstByteStart(1000), kFirstByteLeast(600), kFirstByteMost(3000);
inline constexpr std::size_t kLearnAfter = 20;  ///< samples of Td before a device's own deadline is used
inline constexpr base::Millis kInterByte(500);  ///< Tb
/// A whole-looking frame with a wrong sum, and then silence this long: it will not get better.
inline constexpr base::Millis kBadFrameQuiet(100);
/// After a try without an answer late bytes are swallowed this long, and this long behind each late byte.
inline constexpr base::Millis kGuard(100), kGuardQuiet(50), kGuardMost(1000);
/// Behind a question whose late answer could be taken for another's, counted from its end: as long as a device may take that nobody knows yet.
inline constexpr base::Millis kAnonymousQuiet(1000);
inline constexpr std::size_t kMostReceived = 1024;  ///< bytes kept of one try; older ones are dropped

struct PortOpened {};
struct PortClosed {
  std::string why;
};
struct Received {
  base::Bytes bytes;
};
struct Tick {};  ///< wake() has come, or the driver is just curious
struct Submit {
  Exchange exchange;
};
struct Withdraw {  ///< everything that waits for a device; what is under way is finished
  base::DeviceId device;
};
/// What is not begun for a while, because somebody else uses the line (a scan); what is under way is finished first.
enum class Holding {
  nothing,
  polls,       ///< only orders (control) are sent
  everything,  ///< nothing is sent; what arrives is for who holds
};
struct Hold {
  Holding what = Holding::nothing;
};
using LineEvent = std::variant<PortOpened, PortClosed, Received, Tick, Submit, Withdraw, Hold>;

struct SetFormat {
  SerialFormat format;
};
struct FlushInput {};
struct Write {
  base::Bytes bytes;
};
struct Done {
  std::uint64_t id = 0;
  base::DeviceId device;
  Outcome outcome;
  base::UtcMillis asked;  ///< when the (last) request was sent: what the reply says is not older than that
};
/// What arrives does not fit any more: the connection has to be closed and opened again; PortClosed says when it is.
struct Reopen {
  std::string why;
};
/// What a driver performs.
using PortAction = std::variant<SetFormat, FlushInput, Write, Reopen>;
using LineAction = std::variant<SetFormat, FlushInput, Write, Reopen, Done>;
using LineActions = std::vector<LineAction>;

class Line {
 public:
  /// One event in, the actions to perform, in order. `now` may be set back by the owner of the clock; nothing hangs
  /// then.
  [[nodiscard]] LineActions step(LineEvent event, base::UtcMillis now);
  /// When the next Tick is due; empty: not before something else happens.
  [[nodiscard]] std::optional<base::UtcMillis> wake() const;

  [[nodiscard]] bool is_open() const { return state_ != State::closed; }
  /// Open, with nothing under way and no silence to be kept.
  [[nodiscard]] bool is_idle() const { return state_ == State::idle; }
  [[nodiscard]] const std::string& why_closed() const { return why_closed_; }
  [[nodiscard]] std::size_t waiting() const { return queue_.size(); }
  [[nodiscard]] bool is_reachable(const base::DeviceId& device) const { return backoff_.is_reachable(device); }
  [[nodiscard]] const LineStatistics& statistics() const { return statistics_; }

  struct DeviceStatistics {
    Counts counts;
    Delays delays;
    base::UtcMillis last_seen;
    bool late = false;  ///< the last try timed out: the learned deadline is not trusted until it answers again
  };
  /// Null for a device that was never asked.
  [[nodiscard]] const DeviceStatistics* statistics(const base::DeviceId& device) const;
  [[nodiscard]] const std::deque<Trace>& traces() const { return traces_; }
  /// How long the device may take for its first byte.
  [[nodiscard]] base::Millis first_byte_deadline(const base::DeviceId& device) const;

 private:
  enum class State { closed, idle, waiting, guard, pause };

  void received(base::ByteView bytes, base::UtcMillis now, LineActions& actions);
  void search(base::UtcMillis now, LineActions& actions);
  void take_in_place(base::ByteView bytes, base::UtcMillis now, LineActions& actions);
  void lost_place(LineActions& actions);
  void swallow(base::ByteView bytes, base::UtcMillis now);
  void passed(base::UtcMillis now, LineActions& actions);
  void closed(std::string why, base::UtcMillis now, LineActions& actions);
  void start_next(base::UtcMillis now, LineActions& actions);
  void start(Exchange exchange, base::UtcMillis now, LineActions& actions);
  void send(base::UtcMillis now, LineActions& actions);
  [[nodiscard]] const LineFrame& asked() const;
  void answered(LineFrame frame, base::UtcMillis now, LineActions& actions);
  /// told: somebody in between has said so, nothing of this device can come any more.
  void unanswered(bool told, base::UtcMillis now, LineActions& actions);
  void finish(Outcome outcome, LineActions& actions);
  void trace(std::string outcome, base::Millis delay);
  [[nodiscard]] base::UtcMillis deadline() const;
  [[nodiscard]] base::Millis cost(const Exchange& exchange) const;
  [[nodiscard]] bool was_heard(const base::DeviceId& device) const;
  void shift(base::Millis by);

  State state_ = State::closed;
  Holding holding_ = Holding::nothing;
  std::string why_closed_ = "not opened yet";
  LineQueue queue_;
  Backoff backoff_;
  std::optional<SerialFormat> format_;  ///< what the port is set to

  // the exchange under way
  std::optional<Exchange> current_;
  std::optional<LineFrame> follow_up_;  ///< of an answer that comes in several frames: what is asked instead of the request
  Parts parts_;                         ///< of it so far
  std::uint16_t transaction_ = 0;       ///< of the last sending, where the protocol has one
  base::Bytes sent_, heard_, buffer_;       ///< request; everything that arrived; what is still to be searched
  base::UtcMillis sent_at_, request_end_, first_deadline_, last_byte_;
  std::optional<base::UtcMillis> first_byte_;
  bool bad_ = false;      ///< a frame of the right shape with a wrong sum is in the buffer
  bool garbage_ = false;  ///< something was heard that belongs to no frame

  base::UtcMillis heard_at_;  ///< end of the last answer
  base::UtcMillis until_;     ///< end of guard or pause
  base::UtcMillis guard_most_;
  base::DeviceId failed_;  ///< the device of the last failed try
  std::optional<base::UtcMillis> later_;
  base::UtcMillis last_now_;

  LineStatistics statistics_;
  std::map<base::DeviceId, DeviceStatistics> devices_;
  std::deque<Trace> traces_;
  std::uint64_t traced_ = 0;
};

}  // namespace anju::gateway
