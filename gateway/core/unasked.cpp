#include "gateway/core/unasked.hpp"

#include <algorithm>
#include <string>

namespace anju::gateway {

void keep_unasked(std::deque<Trace>& traces, std::uint64_t& number, FrameProtocol protocol, base::ByteView bytes, base::UtcMillis now) {
  const auto is_burst = [](const Trace& trace) { return trace.outcome == kUnasked; };
  const auto add = [&bytes](Trace& burst) {
    const auto room = std::min(bytes.size(), kTraceBytes - burst.reply.size());
    burst.reply.insert(burst.reply.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(room));
  };
  if (!traces.empty() && is_burst(traces.back())) {
    auto& burst = traces.back();
    const auto quiet = now - (burst.at + burst.delay);
    if (quiet >= base::Millis(0) && quiet <= kBurstQuiet) {
      add(burst);
      burst.delay = now - burst.at;
      return;
    }
  }
  if (static_cast<std::size_t>(std::ranges::count_if(traces, is_burst)) >= kMostUnasked) traces.erase(std::ranges::find_if(traces, is_burst));
  if (traces.size() == kTraces) traces.pop_front();
  traces.push_back(Trace{now, {}, protocol, {}, {}, std::string(kUnasked), {}, ++number});
  add(traces.back());
}

}  // namespace anju::gateway
