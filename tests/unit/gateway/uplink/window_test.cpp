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
    Window window("e", 0);
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
        window = Window("e", stored);
        connected = false;
        kept_through -= std::min<std::int64_t>(kept_through, static_cast<std::int64_t>(random() % 300));
      }
      for (const Batch& batch : up.take(now)) down.put(platform.receive(batch), now);
      for (const Ack& ack : down.take(now)) {
        const auto outcome = window.acknowledged("e", ack.through, ack.resend, now);
        REQUIRE(outcome != AckOutcome::beyond);
        if (outcome == AckOutcome::progress) kept_through = std::max(kept_through, ack.through);
        if (outcome == AckOutcome::again) kept_through = std::min(kept_through, ack.through);
      }
      (void)window.tick(now);
      while (const std::int64_t from = window.next(stored)) {
        const auto count = static_cast<std::size_t>(
            std::min<std::int64_t>(stored - from + 1, 1 + static_cast<std::int64_t>(random() % 100)));
        up.put({from, count}, now);
        window.sent(from + static_cast<std::int64_t>(count) - 1, now);
        REQUIRE(window.in_flight() <= kMaxBatches);
      }
    }
    REQUIRE(platform.applied.size() == kEvents);
    for (std::int64_t i = 0; i < kEvents; ++i) REQUIRE(platform.applied[static_cast<std::size_t>(i)] == i + 1);
  }
}

namespace {

/// Of a process that has heard how far the platform stands.
Window connected_window(std::int64_t through, std::int64_t last_seq) {
  Window window("e", last_seq);
  window.connected(through, kStart);
  CHECK(window.acknowledged("e", through, false, kStart) == AckOutcome::nothing_new);
  return window;
}

}  // namespace

TEST_CASE("window: at most four batches are on their way, and an acknowledgement makes room for as many as it covers") {
  CHECK(Window("e", 1000).next(1000) == 0);  // not connected
  Window window = connected_window(10, 1000);
  for (int i = 0; i < 4; ++i) {
    REQUIRE(window.next(1000) == 11 + i * 100);
    window.sent(110 + i * 100, kStart);
  }
  CHECK(window.next(1000) == 0);
  CHECK(window.acknowledged("e", 109, false, kStart) == AckOutcome::progress);
  CHECK(window.next(1000) == 0);  // the first batch is not through yet
  CHECK(window.acknowledged("e", 210, false, kStart) == AckOutcome::progress);
  CHECK(window.in_flight() == 2);
  CHECK(window.next(1000) == 411);
  CHECK(window.next(410) == 0);  // nothing more is stored
}

TEST_CASE("window: acknowledgements that are old or foreign change nothing") {
  Window window = connected_window(10, 200);
  window.sent(110, kStart);
  CHECK(window.acknowledged("x", 50, false, kStart) == AckOutcome::foreign_epoch);
  CHECK(window.acknowledged("x", 0, true, kStart) == AckOutcome::foreign_epoch);
  CHECK(window.acknowledged("e", 10, false, kStart) == AckOutcome::nothing_new);
  CHECK(window.acknowledged("e", 3, false, kStart) == AckOutcome::nothing_new);
  CHECK(window.through() == 10);
  CHECK(window.in_flight() == 1);
}

TEST_CASE("window: a process hears first how far the platform stands, and sees what its own disk has lost") {
  Window window("e", 100);
  window.connected(90, kStart);
  CHECK(window.next(103) == 0);  // 101 to 103 are new, and perhaps the platform has others of that name
  CHECK_FALSE(window.tick(kStart + kPositionWait - base::Millis(1)));
  CHECK(window.next(103) == 0);
  CHECK(window.acknowledged("e", 102, false, kStart) == AckOutcome::beyond);
  CHECK(window.acknowledged("e", 102, true, kStart) == AckOutcome::beyond);
  CHECK(window.next(103) == 0);
  CHECK(window.acknowledged("e", 100, false, kStart) == AckOutcome::progress);
  CHECK(window.next(103) == 101);
  window.sent(103, kStart);
  CHECK(window.acknowledged("e", 104, false, kStart) == AckOutcome::beyond);
  CHECK(window.acknowledged("e", 103, false, kStart) == AckOutcome::progress);
}

TEST_CASE("window: a platform that does not say how far it stands is not waited for long, and not again") {
  Window window("e", 100);
  window.connected(90, kStart);
  (void)window.tick(kStart + kPositionWait);
  CHECK(window.next(103) == 91);
  window.disconnected();
  window.connected(90, kStart + base::hours(1));
  CHECK(window.next(103) == 91);
}

TEST_CASE("window: a platform restored from a backup gets the stream again from where it stands") {
  Window window = connected_window(500, 600);
  CHECK(window.acknowledged("e", 300, true, kStart) == AckOutcome::again);
  CHECK(window.next(600) == 301);
  window.sent(450, kStart);  // 301 to 400 are not kept any more, and the batch said so
  CHECK(window.next(600) == 451);
  CHECK(window.acknowledged("e", 300, true, kStart + kResendOnce) == AckOutcome::again);
  CHECK(window.next(600) == 301);
}

TEST_CASE("window: one lost batch is one resend, however many batches behind it complain") {
  Window window = connected_window(0, 0);
  for (int i = 1; i <= 4; ++i) window.sent(10 * i, kStart);
  CHECK(window.acknowledged("e", 0, true, kStart) == AckOutcome::again);
  for (int i = 1; i <= 4; ++i) window.sent(10 * i, kStart);
  CHECK(window.acknowledged("e", 0, true, kStart + base::Millis(5)) == AckOutcome::nothing_new);
  CHECK(window.in_flight() == 4);
  CHECK(window.acknowledged("e", 0, true, kStart + kResendOnce) == AckOutcome::again);
}

TEST_CASE("window: without progress it sends again, later and later") {
  Window window = connected_window(0, 0);
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
  CHECK(window.acknowledged("e", 3, false, now) == AckOutcome::progress);
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
