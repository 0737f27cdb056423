#include "gateway/local/found.hpp"

#include <algorithm>
#include <utility>

#include <boost/json/array.hpp>

namespace anju::gateway {
namespace {

/// As most meters have it.
SerialFormat common_format(const std::vector<FoundMeter>& found, SerialFormat otherwise) {
  std::ptrdiff_t most = 0;
  for (const auto& one : found) {
    if (!one.answers) continue;
    const auto same = std::ranges::count_if(found, [&](const FoundMeter& other) {
      return other.answers && other.root.format == one.root.format;
    });
    if (same > most) most = same, otherwise = one.root.format;
  }
  return otherwise;
}

/// A serial server keeps the format it has. What a URI says holds for Modbus devices, too, so beside one it says nothing: each has its model's format, the
/// others 2400 8E1 and rates of their own.
std::string line_named(const std::vector<FoundMeter>& found, const LineUri& uri, const std::string& port) {
  if (std::holds_alternative<TcpServer>(uri)) return port;
  const std::string bare = port.substr(0, port.find('?'));
  if (std::ranges::any_of(found, [](const FoundMeter& one) { return one.answers && one.root.dialect == Dialect::modbus; })) return bare;
  const auto format = common_format(found, format_of(uri));
  return bare + "?baud=" + std::to_string(format.baud) + "&format=" + characters_of(format);
}

boost::json::value optional_ms(const std::optional<base::Millis>& span) {
  return span ? boost::json::value(span->value) : boost::json::value(nullptr);
}

}  // namespace

std::string_view unit_of(const FoundMeter& meter, const Profiles& profiles) {
  if (is_dlt645(meter.root.dialect)) return "kWh";
  if (is_cjt188(meter.root.dialect)) return "m3";
  const auto model = meter.models.size() == 1 ? profiles.find(meter.models.front().name) : profiles.end();
  if (model == profiles.end()) return "";
  return model->second->kind == wire::MeterKind::electricity ? "kWh" : "m3";
}

boost::json::object found_json(const FoundMeter& meter, const Profiles& profiles) {
  boost::json::object entry{{"address", meter.text()},
                            {"dialect", to_string(meter.root.dialect)},
                            {"baud", meter.root.format.baud},
                            {"format", characters_of(meter.root.format)},
                            {"total", meter.total ? boost::json::value(base::format(*meter.total)) : boost::json::value(nullptr)},
                            {"unit", unit_of(meter, profiles)},
                            {"state", meter.state.empty() ? boost::json::value(nullptr) : boost::json::value(meter.state)},
                            {"answers", meter.answers},
                            {"asked", meter.asked},
                            {"answered", meter.answered},
                            {"bad_probes", meter.bad_probes},
                            {"quickest_ms", optional_ms(meter.quickest)},
                            {"slowest_ms", optional_ms(meter.slowest)}};
  if (is_cjt188(meter.root.dialect)) {
    const std::byte type{meter.root.meter_type};
    entry["meter_type"] = base::to_hex({&type, 1});
    entry["low_byte_first"] = meter.root.dialect == Dialect::cjt188_low_first;
    entry["status_word"] = meter.status;
  }
  if (meter.root.dialect == Dialect::modbus) {
    auto& models = entry["models"].emplace_array();
    for (const auto& model : meter.models) models.push_back({{"model", model.name}, {"evidence", model.evidence}});
  }
  return entry;
}

FoundArchive archive_of(const std::vector<FoundMeter>& found, const wire::ArchiveLine& line, const LineUri& uri, const Profiles& profiles) {
  FoundArchive result;
  auto& archive = result.archive;
  const auto named = line_named(found, uri, line.uri);
  const auto as_named = parse_line_uri(named);
  if (!as_named) return result;  // it was read from the same port
  archive.lines.push_back({line.id, named});
  for (const auto& meter : found) {
    auto entry = archive_entry(meter, line.id, *as_named, profiles);
    result.left_out += entry ? 0 : 1;
    const auto same_id = [&](const wire::ArchiveDevice& one) { return entry && one.id == entry->id; };
    if (std::ranges::any_of(archive.devices, same_id)) entry->id = base::DeviceId(entry->id.value + "-" + std::to_string(meter.root.format.baud));
    if (entry && std::ranges::none_of(archive.devices, same_id)) archive.devices.push_back(*std::move(entry));
  }
  return result;
}

}  // namespace anju::gateway
