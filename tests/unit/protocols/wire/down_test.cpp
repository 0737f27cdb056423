#include "protocols/wire/down.hpp"

#include <utility>

#include <doctest/doctest.h>

#include "protocols/wire/device_check.hpp"
#include "protocols/wire/errc.hpp"
#include "protocols/wire/profile.hpp"

using namespace anju;
using namespace anju::wire;

namespace {

Archive two_lines() {
  Archive archive{7, 480, 15, {}, {}};
  archive.lines.push_back({base::LineId("l1"), "serial:///dev/ttyS1?baud=2400&format=8E1"});
  archive.lines.push_back({base::LineId("l2"), "tcp://10.0.0.2:4001"});
  archive.devices.push_back({base::DeviceId("m1"), base::LineId("l1"), "000000000001", {}, {}});
  archive.devices.push_back({base::DeviceId("m2"),
                             base::LineId("l2"),
                             "202311000002",
                             9600,
                             {"dlt645-1997", CloseMethod::permit, false, true, 0, "04", "123456", "0A0b0C0d"}});
  return archive;
}

}  // namespace

TEST_CASE("ack: written and read back, resend only when it is asked for") {
  CHECK(encode(Ack{"e1", 12, false}) == R"({"epoch":"e1","through":12})");
  for (const Ack& ack : {Ack{"e1", 0, false}, Ack{"e1", 12, true}}) {
    const auto decoded = decode_ack(encode(ack));
    REQUIRE(decoded);
    CHECK(*decoded == ack);
  }
  CHECK(decode_ack(R"({"epoch":"e1","through":-1})").error().where == "through");
  CHECK(decode_ack(R"({"epoch":"e1"})").error().is(Errc::missing_field));
}

TEST_CASE("command: every kind is written and read back") {
  for (const CommandKind kind :
       {CommandKind::trip, CommandKind::close, CommandKind::keep_power_on, CommandKind::keep_power_off,
        CommandKind::read, CommandKind::set_clock, CommandKind::live, CommandKind::clear, CommandKind::temperature_valve_open,
        CommandKind::temperature_valve_close, CommandKind::automatic_on, CommandKind::automatic_off}) {
    CAPTURE(to_string(kind));
    Command command{
        base::CommandId("c1"), 3, base::DeviceId("m1"), kind, kind == CommandKind::live ? 600 : 0, base::UtcMillis(5),
        base::UtcMillis(9)};
    if (kind == CommandKind::automatic_on) command.target_dc = 450;
    const auto decoded = decode_command(encode(command));
    REQUIRE(decoded);
    CHECK(*decoded == command);
    CHECK(parse_command_kind(to_string(kind)) == kind);
  }
  CHECK(parse_command_kind("explode").error().is(Errc::unknown_kind));
}

TEST_CASE("command: what a gateway must not act on is refused by name") {
  struct Row {
    const char* body;
    Errc errc;
    const char* where;
  };
  for (const Row& row :
       {Row{R"({"id":"c","counter":1,"device":"m","kind":"explode","issued":1,"expires":2})", Errc::unknown_kind,
            "kind"},
        Row{R"({"id":"c","counter":0,"device":"m","kind":"trip","issued":1,"expires":2})", Errc::bad_field, "counter"},
        Row{R"({"id":"c","counter":1,"device":"m","kind":"trip","issued":1})", Errc::missing_field, "expires"},
        Row{R"({"id":"c","counter":1,"device":"m","kind":"live","issued":1,"expires":2})", Errc::missing_field,
            "seconds"},
        Row{R"({"id":"c","counter":1,"device":"m","kind":"live","issued":1,"expires":2,"seconds":601})",
            Errc::bad_field, "seconds"},
        Row{R"({"id":"c/d","counter":1,"device":"m","kind":"trip","issued":1,"expires":2})", Errc::bad_field, "id"}}) {
    CAPTURE(row.body);
    const auto decoded = decode_command(row.body);
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().is(row.errc));
    CHECK(decoded.error().where == row.where);
  }
}

TEST_CASE("archive: written and read back, defaults left out") {
  const Archive archive = two_lines();
  const std::string text = encode(archive);
  CHECK(text.find(R"({"id":"m1","line":"l1","address":"000000000001"})") != std::string::npos);
  const auto decoded = decode_archive(text);
  REQUIRE(decoded);
  CHECK(*decoded == archive);
}

TEST_CASE("archive: a configuration that contradicts itself is refused as a whole") {
  Archive archive = two_lines();
  archive.devices[1].line = base::LineId("l3");
  CHECK(decode_archive(encode(archive)).error().where == "devices[1].line");
  archive = two_lines();
  archive.devices[1].id = archive.devices[0].id;
  CHECK(decode_archive(encode(archive)).error().where == "devices[1].id");
  archive = two_lines();
  archive.lines[1].id = archive.lines[0].id;
  CHECK(decode_archive(encode(archive)).error().where == "lines[1].id");
  archive = two_lines();
  archive.devices[0].address = "00000000001A";
  CHECK(decode_archive(encode(archive)).error().where == "devices[0].address");
  archive = two_lines();
  archive.devices[0].profile.preamble = 5;
  CHECK(decode_archive(encode(archive)).error().where == "devices[0].profile.preamble");
  archive = two_lines();
  archive.devices[0].profile.password = "12345";
  CHECK(decode_archive(encode(archive)).error().where == "devices[0].profile.password");
  archive = two_lines();
  archive.reading_minutes = 0;
  CHECK(decode_archive(encode(archive)).error().where == "reading_minutes");
}

TEST_CASE("archive: a profile by itself is what stands in an archive, and is refused by its member") {
  MeterProfile profile;
  CHECK(encode(profile) == "{}");
  CHECK(decode_profile("{}").value() == profile);
  for (const char* dialect : {"cjt188", "modbus"}) {
    profile.dialect = dialect;
    profile.low_byte_first = true;
    profile.model = "eastron-sdm120";
    REQUIRE(decode_profile(encode(profile)));
    CHECK(*decode_profile(encode(profile)) == profile);
  }
  CHECK(decode_profile(R"({"travel_s":121})").error().where == "travel_s");
  CHECK(decode_profile(R"({"dialect":"dlms"})").error().where == "dialect");
  for (const char* body : {"", "[]", "null", "{", R"("cjt188")"}) CHECK_FALSE(decode_profile(body));
}

TEST_CASE("archive: of a device that could not be read again the field is named, as it is called within the device") {
  ArchiveDevice good{{}, {}, "000000000001", 9600, {}, {}};
  CHECK(check_device_fields(good));
  using Change = void (*)(ArchiveDevice&);
  const std::pair<const char*, Change> cases[]{
      {"address", [](ArchiveDevice& one) { one.address = "1"; }},
      {"address", [](ArchiveDevice& one) { one.address = "00000000000\""; }},
      {"baud", [](ArchiveDevice& one) { one.baud = 299; }},
      {"profile.format", [](ArchiveDevice& one) { one.profile.format = "9X3"; }},
      {"profile.password", [](ArchiveDevice& one) { one.profile.password = "12345"; }},
      {"profile.dialect", [](ArchiveDevice& one) { one.profile.dialect = "a\",\"b"; }},
      {"profile.status_map", [](ArchiveDevice& one) { one.profile.status_map = "\""; }},
      {"profile.model", [](ArchiveDevice& one) { one.profile.model = "../x"; }},
      {"profile.preamble", [](ArchiveDevice& one) { one.profile.preamble = -1; }},
  };
  for (const auto& [field, change] : cases) {
    CAPTURE(field);
    auto bad = good;
    change(bad);
    const auto refused = check_device_fields(bad);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().where == field);
  }
}
