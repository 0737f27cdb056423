#include "gateway/local/acceptance_report.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include "gateway/local/line_causes.hpp"
#include "protocols/wire/json_text.hpp"
#include "protocols/wire/profile.hpp"

namespace anju::gateway {
namespace {

/// Free text, such as what the system said of a port: what is longer, or no UTF-8, could not be read again.
boost::json::value cut(std::string_view text) {
  std::string quoted;
  wire::append_quoted(quoted, wire::first_characters(text, wire::kMaxText));
  boost::json::error_code failed;
  auto value = boost::json::parse(quoted, failed);
  return failed ? boost::json::value("") : value;
}

boost::json::array found_json(const std::vector<Found>& found) {
  boost::json::array all;
  for (const auto& one : found) {
    const auto& text = text_of(one.finding);
    all.push_back(boost::json::object{{"code", text.code}, {"fails", text.fails}, {"detail", cut(one.detail)}, {"text", {text.text[0], text.text[1]}}});
  }
  return all;
}

template <class T>
boost::json::value or_null(const std::optional<T>& value) {
  return value ? boost::json::value(*value) : boost::json::value(nullptr);
}

boost::json::value test_json(const AcceptedDevice& device) {
  if (!device.test) return nullptr;
  return boost::json::object{{"result", to_string(*device.test)}, {"reason", cut(device.test_reason)}, {"opened_after_ms", device.opened_after.value},
                             {"closed_after_ms", device.closed_after.value}};
}

boost::json::object device_json(const AcceptedDevice& device) {
  const auto& entry = device.entry;
  boost::json::object object{{"id", entry.id.value}, {"address", cut(entry.address)}, {"line", entry.line.value}, {"baud", or_null(entry.baud)},
                             {"format", device.format}, {"dialect", cut(entry.profile.dialect)}, {"model", cut(entry.profile.model)},
                             {"profile", wire::encode(wire::without_secrets(entry.profile))},
                             {"kind", wire::to_string(entry.kind)}, {"unit", device.unit}, {"asked", device.asked}, {"ok", device.ok},
                             {"timeouts", device.timeouts}, {"bad_frames", device.bad_frames}, {"p50_ms", device.p50_ms}, {"p99_ms", device.p99_ms},
                             {"has_switch", entry.valve}, {"may_switch", device.may_switch}, {"switch", entry.valve ? device.switch_name : std::string()},
                             {"state", device.state}, {"clock_offset_s", or_null(device.clock_offset_s)}, {"test", test_json(device)},
                             {"verdict", to_string(device.verdict())}, {"found", found_json(device.found)}};
  auto& readings = object["readings"].emplace_array();
  for (const auto& reading : device.readings) readings.push_back({{"at", reading.at.value}, {"total", base::format(reading.total)}});
  return object;
}

boost::json::object changed_json(const ChangedDevices& devices) {
  boost::json::object object{{"count", devices.count}};
  auto& named = object["devices"].emplace_array();
  for (const auto& one : devices.named) named.push_back({{"id", one.id}, {"address", one.address}});
  return object;
}

}  // namespace

boost::json::object progress_json(const AcceptanceReport& report) {
  const auto [tests_done, tests] = report.tests();
  const bool done = report.step == AcceptanceStep::done;
  boost::json::object object{{"step", to_string(report.step)}, {"verdict", to_string(report.verdict())}, {"began", report.began.value},
                             {"installer", cut(report.installer)}};
  object["ended"] = done ? boost::json::value(report.ended.value) : boost::json::value(nullptr);
  object["progress"] =
      boost::json::object{{"devices", report.devices.size()}, {"devices_done", report.devices_done()}, {"tests", tests}, {"tests_done", tests_done}};
  return object;
}

boost::json::object report_json(const AcceptanceReport& report) {
  const auto& facts = report.facts;
  auto object = progress_json(report);
  object["format"] = "anju-acceptance-1";
  object["site"] = facts.site, object["gateway"] = facts.gateway, object["software"] = cut(facts.software);
  object["archive_version"] = report.archive_version, object["utc_offset_minutes"] = report.utc_offset_minutes;
  object["uplink"] = boost::json::object{
      {"connected", facts.connected}, {"why", cut(facts.broker_why)}, {"last_seq", facts.last_seq}, {"through", facts.through},
      {"unacknowledged", facts.unacknowledged},
      {"acknowledged_ago_ms", facts.acknowledged_ago ? boost::json::value(facts.acknowledged_ago->value) : boost::json::value(nullptr)}};
  object["spool"] = boost::json::object{{"used_bytes", facts.used_bytes}, {"full", facts.full}};
  object["clock_synchronised"] = or_null(facts.clock_synchronised);
  object["network"] = network_json(facts.network);
  object["found"] = found_json(report.found);
  auto& unknown = object["unknown"].emplace_array();
  for (const auto& one : report.unknown) {
    unknown.push_back({{"line", one.line}, {"address", one.address}, {"dialect", one.dialect}, {"format", one.format}, {"total", one.total}, {"unit", one.unit},
                       {"state", one.state}});
  }
  auto& lines = object["lines"].emplace_array();
  for (const auto& line : report.lines) {
    lines.push_back({{"id", line.entry.id.value}, {"uri", cut(line.entry.uri)}, {"up", line.up}, {"why", cut(line.why)}, {"ok", line.ok},
                     {"timeouts", line.timeouts}, {"bad_frames", line.bad_frames}, {"causes", causes_json(line.causes)}});
  }
  auto& devices = object["devices"].emplace_array();
  for (const auto& device : report.devices) devices.push_back(device_json(device));
  return object;
}

boost::json::value changes_json(const ChangesSince& changes) {
  if (!changes.any()) return nullptr;
  return boost::json::object{{"archive_version", changes.archive_version}, {"added", changed_json(changes.added)}, {"removed", changed_json(changes.removed)},
                             {"altered", changed_json(changes.altered)}};
}

}  // namespace anju::gateway
