#include "firmware-sim/app/run.hpp"

#include <csignal>
#include <cstdio>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <spdlog/spdlog.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include "firmware-sim/ports/control_port.hpp"
#include "firmware-sim/ports/mqtt_port.hpp"
#include "firmware-sim/ports/paced_port.hpp"
#include "firmware-sim/station/station.hpp"

namespace anju::sim {
namespace {

Site build_site(const Scenario& scenario, base::UtcMillis start) {
  std::vector<Line> lines;
  for (const LinePlan& plan : scenario.lines) {
    std::vector<Meter> meters;
    for (const MeterSetup& setup : plan.meters) meters.emplace_back(setup, start);
    std::vector<Cjt188Meter> water_meters;
    for (const Cjt188Setup& setup : plan.water_meters) water_meters.emplace_back(setup, start);
    std::vector<ModbusMeter> modbus_meters;
    for (const ModbusSetup& setup : plan.modbus_meters) modbus_meters.emplace_back(setup, start);
    lines.emplace_back(plan.name, plan.format, std::move(meters), std::move(water_meters), std::move(modbus_meters));
  }
  return {std::move(lines), scenario.faults, start};
}

/// Wakes the site up when a planned fault begins or ends.
void wait_for_faults(Site& site, const PortClock& clock, boost::asio::steady_timer& timer) {
  const auto next = site.next_fault();
  if (!next) return;
  timer.expires_at(clock.at(next->value * 1000));
  timer.async_wait([&site, &clock, &timer](const boost::system::error_code& cancelled) {
    if (cancelled) return;
    site.advance(clock.now());
    wait_for_faults(site, clock, timer);
  });
}

std::string draw_epoch() {
  std::random_device random;
  std::string epoch;
  for (int i = 0; i < 4; ++i) {
    char part[9];
    std::snprintf(part, sizeof part, "%08x", random());
    epoch += part;
  }
  return epoch;
}

enum class StationErrc {
  bad_key_file,  ///< not there, or not 64 hex digits
};
constexpr std::string_view to_string(StationErrc) {
  return "bad_key_file";
}

base::Result<wire::GatewayKeys> read_keys(const std::string& file) {
  std::ifstream input(file);
  if (!input) return base::fail(StationErrc::bad_key_file, file + " cannot be read");
  std::string text(std::istreambuf_iterator<char>(input), {});
  text.erase(text.find_last_not_of(" \t\r\n") + 1);
  auto keys = wire::derive_keys(text);
  if (!keys) return base::fail(StationErrc::bad_key_file, file + " has to hold 64 hex digits, as anju-platform printed them");
  return keys;
}

mqtt::Options broker_of(const StationPlan& plan) {
  mqtt::Options options;
  options.url = plan.broker;
  options.user = plan.user;
  options.password = plan.password;
  options.tls = {plan.ca_file, plan.tls_certificate_file, plan.tls_key_file};
  return options;
}

/// All stations of a scenario and their connections.
class Stations {
 public:
  Stations(boost::asio::io_context& loop, const PortClock& clock) : loop_(loop), clock_(clock) {}

  /// plans must outlive this. Errors: of key, file and broker.
  base::Result<> open(const std::vector<StationPlan>& plans) {
    stations_.reserve(plans.size());  // the ports keep references
    for (const StationPlan& plan : plans) {
      const auto keys = read_keys(plan.key_file);
      if (!keys) return base::pass(keys);
      auto file = StationFile::open(plan.spool_file);
      if (!file) return base::pass(file);
      const auto memory = read_memory(file->text());
      if (!memory) return tl::unexpected(base::Error(MemoryErrc::bad_memory, plan.spool_file + ": " + memory.error().where));
      StationSetup setup{base::SiteId(plan.site), base::GatewayId(plan.gateway), *keys, "anju-sim", plan.devices};
      stations_.emplace_back(std::move(setup), *memory, draw_epoch(), clock_.now());
      auto port = open_mqtt_port(loop_, broker_of(plan), std::move(*file), stations_.back(), clock_, handlers(plan));
      if (!port) return base::pass(port);
      ports_.push_back(std::move(*port));
    }
    return {};
  }
  void stop() {
    for (const auto& port : ports_) port->stop();
  }
  [[nodiscard]] std::vector<Station>& all() { return stations_; }
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  MqttPortHandlers handlers(const StationPlan& plan) {
    const std::string name = plan.gateway;
    MqttPortHandlers handlers;
    handlers.draw_epoch = draw_epoch;
    handlers.connection = [name, before = std::string()](bool connected, const std::string& why) mutable {
      if (!connected && std::exchange(before, why) == why) return;  // every failed try is no news, another reason is
      if (connected) before.clear();
      spdlog::info("station {}: {}", name, connected ? "connected" : "the broker is away: " + why);
    };
    handlers.failed = [this, name](const std::string& why) {
      spdlog::error("station {}: {}", name, why);
      failed_ = true;
      loop_.stop();
    };
    return handlers;
  }

  boost::asio::io_context& loop_;
  const PortClock& clock_;
  std::vector<Station> stations_;
  std::vector<std::unique_ptr<MqttPort>> ports_;
  bool failed_ = false;
};

int complain(const base::Error& error) {
  spdlog::error("{}: {}", error.code, error.where);
  return 1;
}

}  // namespace

int run_scenario(const Scenario& scenario, std::optional<base::Millis> duration) {
  boost::asio::io_context loop(1);
  const PortClock clock;
  Site site = build_site(scenario, clock.now());

  std::vector<std::unique_ptr<PacedPort>> ports;
  for (std::size_t i = 0; i < scenario.lines.size(); ++i) {
    Line& line = site.lines()[i];
    auto port = open_port(loop, scenario.lines[i].port, line, clock);
    if (!port) return complain(port.error());
    spdlog::info("line {}: {} meters at {} baud on {}", line.name(), line.size(), line.baud(),
                 (*port)->where());
    ports.push_back(std::move(*port));
  }
  Stations stations(loop, clock);
  if (const auto opened = stations.open(scenario.stations); !opened) return complain(opened.error());
  for (const StationPlan& plan : scenario.stations) {
    spdlog::info("station {}: {} devices, broker {}", plan.gateway, plan.devices.size(), plan.broker);
  }
  std::unique_ptr<ControlPort> control;
  if (!scenario.control.empty()) {
    auto opened = open_control_port(loop, scenario.control, site, stations.all(), clock, [&loop] { loop.stop(); });
    if (!opened) return complain(opened.error());
    control = std::move(*opened);
    spdlog::info("control: {}", control->where());
  }

  boost::asio::signal_set signals(loop, SIGINT, SIGTERM);
  signals.async_wait([&loop](const boost::system::error_code& cancelled, int) {
    if (!cancelled) loop.stop();
  });
  boost::asio::steady_timer end(loop);
  if (duration) {
    end.expires_after(std::chrono::milliseconds(duration->value));
    end.async_wait([&loop](const boost::system::error_code& cancelled) {
      if (!cancelled) loop.stop();
    });
  }
  boost::asio::steady_timer faults(loop);
  wait_for_faults(site, clock, faults);

  loop.run();
  stations.stop();

  for (const Line& line : site.lines()) {
    const LineStatistics& counted = line.statistics();
    spdlog::info("line {}: {} requests, {} replies, {} overlaps, {} collisions", line.name(), counted.requests,
                 counted.replies, counted.overlaps, counted.collisions);
  }
  return stations.failed() ? 1 : 0;
}

}  // namespace anju::sim
