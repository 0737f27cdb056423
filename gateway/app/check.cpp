// `anju-gateway check`: the acceptance of the whole site, done by the running gateway, which owns the lines and the connection to the platform; where none
// runs, by one that is started for it.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iostream>
#include <optional>
#include <thread>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "gateway/app/config.hpp"
#include "gateway/app/local_client.hpp"
#include "gateway/app/own_gateway.hpp"
#include "gateway/app/verbs.hpp"

namespace anju::gateway {
namespace {

constexpr std::chrono::seconds kAskAgain(1);
constexpr std::chrono::seconds kLinesTimeout(15);  ///< for lines, archive and broker of a gateway that was started for this

volatile std::sig_atomic_t g_stop = 0;

int refuse(const std::string& why) {
  std::cerr << "anju-gateway: " << why << "\n";
  return 2;
}

base::Result<boost::json::object> object_of(const base::Result<LocalClient::Answer>& answer) {
  if (!answer) return base::pass(answer);
  if (!answer->is_good()) return base::fail(ConfigErrc::bad_config, "the gateway refuses: " + refusal_text(*answer));
  boost::json::error_code failed;
  auto value = boost::json::parse(answer->body, failed);
  if (failed || !value.is_object()) return base::fail(ConfigErrc::bad_config, "the running gateway answered nothing that is understood: is it of another version?");
  return std::move(value.as_object());
}

/// By its id, or by an address that only one device has. Error: bad_config.
base::Result<boost::json::object> find_switch(const LocalClient& client, const std::string& name) {
  if (!base::is_id(name)) return base::fail(ConfigErrc::bad_config, "--switch " + name + ": not the id or the address of a device");
  const auto found = object_of(client.get("/api/devices?search=" + name));
  if (!found) return base::pass(found);
  std::vector<boost::json::object> fits;
  for (const auto& one : found->at("devices").as_array()) {
    const auto& device = one.as_object();
    const bool by_id = device.at("id").as_string() == name.c_str();
    if (by_id) fits.clear();
    if (by_id || device.at("address").as_string() == name.c_str()) fits.push_back({{"device", device.at("id")}, {"address", device.at("address")}});
    if (by_id) break;
  }
  if (fits.size() == 1) return fits.front();
  return base::fail(ConfigErrc::bad_config, "--switch " + name + (fits.empty() ? ": the archive has no such device" : ": several devices have this address, give the id"));
}

/// One line whenever something moved.
void say(const boost::json::object& state, std::string& said) {
  const auto& progress = state.at("progress").as_object();
  const auto number = [&](const char* key) { return std::to_string(progress.at(key).to_number<std::int64_t>()); };
  const std::string step(state.at("step").as_string());
  std::string text = step == "reading"     ? "reading: " + number("devices_done") + " of " + number("devices") + " devices"
                     : step == "switching" ? "switch tests: " + number("tests_done") + " of " + number("tests")
                     : step == "settling"  ? "waiting for the platform to confirm"
                                           : std::string();
  if (text.empty() || text == said) return;
  std::cerr << text << "\n";
  said = std::move(text);
}

void print_found(const boost::json::array& found, const std::string& indent) {
  for (const auto& one : found) {
    const std::string detail(one.at("detail").as_string());
    std::cout << indent << one.at("text").at(1).as_string().c_str() << (detail.empty() ? "" : " (" + detail + ")") << "\n";
  }
}

void print(const boost::json::object& report) {
  std::cout << report.at("site").as_string().c_str() << " " << report.at("gateway").as_string().c_str() << ": " << report.at("verdict").as_string().c_str() << "\n";
  print_found(report.at("found").as_array(), "  ");
  std::size_t good = 0;
  for (const auto& one : report.at("devices").as_array()) {
    if (one.at("verdict").as_string() == "passed") {
      ++good;
      continue;
    }
    std::cout << one.at("address").as_string().c_str() << " " << one.at("id").as_string().c_str() << " on " << one.at("line").as_string().c_str() << ": "
              << one.at("verdict").as_string().c_str() << "\n";
    print_found(one.at("found").as_array(), "  ");
  }
  std::cout << good << " of " << report.at("devices").as_array().size() << " devices without a remark\n";
}

/// False, and the reason on standard error, when it cannot be written.
bool write_file(const std::string& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (!out) std::cerr << file << ": cannot be written\n";
  return static_cast<bool>(out);
}

/// When it began, in milliseconds UTC; 0: nothing that is understood.
std::int64_t began_of(const boost::json::object& acceptance) {
  const auto* began = acceptance.if_contains("began");
  return began != nullptr && began->is_int64() ? began->as_int64() : 0;
}

/// Until it is done; nullopt: the gateway was lost, and that was said.
std::optional<boost::json::object> follow(const LocalClient& client, std::int64_t began) {
  std::string said;
  bool cancelled = false;
  while (true) {
    if (g_stop != 0 && !std::exchange(cancelled, true)) {
      std::cerr << "ending it; a switch test under way is finished by the gateway\n";
      static_cast<void>(client.post("/api/acceptance/cancel", {}));
    }
    const auto state = object_of(client.get("/api/acceptance"));
    const auto* acceptance = state ? state->if_contains("acceptance") : nullptr;
    // After a restart the gateway shows the report of an acceptance before.
    if (acceptance == nullptr || !acceptance->is_object() || began_of(acceptance->as_object()) != began) {
      std::cerr << "anju-gateway: " << (state ? std::string("the gateway was restarted meanwhile, or somebody began another acceptance: begin again") : state.error().where) << "\n";
      return std::nullopt;
    }
    say(acceptance->as_object(), said);
    if (acceptance->as_object().at("step").as_string() == "done") return acceptance->as_object();
    std::this_thread::sleep_for(kAskAgain);
  }
}

/// Of a gateway that has just begun: a port that is not open yet is no line that is down.
void wait_for_lines(const LocalClient& client) {
  const auto end = std::chrono::steady_clock::now() + kLinesTimeout;
  while (std::chrono::steady_clock::now() < end && g_stop == 0) {
    const auto state = object_of(client.get("/api/state"));
    if (!state) return;
    const auto& lines = state->at("lines").as_array();
    const bool up = std::ranges::all_of(lines, [](const auto& line) { return line.at("up").as_bool(); });
    if (!lines.empty() && up && state->at("broker").at("connected").as_bool()) return;
    std::this_thread::sleep_for(kAskAgain);
  }
}

}  // namespace

int check_site(const CheckOptions& options) {
  const auto data = load_data_folder(options.config);
  if (!data) return refuse(data.error().where);
  std::optional<OwnGateway> own;
  if (!runs_gateway(*data)) {
    std::cerr << "no gateway runs: one is started for this\n";
    auto started = OwnGateway::start(options.config, *data);
    if (!started) return refuse(started.error().where);
    own.emplace(*std::move(started));
  }
  auto client = LocalClient::connect(*data);
  if (!client) return refuse(client.error().where);
  if (own) wait_for_lines(*client);
  boost::json::array switches;
  for (const auto& name : options.switches) {
    auto found = find_switch(*client, name);
    if (!found) return refuse(found.error().where);
    switches.emplace_back(*std::move(found));
  }
  std::signal(SIGINT, [](int) { g_stop = 1; });
  std::signal(SIGTERM, [](int) { g_stop = 1; });
  const auto begun = object_of(client->post("/api/acceptance", {{"installer", options.by}, {"switches", std::move(switches)}}));
  if (!begun) return refuse(begun.error().where);
  const auto* acceptance = begun->if_contains("acceptance");
  const auto ended = follow(*client, acceptance != nullptr && acceptance->is_object() ? began_of(acceptance->as_object()) : 0);
  if (!ended) return 1;
  const auto text = client->get("/api/acceptance/report.json");
  const auto report = object_of(text);
  const auto html = client->get("/api/acceptance/report.html");
  if (!report || !html || !html->is_good()) return refuse(report ? "the report cannot be had" : report.error().where);
  bool written = options.json.empty() || write_file(options.json, text->body + "\n");
  written = (options.html.empty() || write_file(options.html, html->body)) && written;
  print(*report);
  if (const auto* why = ended->if_contains("why_not_kept"); why != nullptr && why->is_string() && !why->as_string().empty()) {
    std::cerr << "the gateway does not keep this report over a restart: " << why->as_string().c_str() << "\n";
  }
  const auto& verdict = report->at("verdict").as_string();
  return written && (verdict == "passed" || verdict == "remarks") ? 0 : 1;
}

}  // namespace anju::gateway
