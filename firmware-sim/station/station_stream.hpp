#pragma once

// The ordered stream of a station and what of it is on its way: events numbered from 1 under one epoch, kept until the
// platform has said `through`. The rules are the gateway's (ARCHITECTURE.md, "The rules"): at most kMostBatches batches are
// unacknowledged; `resend` or a time without progress starts again at through + 1; a process hears first how far the platform
// stands, or waits for it kPositionWait, before it sends. Pure: times come in and are compared only with each other.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "protocols/base/time.hpp"
#include "protocols/wire/down.hpp"
#include "protocols/wire/up.hpp"

namespace anju::sim {

inline constexpr std::size_t kMostBatches = 4;
inline constexpr std::size_t kMostBatchEvents = 100;
inline constexpr std::size_t kMostBatchReadings = 200;
inline constexpr std::size_t kMostBatchBytes = 128 * 1024;
inline constexpr base::Millis kResendLeast = base::seconds(5), kResendMost = base::seconds(60);
inline constexpr base::Millis kResendOnce = base::seconds(1);  ///< one gap makes the platform ask once per batch behind it
inline constexpr base::Millis kPositionWait = base::seconds(3);
/// Acknowledged events kept for a platform that was restored, and unacknowledged ones: above it interval readings are not
/// taken any more (the next register carries what they would have said), everything else is.
inline constexpr std::size_t kKeptForResend = 2'000, kMostWaiting = 20'000;

class StationStream {
 public:
  struct Kept {
    std::string text;          ///< encoded as by wire::encode(Event)
    std::size_t readings = 0;  ///< how many it holds
    bool replaceable = false;  ///< nothing but interval readings
  };

  explicit StationStream(std::string epoch) : epoch_(std::move(epoch)) {}
  /// As it was kept: events from first_seq on.
  StationStream(std::string epoch, std::int64_t first_seq, std::int64_t through, std::vector<Kept> events);

  /// The number it got; absent when it was not taken.
  std::optional<std::int64_t> append(const wire::Event& event);
  [[nodiscard]] static Kept keep(const wire::Event& event);

  void connected(base::UtcMillis now);
  void disconnected() { connected_ = false; }
  enum class Heard {
    moved,    ///< more is stored for good
    nothing,  ///< known already, or of another epoch
    again,    ///< it goes out again from through + 1
    ended,    ///< the platform takes no more of this epoch, or has events that are not here: renew()
  };
  [[nodiscard]] Heard acknowledged(const wire::Ack& ack, base::UtcMillis now);
  /// What is not acknowledged is numbered from 1 under this epoch.
  void renew(std::string epoch, base::UtcMillis now);

  /// The next batch to publish, if the window allows one. It counts as sent.
  [[nodiscard]] std::optional<std::string> next_batch(base::UtcMillis now);
  void tick(base::UtcMillis now);

  [[nodiscard]] const std::string& epoch() const { return epoch_; }
  [[nodiscard]] std::int64_t first_seq() const { return first_; }
  [[nodiscard]] std::int64_t last_seq() const { return first_ + static_cast<std::int64_t>(events_.size()) - 1; }
  [[nodiscard]] std::int64_t through() const { return through_; }
  [[nodiscard]] const std::deque<Kept>& events() const { return events_; }
  [[nodiscard]] std::int64_t not_taken() const { return not_taken_; }

 private:
  void restart(base::UtcMillis now);

  std::string epoch_;
  std::deque<Kept> events_;
  std::int64_t first_ = 1;
  std::int64_t through_ = 0;
  std::int64_t known_ = 0;  ///< the newest event that the platform can have
  std::int64_t sent_ = 0;
  std::deque<std::int64_t> ends_;  ///< the last event of every batch that is on its way
  std::int64_t not_taken_ = 0;     ///< readings
  bool connected_ = false, positioned_ = false;
  base::UtcMillis progress_at_;
  base::UtcMillis asked_at_{-kResendOnce.value};
  base::Millis patience_ = kResendLeast;
};

}  // namespace anju::sim
