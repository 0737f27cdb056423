#pragma once

// The ordered stream of a gateway as its sender sees it: events numbered from 1 under one epoch, without a gap, kept
// until the platform has said `through` and beyond that as long as there is space. gateway/spool keeps it,
// gateway/uplink sends it; they meet here because siblings do not include each other.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/result.hpp"

namespace anju::gateway {

/// Format of the spool's file. Two versions with the same number open each other's spool, so one may take the other's place and be rolled back;
/// what only adds to the file keeps the number.
inline constexpr int kSpoolFormat = 1;

/// One event as it lies in the stream.
struct StoredEvent {
  std::int64_t seq = 0;
  std::size_t readings = 0;  ///< how many readings it holds; 0 for other events
  std::string text;          ///< encoded as by wire::encode(Event)
};

class Stream {
 public:
  virtual ~Stream() = default;
  [[nodiscard]] virtual const std::string& epoch() const = 0;
  [[nodiscard]] virtual std::int64_t first_seq()
      const = 0;  ///< the oldest event still kept; last_seq + 1 when there is none
  [[nodiscard]] virtual std::int64_t last_seq() const = 0;  ///< 0: nothing yet
  [[nodiscard]] virtual std::int64_t through() const = 0;   ///< acknowledged by the platform; 0: nothing yet

  /// At most `most` events from `from` on, in order; empty when there are none.
  /// Errors: those of the storage.
  [[nodiscard]] virtual base::Result<std::vector<StoredEvent>> read(std::int64_t from, std::size_t most) = 0;

  /// The platform has stored everything up to `through`. An older value than the newest changes nothing.
  /// Errors: foreign_epoch, beyond_stream (above last_seq), those of the storage.
  [[nodiscard]] virtual base::Result<> acknowledge(std::string_view epoch, std::int64_t through) = 0;
  /// The platform was restored and stands at an older `through`: what lies behind it is unacknowledged again, so it is
  /// kept. A newer value than through() changes nothing.
  virtual void rewind(std::int64_t through) = 0;
};

}  // namespace anju::gateway
