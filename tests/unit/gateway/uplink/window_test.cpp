#include "gateway/uplink/window.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <vector>

using namespace anju;
using namespace anju::gateway;

namespace {

constexpr base::UtcMillis kStart(1'000'000);

/// The lines between gateway and platform, in virtual time: everything may be lost, repeated and overtaken.
template <class Message>
class Line {
 public:
  Line(std::mt19937& random, int faults_percent) : random_(random), faults_(faults_percent) {}
  void put(Message message, base::UtcMillis now) {
    if (chance()) return;  // lost
    deliver(message, now);
    if (chance()) deliver(message, now);
  }
  std::vector<Message> take(base::UtcMillis now) {
    std::vector<Message> due;
    std::stable_sort(waiting_.begin(), waiting_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    while (!waiting_.empty() && waiting_.front().first <= now) {
      due.push_back(waiting_.front().second);
      waiting_.erase(waiting_.begin());
    }
    return due;
  }
  void cut() { waiting_.clear(); }
  void repair() { faults_ = 0; }

 private:
  bool chance() { return static_cast<int>(random_() % 100) < faults_; }
  void deliver(const Message& message, base::UtcMillis now) {
    const auto delay = chance() ? static_cast<std::int64_t>(random_() % 3000) : 20;
    waiting_.emplace_back(now + base::Millis(delay), message);
  }
  std::mt19937& random_;
  int faults_;
  std::vector<std::pair<base::UtcMillis, Message>> waiting_;
};

struct Batch {
  std::int64_t seq;
  std::size_t count;
};
struct Ack {
  std::int64_t through;
  bool resend;
};

/// Applies last + 1 only, as design rule 1 asks of the platform.
struct Platform {
  std::int64_t last = 0;
  std::vector<std::int64_t> applied;

  Ack receive(const Batch& batch) {
    if (batch.seq > last + 1) return {last, true};
    for (std::int64_t seq = batch.seq; seq < batch.seq + static_cast<std::int64_t>(batch.count); ++seq) {
      if (seq != last + 1) continue;
      applied.push_back(seq);
      last = seq;
    }
    return {last, false};
  }
};

}  // namespace

TEST_CASE("window: whatever is lost, repeated or overtaken, every event takes effect once and in order") {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const int faults = static_cast<int>(random() % 40);
    Line<Batch> up(random, faults);
    Line<Ack> down(random, faults);
    Platform platform;
    Window window("e");
    std::int64_t stored = 0, kept_through = 0;
    bool connected = false;
    constexpr std::int64_t kEvents = 3000;
    base::UtcMillis now = kStart;
    const base::UtcMillis end = now + base::hours(6);
    while (platform.last < kEvents && now < end) {
      now = now + base::Millis(10);
      if (now > kStart + base::minutes(10)) {  // in the end the lines are whole
        up.repair();
        down.repair();
      }
      if (stored < kEvents) stored = std::min(kEvents, stored + static_cast<std::int64_t>(random() % 40));
      if (!connected && random() % 100 < 5) {
        connected = true;
        window.connected(kept_through, now);
      } else if (connected && faults > 0 && random() % 4000 == 0) {  // the broker dies with all it holds
        connected = false;
        window.disconnected();
        up.cut();
        down.cut();
      }
      if (faults > 0 && random() % 20'000 == 0) {  // the gateway is killed; through may be older than what it had
        window = Window("e");
        connected = false;
        kept_through -= std::min<std::int64_t>(kept_through, static_cast<std::int64_t>(random() % 300));
      }
      for (const Batch& batch : up.take(now)) down.put(platform.receive(batch), now);
      for (const Ack& ack : down.take(now)) {
        const auto outcome = window.acknowledged("e", ack.through, ack.resend, 1, stored, now);
        REQUIRE(outcome != AckOutcome::beyond);
        if (outcome == AckOutcome::progress) kept_through = std::max(kept_through, ack.through);
      }
      (void)window.tick(now);
      while (const std::int64_t from = window.next(stored)) {
        const auto count = static_cast<std::size_t>(
            std::min<std::int64_t>(stored - from + 1, 1 + static_cast<std::int64_t>(random() % 100)));
        up.put({from, count}, now);
        window.sent(count, now);
        REQUIRE(window.in_flight() <= kMaxBatches);
      }
    }
    REQUIRE(platform.applied.size() == kEvents);
    for (std::int64_t i = 0; i < kEvents; ++i) REQUIRE(platform.applied[static_cast<std::size_t>(i)] == i + 1);
  }
}

TEST_CASE("window: at most four batches are on their way, and an acknowledgement makes room for as many as it covers") {
  Window window("e");
  CHECK(window.next(1000) == 0);  // not connected
  window.connected(10, kStart);
  for (int i = 0; i < 4; ++i) {
    REQUIRE(window.next(1000) == 11 + i * 100);
    window.sent(100, kStart);
  }
  CHECK(window.next(1000) == 0);
  CHECK(window.acknowledged("e", 109, false, 1, 1000, kStart) == AckOutcome::progress);
  CHECK(window.next(1000) == 0);  // the first batch is not through yet
  CHECK(window.acknowledged("e", 210, false, 1, 1000, kStart) == AckOutcome::progress);
  CHECK(window.in_flight() == 2);
  CHECK(window.next(1000) == 411);
  CHECK(window.next(410) == 0);  // nothing more is stored
}

TEST_CASE("window: acknowledgements that are old, foreign or impossible change nothing") {
  Window window("e");
  window.connected(10, kStart);
  window.sent(100, kStart);
  CHECK(window.acknowledged("x", 50, false, 1, 200, kStart) == AckOutcome::foreign_epoch);
  CHECK(window.acknowledged("x", 0, true, 1, 200, kStart) == AckOutcome::foreign_epoch);
  CHECK(window.acknowledged("e", 201, false, 1, 200, kStart) == AckOutcome::beyond);
  CHECK(window.acknowledged("e", 201, true, 1, 200, kStart) == AckOutcome::beyond);
  CHECK(window.acknowledged("e", 10, false, 1, 200, kStart) == AckOutcome::nothing_new);
  CHECK(window.acknowledged("e", 3, false, 1, 200, kStart) == AckOutcome::nothing_new);
  CHECK(window.through() == 10);
  CHECK(window.in_flight() == 1);
}

TEST_CASE(
    "window: a platform restored from a backup gets the stream again from where it stands, as far as it is kept") {
  Window window("e");
  window.connected(500, kStart);
  CHECK(window.acknowledged("e", 300, true, 200, 600, kStart) == AckOutcome::again);
  CHECK(window.next(600) == 301);
  CHECK(window.acknowledged("e", 100, true, 200, 600, kStart) == AckOutcome::gap);
  CHECK(window.next(600) == 301);
}

TEST_CASE("window: one lost batch is one resend, however many batches behind it complain") {
  Window window("e");
  window.connected(0, kStart);
  for (int i = 0; i < 4; ++i) window.sent(10, kStart);
  CHECK(window.acknowledged("e", 0, true, 1, 40, kStart) == AckOutcome::again);
  for (int i = 0; i < 4; ++i) window.sent(10, kStart);
  CHECK(window.acknowledged("e", 0, true, 1, 40, kStart + base::Millis(5)) == AckOutcome::nothing_new);
  CHECK(window.in_flight() == 4);
  CHECK(window.acknowledged("e", 0, true, 1, 40, kStart + kResendOnce) == AckOutcome::again);
}

TEST_CASE("window: without progress it sends again, later and later") {
  Window window("e");
  window.connected(0, kStart);
  CHECK_FALSE(window.tick(kStart + base::hours(1)));  // nothing is on its way
  base::UtcMillis now = kStart + base::hours(1);
  for (const std::int64_t wait_s : {5, 10, 20, 40, 60, 60}) {
    REQUIRE(window.next(5) == 1);
    window.sent(5, now);
    CHECK_FALSE(window.tick(now + base::seconds(wait_s) - base::Millis(1)));
    now = now + base::seconds(wait_s);
    CHECK(window.tick(now));
  }
  window.sent(5, now);
  CHECK(window.acknowledged("e", 3, false, 1, 5, now) == AckOutcome::progress);
  CHECK(window.tick(now + kResendLeast));
  CHECK(window.next(5) == 4);
}

TEST_CASE("batch: limited by readings, events and bytes, but never empty") {
  const auto events = [](std::size_t count, std::size_t readings, std::size_t bytes) {
    return std::vector<StoredEvent>(count, StoredEvent{1, readings, std::string(bytes, 'x')});
  };
  CHECK(batch_size({}) == 0);
  CHECK(batch_size(events(7, 0, 10)) == 7);
  CHECK(batch_size(events(500, 0, 10)) == kMaxBatchEvents);
  CHECK(batch_size(events(500, 50, 10)) == 4);
  CHECK(batch_size(events(500, 201, 10)) == 1);
  CHECK(batch_size(events(500, 0, 50'000)) == 2);
  CHECK(batch_size(events(2, 0, 200'000)) == 1);
}
