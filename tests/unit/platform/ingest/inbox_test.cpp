#include "platform/ingest/inbox.hpp"

#include <doctest/doctest.h>

#include <thread>

using namespace anju::platform;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

TEST_CASE("inbox: what waits is taken together, and not before the given time") {
  Inbox inbox;
  std::vector<Entry> out;
  CHECK(inbox.put(Message{"t", "1"}));
  const auto earliest = Clock::now() + 30ms;
  std::thread later([&] { CHECK(inbox.put(Message{"t", "2"})); });
  later.join();
  CHECK(inbox.take(out, earliest, 0ms));
  CHECK(Clock::now() >= earliest);
  CHECK(out.size() == 2);
}

TEST_CASE("inbox: closing ends the wait for company, and what has come is still taken") {
  Inbox inbox;
  std::vector<Entry> out;
  CHECK(inbox.put(Message{"t", "1"}));
  std::thread closer([&] { inbox.close(); });
  CHECK(inbox.take(out, Clock::now() + 1h, 1h));
  CHECK(out.size() == 1);
  CHECK_FALSE(inbox.take(out, Clock::now() + 1h, 1h));
  closer.join();
}
