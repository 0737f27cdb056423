// `anju-gateway scan`: plays the scan of gateway/core on a real line. It listens longer than an exchange of a Line
// does, because everything that several meters say at once is evidence. Ctrl-C ends it and prints what was found.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <iomanip>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "gateway/app/verbs.hpp"
#include "gateway/core/line.hpp"
#include "gateway/core/scan.hpp"
#include "gateway/drivers/port.hpp"

namespace anju::gateway {
namespace {

/// Behind the last byte of a frame the line has to stay quiet this long; adapters hand over in portions.
constexpr std::chrono::milliseconds kQuiet(60);
/// A frame that has begun may pause this long (Tb of DL/T645-2007 5.3.3).
constexpr std::chrono::milliseconds kInterByte(500);
/// A line that never falls silent must not hold the scan.
constexpr std::chrono::milliseconds kLongestAnswer(2500);
constexpr std::chrono::seconds kOpenTimeout(6);
constexpr std::chrono::seconds kProgressEvery(3);

volatile std::sig_atomic_t g_stop = 0;

/// A port that asks once and then hears everything that comes, also what collides.
class Ear {
 public:
  using Clock = std::chrono::steady_clock;

  Ear(const LineUri& uri, SerialFormat format) : format_(format) {
    PortHandlers handlers;
    handlers.opened = [this] { is_open_ = true; };
    handlers.closed = [this](std::string why) {
      is_open_ = false;
      why_closed_ = std::move(why);
    };
    handlers.received = [this](base::Bytes bytes) {
      last_ = Clock::now();
      if (heard_.size() < kMostReceived) heard_.insert(heard_.end(), bytes.begin(), bytes.end());
    };
    port_ = create_port(io_, uri, std::move(handlers));
  }

  [[nodiscard]] bool open() {
    port_->start();
    const auto end = Clock::now() + kOpenTimeout;
    while (!is_open_ && why_closed_.empty() && Clock::now() < end) io_.run_one_until(end);
    if (!is_open_ && why_closed_.empty()) why_closed_ = "the port did not open in time";
    return is_open_;
  }
  [[nodiscard]] bool is_open() const { return is_open_; }
  [[nodiscard]] const std::string& why_closed() const { return why_closed_; }

  Heard ask(const Probe& probe) {
    format_.baud = probe.baud;
    const auto request = dlt645::encode(request_of(probe), dlt645::kMaxPreamble).value_or(base::Bytes{});
    io_.poll();
    heard_.clear();
    port_->perform(SetFormat{format_});
    port_->perform(FlushInput{});
    port_->perform(Write{request});
    const auto sent = Clock::now() + std::chrono::milliseconds(line_time(request.size(), format_).value);
    last_ = sent;
    while (is_open_ && Clock::now() < deadline(probe, sent)) io_.run_one_until(deadline(probe, sent));
    if (heard_.empty()) return {};
    const auto span = std::chrono::duration_cast<std::chrono::milliseconds>(last_ - sent);
    return hear(heard_, base::Millis(std::max<std::int64_t>(span.count(), 0)));
  }

 private:
  [[nodiscard]] Clock::time_point deadline(const Probe& probe, Clock::time_point sent) const {
    const auto patience = sent + std::chrono::milliseconds(probe.patience.value);
    if (heard_.empty()) return patience;
    // One meter alone, and it has answered: nobody else is waited for.
    const bool alone = probe.digits == probe.address.wire.size();
    if (alone && dlt645::find_frame_at_end(heard_)) return last_;
    const auto unfinished = dlt645::find_frame(heard_);
    const bool goes_on = !unfinished && unfinished.error().is(dlt645::Errc::need_more);
    const auto quiet = last_ + (goes_on ? kInterByte : kQuiet);
    return std::min(std::max(patience, quiet), patience + kLongestAnswer);
  }

  boost::asio::io_context io_;
  SerialFormat format_;
  std::unique_ptr<Port> port_;
  bool is_open_ = false;
  std::string why_closed_;
  base::Bytes heard_;
  Clock::time_point last_;
};

std::string time_text(base::Millis span) {
  const auto seconds = (span.value + 500) / 1000;
  if (seconds < 60) return std::to_string(seconds) + " s";
  return std::to_string(seconds / 60) + " min " + std::to_string(seconds % 60) + " s";
}

/// What the installer sees while he waits; on standard error.
class Progress {
 public:
  void asking(const Scan& scan, const Probe& probe) {
    if (scan.in_second_round() && !second_round_) {
      second_round_ = true;
      say(std::to_string(scan.found().size()) +
          " found. Everything was asked once; asking again what was silent takes " + time_text(scan.time_left()) +
          ". Ctrl-C ends it and keeps the result.");
    }
    if (!second_round_ && probe.digits == 0 && (probe.baud != baud_ || probe.edition != edition_)) {
      say("trying " + std::string(dlt645::to_string(probe.edition)) + " at " + std::to_string(probe.baud) + " baud");
    }
    baud_ = probe.baud;
    edition_ = probe.edition;
  }

  void answered(const Scan& scan, const Probe& probe, Verdict verdict) {
    for (; found_ < scan.found().size(); ++found_) {
      say("found " + scan.found()[found_].address.text() + " at " + std::to_string(scan.found()[found_].baud) +
          " baud");
    }
    if (verdict == Verdict::crowded) {
      say((probe.digits == 0 ? "all" : probe.address.text()) + ": several answer at once, looking closer; about " +
          time_text(scan.time_left()) + " to go");
    }
    const auto now = std::chrono::steady_clock::now();
    if (now - said_ < kProgressEvery) return;
    say(std::to_string(scan.asked()) + " asked, " + std::to_string(scan.found().size()) + " found, about " +
        time_text(scan.time_left()) + " to go");
  }

 private:
  void say(const std::string& line) {
    std::cerr << line << "\n";
    said_ = std::chrono::steady_clock::now();
  }

  std::size_t found_ = 0;
  bool second_round_ = false;
  std::int64_t baud_ = 0;
  dlt645::Edition edition_ = dlt645::Edition::y2007;
  std::chrono::steady_clock::time_point said_ = std::chrono::steady_clock::now();
};

void print(const Scan& scan, bool complete, bool json) {
  if (json) {
    boost::json::array meters;
    for (const auto& meter : scan.found()) {
      boost::json::object entry{
          {"address", meter.address.text()},
          {"dialect", dlt645::to_string(meter.edition)},
          {"baud", meter.baud},
          {"energy_kwh", meter.total ? boost::json::value(base::format(*meter.total)) : boost::json::value(nullptr)},
          {"answers", meter.answers},
          {"bad_probes", meter.bad_probes}};
      meters.push_back(std::move(entry));
    }
    std::cout << boost::json::serialize(boost::json::object{
                     {"complete", complete}, {"probes", scan.asked()}, {"meters", std::move(meters)}})
              << "\n";
    return;
  }
  std::cout << std::left << std::setw(14) << "address" << std::setw(14) << "dialect" << std::right << std::setw(6)
            << "baud" << std::setw(14) << "kWh" << std::setw(12) << "bad probes"
            << "\n";
  for (const auto& meter : scan.found()) {
    std::cout << std::left << std::setw(14) << meter.address.text() << std::setw(14) << dlt645::to_string(meter.edition)
              << std::right << std::setw(6) << meter.baud << std::setw(14)
              << (meter.total ? base::format(*meter.total) : "-") << std::setw(12) << meter.bad_probes
              << (meter.answers ? "" : "  heard, but does not answer to this address") << "\n";
  }
  std::cout << scan.found().size() << " meters found with " << scan.asked() << " probes"
            << (complete ? "" : ", ended early") << "\n";
}

}  // namespace

int scan_line(const ScanOptions& options) {
  const auto uri = parse_line_uri(options.port);
  if (!uri) {
    std::cerr << "--port " << uri.error().where << "\n";
    return 2;
  }
  ScanSettings settings;
  settings.second_round = !options.quick;
  // A serial server keeps its own rate: there is nothing to try.
  if (std::holds_alternative<TcpServer>(*uri)) settings.bauds = {format_of(*uri).baud};
  if (!options.bauds.empty()) settings.bauds.clear();
  for (const auto& text : options.bauds) {
    const auto baud = parse_baud(text);
    if (!baud) {
      std::cerr << "--bauds " << baud.error().where << "\n";
      return 2;
    }
    settings.bauds.push_back(*baud);
  }
  Ear ear(*uri, format_of(*uri));
  if (!ear.open()) {
    std::cerr << ear.why_closed() << "\n";
    return 2;
  }
  std::signal(SIGINT, [](int) { g_stop = 1; });
  std::signal(SIGTERM, [](int) { g_stop = 1; });
  Scan scan(settings);
  Progress progress;
  auto probe = scan.next();
  for (; probe && g_stop == 0; probe = scan.next()) {
    progress.asking(scan, *probe);
    const auto heard = ear.ask(*probe);
    if (!ear.is_open()) {
      std::cerr << "the port was lost: " << ear.why_closed() << "\n";
      print(scan, false, options.json);
      return 1;
    }
    const auto verdict = scan.heard(heard);
    progress.answered(scan, *probe, verdict);
  }
  for (const auto& address : scan.clashes()) {
    std::cerr << address.text() << " answers, but never with a whole frame: two meters of one address, or bad wiring\n";
  }
  if (scan.heard_noise_only()) {
    std::cerr
        << "something answers, but never a whole frame: check the wiring (A/B), the parity (8E1) and the baud rate\n";
  }
  print(scan, !probe, options.json);
  return scan.found().empty() ? 1 : 0;
}

}  // namespace anju::gateway
