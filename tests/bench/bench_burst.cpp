// Ten times what the platform can take, for a minute: as when a city's gateways come back from an outage. First, in the same run, what it
// sustains; then gateways make ten times as many readings, keep what is not acknowledged (the real window of the uplink), and the backlog
// has to drain. Real Mosquitto, real anju-platform. What was stored is compared with what was made: streams, days, registers.
//   bench_burst [--json FILE] [--seconds N] [--quick]     (--seconds 600: ten minutes; a backlog of ten times N drains in nine times N)
// Limits: nothing lost, nothing refused, at most 512 MB resident; missed, it fails.

#include <sqlite3.h>

#include <algorithm>
#include <cmath>

#include "gateway/uplink/window.hpp"
#include "protocols/wire/down.hpp"
#include "tests/bench/fleet.hpp"
#include "tests/bench/mqtt_load.hpp"

namespace {

using namespace anju;
using namespace anju::bench;

constexpr int kGateways = 50, kMeters = 100;
constexpr double kTimes = 10, kLimitMegabytes = 512;
constexpr std::int64_t kStep_e4 = 700;  ///< a meter's use between two readings, a minute apart
constexpr base::Money kBalance{1'000'000'000'000};

class Burst {
 public:
  explicit Burst(const Stage& stage, base::UtcMillis registered)
      : registered_(registered), client_([this](std::string_view topic, std::string_view payload) { hear(topic, payload); }) {
    ok_ = client_.start(stage.mqtt_port(), "gateways", "anju/v1/bench/+/down/ack");
    for (int g = 0; g < kGateways; ++g) {
      gateways_.push_back({g, keys_of(gateway_name(g)), topic_of(g, wire::Channel::up), gateway::Window("bench", 0)});
      Gateway& made = gateways_.back();
      made.window.connected(0, wall_clock());
      const std::string topic = topic_of(g, wire::Channel::state);
      wire::GatewayState state;
      state.online = true;
      state.software = "bench";
      state.epoch = "bench";
      state.archive_version = 1 + kMeters;
      state.at = state.started_at = wall_clock();
      ok_ = ok_ && client_.publish(topic, wire::seal(made.keys.up, topic, wire::encode(state)));
    }
    play(1, [](const Gateway& one) { return one.window.through(); });
  }

  [[nodiscard]] bool ok() const { return ok_ && !client_.failed(); }
  [[nodiscard]] std::int64_t acknowledged() const {
    std::int64_t sum = 0;
    for (const Gateway& one : gateways_) sum += one.window.through();
    return sum;
  }
  [[nodiscard]] std::int64_t made() const {
    std::int64_t sum = 0;
    for (const Gateway& one : gateways_) sum += one.made;
    return sum;
  }
  /// What all registers together must stand at.
  [[nodiscard]] std::int64_t sum_of_registers() const {
    std::int64_t sum = 0;
    for (const Gateway& one : gateways_)
      for (std::int64_t m = 0; m < kMeters; ++m) sum += (one.made + kMeters - 1 - m) / kMeters * kStep_e4;
    return sum;
  }

  /// Readings per second while there is always more than it takes.
  double sustain(double seconds) {
    const std::int64_t before = acknowledged();
    const double took = play(seconds, [](const Gateway& one) { return one.window.through() + 100'000; });
    const double rate = static_cast<double>(acknowledged() - before) / took;
    // What is on its way is all that there is.
    for (Gateway& one : gateways_) one.made = one.sent;
    (void)drain(60);
    return rate;
  }
  void burst(double rate, double seconds) {
    std::vector<std::int64_t> before;
    for (const Gateway& one : gateways_) before.push_back(one.made);
    const auto began = Clock::now();
    play(seconds, [&](const Gateway& one) {
      const double elapsed = std::min(since(began), seconds);
      return before[static_cast<std::size_t>(one.number)] + static_cast<std::int64_t>(rate / kGateways * elapsed);
    });
  }
  /// Seconds until everything is acknowledged; negative: not in this time.
  double drain(double most) {
    const auto began = Clock::now();
    while (acknowledged() < made() && since(began) < most && ok()) step([](const Gateway& one) { return one.made; });
    return acknowledged() < made() ? -1 : since(began);
  }

 private:
  struct Gateway {
    int number = 0;
    wire::GatewayKeys keys;
    std::string topic;
    gateway::Window window;
    std::int64_t made = 0;  ///< events in its spool, one reading each
    std::int64_t sent = 0;
  };

  void hear(std::string_view topic, std::string_view payload) {
    const auto parsed = wire::parse_topic(topic);
    const auto ack = wire::decode_ack(payload.substr(65));
    if (!parsed || !ack) return;
    Gateway& one = gateways_[std::stoul(parsed->gateway.value.substr(2))];
    const auto outcome = one.window.acknowledged(ack->epoch, ack->through, ack->resend, wall_clock());
    if (outcome == gateway::AckOutcome::beyond || ack->over) ok_ = false;
  }

  std::string batch(const Gateway& one, std::int64_t from, std::int64_t count) const {
    wire::UpBatch made{"bench", from, {}};
    for (std::int64_t n = from - 1; n < from - 1 + count; ++n) {
      const std::int64_t round = n / kMeters + 1;
      wire::ReadingsEvent event;
      event.readings.push_back({base::DeviceId(device_name(one.number, n % kMeters)), registered_ + base::minutes(round), wire::ReadingKind::interval,
                                base::Quantity(round * kStep_e4), std::nullopt});
      made.events.emplace_back(std::move(event));
    }
    return wire::seal(one.keys.up, one.topic, wire::encode(made));
  }

  template <class Made>
  void step(const Made& made) {
    for (Gateway& one : gateways_) {
      one.made = std::max(one.made, made(one));
      while (const std::int64_t next = one.window.next(one.made)) {
        const std::int64_t count = std::min<std::int64_t>(static_cast<std::int64_t>(gateway::kMaxBatchEvents), one.made - next + 1);
        if (!client_.publish(one.topic, batch(one, next, count))) break;
        one.sent = std::max(one.sent, next + count - 1);
        one.window.sent(next + count - 1, wall_clock());
      }
    }
    client_.wait(std::chrono::microseconds(500));
    if (since(ticked_) < 1) return;
    ticked_ = Clock::now();
    for (Gateway& one : gateways_) (void)one.window.tick(wall_clock());
  }
  template <class Made>
  double play(double seconds, const Made& made) {
    const auto began = Clock::now();
    while (since(began) < seconds && ok()) step(made);
    return since(began);
  }

  base::UtcMillis registered_;
  std::vector<Gateway> gateways_;
  MqttLoad client_;
  Clock::time_point ticked_ = Clock::now();
  bool ok_ = false;
};

/// What the database says, one number per query.
std::vector<std::int64_t> ask(const std::string& path, const std::vector<std::string>& queries) {
  sqlite3* db = nullptr;
  sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READONLY, nullptr);
  std::vector<std::int64_t> answers;
  for (const std::string& query : queries) {
    sqlite3_stmt* select = nullptr;
    sqlite3_prepare_v2(db, query.c_str(), -1, &select, nullptr);
    answers.push_back(select != nullptr && sqlite3_step(select) == SQLITE_ROW ? sqlite3_column_int64(select, 0) : -1);
    sqlite3_finalize(select);
  }
  sqlite3_close(db);
  return answers;
}

int conduct(const std::string& json, double seconds) {
  Fleet fleet{kGateways, kMeters};
  fleet.balance = kBalance;
  Stage stage("burst", fleet);
  if (!stage.start()) return 2;
  Burst burst(stage, fleet.registered);
  const double sustained = burst.sustain(std::min(10.0, std::max(seconds, 3.0)));
  const double usual_mb = megabytes(stage.platform(), "VmHWM:");
  const std::int64_t before = burst.made();
  burst.burst(kTimes * sustained, seconds);
  const std::int64_t backlog = burst.made() - burst.acknowledged();
  const double drained = burst.drain(seconds * kTimes * 2 + 60);
  const double resident = megabytes(stage.platform(), "VmHWM:"), broker = megabytes(stage.broker(), "VmHWM:");
  const int status = stage.stop_platform();
  const auto stored = ask(stage.database(), {"SELECT sum(last_seq) FROM stream", "SELECT sum(readings) FROM site_day", "SELECT sum(total_e4) FROM meter_register",
                                             "SELECT count(*) FROM quarantine", "SELECT sum(quarantined) FROM meter_register"});
  const std::int64_t lost = burst.made() - stored[1];
  const bool exact = stored[0] == burst.made() && stored[2] == burst.sum_of_registers() && stored[3] == 0 && stored[4] == 0;
  std::printf("sustained %.0f readings/s; %.0f times that for %.0f s: %lld readings, backlog of %lld drained in %.1f s (%.0f/s); resident %.0f MB before, %.0f MB at most"
              " (limit %.0f), broker %.0f MB; readings lost %lld; streams and registers %s\n",
              sustained, kTimes, seconds, static_cast<long long>(burst.made() - before), static_cast<long long>(backlog), drained,
              drained > 0 ? static_cast<double>(backlog) / drained : 0, usual_mb, resident, kLimitMegabytes, broker, static_cast<long long>(lost),
              exact ? "are exact" : "DIFFER");
  JsonRows rows("burst");
  for (const auto& [metric, value, unit] :
       {std::tuple{"sustained_readings_per_s", sustained, "1/s"}, std::tuple{"times", kTimes, ""}, std::tuple{"burst_s", seconds, "s"},
        std::tuple{"readings", static_cast<double>(burst.made() - before), ""}, std::tuple{"backlog_drained_in_s", drained, "s"},
        std::tuple{"resident_mb_before", usual_mb, "MB"}, std::tuple{"resident_mb_most", resident, "MB"}, std::tuple{"broker_mb_most", broker, "MB"},
        std::tuple{"readings_lost", static_cast<double>(lost), ""}})
    rows.add("burst", metric, value, unit);
  rows.write(json);
  const bool well = burst.ok() && status == 0 && sustained > 0 && drained >= 0 && lost == 0 && exact && resident <= kLimitMegabytes;
  if (!well) std::fprintf(stderr, "%s", text_of(stage.folder() / "log.txt").c_str());
  return well ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  std::string json;
  double seconds = 60;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--quick") == 0) seconds = 5;
    if (std::strcmp(argv[i], "--seconds") == 0 && i + 1 < argc) seconds = std::atof(argv[++i]);
    if (std::strcmp(argv[i], "--json") == 0 && i + 1 < argc) json = argv[++i];
  }
  return conduct(json, seconds);
}
