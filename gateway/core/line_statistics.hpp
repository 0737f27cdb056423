#pragma once

// What a line and its devices did: counts, response delays, shares of time, and the last exchanges for whoever looks at
// a bad cable. Fixed size, whatever happens.

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>

#include "gateway/core/framing.hpp"
#include "protocols/base/bytes.hpp"
#include "protocols/base/id.hpp"
#include "protocols/base/time.hpp"

namespace anju::gateway {

/// The last kSamples response delays (Td: end of the request to first byte of the reply).
class Delays {
 public:
  static constexpr std::size_t kSamples = 128;
  void add(base::Millis delay);
  [[nodiscard]] std::size_t count() const { return count_; }
  /// percent: 0..100; the smallest sample that at least that share does not exceed. 0 ms without samples.
  [[nodiscard]] base::Millis percentile(int percent) const;

 private:
  std::array<std::int32_t, kSamples> samples_{};
  std::size_t count_ = 0, next_ = 0;
};

struct Counts {
  std::int64_t ok = 0;
  std::int64_t timeouts = 0;    ///< tries without any byte of an answer
  std::int64_t bad_frames = 0;  ///< tries that heard something, but no frame that fits
  std::int64_t refused = 0;     ///< answers that carry an error byte
  bool operator==(const Counts&) const = default;
};

/// Share of the last minute in which something was true, in buckets of a second.
class MinuteShare {
 public:
  /// Counts the span [from, to); spans come in order of time.
  void add(base::UtcMillis from, base::UtcMillis to);
  [[nodiscard]] std::int64_t permille(base::UtcMillis now) const;

 private:
  struct Bucket {
    std::int64_t second = -1;
    std::int32_t millis = 0;
  };
  std::array<Bucket, 60> buckets_{};
};

struct LineStatistics {
  Counts counts;
  Delays delays;
  MinuteShare busy;
  std::int64_t busy_ms = 0;      ///< from the first byte of a request to the end of its exchange, guard time included
  std::int64_t wasted_ms = 0;    ///< the part of busy_ms in tries that failed, and in guard times
  std::int64_t ok_line_us = 0;   ///< characters of successful exchanges, both ways, at the line's rate
  std::int64_t ok_delay_ms = 0;  ///< the meters' own Td in them
  std::int64_t stale_bytes = 0;  ///< arrived while nothing was asked, and thrown away
  std::int64_t late_bytes = 0;   ///< arrived in a guard time, and thrown away
  std::int64_t mismatched = 0;   ///< whole frames that did not answer what was asked
};

/// One try, as the ring of the last exchanges keeps it; or a burst that came while nothing was asked (unasked.hpp).
struct Trace {
  base::UtcMillis at;
  base::DeviceId device;
  FrameProtocol protocol = FrameProtocol::dlt645;  ///< as it was spoken then: an archive that changed since does not tell old bytes otherwise
  base::Bytes request, reply;  ///< with preamble and whatever else arrived, at most kTraceBytes
  std::string outcome;         ///< "ok", the error's code, or kUnasked
  base::Millis delay;
  std::uint64_t number = 0;    ///< of the line, from 1 on without a gap: who looks again asks for what came since
};
inline constexpr std::size_t kTraces = 100;  ///< 200 frames, a question and its answer each; at most 70 KB of a line
inline constexpr std::size_t kTraceBytes = 260;  ///< the longest message there is, of Modbus TCP

}  // namespace anju::gateway
