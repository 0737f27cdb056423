#pragma once

// Which part of the stream is on its way. Pure: it sees numbers and times, the shell reads and publishes.
//
// At most kMaxBatches batches are unacknowledged; that is the back-pressure of the whole path (reliability.md 1.4, 5).
// The broker may lose, repeat and reorder: a cumulative acknowledgement moves the window, `resend` or a time without
// progress starts it again at through + 1. A PUBACK means nothing here.
//
// A disk that lied about its last writes, or a spool that was copied back, has fewer events than the platform has taken.
// Sending on would give other events the same numbers, and the platform would take them for old ones. So a process hears
// first how far the platform stands, or waits for it kPositionWait, before it sends.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>

#include "gateway/core/stream.hpp"
#include "protocols/base/time.hpp"

namespace anju::gateway {

inline constexpr std::size_t kMaxBatches = 4;
inline constexpr std::size_t kMaxBatchEvents = 100;
inline constexpr std::size_t kMaxBatchReadings = 200;
inline constexpr std::size_t kMaxBatchBytes = 128 * 1024;       ///< half of what a payload may have
inline constexpr base::Millis kResendLeast = base::seconds(5);  ///< without progress; doubles up to kResendMost
inline constexpr base::Millis kResendMost = base::seconds(60);
/// One lost batch makes the platform ask once for every batch behind it; within this time that is one and the same
/// wish.
inline constexpr base::Millis kResendOnce = base::seconds(1);
inline constexpr base::Millis kPositionWait = base::seconds(3);  ///< at the first connection of a process

/// How many of these events, which follow each other, make the next batch: at least one, as long as there is any.
[[nodiscard]] std::size_t batch_size(std::span<const StoredEvent> events);

enum class AckOutcome {
  progress,       ///< the window moved
  nothing_new,    ///< an older or repeated acknowledgement
  again,          ///< the platform asks for the stream from through + 1
  foreign_epoch,  ///< of another stream; ignored
  beyond,         ///< of events that were never sent: this spool lost what the platform has, and needs a new epoch
};

class Window {
 public:
  /// last_seq: the newest event when the process began; those above it were made by this process.
  Window(std::string epoch, std::int64_t last_seq) : epoch_(std::move(epoch)), known_(last_seq) {}

  /// A connection stands: everything after `through` is to be sent again.
  void connected(std::int64_t through, base::UtcMillis now);
  void disconnected() { connected_ = false; }

  /// The first event to send now, 0 when there is nothing to do: not connected, the platform's position is awaited, the
  /// window is full, or all is sent. When the event is not kept any more, those from the oldest on are sent instead.
  [[nodiscard]] std::int64_t next(std::int64_t last_seq) const;

  /// A batch that ends with event `last` was handed to the broker.
  void sent(std::int64_t last, base::UtcMillis now);

  /// Times are compared only with each other.
  [[nodiscard]] AckOutcome acknowledged(std::string_view epoch, std::int64_t through, bool resend, base::UtcMillis now);

  /// When nothing moved for too long, starts again at through + 1 and answers true. Also ends the wait for the platform's
  /// position.
  [[nodiscard]] bool tick(base::UtcMillis now);

  [[nodiscard]] std::int64_t through() const { return through_; }
  [[nodiscard]] std::size_t in_flight() const { return ends_.size(); }
  [[nodiscard]] bool is_waiting() const { return connected_ && !positioned_; }

 private:
  void restart(base::UtcMillis now);

  std::string epoch_;
  std::int64_t known_;       // the newest event that the platform can have of this spool
  bool connected_ = false;
  bool positioned_ = false;  // the platform has said how far it stands, or did not in time
  std::int64_t through_ = 0;       // acknowledged
  std::int64_t sent_ = 0;          // the last event of the newest batch
  std::deque<std::int64_t> ends_;  // the last event of every batch that is on its way
  base::UtcMillis progress_at_;
  base::UtcMillis asked_at_{-kResendOnce.value};  // when `resend` was last followed
  base::Millis patience_ = kResendLeast;
};

}  // namespace anju::gateway
