#include "platform/http/byte_range.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace anju::platform;

TEST_CASE("byte range: what a request asks for, RFC 9110 14.1.2") {
  struct Case {
    const char* range;
    std::uint64_t from, count;
    bool partial;
  };
  for (const Case& one : {Case{"", 0, 10'000, false}, Case{"bytes=0-499", 0, 500, true}, Case{"bytes=500-999", 500, 500, true}, Case{"bytes=-500", 9500, 500, true},
                          Case{"bytes=9500-", 9500, 500, true}, Case{"bytes=0-0", 0, 1, true}, Case{"bytes=-1", 9999, 1, true}, Case{"bytes=9999-", 9999, 1, true},
                          Case{"bytes=9000-20000", 9000, 1000, true}, Case{"bytes=-20000", 0, 10'000, true}, Case{"bytes=0-99999999999999999999999", 0, 10'000, true},
                          // No range, or one that a server need not understand: the whole.
                          Case{"bytes=5-2", 0, 10'000, false}, Case{"bytes=0-1,4-5", 0, 10'000, false}, Case{"lines=0-1", 0, 10'000, false}, Case{"bytes=", 0, 10'000, false},
                          Case{"bytes=-", 0, 10'000, false}, Case{"bytes=a-b", 0, 10'000, false}, Case{"bytes=1--2", 0, 10'000, false}, Case{"bytes=+1-2", 0, 10'000, false},
                          Case{"bytes= 1-2", 0, 10'000, false}}) {
    CAPTURE(one.range);
    const auto range = range_of({one.range, {}}, 10'000, "\"e\"");
    REQUIRE(range);
    CHECK(range->from == one.from);
    CHECK(range->count == one.count);
    CHECK(range->partial == one.partial);
  }
}

TEST_CASE("byte range: of what is not there nothing is sent") {
  for (const char* range : {"bytes=10000-", "bytes=10000-10001", "bytes=99999999999999999999999-", "bytes=-0"}) {
    CAPTURE(range);
    CHECK_FALSE(range_of({range, {}}, 10'000, "\"e\""));
  }
  CHECK_FALSE(range_of({"bytes=0-", {}}, 0, "\"e\""));
  CHECK_FALSE(range_of({"bytes=-5", {}}, 0, "\"e\""));
}

TEST_CASE("byte range: If-Range gives the rest of that very file only") {
  CHECK(range_of({"bytes=5-", "\"e\""}, 10, "\"e\"")->from == 5);
  for (const char* other : {"\"f\"", "W/\"e\"", "e", "Sat, 29 Oct 1994 19:43:31 GMT"}) {
    CAPTURE(other);
    CHECK_FALSE(range_of({"bytes=5-", other}, 10, "\"e\"")->partial);
  }
}
