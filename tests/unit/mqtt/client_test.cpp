// The adapter against a real Mosquitto. It waits for events, never for a time; a minute without one is a failure.

#include "protocols/mqtt/client.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <vector>

#include "tests/unit/mqtt/broker.hpp"

#if defined(__SANITIZE_THREAD__)
// Debian's Paho is not built for ThreadSanitizer, which therefore does not see the library count the references of a
// token down before it deletes it. Everything else is reported.
extern "C" const char* __tsan_default_suppressions() {
  return "race:mqtt::async_client::remove_token\nrace:mqtt::token::~token\nrace:shared_ptr<mqtt::token\n";
}
#endif

using namespace anju;
using namespace anju::mqtt;

namespace {

/// What a client's handlers saw, in words; wait_for looks for the next such line.
class Log {
 public:
  void add(std::string line) {
    {
      const std::lock_guard lock(mutex_);
      lines_.push_back(std::move(line));
    }
    changed_.notify_all();
  }
  [[nodiscard]] bool wait_for(const std::string& prefix) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::minutes(1), [&] {
      for (; next_ < lines_.size(); ++next_) {
        if (lines_[next_].starts_with(prefix)) {
          ++next_;
          return true;
        }
      }
      return false;
    });
  }
  [[nodiscard]] bool contains(const std::string& prefix) {
    const std::lock_guard lock(mutex_);
    for (const auto& line : lines_) {
      if (line.starts_with(prefix)) return true;
    }
    return false;
  }
  [[nodiscard]] Handlers handlers() {
    return {[this] { add("connected"); }, [this](const std::string& why) { add("disconnected " + why); },
            [this](std::string_view topic, std::string_view payload, bool retained) {
              add(std::string(topic) + (retained ? " retained " : " ") + std::string(payload));
            }};
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> lines_;
  std::size_t next_ = 0;
};

Options options(const test::Broker& broker, std::string id) {
  Options options;
  options.url = broker.url();
  options.client_id = std::move(id);
  options.backoff_least_ms = 20;
  options.backoff_most_ms = 200;
  return options;
}

std::unique_ptr<Client> start(const Options& options, std::vector<std::string> subscriptions, Log& log,
                              std::function<Will()> will_of = {}) {
  auto client = Client::create(options, std::move(subscriptions), log.handlers(), std::move(will_of));
  REQUIRE(client);
  (*client)->start();
  return std::move(*client);
}

bool missing_broker() {
  if (!test::Broker::program().empty()) return false;
  MESSAGE("skipped: mosquitto is not installed");
  return true;
}

}  // namespace

TEST_CASE("mqtt client: survives kill -9 of the broker, subscribes again, and its will is made anew") {
  if (missing_broker()) return;
  test::Broker broker;
  Log watching, gateway;
  const auto watcher = start(options(broker, "watcher"), {"t/#", "will"}, watching);
  int wills = 0;  // will_of is called by one thread, one call after the other
  const auto client = start(options(broker, "gateway"), {"down"}, gateway, [&wills] {
    return Will{"will", "will " + std::to_string(++wills)};
  });
  REQUIRE(watching.wait_for("connected"));
  REQUIRE(gateway.wait_for("connected"));
  CHECK(client->connected());

  REQUIRE(client->publish("t/retained", "first", 1, true));
  CHECK(watching.wait_for("t/retained first"));
  const std::string binary("a\0b", 3);
  REQUIRE(client->publish("t/binary", binary, 1, false));
  CHECK(watching.wait_for("t/binary " + binary));

  broker.kill_hard();
  REQUIRE(gateway.wait_for("disconnected"));
  REQUIRE(watching.wait_for("disconnected"));
  CHECK(client->publish("t/lost", "x", 1, false).error().is(Errc::not_connected));
  broker.start();
  REQUIRE(gateway.wait_for("connected"));
  REQUIRE(watching.wait_for("connected"));
  CHECK(client->statistics().reconnects == 1);
  REQUIRE(watcher->publish("down", "hello", 1, false));
  CHECK(gateway.wait_for("down hello"));
  REQUIRE(client->publish("t/again", "y", 1, false));
  CHECK(watching.wait_for("t/again y"));
  CHECK_FALSE(watching.contains("t/lost"));

  // Another connection under the same name makes the broker drop the first one without its consent.
  Log rival_log;
  auto rival = options(broker, "gateway");
  const auto taker = start(rival, {}, rival_log);
  REQUIRE(rival_log.wait_for("connected"));
  CHECK(watching.wait_for("will will "));
  CHECK_FALSE(
      watching.contains("will will 1"));  // the broker that knew the first one was killed before it could send it
  taker->stop();
  client->stop();
}

TEST_CASE("mqtt client: an orderly stop sends no will, and can be repeated") {
  if (missing_broker()) return;
  test::Broker broker;
  Log watching, gateway;
  const auto watcher = start(options(broker, "watcher"), {"#"}, watching);
  REQUIRE(watching.wait_for("connected"));
  const auto client = start(options(broker, "gateway"), {}, gateway, [] { return Will{"will", "gone"}; });
  REQUIRE(gateway.wait_for("connected"));
  REQUIRE(client->publish("t", "last words", 1, false));
  client->stop();
  client->stop();
  CHECK_FALSE(client->connected());
  REQUIRE(watching.wait_for("t last words"));
  REQUIRE(watcher->publish("t", "marker", 1, false));
  REQUIRE(watching.wait_for("t marker"));
  CHECK_FALSE(watching.contains("will"));
}

TEST_CASE("mqtt client: a retained message comes to whoever subscribes later, marked as retained") {
  if (missing_broker()) return;
  test::Broker broker;
  Log first_log, second_log;
  const auto first = start(options(broker, "first"), {"t"}, first_log);
  REQUIRE(first_log.wait_for("connected"));
  REQUIRE(first->publish("t", "kept", 1, true));
  REQUIRE(first_log.wait_for("t kept"));
  const auto second = start(options(broker, "second"), {"t"}, second_log);
  CHECK(second_log.wait_for("t retained kept"));
}

TEST_CASE("mqtt client: outgoing messages are bounded, and the refusal is an error value") {
  if (missing_broker()) return;
  test::Broker broker;
  Log log;
  auto small = options(broker, "gateway");
  small.max_in_flight = 1;
  small.max_outgoing = 5;
  const auto client = start(small, {}, log);
  REQUIRE(log.wait_for("connected"));
  base::Result<> result;
  int sent = 0;
  for (; sent < 1'000'000 && result; ++sent) result = client->publish("t", "x", 1, false);
  REQUIRE_FALSE(result);
  CHECK(result.error().is(Errc::queue_full));
  CHECK(client->connected());
}

TEST_CASE("mqtt client: a broker that is down is reported with a reason, and stop does not wait for it") {
  Options options;
  options.url = "mqtt://127.0.0.1:1";
  options.client_id = "gateway";
  options.backoff_least_ms = options.backoff_most_ms = 60'000;
  Log log;
  const auto client = start(options, {}, log);
  CHECK(log.wait_for("disconnected "));
  CHECK(client->publish("t", "x", 1, false).error().is(Errc::not_connected));
  client->stop();
  CHECK_FALSE(log.contains("connected"));
}
