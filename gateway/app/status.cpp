// `anju-gateway status`: asks the running gateway of a data folder.

#include <iomanip>
#include <iostream>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "gateway/app/config.hpp"
#include "gateway/app/verbs.hpp"
#include "protocols/wire/up.hpp"

namespace anju::gateway {
namespace {

void print(const wire::GatewayState& state, const boost::json::object& spool, bool connected) {
  std::cout << "broker " << (connected ? "connected" : "not connected") << ", archive version " << state.archive_version
            << ", stream " << state.epoch << " last " << state.last_seq << ", unacknowledged "
            << state.last_seq - spool.at("through").as_int64() << ", spool " << spool.at("used_bytes").as_int64() / 1024
            << " KiB" << (spool.at("full").as_bool() ? ", FULL" : "") << "\n";
  if (const auto& upgrade = state.upgrade) {
    std::cout << "version " << state.software << ", ordered " << to_string(upgrade->version) << ": " << to_string(upgrade->step)
              << (upgrade->reason.empty() ? "" : ", " + upgrade->reason) << ", " << upgrade->bytes / 1024 << " KiB here\n";
  }
  std::cout << "\n";
  std::cout << std::left << std::setw(16) << "line" << std::setw(6) << "up" << std::right << std::setw(9) << "ok"
            << std::setw(9) << "timeout" << std::setw(7) << "bad" << std::setw(7) << "busy"
            << "  uri\n";
  for (const auto& line : state.lines) {
    std::cout << std::left << std::setw(16) << line.id.value << std::setw(6) << (line.up ? "yes" : "NO") << std::right
              << std::setw(9) << line.ok << std::setw(9) << line.timeouts << std::setw(7) << line.bad_frames
              << std::setw(6) << line.busy_permille / 10 << "%  " << line.uri << "\n";
  }
  std::cout << "\n"
            << std::left << std::setw(24) << "device" << std::setw(6) << "here" << std::right << std::setw(9) << "ok"
            << std::setw(9) << "timeout" << std::setw(7) << "bad" << std::setw(8) << "p50 ms" << std::setw(8)
            << "p99 ms"
            << "  last seen\n";
  for (const auto& device : state.devices) {
    std::cout << std::left << std::setw(24) << device.id.value << std::setw(6) << (device.reachable ? "yes" : "NO")
              << std::right << std::setw(9) << device.ok << std::setw(9) << device.timeouts << std::setw(7)
              << device.bad_frames << std::setw(8) << device.p50_ms << std::setw(8) << device.p99_ms << "  "
              << (device.last_seen.value == 0 ? std::string("never") : base::format_utc(device.last_seen)) << "\n";
  }
}

void print_blocked(const boost::json::object& upgrades) {
  const std::string reason(upgrades.at("blocked").as_string()), where(upgrades.at("where").as_string());
  if (reason.empty()) return;
  std::cout << "\nUPGRADES ARE BLOCKED: " << reason << (where.empty() ? "" : " (" + where + ")")
            << ". What runs may not be what was confirmed. Mend the file and restart the service,\n"
               "order a release from the office, or give one here: anju-gateway upgrade FILE\n";
}

void print_page(const boost::json::object& page) {
  const std::string served(page.at("served").as_string()), pin_file(page.at("pin_file").as_string());
  if (served.empty()) {
    std::cout << "\ninstaller's page: not served (turned off, or its port is taken: see the log)\n";
  } else {
    std::cout << "\ninstaller's page: http://" << served << ", its PIN is in " << pin_file << " (anju-gateway pin)\n";
  }
}

}  // namespace

int print_status(const StatusOptions& options) {
  const auto data = load_data_folder(options.config);
  if (!data) {
    std::cerr << "anju-gateway: " << data.error().where << "\n";
    return 2;
  }
  boost::asio::io_context io;
  boost::asio::local::stream_protocol::socket socket(io);
  boost::system::error_code error;
  socket.connect(boost::asio::local::stream_protocol::endpoint(status_socket(*data)), error);
  if (error) {
    std::cerr << "anju-gateway: no gateway runs on " << *data << " (" << error.message()
              << "): start it with 'anju-gateway run'\n";
    return 1;
  }
  std::string text;
  boost::asio::read(socket, boost::asio::dynamic_buffer(text), error);
  const auto parsed = boost::json::parse(text, error);
  if (error || !parsed.is_object()) {
    std::cerr << "anju-gateway: the running gateway answered nothing that is understood: is it of another version?\n";
    return 1;
  }
  const auto& object = parsed.as_object();
  const auto state = wire::decode_state(boost::json::serialize(object.at("state")));
  if (options.json || !state) {
    std::cout << text;
    return 0;
  }
  print(*state, object.at("spool").as_object(), object.at("broker").as_object().at("connected").as_bool());
  if (const auto* upgrades = object.if_contains("upgrades"); upgrades != nullptr && upgrades->is_object()) print_blocked(upgrades->as_object());
  if (const auto* page = object.if_contains("page"); page != nullptr && page->is_object()) print_page(page->as_object());
  return 0;
}

}  // namespace anju::gateway
