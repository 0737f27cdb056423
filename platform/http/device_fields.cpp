#include "platform/http/device_fields.hpp"

#include <array>

#include "platform/domain/device_rules.hpp"
#include "platform/http/words.hpp"
#include "protocols/wire/device_words.hpp"

namespace anju::platform {
namespace json = boost::json;
namespace {

/// Who a member is for, besides the dialect itself. A device with a network of its own needs none, but may bring those of DL/T645 as ever.
struct Member {
  std::string_view name;
  bool dlt645, cjt188, modbus;
};
constexpr std::array kMembers{
    Member{"close", true, false, false},       Member{"tariffs", true, false, true},        Member{"short_relay_command", true, false, false},
    Member{"preamble", true, false, false},    Member{"access_level", true, false, false},  Member{"password", true, false, false},
    Member{"operator_code", true, false, false}, Member{"meter_type", false, true, false},  Member{"low_byte_first", false, true, false},
    Member{"status_map", false, true, false},  Member{"valve_open", false, true, false},    Member{"valve_close", false, true, false},
    Member{"travel_s", false, true, false},    Member{"model", false, false, true},         Member{"format", true, true, true},
};

bool belongs(const Member& member, std::string_view dialect) {
  if (dialect == "cjt188") return member.cjt188;
  if (dialect == "modbus") return member.modbus;
  return member.dlt645;
}

}  // namespace

wire::MeterProfile profile_of(Fields& fields) {
  wire::MeterProfile profile;
  if (fields.has("dialect")) profile.dialect = fields.one_of("dialect", wire::kDialects);
  if (fields.problem()) return profile;
  for (const Member& member : kMembers) {
    if (fields.has(member.name) && !belongs(member, profile.dialect)) fields.refuse(member.name, "is nothing that " + profile.dialect + " has");
  }
  if (fields.has("close")) profile.close = enum_of<wire::CloseMethod>(wire::kCloseMethods, fields.one_of("close", wire::kCloseMethods));
  if (fields.has("tariffs")) profile.tariffs = fields.boolean("tariffs");
  if (fields.has("short_relay_command")) profile.short_relay_command = fields.boolean("short_relay_command");
  if (fields.has("preamble")) profile.preamble = fields.integer("preamble", 0, wire::kMostPreamble);
  if (fields.has("access_level")) profile.access_level = fields.digits("access_level", 2, true);
  if (fields.has("password")) profile.password = fields.digits("password", 6, true);
  if (fields.has("operator_code")) profile.operator_code = fields.digits("operator_code", 8, true);
  if (fields.has("meter_type")) profile.meter_type = fields.digits("meter_type", 2, true);
  if (fields.has("low_byte_first")) profile.low_byte_first = fields.boolean("low_byte_first");
  if (fields.has("status_map")) profile.status_map = fields.one_of("status_map", wire::kStatusMaps);
  if (fields.has("valve_open")) profile.valve_open = fields.digits("valve_open", 2, true);
  if (fields.has("valve_close")) profile.valve_close = fields.digits("valve_close", 2, true);
  if (fields.has("travel_s")) profile.travel_s = fields.integer("travel_s", 0, wire::kMostTravel_s);
  if (fields.has("model")) profile.model = fields.id("model");
  if (fields.has("format")) {
    profile.format = fields.text("format", 1, 3);
    if (!fields.problem() && !wire::is_characters(profile.format)) fields.refuse("format", std::string(device_rule("profile.format")));
  }
  return profile;
}

std::string address_of(Fields& fields, std::string_view dialect) {
  std::string address = fields.text("address", 1, 60);
  if (!fields.problem() && !wire::is_address(dialect, address)) fields.refuse("address", std::string(device_rule("address")));
  return address;
}

json::object profile_json(const wire::MeterProfile& profile) {
  json::object object{{"dialect", profile.dialect}};
  const auto put = [&](std::string_view name, json::value value) {
    for (const Member& member : kMembers) {
      if (member.name == name && profile.dialect != "mqtt" && belongs(member, profile.dialect)) object[name] = std::move(value);
    }
  };
  put("close", json::value(wire::kCloseMethods[static_cast<std::size_t>(profile.close)]));
  put("tariffs", profile.tariffs);
  put("short_relay_command", profile.short_relay_command);
  put("preamble", profile.preamble);
  put("meter_type", json::value(profile.meter_type));
  put("low_byte_first", profile.low_byte_first);
  put("status_map", json::value(profile.status_map));
  put("valve_open", json::value(profile.valve_open));
  put("valve_close", json::value(profile.valve_close));
  put("travel_s", profile.travel_s);
  put("model", json::value(profile.model));
  if (!profile.format.empty()) put("format", json::value(profile.format));
  return object;
}

std::string profile_detail(const wire::MeterProfile& profile) {
  return profile.model.empty() ? profile.dialect : profile.dialect + " " + profile.model;
}

}  // namespace anju::platform
