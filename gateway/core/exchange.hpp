#pragma once

// One question to one device and what came of it: the unit of work of a line.

#include <cstddef>
#include <cstdint>

#include "gateway/core/framing.hpp"
#include "gateway/core/line_uri.hpp"
#include "protocols/base/id.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace anju::gateway {

/// control before commissioning before poll; a poll is let through after kMostInFront others (LineQueue).
enum class Priority {
  control,        ///< relay commands and the reads that decide or verify them
  commissioning,  ///< somebody is looking: read now, live values, scan
  poll,           ///< by the plan
};

struct Exchange {
  std::uint64_t id = 0;   ///< the asker's; comes back with the outcome
  base::DeviceId device;  ///< whose statistics and back-off; empty while addresses are unknown (scan)
  LineFrame request;
  std::size_t preamble = kMostPreamble;
  SerialFormat format;
  Priority priority = Priority::poll;
  int tries = 2;              ///< a poll of a device that is backed off, or was never heard, gets one
  int tried = 0;              ///< kept by the line
  base::Millis timeout;       ///< for the first byte; 0: what was learned about the device
  base::UtcMillis not_after;  ///< never sent at or after this time (expired); 0: no limit
  base::Millis pause;         ///< silence before the next exchange; 0: what that one needs, 3.5 characters at most
};

/// An answer is any frame that fits the question, refusals included: what the device says is its asker's business. Errors: no_answer, bad_frame, line_down, queue_full, expired, cancelled
/// (gateway::Errc).
using Outcome = base::Result<LineFrame>;

}  // namespace anju::gateway
