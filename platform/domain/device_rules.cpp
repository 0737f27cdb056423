#include "platform/domain/device_rules.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "platform/domain/errc.hpp"
#include "protocols/base/id.hpp"
#include "protocols/wire/device_check.hpp"
#include "protocols/wire/direct_unit.hpp"

namespace anju::platform {
namespace {

base::Result<> refuse(std::string field) { return base::fail(Errc::bad_field, std::move(field)); }

/// The value of an option of a line's URI, such as baud; nothing: it is not said.
std::optional<std::string_view> said_by(std::string_view uri, std::string_view option) {
  const auto begin = uri.find('?');
  std::string_view rest = begin == std::string_view::npos ? std::string_view() : uri.substr(begin + 1);
  while (!rest.empty()) {
    const auto part = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    if (part.size() > option.size() && part.starts_with(option) && part[option.size()] == '=') return part.substr(option.size() + 1);
  }
  return std::nullopt;
}

struct Rule {
  std::string_view field, text;
};
constexpr std::array kRules{
    Rule{"address", "must be 12 digits; of CJ/T188 14 hex digits, not beginning with AA; of Modbus the unit, 1 to 247, and on a line of Modbus TCP also 255 or 0 for the device at the address itself"},
    Rule{"baud", "must be 300 to 115200; a serial server, Modbus TCP and devices with a network of their own have one rate that no device changes"},
    Rule{"profile.format", "must be data bits, parity and stop bits, such as 8E1; a serial server, Modbus TCP and devices with a network of their own have one that no device changes"},
    Rule{"valve", "may be false for water meters and Modbus devices only"},
    Rule{"line", "does not carry this protocol: devices with a network of their own have lines of their own, CJ/T188 and Modbus need wires"},
    Rule{"profile.dialect", "does not fit the kind of meter, or its address: DL/T645 counts electricity and has 12 digits, CJ/T188 water and has 14, Modbus has units"},
    Rule{"profile.model", "must name the file that describes this Modbus device: letters, digits, - and _"},
    Rule{"profile.meter_type", "must be of a water meter: 10 to 19, or AA"},
    Rule{"profile.status_map", "must say where the status word has the valve, or valve must be false: a switch that nobody can see is never done"},
    Rule{"profile.valve_close", "must differ from valve_open"},
};

/// T of CJ/T188 (meters.md 2.1) is 10 to 49, two decimal digits in a byte, or AA for any; behind 19 it counts heat, gas or what a maker likes.
bool is_meter_type(std::string_view text) {
  if (text == "AA" || text == "aa") return true;
  return text.size() == 2 && text[0] == '1' && text[1] >= '0' && text[1] <= '9';
}

}  // namespace

base::Result<> check_device(const wire::ArchiveDevice& device) {
  const wire::MeterProfile& profile = device.profile;
  // A profile that does not decode would stop the next start of the platform.
  if (auto read = wire::check_device_fields(device); !read) return refuse(std::move(read.error().where));
  const bool cjt188 = profile.dialect == "cjt188", modbus = profile.dialect == "modbus";
  if (profile.dialect.starts_with("dlt645") && device.kind != wire::MeterKind::electricity) return refuse("profile.dialect");
  if (cjt188 && device.kind != wire::MeterKind::water) return refuse("profile.dialect");
  if (!device.valve && device.kind != wire::MeterKind::water && !modbus) return refuse("valve");
  if (modbus && profile.model.empty()) return refuse("profile.model");
  if (!cjt188) return {};
  if (!is_meter_type(profile.meter_type)) return refuse("profile.meter_type");
  if (device.valve && profile.status_map == "none") return refuse("profile.status_map");
  // Compared as bytes: "5A" and "5a" are one code.
  const auto same = [](char a, char b) { return a == b || (a >= 'A' && b >= 'A' && (a | 0x20) == (b | 0x20)); };
  if (std::equal(profile.valve_open.begin(), profile.valve_open.end(), profile.valve_close.begin(), profile.valve_close.end(), same)) {
    return refuse("profile.valve_close");
  }
  return {};
}

base::Result<> check_on_line(std::string_view address, std::optional<std::int64_t> baud, const wire::MeterProfile& profile, std::string_view uri) {
  // On a serial line, also one behind a transparent server, 0 is everybody and 255 reserved.
  if (wire::is_direct_unit(profile.dialect, address) && !uri.starts_with("modbus-tcp://")) return refuse("address");
  if (uri.starts_with("mqtt://") && only_counts_and_switches(profile.dialect)) return refuse("line");
  const bool network = uri.starts_with("mqtt://") || uri.starts_with("modbus-tcp://");
  if (!network && !uri.starts_with("tcp://")) return {};
  if (network && baud) return refuse("baud");
  if (network && !profile.format.empty()) return refuse("profile.format");
  if (baud && said_by(uri, "baud") && said_by(uri, "baud") != std::to_string(*baud)) return refuse("baud");
  if (!profile.format.empty() && said_by(uri, "format") && said_by(uri, "format") != profile.format) return refuse("profile.format");
  return {};
}

std::string_view device_rule(std::string_view field) {
  for (const Rule& rule : kRules) {
    if (rule.field == field) return rule.text;
  }
  return {};
}

bool only_counts_and_switches(std::string_view dialect) { return dialect == "cjt188" || dialect == "modbus"; }

}  // namespace anju::platform
