// How well the gateway uses a serial line: its real core, shell and serial driver against simulated meters on a pseudo terminal, paced at
// the baud rate, the queue never empty. Efficiency: what the good exchanges needed (characters both ways at the line's rate, and the
// meters' own reply delay as the simulator keeps it, not as the gateway sees it) by the wall time. No silence between frames counts as
// needed, because DL/T645 demands none (5.3.3 limits Td and the gap inside a frame). The floor is a master of forty lines that blocks in
// poll() and asks again as soon as the last byte is there: what the pseudo terminal and the simulator cost by themselves.
//   bench_line [--json FILE] [--quick]
// Limits: 0.95 at 2400, 0.90 at 9600; dead meters cost a tenth of the time at most (there the last minutes have pauses,
// because a meter that was read late is not read again in the same slot: the share of the busy time is told, too); a trip waits for the exchange under way only.

#include <fcntl.h>
#include <poll.h>
#include <termios.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <optional>

#include "firmware-sim/devices/site.hpp"
#include "firmware-sim/ports/paced_port.hpp"
#include "gateway/app/shell.hpp"
#include "gateway/core/journal.hpp"
#include "gateway/drivers/serial_port.hpp"
#include "protocols/dlt645/request.hpp"
#include "tests/bench/processes.hpp"

namespace {

using namespace anju;
using namespace anju::bench;

constexpr int kMeters = 128, kDead = 12;  ///< dead: every tenth
constexpr base::Millis kReplyDelay{60};

std::string address_of(int meter) {
  char text[16];
  std::snprintf(text, sizeof text, "%012d", 1000 + meter);
  return text;
}
base::DeviceId device_of(int meter) { return base::DeviceId("m" + std::to_string(meter)); }

/// The meters of one line and their thread; every tenth one can be silent.
class Meters {
 public:
  Meters(std::int64_t baud, bool a_tenth_is_dead) : path_(std::filesystem::temp_directory_path() / ("anju-line-" + std::to_string(getpid()))) {
    std::vector<sim::Meter> meters;
    for (int m = 0; m < kMeters; ++m) {
      sim::MeterSetup setup;
      setup.address = *dlt645::Address::parse(address_of(m));
      setup.response_delay = kReplyDelay;
      setup.load = sim::LoadProfile::constant(1000);
      meters.emplace_back(setup, clock_.now());
      if (a_tenth_is_dead && m % 10 == 9) meters.back().set_fault({sim::FaultKind::silent}, clock_.now());
    }
    line_.emplace("l1", static_cast<std::uint32_t>(baud), std::move(meters));
    auto port = sim::open_port(loop_, "pty:" + path_.string(), *line_, clock_);
    if (!port) return;
    port_ = std::move(*port);
    thread_ = std::thread([this] { loop_.run(); });
  }
  ~Meters() { stop(); }
  Meters(const Meters&) = delete;
  Meters& operator=(const Meters&) = delete;

  [[nodiscard]] bool ok() const { return port_ != nullptr; }
  [[nodiscard]] std::string path() const { return path_; }
  /// What the wire saw. Ends the thread.
  sim::LineStatistics stop() {
    loop_.stop();
    if (thread_.joinable()) thread_.join();
    return line_->statistics();
  }

 private:
  std::filesystem::path path_;
  boost::asio::io_context loop_{1};
  sim::PortClock clock_;
  std::optional<sim::Line> line_;
  std::unique_ptr<sim::PacedPort> port_;
  std::thread thread_;
};

struct Measured {
  double efficiency = 0, lost = 0;
  double busy = 0;           ///< an exchange was under way
  double seen_delay_ms = 0;  ///< Td as the gateway saw it
  double cpu = 0;            ///< of the gateway's thread
  std::int64_t good = 0, failed = 0, overlaps = 0;
  bool saturated = true;
};

double thread_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

/// Request and reply with four FE each, as meters.md 8.1 counts them: the total of one register.
constexpr std::size_t kFloorCharacters = 20 + 24;

/// The least that a master can cost here.
double floor_efficiency(std::int64_t baud, double seconds) {
  Meters meters(baud, false);
  const auto opened = gateway::open_serial({meters.path(), {baud}});
  if (!meters.ok() || !opened) return 0;
  const int fd = *opened;
  int exchanges = 0;
  const auto began = Clock::now();
  for (int m = 0; since(began) < seconds; m = (m + 1) % kMeters) {
    const auto request = *dlt645::encode(*dlt645::make_request(dlt645::Edition::y2007, *dlt645::Address::parse(address_of(m)),
                                                               dlt645::ReadData{dlt645::DataId{0x00010000, dlt645::Edition::y2007}, std::nullopt}), 4);
    if (::write(fd, request.data(), request.size()) < 0) break;
    base::Bytes reply;
    while (!dlt645::find_frame(reply)) {
      pollfd ready{fd, POLLIN, 0};
      std::byte some[256];
      if (::poll(&ready, 1, 2000) <= 0) return 0;
      const auto count = ::read(fd, some, sizeof some);
      if (count > 0) reply.insert(reply.end(), some, some + count);
    }
    ++exchanges;
  }
  const double took = since(began);
  ::close(fd);
  const double needed_us = static_cast<double>(gateway::line_time_us(kFloorCharacters, {baud})) + static_cast<double>(kReplyDelay.value) * 1000;
  return exchanges * needed_us / 1e6 / took;
}

/// The gateway on one line: everything of anju-gateway but spool and uplink.
class Gatewayed {
 public:
  Gatewayed(const std::string& path, std::int64_t baud) : gateway_({}, journal_, {}), shell_(io_, gateway_, handlers()) {
    wire::Archive archive;
    archive.reading_minutes = 1;
    archive.lines.push_back({kLine, "serial://" + path + "?baud=" + std::to_string(baud)});
    for (int m = 0; m < kMeters; ++m) archive.devices.push_back({device_of(m), kLine, address_of(m), std::nullopt, {}});
    shell_.feed(gateway::ArchiveArrived{archive});
  }

  Measured measure(double seconds) {
    const auto before = line().statistics();
    const double cpu = thread_seconds();
    const auto began = Clock::now();
    Measured measured;
    while (since(began) < seconds) {
      io_.run_for(std::chrono::milliseconds(100));
      measured.saturated = measured.saturated && line().waiting() > 0;
    }
    const double took = since(began);
    const auto& after = line().statistics();
    measured.good = after.counts.ok - before.counts.ok;
    measured.failed = after.counts.timeouts + after.counts.bad_frames - before.counts.timeouts - before.counts.bad_frames;
    const double needed_us = static_cast<double>(after.ok_line_us - before.ok_line_us) + static_cast<double>(measured.good * kReplyDelay.value * 1000);
    measured.efficiency = needed_us / 1e6 / took;
    measured.lost = static_cast<double>(after.wasted_ms - before.wasted_ms) / 1000 / took;
    measured.busy = static_cast<double>(after.busy_ms - before.busy_ms) / 1000 / took;
    measured.seen_delay_ms = measured.good == 0 ? 0 : static_cast<double>(after.ok_delay_ms - before.ok_delay_ms) / static_cast<double>(measured.good);
    measured.cpu = (thread_seconds() - cpu) / took;
    return measured;
  }

  struct Trip {
    double first_ms = -1;       ///< from the order to its first question on the wire
    double switch_ms = -1;      ///< and to the order to the relay, behind two questions for its clock where that is not known yet (N3..N8 of 1C are by it)
    std::int64_t overtaken = 0; ///< exchanges with others that began in between
  };
  /// Orders one at an instant that has nothing to do with what the line is doing.
  Trip trip(int meter, int instant_ms) {
    io_.run_for(std::chrono::milliseconds(instant_ms));
    wire::Command command;
    command.id = base::CommandId("trip-" + std::to_string(meter));
    command.counter = ++counter_;
    command.device = device_of(meter);
    command.kind = wire::CommandKind::trip;
    command.issued = gateway::system_now();
    command.expires = command.issued + base::minutes(1);
    tripped_ = Trip{};
    ordered_ = command;
    shell_.feed(gateway::CommandArrived{command});
    const auto began = Clock::now();
    while (ordered_ && since(began) < 30) io_.run_one_for(std::chrono::milliseconds(100));
    return tripped_;
  }

 private:
  inline static const base::LineId kLine{"l1"};
  [[nodiscard]] const gateway::Line& line() const { return *gateway_.line(kLine); }

  gateway::ShellHandlers handlers() {
    gateway::ShellHandlers handlers;
    handlers.events = [this](const std::vector<wire::Event>& events) {
      for (const auto& event : events) {
        const auto* command = std::get_if<wire::CommandEvent>(&event);
        if (command != nullptr && ordered_ && command->command == ordered_->id) note(command->phase);
      }
    };
    return handlers;
  }
  /// At the acknowledgement the ring of the last exchanges holds everything since the order. The next order waits for the end of this one:
  /// behind four controls in a row the queue lets a poll through.
  void note(wire::CommandPhase phase) {
    if (phase != wire::CommandPhase::acked) return ordered_.reset();
    for (const auto& trace : line().traces()) {
      if (trace.at <= ordered_->issued) continue;
      if (trace.device != ordered_->device) {
        ++tripped_.overtaken;
        continue;
      }
      const auto waited = static_cast<double>((trace.at - ordered_->issued).value);
      if (tripped_.first_ms < 0) tripped_.first_ms = waited;
      const auto frame = dlt645::find_frame(trace.request);
      if (frame && frame->frame.control == 0x1C) tripped_.switch_ms = waited;
    }
  }

  boost::asio::io_context io_{1};
  gateway::MemoryJournal journal_;
  gateway::Gateway gateway_;
  std::int64_t counter_ = 0;
  std::optional<wire::Command> ordered_;
  Trip tripped_;
  gateway::GatewayShell shell_;
};

/// The longest that a poll takes: the total with four tariffs, four FE both ways.
double longest_exchange_ms(std::int64_t baud) {
  return static_cast<double>(gateway::line_time_us(20 + 40, {baud})) / 1000 + static_cast<double>(kReplyDelay.value);
}

bool busy_line(std::int64_t baud, double limit, double seconds, int trips, JsonRows& rows) {
  const std::string name = std::to_string(baud);
  const double floor = floor_efficiency(baud, std::min(seconds, 10.0));
  Meters meters(baud, false);
  Gatewayed gatewayed(meters.path(), baud);
  (void)gatewayed.measure(2);  // the port opens, the first words are spoken
  const auto measured = gatewayed.measure(seconds);
  double first = 0, switched = 0;
  std::int64_t overtaken = 0;
  bool tripped = true;
  for (int t = 0; t < trips; ++t) {
    const auto trip = gatewayed.trip(t * 5, 200 + 37 * t);
    tripped = tripped && trip.switch_ms >= 0;
    first = std::max(first, trip.first_ms);
    switched = std::max(switched, trip.switch_ms);
    overtaken = std::max(overtaken, trip.overtaken);
  }
  const auto wire = meters.stop();
  std::printf("%s baud: efficiency %.4f (at least %.2f; a bare master %.4f), %lld exchanges, %lld failed, reply delay seen %.1f ms of %lld, thread %.2f %% busy%s\n"
              "  %d trips: first question after %.0f ms at most (the longest exchange takes %.0f ms), 1C after %.0f ms, exchanges of others begun in between: %lld; overlaps on the wire %lld\n",
              name.c_str(), measured.efficiency, limit, floor, static_cast<long long>(measured.good), static_cast<long long>(measured.failed), measured.seen_delay_ms,
              static_cast<long long>(kReplyDelay.value), measured.cpu * 100, measured.saturated ? "" : ", NOT SATURATED", trips, first, longest_exchange_ms(baud), switched,
              static_cast<long long>(overtaken), static_cast<long long>(wire.overlaps));
  for (const auto& [metric, value, unit] : {std::tuple{"efficiency", measured.efficiency, ""}, std::tuple{"floor_efficiency", floor, ""},
                                            std::tuple{"ratio_to_floor", floor > 0 ? measured.efficiency / floor : 0, ""}, std::tuple{"lost_share", measured.lost, ""},
                                            std::tuple{"trip_first_ms_most", first, "ms"},
                                            std::tuple{"longest_exchange_ms", longest_exchange_ms(baud), "ms"}, std::tuple{"trip_switch_ms_most", switched, "ms"},
                                            std::tuple{"trip_exchanges_before", static_cast<double>(overtaken), ""}})
    rows.add(name, metric, value, unit);
  return measured.efficiency >= limit && measured.saturated && overtaken == 0 && tripped && wire.overlaps == 0;
}

/// Nobody knows at the start who is dead; what finding out costs is counted, too. The floor is that: each is asked once.
bool line_with_dead(double seconds, JsonRows& rows) {
  constexpr double kMostLost = 0.10;
  Meters meters(2400, true);
  Gatewayed gatewayed(meters.path(), 2400);
  const auto measured = gatewayed.measure(seconds);
  const auto wire = meters.stop();
  const auto once = gateway::line_time(20, {2400}) + gateway::kFirstByteStart + gateway::kGuard;
  const double floor = static_cast<double>(kDead * once.value) / 1000 / seconds;
  std::printf("dead 10%% at 2400 baud: lost %.4f of the time (at most %.2f; asked once each %.4f), busy %.4f, efficiency %.4f, %lld exchanges, %lld failed, overlaps %lld\n", measured.lost, kMostLost, floor,
              measured.busy, measured.efficiency, static_cast<long long>(measured.good), static_cast<long long>(measured.failed), static_cast<long long>(wire.overlaps));
  rows.add("dead 10%", "lost_share", measured.lost, "");
  rows.add("dead 10%", "floor_lost_share", floor, "");
  rows.add("dead 10%", "lost_share_of_busy", measured.lost / std::max(measured.busy, 1e-9), "");
  rows.add("dead 10%", "efficiency", measured.efficiency, "");
  return measured.lost <= kMostLost && wire.overlaps == 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::string json;
  bool quick = false;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--quick") == 0) quick = true;
    if (std::strcmp(argv[i], "--json") == 0 && i + 1 < argc) json = argv[++i];
  }
  JsonRows rows("line");
  bool well = busy_line(2400, 0.95, quick ? 15 : 60, quick ? 5 : 20, rows);
  well = busy_line(9600, 0.90, quick ? 15 : 45, quick ? 5 : 20, rows) && well;
  well = line_with_dead(quick ? 60 : 300, rows) && well;
  rows.write(json);
  return well ? 0 : 1;
}
