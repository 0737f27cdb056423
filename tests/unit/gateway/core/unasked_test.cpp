#include "gateway/core/unasked.hpp"

#include <doctest/doctest.h>

#include "tests/unit/gateway/core/fake_bus.hpp"

namespace anju::gateway::testing {

TEST_CASE("unasked: bursts stand among the tries, grow while they last, and never push the tries out") {
  std::deque<Trace> traces;
  std::uint64_t number = 0;
  base::UtcMillis now(1000);
  const auto come = [&](const char* hex, std::int64_t after) {
    now = now + base::Millis(after);
    keep_unasked(traces, number, FrameProtocol::dlt645, bytes_of(hex), now);
  };
  come("0102", 0), come("03", 50);
  REQUIRE(traces.size() == 1);
  CHECK(base::to_hex(traces[0].reply) == "010203");
  CHECK(traces[0].delay == base::Millis(50));
  come("04", 51);
  CHECK(traces.size() == 2);
  for (std::size_t i = 0; i < 2 * kTraceBytes; ++i) come("05", 1);
  CHECK(traces.size() == 2);
  CHECK(traces[1].reply.size() == kTraceBytes);
  traces.push_front(Trace{});
  for (std::size_t i = 0; i < 3 * kMostUnasked; ++i) come("06", 1000);
  CHECK(traces.size() == kMostUnasked + 1);
  CHECK(traces.front().outcome.empty());  // the try is still there
  CHECK(traces.back().number == number);
  now = base::UtcMillis(5);  // the clock was set back
  come("07", 0);
  CHECK(base::to_hex(traces.back().reply) == "07");
}

TEST_CASE("line: what comes while a scan has the line is no unasked burst of it") {
  LineBench b;
  b.happen(Hold{Holding::everything});
  b.happen(Received{bytes_of("0102")});
  b.happen(Hold{Holding::polls});
  b.happen(Received{bytes_of("0102")});
  CHECK(b.line.traces().empty());
  b.happen(Hold{Holding::nothing});
  b.happen(Received{bytes_of("0102")});
  REQUIRE(b.line.traces().size() == 1);
  CHECK(b.line.traces().front().outcome == kUnasked);
  CHECK(b.line.statistics().stale_bytes == 6);
}

}  // namespace anju::gateway::testing
