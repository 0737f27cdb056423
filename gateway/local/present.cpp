#include "gateway/local/present.hpp"

#include <algorithm>
#include <map>

#include <boost/json/array.hpp>

#include "gateway/core/line_findings.hpp"
#include "gateway/local/explained.hpp"
#include "gateway/local/line_causes.hpp"
#include "protocols/cjt188/explain.hpp"
#include "protocols/dlt645/explain.hpp"
#include "protocols/dlt645/secrets.hpp"
#include "protocols/modbus/errc.hpp"
#include "protocols/modbus/explain.hpp"
#include "protocols/modbus/tcp.hpp"

namespace anju::gateway {
namespace {

boost::json::value when(base::UtcMillis at) {
  return at.value > 0 ? boost::json::value(at.value) : boost::json::value(nullptr);
}

/// refused: whole answers that say no.
void add_counts(boost::json::object& object, const Counts& counts) {
  object["ok"] = counts.ok;
  object["refused"] = counts.refused;
  object["timeouts"] = counts.timeouts;
  object["bad_frames"] = counts.bad_frames;
}

boost::json::object line_json(const wire::ArchiveLine& line, const Line* owned, std::int64_t devices, std::int64_t silent, base::UtcMillis now) {
  boost::json::object object{{"id", line.id.value}, {"uri", line.uri}, {"up", owned != nullptr && owned->is_open()}, {"devices", devices}, {"silent", silent}};
  if (owned == nullptr) return object;
  const auto& statistics = owned->statistics();
  object["why"] = owned->is_open() ? std::string() : owned->why_closed();
  add_counts(object, statistics.counts);
  object["causes"] = causes_json(find_causes(owned->traces(), now));
  object["busy_permille"] = statistics.busy.permille(now);
  object["waiting"] = owned->waiting();
  return object;
}

base::Explanation explain(FrameProtocol protocol, base::ByteView bytes) {
  switch (protocol) {
    case FrameProtocol::dlt645: break;
    case FrameProtocol::cjt188: return cjt188::explain(bytes);
    case FrameProtocol::modbus_rtu: return modbus::explain(bytes);
    case FrameProtocol::modbus_tcp: return modbus::explain_tcp(bytes);
  }
  return dlt645::explain(bytes);
}

base::Explanation explain_reply(const Trace& trace) {
  const auto asked = trace.protocol == FrameProtocol::modbus_tcp ? modbus::tcp::find(trace.request) : base::fail(modbus::Errc::no_frame);
  return asked ? modbus::explain_tcp_reply(trace.reply, asked->message) : explain(trace.protocol, trace.reply);
}

boost::json::value frame_json(const base::Explanation& explanation, const base::Bytes& bytes, Passwords passwords) {
  if (bytes.empty()) return nullptr;
  std::string hex = base::to_hex(bytes);
  auto facts = to_json(explanation);
  if (passwords == Passwords::hidden) {
    // Whatever the protocol: what a password stands in is hidden also where it went to somebody who speaks another.
    const auto secret = dlt645::secret_bytes(bytes);
    for (std::size_t i = 0; i < secret.size(); ++i) {
      if (secret[i]) hex.replace(2 * i, 2, "**");
    }
    if (std::ranges::find(secret, true) != secret.end()) {
      for (auto& fact : facts) {
        if (dlt645::is_secret_fact(fact.key())) fact.value() = "***";
      }
    }
  }
  return boost::json::object{{"hex", hex}, {"facts", std::move(facts)}};
}

}  // namespace

boost::json::array network_json(const std::vector<NetworkInterface>& network) {
  boost::json::array all;
  for (const auto& one : network) {
    boost::json::object object{{"name", one.name}, {"up", one.up}};
    auto& addresses = object["addresses"].emplace_array();
    for (const auto& address : one.addresses) addresses.emplace_back(address);
    object["signal_dbm"] = one.signal_dbm ? boost::json::value(*one.signal_dbm) : boost::json::value(nullptr);
    all.push_back(std::move(object));
  }
  return all;
}

boost::json::object state_json(const Gateway& gateway, const LocalFacts& facts, base::UtcMillis now) {
  boost::json::object object{{"site", facts.site}, {"gateway", facts.gateway}, {"software", facts.software}, {"now", now.value},
                             {"clock_set", now >= kClockSetFrom}, {"started_at", facts.started_at.value}, {"archive_version", gateway.archive_version()}};
  object["broker"] = boost::json::object{{"connected", facts.connected}, {"why", facts.broker_why}};
  object["spool"] = boost::json::object{
      {"unacknowledged", facts.unacknowledged}, {"used_bytes", facts.used_bytes}, {"waiting", facts.waiting}, {"full", facts.full}};
  object["network"] = network_json(facts.network);
  auto& lines = object["lines"].emplace_array();
  const auto* archive = gateway.archive();
  if (archive == nullptr) return object;
  std::map<base::LineId, std::pair<std::int64_t, std::int64_t>> counts;  // devices, silent ones
  for (const auto& device : archive->devices) {
    auto& [all, silent] = counts[device.line];
    ++all;
    if (!gateway.is_reachable(device.id)) ++silent;
  }
  for (const auto& line : archive->lines) {
    const auto& [all, silent] = counts[line.id];
    lines.push_back(line_json(line, gateway.line(line.id), all, silent, now));
    const auto* scan = gateway.scan();
    lines.back().as_object()["scanning"] = scan != nullptr && !scan->is_over() && scan->line() == line.id;
  }
  return object;
}

boost::json::object devices_json(const Gateway& gateway, const DeviceFilter& filter) {
  boost::json::object object;
  boost::json::array devices;
  std::size_t total = 0;
  if (const auto* archive = gateway.archive()) {
    for (const auto& device : archive->devices) {
      if (!filter.line.empty() && device.line.value != filter.line) continue;
      if (device.address.find(filter.search) == std::string::npos && device.id.value.find(filter.search) == std::string::npos) continue;
      if (filter.silent && gateway.is_reachable(device.id)) continue;
      if (total++ >= filter.from && devices.size() < kDevicesTogether) devices.push_back(device_json(gateway, device));
    }
  }
  object["total"] = total;
  object["from"] = filter.from;
  object["devices"] = std::move(devices);
  return object;
}

boost::json::object device_json(const Gateway& gateway, const wire::ArchiveDevice& device) {
  const auto state = gateway.device_state(device.id);
  boost::json::object object{{"id", device.id.value}, {"address", device.address}, {"line", device.line.value}, {"dialect", device.profile.dialect},
                             {"model", device.profile.model}, {"kind", wire::to_string(device.kind)}, {"has_switch", device.valve},
                             {"reachable", state.reachable}, {"last_seen", when(state.last_seen)}, {"p50_ms", state.p50_ms}, {"p99_ms", state.p99_ms}};
  const auto* line = gateway.line(device.line);
  const auto* known = line == nullptr ? nullptr : line->statistics(device.id);
  add_counts(object, known == nullptr ? Counts{} : known->counts);
  const auto* standing = gateway.standing(device.id);
  object["usable"] = standing != nullptr;  // false: the archive describes it in a way that is not understood (bad_device)
  if (standing == nullptr) return object;
  object["relay"] = wire::to_string(standing->relay);
  object["keep_power"] = standing->keep_power;
  object["clock_offset_s"] = standing->clock_offset_s ? boost::json::value(*standing->clock_offset_s) : boost::json::value(nullptr);
  return object;
}

const wire::ArchiveDevice* find_device(const Gateway& gateway, std::string_view id) {
  const auto* archive = gateway.archive();
  if (archive == nullptr) return nullptr;
  const auto found = std::ranges::find_if(archive->devices, [id](const wire::ArchiveDevice& device) { return device.id.value == id; });
  return found == archive->devices.end() ? nullptr : &*found;
}

boost::json::object trace_json(const Gateway& gateway, const base::LineId& id, const Line& line, std::uint64_t after, Passwords passwords) {
  const auto& traces = line.traces();
  boost::json::object object{{"line", id.value}, {"last", traces.empty() ? std::uint64_t{0} : traces.back().number}};
  boost::json::array list;
  const auto behind = static_cast<std::size_t>(std::ranges::count_if(traces, [after](const Trace& trace) { return trace.number > after; }));
  const auto begin = traces.size() - std::min(behind, kTracesTogether);
  for (std::size_t i = begin; i < traces.size(); ++i) {
    const auto& trace = traces[i];
    const auto* device = find_device(gateway, trace.device.value);
    list.push_back(boost::json::object{{"number", trace.number}, {"at", trace.at.value}, {"device", trace.device.value},
                                       {"address", device == nullptr ? std::string() : device->address}, {"outcome", trace.outcome},
                                       {"delay_ms", trace.delay.value}, {"request", frame_json(explain(trace.protocol, trace.request), trace.request, passwords)},
                                       {"reply", frame_json(explain_reply(trace), trace.reply, passwords)}});
  }
  object["traces"] = std::move(list);
  return object;
}

}  // namespace anju::gateway
