#include "firmware-sim/app/run.hpp"

#include <csignal>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include <spdlog/spdlog.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include "firmware-sim/ports/control_port.hpp"
#include "firmware-sim/ports/paced_port.hpp"

namespace anju::sim {
namespace {

Site build_site(const Scenario& scenario, base::UtcMillis start) {
  std::vector<Line> lines;
  for (const LinePlan& plan : scenario.lines) {
    std::vector<Meter> meters;
    for (const MeterSetup& setup : plan.meters) meters.emplace_back(setup, start);
    lines.emplace_back(plan.name, plan.baud, std::move(meters));
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
    spdlog::info("line {}: {} meters at {} baud on {}", line.name(), line.meters().size(), line.baud(),
                 (*port)->where());
    ports.push_back(std::move(*port));
  }
  std::unique_ptr<ControlPort> control;
  if (!scenario.control.empty()) {
    auto opened = open_control_port(loop, scenario.control, site, clock, [&loop] { loop.stop(); });
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

  for (const Line& line : site.lines()) {
    const LineStatistics& counted = line.statistics();
    spdlog::info("line {}: {} requests, {} replies, {} overlaps, {} collisions", line.name(), counted.requests,
                 counted.replies, counted.overlaps, counted.collisions);
  }
  return 0;
}

}  // namespace anju::sim
