#pragma once

// Which part of the stream is on its way. Pure: it sees numbers and times, the shell reads and publishes.
//
// At most kMaxBatches batches are unacknowledged; that is the back-pressure of the whole path (reliability.md 1.4, 5).
// The broker may lose, repeat and reorder: a cumulative acknowledgement moves the window, `resend` or a time without
// progress starts it again at through + 1. A PUBACK means nothing here.

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

/// How many of these events, which follow each other, make the next batch: at least one, as long as there is any.
[[nodiscard]] std::size_t batch_size(std::span<const StoredEvent> events);

enum class AckOutcome {
  progress,       ///< the window moved
  nothing_new,    ///< an older or repeated acknowledgement
  again,          ///< the platform asks for the stream from through + 1
  foreign_epoch,  ///< of another stream; ignored
  beyond,         ///< of events that were never sent; refused
  gap,            ///< it needs events that are no longer kept; a person has to decide
};

class Window {
 public:
  explicit Window(std::string epoch) : epoch_(std::move(epoch)) {}

  /// A connection stands: everything after `through` is to be sent again.
  void connected(std::int64_t through, base::UtcMillis now);
  void disconnected() { connected_ = false; }

  /// The first event to send now, 0 when there is nothing to do: not connected, the window is full, or all is sent.
  [[nodiscard]] std::int64_t next(std::int64_t last_seq) const;

  /// A batch of `count` events from next() on was handed to the broker.
  void sent(std::size_t count, base::UtcMillis now);

  /// first_seq and last_seq: of the stream now. Times are compared only with each other.
  [[nodiscard]] AckOutcome acknowledged(std::string_view epoch, std::int64_t through, bool resend,
                                        std::int64_t first_seq, std::int64_t last_seq, base::UtcMillis now);

  /// When nothing moved for too long, starts again at through + 1 and answers true.
  [[nodiscard]] bool tick(base::UtcMillis now);

  [[nodiscard]] std::int64_t through() const { return through_; }
  [[nodiscard]] std::size_t in_flight() const { return ends_.size(); }

 private:
  void restart(base::UtcMillis now);

  std::string epoch_;
  bool connected_ = false;
  std::int64_t through_ = 0;       // acknowledged
  std::int64_t sent_ = 0;          // the last event of the newest batch
  std::deque<std::int64_t> ends_;  // the last event of every batch that is on its way
  base::UtcMillis progress_at_;
  base::UtcMillis asked_at_{-kResendOnce.value};  // when `resend` was last followed
  base::Millis patience_ = kResendLeast;
};

}  // namespace anju::gateway
