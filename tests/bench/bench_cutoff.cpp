// How long somebody in arrears keeps his power: from the publication of the reading that crosses to the trip command on the gateway's topic,
// through the real Mosquitto and the real anju-platform. Beside it, one after the other in the same run, the floor: a message of the same
// size, written to a file and flushed by a process that does nothing else, and answered by a message of the same size: two hops of the
// broker and one fsync. Gateways answer as life does: each trip is accepted and verified, so that no order is left open.
//   bench_cutoff [--json FILE] [--quick]
// Limit: p99 at most twice the floor's; missed, it fails.

#include <sys/stat.h>

#include <algorithm>
#include <functional>
#include <optional>

#include "protocols/wire/down.hpp"
#include "tests/bench/fleet.hpp"
#include "tests/bench/mqtt_load.hpp"

namespace {

using namespace anju;
using namespace anju::bench;

constexpr double kLimit = 2;
constexpr int kGateways = 20;
constexpr std::size_t kPage = 4096;  ///< what the floor writes: no database writes less

/// The floor's other side: writes what it hears, flushes, answers. Ends when the broker does.
int echo(int port, const std::string& file) {
  const int out = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  MqttLoad* self = nullptr;
  std::string page(kPage, 'x'), answer;
  MqttLoad client([&](std::string_view, std::string_view payload) {
    // The first four characters say how long the answer shall be.
    const auto size = static_cast<std::size_t>(std::strtoul(std::string(payload.substr(0, 4)).c_str(), nullptr, 10));
    page.replace(0, std::min(payload.size(), kPage), payload.substr(0, kPage));
    if (::write(out, page.data(), page.size()) != static_cast<ssize_t>(page.size()) || ::fsync(out) != 0) std::exit(2);
    answer.assign(size, 'y');
    (void)self->publish("floor/down", answer);
  });
  self = &client;
  if (!client.start(port, "floor", "floor/up")) return 2;
  while (!client.failed()) client.wait(std::chrono::milliseconds(100));
  return 0;
}

struct Gateway {
  wire::GatewayKeys keys;
  std::string up, state;
  std::int64_t seq = 0;
};

double at(std::vector<double>& sorted, double share) {
  std::sort(sorted.begin(), sorted.end());
  return sorted[std::min(sorted.size() - 1, static_cast<std::size_t>(static_cast<double>(sorted.size()) * share))];
}

class Run {
 public:
  Run(const Stage& stage, int meters) : meters_(meters), client_([this](std::string_view topic, std::string_view payload) { hear(topic, payload); }) {
    for (int g = 0; g < kGateways; ++g) {
      gateways_.push_back({keys_of(gateway_name(g)), topic_of(g, wire::Channel::up), topic_of(g, wire::Channel::state), 0});
    }
    ok_ = client_.start(stage.mqtt_port(), "publisher", "#");
    for (Gateway& gateway : gateways_) {
      wire::GatewayState state;
      state.online = true;
      state.software = "bench";
      state.epoch = "bench";
      state.archive_version = 1 + meters;
      state.at = state.started_at = wall_clock();
      ok_ = ok_ && client_.publish(gateway.state, wire::seal(gateway.keys.up, gateway.state, wire::encode(state)));
    }
    linger(1.0);
  }

  [[nodiscard]] bool ok() const { return ok_ && !client_.failed(); }

  void measure(int warm, std::vector<double>& trips, std::vector<double>& floors) {
    std::mt19937 random(7);
    const int all = kGateways * meters_;
    for (int i = 0; i < all && ok(); ++i) {
      const double trip = cut_off(i % kGateways, i / kGateways);
      // The next one comes at any moment, when everything that followed from this one is over.
      linger(0.015 + 0.010 * static_cast<double>(random() % 1000) / 1000);
      const double floor = answer_of_floor();
      linger(0.005 + 0.010 * static_cast<double>(random() % 1000) / 1000);
      if (trip < 0 || floor < 0) {
        std::fprintf(stderr, "%s: no %s within 5 s\n", device_name(i % kGateways, i / kGateways).c_str(), trip < 0 ? "trip" : "answer of the floor");
        ok_ = false;
        return;
      }
      if (i < warm) continue;
      trips.push_back(trip);
      floors.push_back(floor);
    }
  }

 private:
  void hear(std::string_view topic, std::string_view payload) {
    if (topic == "floor/down") {
      answered_ = Clock::now();
      return;
    }
    if (!topic.ends_with("/down/command")) return;
    const auto command = wire::decode_command(payload.substr(65));
    if (!command || command->kind != wire::CommandKind::trip || command->device.value != waited_) return;
    answered_ = Clock::now();
    command_ = *command;
    command_size_ = payload.size();
  }

  void send(Gateway& gateway, std::vector<wire::Event> events) {
    const std::int64_t first = gateway.seq + 1;
    gateway.seq += static_cast<std::int64_t>(events.size());
    const std::string body = wire::seal(gateway.keys.up, gateway.up, wire::encode(wire::UpBatch{"bench", first, std::move(events)}));
    reading_size_ = reading_size_ == 0 ? body.size() : reading_size_;
    (void)client_.publish(gateway.up, body);
  }

  double wait_for_answer(Clock::time_point began) {
    while (!answered_ && since(began) < 5 && !client_.failed()) client_.wait(std::chrono::milliseconds(5));
    return answered_ ? std::chrono::duration<double, std::milli>(*answered_ - began).count() : -1;
  }

  double cut_off(int g, int meter) {
    Gateway& gateway = gateways_[static_cast<std::size_t>(g)];
    waited_ = device_name(g, meter);
    answered_.reset();
    const base::UtcMillis now = wall_clock();
    wire::ReadingsEvent event;
    event.readings.push_back({base::DeviceId(waited_), now, wire::ReadingKind::interval, base::Quantity(20'000), std::nullopt});
    const auto began = Clock::now();
    send(gateway, {std::move(event)});
    const double took = wait_for_answer(began);
    if (took < 0) return took;
    const auto news = [&](wire::CommandPhase phase, wire::Relay relay) { return wire::CommandEvent{command_.id, base::DeviceId(waited_), wall_clock(), phase, "", relay}; };
    send(gateway, {wire::Event(news(wire::CommandPhase::acked, wire::Relay::closed)), wire::Event(news(wire::CommandPhase::verified, wire::Relay::open))});
    return took;
  }

  double answer_of_floor() {
    answered_.reset();
    char size[8];
    std::snprintf(size, sizeof size, "%04zu", std::min<std::size_t>(command_size_, 9999));
    std::string message(reading_size_, 'z');
    message.replace(0, 4, size, 4);
    const auto began = Clock::now();
    (void)client_.publish("floor/up", message);
    return wait_for_answer(began);
  }

  void linger(double seconds) {
    for (const auto began = Clock::now(); since(began) < seconds;) client_.wait(std::chrono::milliseconds(1));
  }

  int meters_;
  std::vector<Gateway> gateways_;
  MqttLoad client_;
  bool ok_ = false;
  std::string waited_;
  std::optional<Clock::time_point> answered_;
  wire::Command command_;
  std::size_t command_size_ = 400, reading_size_ = 0;
};

int conduct(const std::string& self, const std::string& json, bool quick) {
  const int meters = quick ? 10 : 60;
  Fleet fleet{kGateways, meters, base::UtcMillis(wall_clock().value - base::hours(2).value), base::Money(1'000'000)};
  Stage stage("cutoff", fleet);
  if (!stage.start()) return 2;
  const pid_t floor = spawn({self, "echo", std::to_string(stage.mqtt_port()), stage.folder() / "floor"}, stage.folder() / "floor.txt");
  std::vector<double> trips, floors;
  bool ok = false;
  {
    Run run(stage, meters);
    if (run.ok()) run.measure(quick ? 20 : 100, trips, floors);
    ok = run.ok() && !trips.empty();
  }
  kill(floor, SIGTERM);
  wait_for(floor);
  if (!ok) {
    std::fprintf(stderr, "%s", text_of(stage.folder() / "log.txt").c_str());
    return 1;
  }
  const double p50 = at(trips, 0.5), p99 = at(trips, 0.99), floor50 = at(floors, 0.5), floor99 = at(floors, 0.99);
  std::printf("%zu cut-offs: p50 %.2f ms, p99 %.2f ms, most %.2f ms; two hops and one fsync: p50 %.2f ms, p99 %.2f ms, most %.2f ms; ratio p50 %.2f, p99 %.2f (limit %.0f)\n",
              trips.size(), p50, p99, trips.back(), floor50, floor99, floors.back(), p50 / floor50, p99 / floor99, kLimit);
  JsonRows rows("cutoff");
  rows.add("cutoff", "p50_ms", p50, "ms");
  rows.add("cutoff", "p99_ms", p99, "ms");
  rows.add("cutoff", "floor_p50_ms", floor50, "ms");
  rows.add("cutoff", "floor_p99_ms", floor99, "ms");
  rows.add("cutoff", "p50_ratio_to_floor", p50 / floor50, "");
  rows.add("cutoff", "p99_ratio_to_floor", p99 / floor99, "");
  rows.write(json);
  return p99 <= kLimit * floor99 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv, argv + argc);
  if (argc == 4 && words[1] == "echo") return echo(std::stoi(words[2]), words[3]);
  std::string json;
  bool quick = false;
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i] == "--quick") quick = true;
    if (words[i] == "--json" && i + 1 < words.size()) json = words[++i];
  }
  return conduct(std::filesystem::read_symlink("/proc/self/exe"), json, quick);
}
