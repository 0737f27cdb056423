// `anju-gateway status`: asks the running gateway of a data folder.

#include <cstdint>
#include <iomanip>
#include <iostream>
#include <string>
#include <string_view>

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

/// What quality_text() (gateway/local/line_causes.hpp) says; of a gateway that does not say it yet, nothing.
class Quality {
 public:
  explicit Quality(const boost::json::object& status) {
    const auto* found = status.if_contains("quality");
    if (found != nullptr && found->is_object()) all_ = found->get_object();
  }
  [[nodiscard]] std::int64_t refused_of_line(const std::string& id) const {
    const auto* line = find_line(id);
    return line == nullptr ? 0 : number(line->if_contains("refused"));
  }
  /// The wire's state counts a refusal as an answer; here it stands apart.
  [[nodiscard]] std::int64_t refused_of_device(const std::string& id) const {
    const auto* devices = all_.if_contains("devices");
    return devices == nullptr || !devices->is_object() ? 0 : number(devices->get_object().if_contains(id));
  }
  void print_causes(const std::string& id) const {
    const auto* line = find_line(id);
    const auto* causes = line == nullptr ? nullptr : line->if_contains("causes");
    if (causes == nullptr || !causes->is_array()) return;
    for (const auto& one : causes->get_array()) {
      const auto* cause = one.if_object();
      if (cause == nullptr) continue;
      std::cout << "    " << text(*cause, "confidence") << ", " << number(cause->if_contains("seen")) << " of " << number(cause->if_contains("of"));
      if (const auto device = text(*cause, "device"); !device.empty()) std::cout << ", " << device;
      const auto* both = cause->if_contains("text");
      if (both != nullptr && both->is_array() && both->get_array().size() == 2 && both->get_array()[1].is_string()) {
        std::cout << ": " << std::string_view(both->get_array()[1].get_string());
      }
      std::cout << "\n";
    }
  }

 private:
  [[nodiscard]] const boost::json::object* find_line(const std::string& id) const {
    const auto* lines = all_.if_contains("lines");
    if (lines == nullptr || !lines->is_array()) return nullptr;
    for (const auto& one : lines->get_array()) {
      const auto* line = one.if_object();
      if (line != nullptr && text(*line, "line") == id) return line;
    }
    return nullptr;
  }
  static std::string text(const boost::json::object& object, const char* key) {
    const auto* found = object.if_contains(key);
    return found == nullptr || !found->is_string() ? std::string() : std::string(found->get_string());
  }
  static std::int64_t number(const boost::json::value* value) { return value == nullptr || !value->is_int64() ? 0 : value->get_int64(); }

  boost::json::object all_;
};

void print(const wire::GatewayState& state, const Quality& quality, const boost::json::object& spool, bool connected) {
  std::cout << "broker " << (connected ? "connected" : "not connected") << ", archive version " << state.archive_version
            << ", stream " << state.epoch << " last " << state.last_seq << ", unacknowledged "
            << state.last_seq - spool.at("through").as_int64() << ", spool " << spool.at("used_bytes").as_int64() / 1024
            << " KiB" << (spool.at("full").as_bool() ? ", FULL" : "") << "\n";
  if (const auto& upgrade = state.upgrade) {
    std::cout << "version " << state.software << ", ordered " << to_string(upgrade->version) << ": " << to_string(upgrade->step)
              << (upgrade->reason.empty() ? "" : ", " + upgrade->reason) << ", " << upgrade->bytes / 1024 << " KiB here\n";
  }
  std::cout << "\n";
  std::cout << std::left << std::setw(16) << "line" << std::setw(6) << "up" << std::right << std::setw(9) << "ok" << std::setw(9) << "refused"
            << std::setw(9) << "timeout" << std::setw(7) << "bad" << std::setw(7) << "busy"
            << "  uri\n";
  for (const auto& line : state.lines) {
    const auto refused = quality.refused_of_line(line.id.value);
    std::cout << std::left << std::setw(16) << line.id.value << std::setw(6) << (line.up ? "yes" : "NO") << std::right
              << std::setw(9) << line.ok - refused << std::setw(9) << refused << std::setw(9) << line.timeouts << std::setw(7) << line.bad_frames
              << std::setw(6) << line.busy_permille / 10 << "%  " << line.uri << "\n";
    quality.print_causes(line.id.value);
  }
  std::cout << "\n"
            << std::left << std::setw(24) << "device" << std::setw(6) << "here" << std::right << std::setw(9) << "ok" << std::setw(9) << "refused"
            << std::setw(9) << "timeout" << std::setw(7) << "bad" << std::setw(8) << "p50 ms" << std::setw(8)
            << "p99 ms"
            << "  last seen\n";
  for (const auto& device : state.devices) {
    const auto refused = quality.refused_of_device(device.id.value);
    std::cout << std::left << std::setw(24) << device.id.value << std::setw(6) << (device.reachable ? "yes" : "NO")
              << std::right << std::setw(9) << device.ok - refused << std::setw(9) << refused << std::setw(9) << device.timeouts << std::setw(7)
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
  print(*state, Quality(object), object.at("spool").as_object(), object.at("broker").as_object().at("connected").as_bool());
  if (const auto* upgrades = object.if_contains("upgrades"); upgrades != nullptr && upgrades->is_object()) print_blocked(upgrades->as_object());
  if (const auto* page = object.if_contains("page"); page != nullptr && page->is_object()) print_page(page->as_object());
  return 0;
}

}  // namespace anju::gateway
