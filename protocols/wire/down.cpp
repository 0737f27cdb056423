#include "protocols/wire/down.hpp"

#include <algorithm>
#include <span>
#include <unordered_set>

#include "protocols/wire/device_check.hpp"
#include "protocols/wire/device_words.hpp"
#include "protocols/wire/direct_unit.hpp"
#include "protocols/wire/fields.hpp"
#include "protocols/wire/json_text.hpp"
#include "protocols/wire/profile.hpp"
#include "protocols/wire/upgrade_fields.hpp"

namespace anju::wire {

// Indexed by the enumerator.
static constexpr std::array<std::string_view, 12> kCommandKinds{"trip", "close",     "keep_power_on", "keep_power_off",
                                                                "read", "set_clock", "live",          "clear",
                                                                "temperature_valve_open", "temperature_valve_close",
                                                                "automatic_on", "automatic_off"};

namespace {

constexpr std::int64_t kMostLiveSeconds = 600;
constexpr int kMostUnit = 247;

bool are_digits(std::string_view text, std::size_t count) {
  return text.size() == count && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool are_hex_digits(std::string_view text, std::size_t count) {
  return text.size() == count && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
         });
}

auto hex_digits(std::size_t count) {
  return [count](std::string_view text) { return are_hex_digits(text, count); };
}

auto one_of(std::span<const std::string_view> names) {
  return [names](std::string_view text) { return std::find(names.begin(), names.end(), text) != names.end(); };
}

}  // namespace

// Static and not anonymous for the same reason as in up.cpp.

static base::Result<> read(Fields fields, MeterProfile& out) {
  return fields
      .may_text("dialect", out.dialect, one_of(kDialects))
      .may_name("close", kCloseMethods, out.close)
      .may("tariffs", out.tariffs)
      .may("short_relay_command", out.short_relay_command)
      .may("preamble", out.preamble, 0, kMostPreamble)
      .may_text("access_level", out.access_level, hex_digits(2))
      .may_text("password", out.password, hex_digits(6))
      .may_text("operator_code", out.operator_code, hex_digits(8))
      .may_text("meter_type", out.meter_type, hex_digits(2))
      .may("low_byte_first", out.low_byte_first)
      .may_text("status_map", out.status_map, one_of(kStatusMaps))
      .may_text("valve_open", out.valve_open, hex_digits(2))
      .may_text("valve_close", out.valve_close, hex_digits(2))
      .may("travel_s", out.travel_s, 0, kMostTravel_s)
      .may_text("model", out.model, base::is_id)
      .may_text("format", out.format, is_characters)
      .done();
}

static base::Result<> read(const boost::json::value& value, MeterProfile& out) { return read(Fields(value), out); }

static base::Result<> read(const boost::json::value& value, ArchiveLine& out) {
  return Fields(value).need("id", out.id).need("uri", out.uri).done();
}

static base::Result<> read(Fields fields, ArchiveDevice& out) {
  std::int64_t baud = 0;
  fields.need("id", out.id).need("line", out.line).may("profile", out.profile);
  fields.need_text("address", out.address, [&](std::string_view text) { return is_address(out.profile.dialect, text); });
  fields.may("baud", baud, 300, 115'200).may_name("kind", kMeterKinds, out.kind).may("valve", out.valve);
  if (baud != 0) out.baud = baud;
  return fields.done();
}

static base::Result<> read(const boost::json::value& value, ArchiveDevice& out) { return read(Fields(value), out); }

namespace {

base::Result<> check_references(const Archive& archive) {
  const auto place = [](std::string_view list, std::size_t i, std::string_view key) {
    return std::string(list) + "[" + std::to_string(i) + "]." + std::string(key);
  };
  std::unordered_set<std::string_view> lines;
  for (std::size_t i = 0; i < archive.lines.size(); ++i) {
    if (!lines.insert(archive.lines[i].id.value).second) return base::fail(Errc::bad_field, place("lines", i, "id"));
  }
  std::unordered_set<std::string_view> devices;
  for (std::size_t i = 0; i < archive.devices.size(); ++i) {
    const ArchiveDevice& device = archive.devices[i];
    if (!devices.insert(device.id.value).second) return base::fail(Errc::bad_field, place("devices", i, "id"));
    if (!lines.contains(device.line.value)) return base::fail(Errc::bad_field, place("devices", i, "line"));
  }
  return {};
}

/// What a profile has by default is left out, so that thousands of devices fit into one message.
void append(std::string& out, const MeterProfile& profile) {
  const MeterProfile usual;
  ObjectText object(out);
  if (profile.dialect != usual.dialect) object.text("dialect", profile.dialect);
  if (profile.close != usual.close) object.plain("close", name_of(kCloseMethods, profile.close));
  if (profile.tariffs != usual.tariffs) object.boolean("tariffs", profile.tariffs);
  if (profile.short_relay_command != usual.short_relay_command) {
    object.boolean("short_relay_command", profile.short_relay_command);
  }
  if (profile.preamble != usual.preamble) object.number("preamble", profile.preamble);
  if (profile.access_level != usual.access_level) object.text("access_level", profile.access_level);
  if (profile.password != usual.password) object.text("password", profile.password);
  if (profile.operator_code != usual.operator_code) object.text("operator_code", profile.operator_code);
  if (profile.meter_type != usual.meter_type) object.text("meter_type", profile.meter_type);
  if (profile.low_byte_first != usual.low_byte_first) object.boolean("low_byte_first", profile.low_byte_first);
  if (profile.status_map != usual.status_map) object.plain("status_map", profile.status_map);
  if (profile.valve_open != usual.valve_open) object.text("valve_open", profile.valve_open);
  if (profile.valve_close != usual.valve_close) object.text("valve_close", profile.valve_close);
  if (profile.travel_s != usual.travel_s) object.number("travel_s", profile.travel_s);
  if (profile.model != usual.model) object.plain("model", profile.model);
  if (profile.format != usual.format) object.text("format", profile.format);
  object.close();
}

void append(std::string& out, const ArchiveLine& line) {
  ObjectText(out).plain("id", line.id.value).text("uri", first_characters(line.uri, kMaxText)).close();
}

void append(std::string& out, const ArchiveDevice& device) {
  ObjectText object(out);
  object.plain("id", device.id.value).plain("line", device.line.value).text("address", device.address);
  if (device.baud) object.number("baud", *device.baud);
  if (device.profile != MeterProfile{}) append(object.name("profile"), device.profile);
  if (device.kind != MeterKind::electricity) object.plain("kind", to_string(device.kind));
  if (!device.valve) object.boolean("valve", false);
  object.close();
}

}  // namespace

bool is_characters(std::string_view text) {
  if (text.size() != 3) return false;
  const bool parity = text[1] == 'N' || text[1] == 'E' || text[1] == 'O';
  return (text[0] == '7' || text[0] == '8') && parity && (text[2] == '1' || text[2] == '2');
}

bool is_address(std::string_view dialect, std::string_view text) {
  if (dialect == "modbus") {
    if (is_direct_unit(dialect, text)) return true;
    const bool digits = !text.empty() && text.size() <= 3 && are_digits(text, text.size()) && text.front() != '0';
    return digits && std::stoi(std::string(text)) <= kMostUnit;
  }
  // AA in front is a question to several meters of CJ/T188, all A to every one (cjt188::abbreviates): none has such an address.
  const auto is_a = [](char digit) { return digit == 'A' || digit == 'a'; };
  if (dialect == "cjt188") return are_hex_digits(text, 14) && !(is_a(text[0]) && is_a(text[1]));
  return are_digits(text, 12);
}

base::Result<MeterProfile> decode_profile(std::string_view body) {
  const Document document(body);
  const auto object = document.object();
  if (!object) return base::pass(object);
  MeterProfile profile;
  if (auto filled = read(Fields(**object), profile); !filled) return base::pass(filled);
  return profile;
}

std::string encode(const MeterProfile& profile) {
  std::string out;
  append(out, profile);
  return out;
}

base::Result<Ack> decode_ack(std::string_view body) {
  const Document document(body);
  const auto object = document.object();
  if (!object) return base::pass(object);
  Ack ack;
  auto filled = Fields(**object)
                    .need_id("epoch", ack.epoch)
                    .need("through", ack.through, 0, kMaxInteger)
                    .may("resend", ack.resend)
                    .may("over", ack.over)
                    .done();
  if (!filled) return base::pass(filled);
  return ack;
}

base::Result<Command> decode_command(std::string_view body) {
  const Document document(body);
  const auto object = document.object();
  if (!object) return base::pass(object);
  Command command;
  Fields fields(**object);
  fields.need("id", command.id)
      .need("counter", command.counter, 1, kMaxInteger)
      .need("device", command.device)
      .need_name("kind", kCommandKinds, command.kind, Errc::unknown_kind)
      .need("issued", command.issued)
      .need("expires", command.expires);
  if (command.kind == CommandKind::live) fields.need("seconds", command.seconds, 1, kMostLiveSeconds);
  if (command.kind == CommandKind::automatic_on) fields.need("target_dc", command.target_dc, kLeastTarget, kMostTarget);
  if (auto filled = fields.done(); !filled) return base::pass(filled);
  return command;
}

base::Result<Archive> decode_archive(std::string_view body) {
  const Document document(body);
  const auto object = document.object();
  if (!object) return base::pass(object);
  Archive archive;
  auto filled = Fields(**object)
                    .need("version", archive.version, 1, kMaxInteger)
                    .may("utc_offset_minutes", archive.utc_offset_minutes, -14 * 60, 14 * 60)
                    .may("reading_minutes", archive.reading_minutes, 1, 1440)
                    .need_list("lines", archive.lines, kMaxLines)
                    .need_list("devices", archive.devices, kMaxDevices)
                    .may("release", archive.release)
                    .done();
  if (!filled) return base::pass(filled);
  if (auto checked = check_references(archive); !checked) return base::pass(checked);
  return archive;
}

std::string encode(const Ack& ack) {
  std::string out;
  ObjectText object(out);
  object.plain("epoch", ack.epoch).number("through", ack.through);
  if (ack.resend) object.boolean("resend", true);
  if (ack.over) object.boolean("over", true);
  object.close();
  return out;
}

std::string encode(const Command& command) {
  std::string out;
  ObjectText object(out);
  object.plain("id", command.id.value)
      .number("counter", command.counter)
      .plain("device", command.device.value)
      .plain("kind", to_string(command.kind));
  if (command.kind == CommandKind::live) object.number("seconds", command.seconds);
  if (command.kind == CommandKind::automatic_on) object.number("target_dc", command.target_dc);
  object.number("issued", command.issued.value).number("expires", command.expires.value).close();
  return out;
}

std::string encode(const Archive& archive) {
  std::string out;
  const auto each = [](std::string& text, const auto& item) { append(text, item); };
  ObjectText object(out);
  object.number("version", archive.version)
      .number("utc_offset_minutes", archive.utc_offset_minutes)
      .number("reading_minutes", archive.reading_minutes)
      .list("lines", archive.lines, each)
      .list("devices", archive.devices, each);
  if (archive.release) append(object.name("release"), *archive.release);
  object.close();
  return out;
}

std::string_view to_string(CommandKind kind) {
  return name_of(kCommandKinds, kind);
}

std::string_view to_string(MeterKind kind) {
  return name_of(kMeterKinds, kind);
}

base::Result<> check_device_fields(const ArchiveDevice& device) {
  // What append() writes as it is, because only ids and names belong there.
  const auto& profile = device.profile;
  if (!base::is_id(profile.dialect)) return base::fail(Errc::bad_field, "profile.dialect");
  if (!base::is_id(profile.status_map)) return base::fail(Errc::bad_field, "profile.status_map");
  if (!profile.model.empty() && !base::is_id(profile.model)) return base::fail(Errc::bad_field, "profile.model");
  ArchiveDevice written = device, again;
  written.id = base::DeviceId("x"), written.line = base::LineId("x");
  std::string text;
  append(text, written);
  const Document document(text);
  const auto object = document.object();
  if (!object) return base::pass(object);
  if (auto taken = read(Fields(**object), again); !taken) return taken;
  // A value that is not written as it is meant, such as text that was cut.
  return again == written ? base::Result<>() : base::fail(Errc::bad_field, "profile");
}

base::Result<CommandKind> parse_command_kind(std::string_view text) {
  CommandKind kind{};
  if (!parse_name(kCommandKinds, text, kind)) return base::fail(Errc::unknown_kind, std::string(text.substr(0, 40)));
  return kind;
}

}  // namespace anju::wire
