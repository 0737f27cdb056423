// `anju-gateway scan`: plays the scan of gateway/core on a real line. Ctrl-C ends it and prints what was found.

#include <csignal>
#include <iomanip>
#include <iostream>
#include <optional>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "gateway/app/shell.hpp"
#include "gateway/app/verbs.hpp"
#include "gateway/core/errc.hpp"
#include "gateway/core/scan.hpp"

namespace anju::gateway {
namespace {

/// A meter answers within 500 ms (DL/T645-2007 5.3.3) or does not answer at all.
constexpr base::Millis kProbeTimeout(520);

/// Bytes in front of a clean reply that are more than noise; a frame of its own has at least 12.
constexpr std::size_t kWreckage = 8;

volatile std::sig_atomic_t g_stop = 0;

Heard ask(LineShell& line, const Probe& probe, const SerialFormat& format, std::optional<dlt645::Frame>& replied) {
  Exchange exchange;
  exchange.request = request_of(probe);
  exchange.format = format;
  exchange.format.baud = probe.baud;
  exchange.priority = Priority::commissioning;
  exchange.tries = 1;
  exchange.timeout = kProbeTimeout;
  const auto stale = line.line().statistics().stale_bytes;
  const auto outcome = line.exchange(std::move(exchange));
  if (!outcome) return outcome.error().is(Errc::bad_frame) ? Heard::garbage : Heard::silence;
  replied = *outcome;
  // Only an abbreviated address can have a second meter behind it, which may be slower than the first.
  if (!probe.read_address && probe.digits == 6) return Heard::one;
  // Faster meters may have made garbage of each other before the slowest one was heard clean.
  const auto heard = dlt645::find_frame(line.line().traces().back().reply);
  if (heard && heard->skipped >= kWreckage) return Heard::crowd;
  line.listen(std::chrono::milliseconds(kProbeTimeout.value));
  return line.line().statistics().stale_bytes > stale ? Heard::crowd : Heard::one;
}

void print(const Scan& scan, bool json) {
  if (json) {
    boost::json::array meters;
    for (const auto& meter : scan.found()) {
      boost::json::object entry{
          {"address", meter.address.text()},
          {"dialect", dlt645::to_string(meter.edition)},
          {"baud", meter.baud},
          {"energy_kwh", meter.total ? boost::json::value(base::format(*meter.total)) : boost::json::value(nullptr)},
          {"bad_probes", meter.bad_probes}};
      meters.push_back(std::move(entry));
    }
    std::cout << boost::json::serialize(boost::json::object{{"probes", scan.asked()}, {"meters", std::move(meters)}})
              << "\n";
    return;
  }
  std::cout << std::left << std::setw(14) << "address" << std::setw(14) << "dialect" << std::right << std::setw(6)
            << "baud" << std::setw(14) << "kWh" << std::setw(12) << "bad probes"
            << "\n";
  for (const auto& meter : scan.found()) {
    std::cout << std::left << std::setw(14) << meter.address.text() << std::setw(14) << dlt645::to_string(meter.edition)
              << std::right << std::setw(6) << meter.baud << std::setw(14)
              << (meter.total ? base::format(*meter.total) : "-") << std::setw(12) << meter.bad_probes << "\n";
  }
  std::cout << scan.found().size() << " meters found with " << scan.asked() << " probes\n";
}

}  // namespace

int scan_line(const ScanOptions& options) {
  const auto uri = parse_line_uri(options.port);
  if (!uri) {
    std::cerr << "--port " << uri.error().where << "\n";
    return 2;
  }
  ScanSettings settings;
  settings.repeat_silence = !options.quick;
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
  LineShell line(*uri);
  if (const auto opened = line.open(); !opened) {
    std::cerr << opened.error().where << "\n";
    return 2;
  }
  std::signal(SIGINT, [](int) { g_stop = 1; });
  Scan scan(settings);
  std::size_t known = 0;
  while (g_stop == 0) {
    const auto probe = scan.next();
    if (!probe) break;
    if (!line.line().is_open()) {
      std::cerr << "the port was lost: " << line.line().why_closed() << "\n";
      print(scan, options.json);
      return 1;
    }
    if (probe->digits == 0) {
      std::cerr << "trying " << dlt645::to_string(probe->edition) << " at " << probe->baud << " baud\n";
    }
    std::optional<dlt645::Frame> replied;
    const auto heard = ask(line, *probe, format_of(*uri), replied);
    scan.heard(heard, replied);
    for (; known < scan.found().size(); ++known) {
      std::cerr << "found " << scan.found()[known].address.text() << " at " << scan.found()[known].baud << " baud\n";
    }
    if (heard == Heard::garbage || heard == Heard::crowd) {
      std::cerr << (probe->read_address ? "all" : probe->address.text())
                << ": several answer at once, looking closer\n";
    } else if (scan.asked() % 20 == 0) {
      std::cerr << scan.asked() << " asked, " << scan.waiting() << " to go, " << scan.found().size() << " found\n";
    }
  }
  if (scan.heard_garbage_only()) {
    std::cerr
        << "something answers, but never a whole frame: check the wiring (A/B), the parity (8E1) and the baud rate\n";
  }
  print(scan, options.json);
  return scan.found().empty() ? 1 : 0;
}

}  // namespace anju::gateway
