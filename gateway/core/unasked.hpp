#pragma once

// Bytes that come while a line asks nothing: they stand among its tries, so that whoever looks sees them where they came (another master's frames, a
// second answer, glitches of a line that nobody holds).

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string_view>

#include "gateway/core/line_statistics.hpp"
#include "protocols/base/bytes.hpp"
#include "protocols/base/time.hpp"

namespace anju::gateway {

/// Outcome of such a Trace: it has no device and no request, `reply` is what came, `delay` the time from its first bytes to its last.
inline constexpr std::string_view kUnasked = "unasked";
/// Of the ring: who talks all the time does not push the tries out. The oldest burst goes first.
inline constexpr std::size_t kMostUnasked = 40;
/// Bytes that follow within this belong to the same burst: a character takes 37 ms at 300 baud.
inline constexpr base::Millis kBurstQuiet(50);

/// traces: a line's ring of at most kTraces; number: of its last one, counted on for a new burst. protocol: how the bytes are to be read. Of a burst
/// that fills a trace (kTraceBytes) the rest is dropped.
void keep_unasked(std::deque<Trace>& traces, std::uint64_t& number, FrameProtocol protocol, base::ByteView bytes, base::UtcMillis now);

}  // namespace anju::gateway
