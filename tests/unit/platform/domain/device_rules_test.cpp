// What has to fit together where a device is described.

#include "platform/domain/device_rules.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>

#include "platform/domain/errc.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

wire::ArchiveDevice electric() {
  wire::ArchiveDevice device;
  device.address = "202311000042";
  return device;
}

wire::ArchiveDevice water() {
  wire::ArchiveDevice device;
  device.address = "33780012345678";
  device.kind = wire::MeterKind::water;
  device.profile.dialect = "cjt188";
  device.profile.status_map = "closed_01";
  return device;
}

wire::ArchiveDevice modbus() {
  wire::ArchiveDevice device;
  device.address = "17";
  device.profile.dialect = "modbus";
  device.profile.model = "eastron-sdm120";
  return device;
}

struct Wrong {
  const char* name;
  wire::ArchiveDevice (*device)();
  std::function<void(wire::ArchiveDevice&)> change;
  const char* field;
};

// clang-format off
const Wrong kWrong[] = {
    {"11 digits",                  electric, [](auto& d) { d.address = "12345678901"; }, "address"},
    {"hex digits of DL/T645",      electric, [](auto& d) { d.address = "20231100004A"; }, "address"},
    {"14 digits of DL/T645",       electric, [](auto& d) { d.address = "33780012345678"; }, "address"},
    {"12 digits of CJ/T188",       water,    [](auto& d) { d.address = "202311000042"; }, "address"},
    {"the address of all meters",  water,    [](auto& d) { d.address = "AAAAAAAAAAAAAA"; }, "address"},
    {"one that several answer to", water,    [](auto& d) { d.address = "aA330011223344"; }, "address"},
    {"a gas meter",                water,    [](auto& d) { d.profile.meter_type = "30"; }, "profile.meter_type"},
    {"unit 254",                   modbus,   [](auto& d) { d.address = "254"; }, "address"},
    {"unit 00",                    modbus,   [](auto& d) { d.address = "00"; }, "address"},
    {"unit 248",                   modbus,   [](auto& d) { d.address = "248"; }, "address"},
    {"unit with a zero in front",  modbus,   [](auto& d) { d.address = "017"; }, "address"},
    {"no address",                 modbus,   [](auto& d) { d.address.clear(); }, "address"},
    {"unknown dialect",            electric, [](auto& d) { d.profile.dialect = "dlms"; }, "profile.dialect"},
    {"dialect that would be JSON", electric, [](auto& d) { d.profile.dialect = "x\",\"travel_s\":\"1"; }, "profile.dialect"},
    {"water by DL/T645",           electric, [](auto& d) { d.kind = wire::MeterKind::water; }, "profile.dialect"},
    {"electricity by CJ/T188",     water,    [](auto& d) { d.kind = wire::MeterKind::electricity; }, "profile.dialect"},
    {"a controller by CJ/T188",    water,    [](auto& d) { d.kind = wire::MeterKind::hot_water; }, "profile.dialect"},
    {"no contact by DL/T645",      electric, [](auto& d) { d.valve = false; }, "valve"},
    {"no model",                   modbus,   [](auto& d) { d.profile.model.clear(); }, "profile.model"},
    {"model with a slash",         modbus,   [](auto& d) { d.profile.model = "../sdm"; }, "profile.model"},
    {"model that would be JSON",   modbus,   [](auto& d) { d.profile.model = "a\",\"preamble\":\"b"; }, "profile.model"},
    {"meter type 50",              water,    [](auto& d) { d.profile.meter_type = "50"; }, "profile.meter_type"},
    {"meter type 1F",              water,    [](auto& d) { d.profile.meter_type = "1F"; }, "profile.meter_type"},
    {"meter type of one digit",    water,    [](auto& d) { d.profile.meter_type = "1"; }, "profile.meter_type"},
    {"unknown status map",         water,    [](auto& d) { d.profile.status_map = "closed"; }, "profile.status_map"},
    {"a valve that nobody sees",   water,    [](auto& d) { d.profile.status_map = "none"; }, "profile.status_map"},
    {"one code for both ways",     water,    [](auto& d) { d.profile.valve_open = "99"; }, "profile.valve_close"},
    {"one code in both cases",     water,    [](auto& d) { d.profile.valve_open = "aa"; d.profile.valve_close = "AA"; }, "profile.valve_close"},
    {"travels for three minutes",  water,    [](auto& d) { d.profile.travel_s = 180; }, "profile.travel_s"},
    {"password no hex",            electric, [](auto& d) { d.profile.password = "zzzzzz"; }, "profile.password"},
    {"preamble of 5",              electric, [](auto& d) { d.profile.preamble = 5; }, "profile.preamble"},
    {"baud 299",                   electric, [](auto& d) { d.baud = 299; }, "baud"},
    {"baud 115201",                modbus,   [](auto& d) { d.baud = 115'201; }, "baud"},
};
// clang-format on

}  // namespace

TEST_CASE("device rules: every dialect has devices that fit") {
  for (const auto& device : {electric(), water(), modbus()}) CHECK(check_device(device));
  wire::ArchiveDevice device = water();
  device.valve = false;
  device.profile.status_map = "none";  // nothing to be seen where nothing moves
  CHECK(check_device(device));
  device.profile.meter_type = "AA";
  device.address = "3378001234567f";
  CHECK(check_device(device));
  device = modbus();
  device.valve = false;  // most have no contact
  CHECK(check_device(device));
  for (const auto kind : {wire::MeterKind::water, wire::MeterKind::hot_water}) {
    device.kind = kind;
    CHECK(check_device(device));
    wire::ArchiveDevice station = electric();
    station.profile.dialect = "mqtt";
    station.kind = kind;
    CHECK(check_device(station));
  }
}

TEST_CASE("device rules: what does not fit is refused by its field, with a rule in words where it is not plain") {
  for (const Wrong& wrong : kWrong) {
    CAPTURE(wrong.name);
    wire::ArchiveDevice device = wrong.device();
    REQUIRE(check_device(device));
    wrong.change(device);
    const auto refused = check_device(device);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().is(Errc::bad_field));
    CHECK(refused.error().where == wrong.field);
  }
  CHECK_FALSE(device_rule("address").empty());
  CHECK(device_rule("name").empty());
}

TEST_CASE("device rules: what passes can be read by a gateway, as it was meant") {
  for (wire::ArchiveDevice device : {electric(), water(), modbus()}) {
    device.id = base::DeviceId("d");
    device.line = base::LineId("l");
    const wire::Archive archive{1, 480, 15, {{device.line, "tcp://127.0.0.1:1"}}, {device}};
    const auto read = wire::decode_archive(wire::encode(archive));
    REQUIRE(read);
    CHECK(*read == archive);
  }
}

TEST_CASE("device rules: units 255 and 0 are the device at a network address itself, and nobody's on a serial line") {
  for (const char* unit : {"255", "0"}) {
    CAPTURE(unit);
    wire::ArchiveDevice device = modbus();
    device.address = unit;
    CHECK(check_device(device));
    CHECK(check_on_line(device.address, {}, device.profile, "modbus-tcp://10.0.0.8:502"));
    for (const char* uri : {"serial:///dev/ttyS1?baud=9600&format=8N1", "tcp://10.0.0.7:4001", "mqtt://"}) {
      CAPTURE(uri);
      const auto refused = check_on_line(device.address, {}, device.profile, uri);
      REQUIRE_FALSE(refused);
      CHECK(refused.error().is(Errc::bad_field));
      CHECK(refused.error().where == "address");
    }
  }
  CHECK(check_on_line("17", {}, modbus().profile, "serial:///dev/ttyS1"));
  CHECK(check_on_line("17", {}, modbus().profile, "modbus-tcp://10.0.0.8:502"));
  CHECK_FALSE(check_device([] {
    wire::ArchiveDevice device = electric();
    device.address = "255";
    return device;
  }()));
}
