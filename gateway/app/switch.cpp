// `anju-gateway switch`: one order through the same core as `run`, until the meter was read again.

#include <iostream>
#include <map>
#include <optional>

#include <boost/asio/io_context.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "gateway/app/config.hpp"
#include "gateway/app/shell.hpp"
#include "gateway/app/verbs.hpp"
#include "gateway/core/gateway.hpp"

namespace anju::gateway {
namespace {

constexpr std::chrono::seconds kPortTimeout(6);

struct Action {
  wire::CommandKind kind;
  wire::CloseMethod close;
};
const std::map<std::string, Action> kActions{
    {"trip", {wire::CommandKind::trip, wire::CloseMethod::direct}},
    {"close", {wire::CommandKind::close, wire::CloseMethod::direct}},
    {"permit", {wire::CommandKind::close, wire::CloseMethod::permit}},
    {"keep-on", {wire::CommandKind::keep_power_on, wire::CloseMethod::direct}},
    {"keep-off", {wire::CommandKind::keep_power_off, wire::CloseMethod::direct}},
};

void print(const SwitchOptions& options, const Meter& meter, const wire::CommandEvent& last) {
  const auto phase = wire::to_string(last.phase), name = switch_name(meter), state = switch_text(meter, last.relay);
  if (options.json) {
    boost::json::object object{{"address", options.address},
                               {"action", options.action},
                               {"phase", phase},
                               {"reason", last.reason},
                               {name, state}};
    if (const auto* modbus = std::get_if<ModbusMeter>(&meter.speech)) object["confirmed"] = modbus->profile->confirmed;
    std::cout << boost::json::serialize(object) << "\n";
    return;
  }
  std::cout << options.address << " " << options.action << ": " << phase << ", " << name << " " << state;
  if (!last.reason.empty()) std::cout << ", because " << last.reason;
  std::cout << "\n";
}

}  // namespace

int switch_meter(const SwitchOptions& options) {
  const auto uri = parse_line_uri(options.port);
  if (!uri) {
    std::cerr << "--port " << uri.error().where << "\n";
    return 2;
  }
  const auto action = kActions.at(options.action);
  wire::Archive archive;
  archive.lines.push_back({base::LineId("line"), options.port});
  archive.devices.push_back(
      {base::DeviceId("meter"), base::LineId("line"), options.address, std::nullopt, options.profile});
  archive.devices[0].profile.close = action.close;
  auto profiles = load_profile_folders(options.profiles);
  if (!profiles) {
    std::cerr << profiles.error().where << "\n";
    return 2;
  }
  const auto meter = make_meter(archive.devices[0], *uri, *profiles);
  if (!meter) {
    std::cerr << "--address or profile: " << text_of(meter.error()) << "\n";
    return 2;
  }

  boost::asio::io_context io;
  MemoryJournal journal;
  archive.devices[0].kind = kind_of(*meter);  // there is no office that calls it anything else
  Gateway gateway({.poll = false, .profiles = std::move(*profiles)}, journal, {});
  std::optional<wire::CommandEvent> last;
  std::string port_error;
  bool is_open = false;
  ShellHandlers handlers;
  handlers.events = [&](const std::vector<wire::Event>& events) {
    for (const auto& event : events) {
      if (const auto* command = std::get_if<wire::CommandEvent>(&event)) {
        last = *command;
        if (command->phase == wire::CommandPhase::acked) std::cerr << "acknowledged, reading the state\n";
      } else if (const auto* alarm = std::get_if<wire::AlarmEvent>(&event)) {
        std::cerr << alarm->code << " " << alarm->detail << "\n";
      } else if (const auto* status = std::get_if<wire::StatusEvent>(&event)) {
        if (status->relay == wire::Relay::awaiting_button) std::cerr << "permitted: press the button at the meter\n";
      }
    }
  };
  handlers.remark = [](const DeviceRemark& remark) { std::cerr << remark.text << "\n"; };
  handlers.port = [&](const base::LineId&, const std::string& why) {
    port_error = why;
    is_open = why.empty();
  };
  GatewayShell shell(io, gateway, handlers);
  shell.feed(ArchiveArrived{archive});
  const auto port_end = std::chrono::steady_clock::now() + kPortTimeout;
  while (!is_open && port_error.empty() && std::chrono::steady_clock::now() < port_end) io.run_one_until(port_end);
  if (!is_open) {
    std::cerr << (port_error.empty() ? "the port did not open in time" : port_error) << "\n";
    return 2;
  }
  const auto now = system_now();
  shell.feed(CommandArrived{{base::CommandId("switch"), 1, base::DeviceId("meter"), action.kind, 0, now,
                             now + base::seconds(options.seconds)}});
  while (!last || last->phase == wire::CommandPhase::acked) io.run_one();
  print(options, *meter, *last);
  return last->phase == wire::CommandPhase::verified ? 0 : 1;
}

}  // namespace anju::gateway
