// What a gateway needs on its small box, and how fast it tells what it kept while the broker was away. The real anju-gateway with four lines
// of 64 simulated meters (anju-sim, 2400 baud, read every minute so that the lines are always busy), a spool that holds what 72 hours of
// readings every 15 minutes make, a real Mosquitto. The subscriber acknowledges as the platform does: code and JSON checked, the exact next
// number only, bytes on the disk (fdatasync) before the word, one word for all batches that were waiting. The floor: the same payloads
// through the same broker, without spool, window and acknowledgements. Beside it runs a gateway that has nothing to do: what the program and
// its libraries need by themselves.
//   bench_gateway [--json FILE] [--quick]
// Limits: 16 MB resident at any time, 2 % of a core, 6 MB stripped, 5 000 events per second.

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <sstream>
#include <utility>

#include "gateway/spool/spool.hpp"
#include "protocols/wire/down.hpp"
#include "protocols/wire/envelope.hpp"
#include "protocols/wire/topic.hpp"
#include "protocols/wire/up.hpp"
#include "tests/bench/broker.hpp"
#include "tests/bench/mqtt_load.hpp"
#include "tests/bench/processes.hpp"

namespace {

using namespace anju;
using namespace anju::bench;
namespace fs = std::filesystem;

constexpr int kLines = 4, kMeters = 64;
constexpr double kMostResident_mb = 16, kMostCpu = 0.02, kMostBinary_mb = 6, kLeastDrained = 5000;
constexpr const char* kSecret = "00000000000000000000000000000000000000000000000000000000000000aa";
constexpr const char* kEpoch = "0123456789abcdef0123456789abcdef";

std::string device_name(int line, int meter) { return "meter-" + std::to_string(line) + "-" + std::to_string(meter); }

base::UtcMillis wall_now() {
  return base::UtcMillis(std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count());
}

/// What a gateway would have said in `hours` until now, as its core says it: readings of four lines as they come (0.7 s per meter and line),
/// gathered for two seconds; every six hours how each device stands.
std::vector<wire::Event> past_events(int hours, base::UtcMillis now) {
  constexpr int kSlotMinutes = 15, kTogether = 3 * kLines;
  std::vector<wire::Event> events;
  for (int slot = hours * 60 / kSlotMinutes; slot > 0; --slot) {
    const auto at = now - base::minutes(slot * kSlotMinutes);
    wire::ReadingsEvent together;
    for (int meter = 0; meter < kMeters; ++meter) {
      for (int line = 0; line < kLines; ++line) {
        const base::Quantity total(12'345'600 + std::int64_t{hours * 4 - slot} * 2500 + meter * 100);
        const base::Quantity quarter(total.e4 / 4);
        together.readings.push_back({base::DeviceId(device_name(line, meter)), at + base::Millis(700 * meter), wire::ReadingKind::interval, total,
                                     std::array<base::Quantity, 4>{quarter, quarter, quarter, quarter}});
      }
      if (together.readings.size() >= kTogether || meter + 1 == kMeters) events.emplace_back(std::exchange(together, {}));
    }
    if (slot % 24 != 0) continue;
    for (int meter = 0; meter < kLines * kMeters; ++meter) {
      wire::StatusEvent status;
      status.device = base::DeviceId(device_name(meter % kLines, meter / kLines));
      status.at = at;
      status.reachable = true;
      status.relay = wire::Relay::closed;
      events.emplace_back(status);
    }
  }
  return events;
}

class Site {
 public:
  Site() : port_(draw_port()), folder_(fs::temp_directory_path() / ("anju-gateway-" + std::to_string(port_))), bin_(fs::read_symlink("/proc/self/exe").parent_path().parent_path() / "bin") {
    fs::create_directories(folder_ / "gw");
    std::ofstream(folder_ / "gateway.key") << kSecret << "\n";
    configure("gw", "archive_file = \"" + (folder_ / "archive.json").string() + "\"\n");
    configure("idle", "");
    wire::Archive archive;
    archive.reading_minutes = 1;
    std::ofstream scenario(folder_ / "site.toml");
    for (int line = 0; line < kLines; ++line) {
      const std::string path = folder_ / ("line" + std::to_string(line));
      scenario << "[[line]]\nport = \"pty:" << path << "\"\nbaud = 2400\n[[line.meter]]\nfirst_address = \"" << address_of(line, 0) << "\"\ncount = " << kMeters
               << "\nload_kw = 1\n";
      const base::LineId id("line" + std::to_string(line));
      archive.lines.push_back({id, "serial://" + path + "?baud=2400"});
      for (int meter = 0; meter < kMeters; ++meter) archive.devices.push_back({base::DeviceId(device_name(line, meter)), id, address_of(line, meter), std::nullopt, {}});
    }
    std::ofstream(folder_ / "archive.json") << wire::encode(archive);
  }
  ~Site() {
    for (const pid_t one : {gateway_, idle_, simulator_, broker_}) {
      if (one <= 0) continue;
      kill(one, SIGTERM);
      wait_for(one);
    }
    fs::remove_all(folder_);
  }
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  /// How many events are in the spool now; 0: said on stderr.
  std::int64_t fill_spool(int hours) {
    const auto now = wall_now();
    auto spool = gateway::Spool::open({folder_ / "gw/spool.db", kEpoch, 64, 0});
    if (!spool) return 0;
    const auto events = past_events(hours, now);
    for (std::size_t at = 0; at < events.size(); at += 500) {
      const auto end = std::min(events.size(), at + 500);
      if (!(*spool)->append({events.begin() + static_cast<std::ptrdiff_t>(at), events.begin() + static_cast<std::ptrdiff_t>(end)}, now)) return 0;
    }
    used_mb_ = static_cast<double>((*spool)->used_bytes()) / 1048576;
    return (*spool)->last_seq();
  }
  void start_meters_and_gateway() {
    simulator_ = spawn({bin_ / "anju-sim", "run", folder_ / "site.toml"}, folder_ / "sim.txt");
    pause_ms(500);
    gateway_ = spawn({bin_ / "anju-gateway", "run", "--config", folder_ / "gw.toml"}, folder_ / "gw.txt");
    idle_ = spawn({bin_ / "anju-gateway", "run", "--config", folder_ / "idle.toml"}, folder_ / "idle.txt");
  }
  void start_mqtt() { broker_ = start_broker(folder_, port_); }

  /// Seconds of processor time that a process has used.
  static double processor_s(pid_t of) {
    const std::string stat = text_of("/proc/" + std::to_string(of) + "/stat");
    const auto at = stat.rfind(')');
    if (at == std::string::npos) return 0;
    std::istringstream rest(stat.substr(at + 1));
    std::string word;
    double ticks = 0;
    for (int field = 3; rest >> word && field <= 15; ++field) {
      if (field >= 14) ticks += std::atof(word.c_str());
    }
    return ticks / static_cast<double>(sysconf(_SC_CLK_TCK));
  }
  [[nodiscard]] double binary_mb() const {
    const std::string stripped = folder_ / "stripped";
    if (wait_for(spawn({"strip", "-o", stripped, bin_ / "anju-gateway"}, folder_ / "strip.txt")) != 0) return 0;
    return static_cast<double>(fs::file_size(stripped)) / 1048576;
  }
  [[nodiscard]] pid_t gateway() const { return gateway_; }
  [[nodiscard]] pid_t idle() const { return idle_; }
  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] double spool_mb() const { return used_mb_; }
  [[nodiscard]] const fs::path& folder() const { return folder_; }

 private:
  void configure(const std::string& gateway, const std::string& more) {
    std::ofstream(folder_ / (gateway + ".toml")) << "site = \"bench\"\ngateway = \"" << gateway << "\"\nkey_file = \"" << (folder_ / "gateway.key").string()
                                                 << "\"\ndata = \"" << (folder_ / gateway).string() << "\"\n" << more << "[mqtt]\nurl = \"mqtt://127.0.0.1:" << port_ << "\"\n";
  }
  static std::string address_of(int line, int meter) {
    char text[16];
    std::snprintf(text, sizeof text, "%012d", 1000 * (line + 1) + meter);
    return text;
  }

  int port_;
  fs::path folder_, bin_;
  pid_t gateway_ = -1, idle_ = -1, simulator_ = -1, broker_ = -1;
  double used_mb_ = 0;
};

/// The platform as far as a gateway's stream is concerned.
class Subscriber {
 public:
  explicit Subscriber(const Site& site)
      : keys_(*wire::derive_keys(kSecret)),
        file_(::open((site.folder() / "taken").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600)),
        client_([this](std::string_view topic, std::string_view payload) { hear(topic, payload); }) {
    ok_ = file_ >= 0 && client_.start(site.port(), "platform", "anju/v1/bench/gw/+");
  }
  ~Subscriber() { ::close(file_); }
  Subscriber(const Subscriber&) = delete;
  Subscriber& operator=(const Subscriber&) = delete;

  void step() {
    client_.wait(std::chrono::milliseconds(5));
    if (!owed_) return;
    const auto began = Clock::now();
    if (::write(file_, taken_.data(), taken_.size()) < 0 || ::fdatasync(file_) != 0) ok_ = false;
    disk_s_ += since(began);
    ++words_;
    taken_.clear();
    const std::string topic = topic_of(wire::Channel::ack);
    owed_ = !client_.publish(topic, wire::seal(keys_.down, topic, wire::encode(wire::Ack{kEpoch, through_})));
  }
  [[nodiscard]] bool ok() const { return ok_ && !client_.failed(); }
  [[nodiscard]] std::int64_t through() const { return through_; }
  [[nodiscard]] std::int64_t readings() const { return readings_; }
  [[nodiscard]] std::optional<Clock::time_point> greeted() const { return greeted_; }
  [[nodiscard]] double disk_s() const { return disk_s_; }
  [[nodiscard]] int words() const { return words_; }
  void keep_payloads(bool keep) { keep_ = keep; }
  [[nodiscard]] std::vector<std::string> payloads() { return std::exchange(payloads_, {}); }

  static std::string topic_of(wire::Channel channel) { return wire::format({base::SiteId("bench"), base::GatewayId("gw"), channel, {}}); }

 private:
  void hear(std::string_view topic, std::string_view payload) {
    const auto body = wire::open(keys_.up, topic, payload);
    const auto parsed = wire::parse_topic(topic);
    if (!body || !parsed) return void(ok_ = false);
    if (parsed->channel == wire::Channel::state) {
      if (!greeted_) greeted_ = Clock::now();
      owed_ = true;
    }
    if (parsed->channel != wire::Channel::up) return;
    const auto batch = wire::decode_up(*body);
    if (!batch || batch->seq > through_ + 1) return void(ok_ = false);
    const auto last = batch->seq + static_cast<std::int64_t>(batch->events.size()) - 1;
    if (last <= through_) return;
    through_ = last;
    for (const auto& event : batch->events) {
      if (const auto* readings = std::get_if<wire::ReadingsEvent>(&event)) readings_ += static_cast<std::int64_t>(readings->readings.size());
    }
    owed_ = true;
    taken_ += *body;
    if (keep_) payloads_.emplace_back(payload);
  }

  wire::GatewayKeys keys_;
  int file_;
  std::int64_t through_ = 0, readings_ = 0;
  double disk_s_ = 0;
  int words_ = 0;  ///< acknowledgements
  bool owed_ = false, keep_ = true, ok_ = true;
  std::string taken_;
  std::vector<std::string> payloads_;
  std::optional<Clock::time_point> greeted_;
  MqttLoad client_;
};

/// Seconds for the same bytes through the broker alone.
double hop(const Site& site, const std::vector<std::string>& payloads) {
  std::size_t heard = 0;
  MqttLoad receiver([&](std::string_view, std::string_view) { ++heard; });
  MqttLoad sender([](std::string_view, std::string_view) {});
  if (!receiver.start(site.port(), "floor-receiver", "floor") || !sender.start(site.port(), "floor-sender", "nothing")) return 0;
  const auto began = Clock::now();
  for (std::size_t sent = 0; heard < payloads.size() && since(began) < 60;) {
    while (sent < payloads.size() && sent < heard + 50 && sender.publish("floor", payloads[sent])) ++sent;
    sender.wait(std::chrono::microseconds(0));
    receiver.wait(std::chrono::microseconds(200));
  }
  return heard == payloads.size() ? since(began) : 0;
}

int conduct(const std::string& json, bool quick) {
  Site site;
  const std::int64_t kept = site.fill_spool(72);
  if (kept == 0) return std::fprintf(stderr, "cannot write a spool\n"), 2;
  site.start_meters_and_gateway();
  pause_ms(5000);  // the outage: it polls, and nobody listens
  const double polling_mb = megabytes(site.gateway(), "VmRSS:");
  const double away_cpu_s = Site::processor_s(site.gateway());
  site.start_mqtt();
  Subscriber subscriber(site);
  const auto patience = Clock::now();
  while (subscriber.ok() && subscriber.through() < kept && since(patience) < 120) subscriber.step();
  const double drained_s = subscriber.greeted() && subscriber.through() >= kept ? since(*subscriber.greeted()) : 0;
  const std::int64_t drained = subscriber.through(), readings = subscriber.readings();
  const double disk_s = subscriber.disk_s(), drain_cpu_s = Site::processor_s(site.gateway()) - away_cpu_s;
  const int words = subscriber.words();
  const double drained_mb = megabytes(site.gateway(), "VmRSS:");
  const auto payloads = subscriber.payloads();
  subscriber.keep_payloads(false);

  const double hop_s = hop(site, payloads);
  const auto settle = Clock::now();
  while (subscriber.ok() && since(settle) < 5) subscriber.step();
  const double steady_s = quick ? 20 : 90;
  const double before = Site::processor_s(site.gateway()), idle_before = Site::processor_s(site.idle());
  const auto began = Clock::now();
  const std::int64_t read_before = subscriber.readings();
  while (subscriber.ok() && since(began) < steady_s) subscriber.step();
  const double cpu = (Site::processor_s(site.gateway()) - before) / since(began), idle_cpu = (Site::processor_s(site.idle()) - idle_before) / since(began);
  const double resident_mb = megabytes(site.gateway(), "VmRSS:"), most_mb = megabytes(site.gateway(), "VmHWM:");
  const double idle_mb = megabytes(site.idle(), "VmHWM:");
  const std::int64_t polled = subscriber.readings() - read_before;
  const double binary_mb = site.binary_mb();
  const double rate = drained_s > 0 ? static_cast<double>(drained) / drained_s : 0, floor = hop_s > 0 ? static_cast<double>(drained) / hop_s : 0;

  std::printf("spool of %lld events (%.1f MB): drained in %.2f s, %.0f events/s (%lld readings), of that %.2f s of the gateway's processor and %.2f s of the subscriber's disk for %d acknowledgements; the broker's hop alone %.0f events/s\n"
              "resident %.1f MB while polling with the broker away, %.1f MB after the drain, %.1f MB steady, %.1f MB at most (limit %.0f; without anything to do %.1f); %.2f %% of"
              " a core for %lld readings in %.0f s (limit %.0f %%; without anything to do %.2f %%); stripped %.2f MB (limit %.0f)\n",
              static_cast<long long>(kept), site.spool_mb(), drained_s, rate, static_cast<long long>(readings), drain_cpu_s, disk_s, words, floor, polling_mb, drained_mb, resident_mb, most_mb,
              kMostResident_mb, idle_mb, cpu * 100, static_cast<long long>(polled), steady_s, kMostCpu * 100, idle_cpu * 100, binary_mb, kMostBinary_mb);
  JsonRows rows("gateway");
  for (const auto& [metric, value, unit] :
       {std::tuple{"resident_mb", most_mb, "MB"}, std::tuple{"resident_mb_steady", resident_mb, "MB"}, std::tuple{"resident_mb_idle", idle_mb, "MB"},
        std::tuple{"cpu_share", cpu, ""}, std::tuple{"cpu_share_idle", idle_cpu, ""}, std::tuple{"binary_mb", binary_mb, "MB"},
        std::tuple{"drain_events_per_s", rate, "1/s"}, std::tuple{"drain_readings_per_s", drained_s > 0 ? static_cast<double>(readings) / drained_s : 0, "1/s"},
        std::tuple{"broker_hop_events_per_s", floor, "1/s"}, std::tuple{"ratio_to_broker_hop", floor > 0 ? rate / floor : 0, ""}})
    rows.add("gateway", metric, value, unit);
  rows.write(json);
  const bool well = subscriber.ok() && polled > 0 && most_mb > 0 && most_mb <= kMostResident_mb && cpu <= kMostCpu && binary_mb > 0 && binary_mb <= kMostBinary_mb &&
                    rate >= kLeastDrained;
  if (!well) std::fprintf(stderr, "%s", text_of(site.folder() / "gw.txt").c_str());
  return well ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  std::string json;
  bool quick = false;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--quick") == 0) quick = true;
    if (std::strcmp(argv[i], "--json") == 0 && i + 1 < argc) json = argv[++i];
  }
  return conduct(json, quick);
}
