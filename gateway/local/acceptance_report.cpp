#include "gateway/local/acceptance_report.hpp"

#include <boost/json/array.hpp>

#include "gateway/local/line_causes.hpp"

namespace anju::gateway {
namespace {

boost::json::array found_json(const std::vector<Found>& found) {
  boost::json::array all;
  for (const auto& one : found) {
    const auto& text = text_of(one.finding);
    all.push_back(boost::json::object{{"code", text.code}, {"fails", text.fails}, {"detail", one.detail}, {"text", {text.text[0], text.text[1]}}});
  }
  return all;
}

boost::json::value test_json(const AcceptedDevice& device) {
  if (!device.test) return nullptr;
  return boost::json::object{{"result", to_string(*device.test)}, {"reason", device.test_reason}, {"opened_after_ms", device.opened_after.value},
                             {"closed_after_ms", device.closed_after.value}};
}

boost::json::object device_json(const AcceptedDevice& device) {
  const auto& entry = device.entry;
  boost::json::object object{{"id", entry.id.value}, {"address", entry.address}, {"line", entry.line.value}, {"format", device.format},
                             {"dialect", entry.profile.dialect}, {"model", entry.profile.model}, {"kind", wire::to_string(entry.kind)}, {"unit", device.unit},
                             {"asked", device.asked}, {"ok", device.ok}, {"timeouts", device.timeouts}, {"bad_frames", device.bad_frames},
                             {"p50_ms", device.p50_ms}, {"p99_ms", device.p99_ms}, {"switch", entry.valve ? device.switch_name : std::string()},
                             {"state", device.state}, {"test", test_json(device)}, {"verdict", to_string(device.verdict())},
                             {"found", found_json(device.found)}};
  object["clock_offset_s"] = device.clock_offset_s ? boost::json::value(*device.clock_offset_s) : boost::json::value(nullptr);
  auto& readings = object["readings"].emplace_array();
  for (const auto& reading : device.readings) readings.push_back({{"at", reading.at.value}, {"total", base::format(reading.total)}});
  return object;
}

}  // namespace

boost::json::object progress_json(const Acceptance& acceptance) {
  const auto [tests_done, tests] = acceptance.tests();
  boost::json::object object{{"step", to_string(acceptance.at())}, {"verdict", to_string(acceptance.verdict())}, {"began", acceptance.began().value},
                             {"installer", acceptance.installer()}};
  object["ended"] = acceptance.is_done() ? boost::json::value(acceptance.ended().value) : boost::json::value(nullptr);
  object["progress"] = boost::json::object{
      {"devices", acceptance.devices().size()}, {"devices_done", acceptance.devices_done()}, {"tests", tests}, {"tests_done", tests_done}};
  return object;
}

boost::json::object report_json(const Acceptance& acceptance) {
  const auto& facts = acceptance.facts();
  auto object = progress_json(acceptance);
  object["format"] = "anju-acceptance-1";
  object["site"] = facts.site, object["gateway"] = facts.gateway, object["software"] = facts.software;
  object["archive_version"] = acceptance.archive_version(), object["utc_offset_minutes"] = acceptance.utc_offset_minutes();
  object["uplink"] = boost::json::object{
      {"connected", facts.connected}, {"why", facts.broker_why}, {"last_seq", facts.last_seq}, {"through", facts.through}, {"unacknowledged", facts.unacknowledged},
      {"acknowledged_ago_ms", facts.acknowledged_ago ? boost::json::value(facts.acknowledged_ago->value) : boost::json::value(nullptr)}};
  object["clock_synchronised"] = facts.clock_synchronised ? boost::json::value(*facts.clock_synchronised) : boost::json::value(nullptr);
  object["network"] = network_json(facts.network);
  object["found"] = found_json(acceptance.found());
  auto& unknown = object["unknown"].emplace_array();
  for (const auto& one : acceptance.unknown()) {
    unknown.push_back({{"line", one.line}, {"address", one.address}, {"dialect", one.dialect}, {"format", one.format}, {"total", one.total}, {"unit", one.unit},
                       {"state", one.state}});
  }
  auto& lines = object["lines"].emplace_array();
  for (const auto& line : acceptance.lines()) {
    lines.push_back({{"id", line.entry.id.value}, {"uri", line.entry.uri}, {"up", line.up}, {"why", line.why}, {"ok", line.ok},
                     {"timeouts", line.timeouts}, {"bad_frames", line.bad_frames}, {"causes", causes_json(line.causes)}});
  }
  auto& devices = object["devices"].emplace_array();
  for (const auto& device : acceptance.devices()) devices.push_back(device_json(device));
  return object;
}

}  // namespace anju::gateway
