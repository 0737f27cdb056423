// Where a scan begins, and how what it found is written into a gateway's archive.

#include <algorithm>
#include <array>

#include "gateway/core/meter.hpp"
#include "gateway/core/scan.hpp"

namespace anju::gateway {
namespace {

struct Row {
  Dialect dialect;
  std::int64_t baud;
  char parity;
  std::uint8_t meter_type = cjt188::kColdWater;
};

using enum Dialect;
constexpr std::uint8_t kAny = cjt188::kAnyType, kHeat = 0x20;

/// As delivered: DL/T645-2007 at 2400 8E1, Modbus at 9600 8N1, water meters at 2400 8E1 in either byte order (meters.md 1.1, 2.1, 3.2); then what is
/// rarer. 8N1 is no format of the first two standards and in the field all the same.
constexpr std::array kUsual{
    Row{dlt645_2007, 2400, 'E'},
    Row{modbus, 9600, 'N'},
    Row{cjt188_high_first, 2400, 'E'}, Row{cjt188_low_first, 2400, 'E'}, Row{cjt188_high_first, 2400, 'E', kAny}, Row{cjt188_low_first, 2400, 'E', kAny},
    Row{dlt645_2007, 9600, 'E'},
    Row{cjt188_high_first, 9600, 'E'}, Row{cjt188_low_first, 9600, 'E'}, Row{cjt188_high_first, 9600, 'E', kAny}, Row{cjt188_low_first, 9600, 'E', kAny},
    Row{dlt645_1997, 1200, 'E'}, Row{dlt645_1997, 2400, 'E'}, Row{dlt645_2007, 1200, 'E'}, Row{dlt645_2007, 4800, 'E'}, Row{dlt645_1997, 4800, 'E'},
    Row{dlt645_1997, 9600, 'E'},
    Row{cjt188_high_first, 4800, 'E'}, Row{cjt188_low_first, 4800, 'E'}, Row{cjt188_high_first, 4800, 'E', kAny}, Row{cjt188_low_first, 4800, 'E', kAny},
    Row{cjt188_high_first, 1200, 'E'}, Row{cjt188_low_first, 1200, 'E'}, Row{cjt188_high_first, 1200, 'E', kAny}, Row{cjt188_low_first, 1200, 'E', kAny},
    Row{modbus, 9600, 'E'}, Row{modbus, 4800, 'N'}, Row{modbus, 2400, 'N'}, Row{modbus, 19200, 'N'},
    Row{cjt188_high_first, 2400, 'E', cjt188::kHotWater}, Row{cjt188_low_first, 2400, 'E', cjt188::kHotWater},
    Row{cjt188_high_first, 2400, 'E', cjt188::kDrinkingWater}, Row{cjt188_low_first, 2400, 'E', cjt188::kDrinkingWater},
    Row{cjt188_high_first, 2400, 'E', cjt188::kReclaimedWater}, Row{cjt188_low_first, 2400, 'E', cjt188::kReclaimedWater},
    Row{cjt188_high_first, 2400, 'E', kHeat}, Row{cjt188_low_first, 2400, 'E', kHeat},
    Row{cjt188_high_first, 2400, 'E', cjt188::kGas}, Row{cjt188_low_first, 2400, 'E', cjt188::kGas},
    Row{dlt645_2007, 2400, 'N'}, Row{dlt645_2007, 9600, 'N'}, Row{dlt645_1997, 2400, 'N'},
    Row{cjt188_high_first, 2400, 'N', kAny}, Row{cjt188_low_first, 2400, 'N', kAny}, Row{cjt188_high_first, 9600, 'N', kAny}, Row{cjt188_low_first, 9600, 'N', kAny},
};

Root root_of(const Row& row) {
  return {row.dialect, {.baud = row.baud, .data_bits = 8, .parity = row.parity, .stop_bits = 1}, row.meter_type};
}

bool is_chosen(const ScanChoice& choice, Dialect dialect) {
  return is_dlt645(dialect) ? choice.dlt645 : is_cjt188(dialect) ? choice.cjt188 : choice.modbus;
}

bool same_characters(const SerialFormat& a, const SerialFormat& b) {
  return a.data_bits == b.data_bits && a.parity == b.parity && a.stop_bits == b.stop_bits;
}

void add(std::vector<Root>& roots, const Root& root) {
  if (std::ranges::find(roots, root) == roots.end()) roots.push_back(root);
}

/// What a protocol is asked in when nothing is said about that.
std::vector<std::int64_t> usual_bauds(Dialect dialect) {
  if (dialect == Dialect::modbus) return {9600, 4800, 2400, 19200};
  return {2400, 9600, 1200, 4800};
}

}  // namespace

std::vector<Root> roots_of(const ScanChoice& choice) {
  std::vector<Root> roots;
  for (const auto& row : kUsual) {
    if (!is_chosen(choice, row.dialect)) continue;
    auto root = root_of(row);
    if (choice.fixed) {
      root.format = *choice.fixed;
      add(roots, root);
      continue;
    }
    const bool baud = choice.bauds.empty() || std::ranges::find(choice.bauds, row.baud) != choice.bauds.end();
    const auto same = [&](const SerialFormat& one) { return same_characters(one, root.format); };
    if (baud && (choice.formats.empty() || std::ranges::any_of(choice.formats, same))) add(roots, root);
  }
  if (choice.fixed || (choice.bauds.empty() && choice.formats.empty())) return roots;
  // What was asked for and is not usual.
  for (const auto& row : kUsual) {
    if (!is_chosen(choice, row.dialect)) continue;
    const auto formats = choice.formats.empty() ? std::vector{SerialFormat{.parity = row.parity}} : choice.formats;
    for (const auto baud : choice.bauds.empty() ? usual_bauds(row.dialect) : choice.bauds) {
      for (auto format : formats) {
        format.baud = baud;
        // The rarer types and formats only where they are asked for by name.
        const bool usual_type = row.meter_type == cjt188::kColdWater || row.meter_type == kAny;
        if (usual_type && (!choice.formats.empty() || row.parity == (row.dialect == Dialect::modbus ? 'N' : 'E'))) add(roots, {row.dialect, format, row.meter_type});
      }
    }
  }
  return roots;
}

std::optional<wire::ArchiveDevice> archive_entry(const FoundMeter& meter, const base::LineId& line, const LineUri& uri, const Profiles& profiles) {
  if (!meter.answers) return std::nullopt;
  const std::string text = meter.text();
  wire::ArchiveDevice device{base::DeviceId((meter.root.dialect == Dialect::modbus ? "unit-" : "m-") + text), line, text, std::nullopt, {}};
  device.profile.dialect = to_string(meter.root.dialect);
  if (is_cjt188(meter.root.dialect)) {
    const std::byte type{meter.root.meter_type};
    device.profile.meter_type = base::to_hex({&type, 1});
    device.profile.low_byte_first = meter.root.dialect == Dialect::cjt188_low_first;
  }
  if (meter.root.dialect == Dialect::modbus) {
    if (meter.models.size() != 1) return std::nullopt;
    const auto model = profiles.find(meter.models.front().name);
    if (model == profiles.end()) return std::nullopt;
    device.profile.model = model->first;
  }
  // What a gateway would make of it says whether it would be heard.
  auto made = make_meter(device, uri, profiles);
  if (made && !same_characters(made->format, meter.root.format)) {
    // A serial server cannot be told another format.
    if (!std::holds_alternative<SerialPort>(uri)) return std::nullopt;
    device.profile.format = characters_of(meter.root.format);
    made = make_meter(device, uri, profiles);
  }
  if (!made) return std::nullopt;
  device.kind = kind_of(*made);
  if (!check_kind(*made, device.kind)) return std::nullopt;
  if (made->format.baud != meter.root.format.baud) device.baud = meter.root.format.baud;
  return device;
}

std::vector<wire::Event> found_events(const std::vector<FoundMeter>& found, const base::LineId& line, base::UtcMillis now) {
  std::vector<wire::Event> events;
  for (const auto& meter : found) {
    if (events.empty() || std::get<wire::FoundEvent>(events.back()).devices.size() == kFoundTogether) events.emplace_back(wire::FoundEvent{line, now, {}});
    auto& device = std::get<wire::FoundEvent>(events.back()).devices.emplace_back();
    device.dialect = to_string(meter.root.dialect);
    device.address = meter.text();
    device.baud = meter.root.format.baud;
    device.format = characters_of(meter.root.format);
    device.total = meter.total;
    if (base::is_id(meter.state)) device.state = meter.state;
    for (const auto& model : meter.models) {
      if (device.models.size() == wire::kMostFoundModels) break;
      if (base::is_id(model.name)) device.models.push_back(model.name);
    }
    if (is_cjt188(meter.root.dialect)) {
      const std::byte type{meter.root.meter_type};
      device.meter_type = base::to_hex({&type, 1});
      device.low_byte_first = meter.root.dialect == Dialect::cjt188_low_first;
    }
    device.answers = meter.answers;
  }
  return events;
}

}  // namespace anju::gateway
