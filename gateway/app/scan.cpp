// `anju-gateway scan`: plays the scan of gateway/core on a real line. It listens longer than an exchange of a Line
// does, because everything that several meters say at once is evidence. Ctrl-C ends it and prints what was found.

#include <algorithm>
#include <charconv>
#include <chrono>
#include <csignal>
#include <iomanip>
#include <iostream>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "gateway/app/config.hpp"
#include "gateway/app/verbs.hpp"
#include "gateway/core/errc.hpp"
#include "gateway/core/line.hpp"
#include "gateway/core/scan.hpp"
#include "gateway/core/scan_ear.hpp"
#include "gateway/drivers/port.hpp"
#include "gateway/local/found.hpp"

namespace anju::gateway {
namespace {

constexpr std::chrono::seconds kOpenTimeout(6);
constexpr std::chrono::seconds kProgressEvery(3);

volatile std::sig_atomic_t g_stop = 0;

/// A port that asks once and then hears everything that comes, also what collides.
class Ear {
 public:
  explicit Ear(const LineUri& uri) {
    PortHandlers handlers;
    handlers.opened = [this] { is_open_ = true; };
    handlers.closed = [this](std::string why) {
      is_open_ = false;
      why_closed_ = std::move(why);
    };
    handlers.received = [this](base::Bytes bytes) {
      if (ear_.is_listening()) ear_.received(bytes, now());
    };
    port_ = create_port(io_, uri, std::move(handlers));
  }

  [[nodiscard]] bool open() {
    port_->start();
    const auto end = std::chrono::steady_clock::now() + kOpenTimeout;
    while (!is_open_ && why_closed_.empty() && std::chrono::steady_clock::now() < end) io_.run_one_until(end);
    if (!is_open_ && why_closed_.empty()) why_closed_ = "the port did not open in time";
    return is_open_;
  }
  [[nodiscard]] bool is_open() const { return is_open_; }
  [[nodiscard]] const std::string& why_closed() const { return why_closed_; }

  Heard ask(const Probe& probe) {
    while (is_open_ && now() < ear_.ready_at()) io_.run_one_until(at(ear_.ready_at()));
    io_.poll();
    for (const auto& action : ear_.ask(probe, now())) port_->perform(action);
    while (is_open_ && now() < ear_.deadline()) io_.run_one_until(at(ear_.deadline()));
    return ear_.take();
  }

 private:
  [[nodiscard]] static base::UtcMillis now() {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return base::UtcMillis(std::chrono::duration_cast<std::chrono::milliseconds>(since).count());
  }
  [[nodiscard]] static std::chrono::steady_clock::time_point at(base::UtcMillis when) {
    return std::chrono::steady_clock::time_point(std::chrono::milliseconds(when.value));
  }

  boost::asio::io_context io_;
  std::unique_ptr<Port> port_;
  bool is_open_ = false;
  std::string why_closed_;
  ScanEar ear_;
};

std::string time_text(base::Millis span) {
  const auto seconds = (span.value + 500) / 1000;
  if (seconds < 60) return std::to_string(seconds) + " s";
  return std::to_string(seconds / 60) + " min " + std::to_string(seconds % 60) + " s";
}

/// What is still to come when nobody else is found.
std::string to_go(const Scan& scan) {
  const auto round = scan.time_left_in_round();
  const base::Millis again(scan.time_left().value - round.value);
  return "about " + time_text(round) + (again.value > 0 ? " and " + time_text(again) + " to make sure" : std::string()) + " to go";
}

std::string where(const Root& root) {
  return text_of(root.format);
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
    const bool begins = probe.digits == 0 || probe.root.dialect == Dialect::modbus;
    if (second_round_ || !begins) return;
    // Both byte orders and the types of CJ/T188 are one thing to a person.
    const auto what = std::string(to_string(probe.root.dialect)) + " at " + where(probe.root);
    if (tried_.insert(what).second) say("trying " + what + "; " + to_go(scan));
  }

  void answered(const Scan& scan, const Probe& probe, Verdict verdict) {
    for (; found_ < scan.found().size(); ++found_) {
      const auto& meter = scan.found()[found_];
      say("found " + meter.text() + " at " + where(meter.root) + ", " + std::string(to_string(meter.root.dialect)));
    }
    if (verdict == Verdict::crowded && probe.is_exact()) {
      say(text_of(probe.root.dialect, probe.address) + ": answers, but never with a whole frame");
    } else if (verdict == Verdict::crowded) {
      say((probe.digits == 0 ? "all" : text_of(probe.root.dialect, probe.address)) + ": several answer at once, looking closer; " + to_go(scan));
    }
    const auto now = std::chrono::steady_clock::now();
    if (now - said_ < kProgressEvery) return;
    say(std::to_string(scan.asked()) + " asked, " + std::to_string(scan.found().size()) + " found, " + to_go(scan));
  }

 private:
  void say(const std::string& line) {
    std::cerr << line << "\n";
    said_ = std::chrono::steady_clock::now();
  }

  std::size_t found_ = 0;
  bool second_round_ = false;
  std::set<std::string> tried_;
  std::chrono::steady_clock::time_point said_ = std::chrono::steady_clock::now();
};

std::string models_of(const FoundMeter& meter) {
  std::string text;
  for (const auto& model : meter.models) text += (text.empty() ? "" : " or ") + model.name;
  return text;
}

void print_table(const Scan& scan, const Profiles& profiles) {
  const auto row = [](const auto& address, const auto& dialect, const auto& format, const auto& total, const auto& state, const auto& quality, const auto& delay,
                      const auto& more) {
    std::cout << std::left << std::setw(16) << address << std::setw(13) << dialect << std::setw(11) << format << std::right << std::setw(15) << total << "  "
              << std::left << std::setw(9) << state << std::right << std::setw(8) << quality << std::setw(10) << delay << "  " << more << "\n";
  };
  row("address", "dialect", "format", "register", "state", "answers", "ms", "");
  for (const auto& meter : scan.found()) {
    const auto total = meter.total ? base::format(*meter.total) + " " + std::string(unit_of(meter, profiles)) : "-";
    std::string delay = "-", more = models_of(meter);
    if (meter.slowest) delay = std::to_string(meter.quickest->value) + "-" + std::to_string(meter.slowest->value);
    if (is_cjt188(meter.root.dialect)) more = meter.root.dialect == Dialect::cjt188_low_first ? "identifiers low byte first" : "identifiers high byte first";
    if (!meter.status.empty()) more += ", status word " + meter.status;
    if (meter.root.dialect == Dialect::modbus && meter.models.empty() && meter.answers) more = "no known model";
    if (!meter.answers) more = "heard, but does not answer to this address";
    row(meter.text(), to_string(meter.root.dialect), where(meter.root), total, meter.state.empty() ? "-" : meter.state,
        std::to_string(meter.answered) + "/" + std::to_string(meter.asked), delay, more);
  }
}

void print(const Scan& scan, bool complete, const ScanOptions& options, const LineUri& uri, const Profiles& profiles) {
  const auto [archive, left_out] = archive_of(scan.found(), {base::LineId("line1"), options.port}, uri, profiles);
  if ((options.archive || options.json) && left_out > 0) {
    std::cerr << left_out << " not in the archive: they do not answer, or the model is open, or a serial server cannot be told their parity\n";
  }
  if (options.archive) {
    std::cout << wire::encode(archive) << "\n";
    return;
  }
  if (options.json) {
    boost::json::array meters;
    for (const auto& meter : scan.found()) meters.push_back(found_json(meter, profiles));
    boost::json::object all{{"complete", complete}, {"probes", scan.asked()}, {"meters", std::move(meters)}};
    all["archive"] = boost::json::parse(wire::encode(archive));
    std::cout << boost::json::serialize(all) << "\n";
    return;
  }
  print_table(scan, profiles);
  std::cout << scan.found().size() << " meters found with " << scan.asked() << " probes"
            << (complete ? "" : ", ended early") << "\n";
}

/// What a person has to look at.
void print_troubles(const Scan& scan) {
  for (const auto& probe : scan.clashes()) {
    std::cerr << text_of(probe.root.dialect, probe.address) << " (" << to_string(probe.root.dialect) << ", " << where(probe.root)
              << ") answers, but never with a whole frame: two meters of one address, or bad wiring\n";
  }
  for (const auto& probe : scan.unresolved()) {
    std::cerr << "several answer at once at " << where(probe.root) << " (" << to_string(probe.root.dialect)
              << "), and none to an abbreviated address: connect them one at a time, or read them by the numbers on their cases\n";
  }
  if (scan.heard_noise_only()) {
    std::cerr << "something answers, but never a whole frame: check the wiring (A/B), the parity and the baud rate\n";
  }
}

/// Error: bad_uri and the like; `where` says which option and what it may be.
base::Result<ScanSettings> settings_of(const ScanOptions& options, const LineUri& uri) {
  ScanChoice choice;
  const auto chosen = [&](const char* name) { return options.protocols.empty() || std::ranges::find(options.protocols, name) != options.protocols.end(); };
  choice.dlt645 = chosen("dlt645"), choice.cjt188 = chosen("cjt188"), choice.modbus = chosen("modbus");
  // A serial server keeps its own format: there is nothing to try.
  if (std::holds_alternative<TcpServer>(uri)) choice.fixed = format_of(uri);
  for (const auto& text : options.bauds) {
    const auto baud = parse_baud(text);
    if (!baud) return base::fail(Errc::bad_uri, "--bauds " + baud.error().where);
    choice.bauds.push_back(*baud);
  }
  for (const auto& text : options.formats) {
    const auto any = parse_line_uri("tcp://any:1?format=" + text);
    if (!any) return base::fail(Errc::bad_uri, "--formats " + any.error().where);
    choice.formats.push_back(format_of(*any));
  }
  auto profiles = load_profile_folders(options.profiles);
  if (!profiles) return base::pass(profiles);
  ScanSettings settings{.roots = roots_of(choice), .second_round = !options.quick, .profiles = *std::move(profiles)};
  if (options.units.empty()) return settings;
  const auto dash = options.units.find('-');
  const auto number = [](std::string_view text) {
    unsigned value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    return failure == std::errc() && end == text.data() + text.size() && value >= 1 && value <= modbus::kLastUnit ? value : 0U;
  };
  const std::string_view units = options.units;
  const auto first = number(units.substr(0, dash)), last = dash == std::string::npos ? first : number(units.substr(dash + 1));
  if (first == 0 || last < first) return base::fail(Errc::bad_uri, "--units " + options.units + ": 1 to 247, like 17 or 1-40");
  settings.first_unit = static_cast<std::uint8_t>(first), settings.last_unit = static_cast<std::uint8_t>(last);
  return settings;
}

}  // namespace

int scan_line(const ScanOptions& options) {
  const auto uri = parse_line_uri(options.port);
  if (!uri) {
    std::cerr << "--port " << uri.error().where << "\n";
    return 2;
  }
  if (std::holds_alternative<ModbusServer>(*uri)) {
    std::cerr << "--port " << options.port << ": a scan is of a serial line, Modbus TCP has none\n";
    return 2;
  }
  const auto settings = settings_of(options, *uri);
  if (!settings) {
    std::cerr << settings.error().where << "\n";
    return 2;
  }
  Ear ear(*uri);
  if (!ear.open()) {
    std::cerr << ear.why_closed() << "\n";
    return 2;
  }
  std::signal(SIGINT, [](int) { g_stop = 1; });
  std::signal(SIGTERM, [](int) { g_stop = 1; });
  const auto begin = std::chrono::steady_clock::now();
  Scan scan(*settings);
  Progress progress;
  auto probe = scan.next();
  for (; probe && g_stop == 0; probe = scan.next()) {
    progress.asking(scan, *probe);
    const auto heard = ear.ask(*probe);
    if (!ear.is_open()) {
      std::cerr << "the port was lost: " << ear.why_closed() << "\n";
      print(scan, false, options, *uri, settings->profiles);
      return 1;
    }
    const auto verdict = scan.heard(heard);
    progress.answered(scan, *probe, verdict);
  }
  print_troubles(scan);
  const auto span = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
  std::cerr << scan.found().size() << " found in " << time_text(base::Millis(span.count())) << "\n";
  print(scan, !probe, options, *uri, settings->profiles);
  return scan.found().empty() ? 1 : 0;
}

}  // namespace anju::gateway
