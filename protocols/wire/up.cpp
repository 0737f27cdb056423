#include "protocols/wire/up.hpp"

#include <algorithm>

#include "protocols/base/decimal.hpp"
#include "protocols/wire/down.hpp"
#include "protocols/wire/fields.hpp"
#include "protocols/wire/json_text.hpp"
#include "protocols/wire/upgrade_fields.hpp"

namespace anju::wire {

// Indexed by the enumerator.
static constexpr std::array<std::string_view, 3> kReadingKinds{"interval", "on_demand", "daily_freeze"};
static constexpr std::array<std::string_view, 5> kRelays{"unknown", "closed", "open", "opening", "awaiting_button"};
static constexpr std::array<std::string_view, 3> kValves{"unknown", "open", "closed"};
static constexpr std::array<std::string_view, 5> kPhases{"acked", "verified", "failed", "expired", "refused"};
static constexpr std::array<std::string_view, 4> kFoundDialects{"dlt645-2007", "dlt645-1997", "cjt188", "modbus"};
// Indexed by the alternative of Event.
static constexpr std::array<std::string_view, 5> kEventTypes{"readings", "status", "command", "alarm", "found"};
static_assert(kEventTypes.size() == std::variant_size_v<Event>);

// The overloads of `read` are static members of this namespace, not of an anonymous one, because Fields finds them by
// the type of their argument.

static base::Result<> read(const boost::json::value& value, Reading& out) {
  return Fields(value)
      .need("device", out.device)
      .need("at", out.at)
      .may_name("kind", kReadingKinds, out.kind)
      .need("total", out.total)
      .may("tariffs", out.tariffs)
      .done();
}

static base::Result<> read_fields(Fields& fields, ReadingsEvent& out) {
  return fields.need_list("readings", out.readings, kMaxReadingsPerEvent).done();
}

static base::Result<> read(const boost::json::value& value, HotWater& out) {
  Fields fields(value);
  std::int64_t target = -1;
  fields.need("temperature_dc", out.temperature_dc, kLeastTemperature, kMostTemperature)
      .may("target_dc", target, 0, kMostTemperature)
      .need("automatic", out.automatic)
      .need_name("temperature_valve", kValves, out.temperature_valve);
  if (target >= 0) out.target_dc = target;
  return fields.done();
}

static base::Result<> read_fields(Fields& fields, StatusEvent& out) {
  return fields.need("device", out.device)
      .need("at", out.at)
      .need("reachable", out.reachable)
      .need_name("relay", kRelays, out.relay)
      .need("keep_power", out.keep_power)
      .may("clock_offset_s", out.clock_offset_s)
      .may("hot_water", out.hot_water)
      .done();
}

static base::Result<> read_fields(Fields& fields, CommandEvent& out) {
  return fields.need("command", out.command)
      .need("device", out.device)
      .need("at", out.at)
      .need_name("phase", kPhases, out.phase)
      .may("reason", out.reason)
      .may_name("relay", kRelays, out.relay)
      .done();
}

static base::Result<> read_fields(Fields& fields, AlarmEvent& out) {
  return fields.need_id("code", out.code)
      .may("device", out.device)
      .may("line", out.line)
      .need("at", out.at)
      .need("active", out.active)
      .may("detail", out.detail)
      .done();
}

/// An id that is read as one text of a list.
struct ModelName {
  std::string value;
};

namespace {

bool is_meter_type(std::string_view text) {
  return text.size() == 2 && std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

static base::Result<> read(const boost::json::value& value, ModelName& out) { return read_id(value, out.value); }

static base::Result<> read(const boost::json::value& value, FoundDevice& out) {
  Fields fields(value);
  std::size_t dialect = 0;
  std::vector<ModelName> models;
  fields.need_name("dialect", kFoundDialects, dialect);
  out.dialect = kFoundDialects[dialect];
  fields.need_text("address", out.address, [&](std::string_view text) { return is_address(out.dialect, text); })
      .need("baud", out.baud, 300, 115'200)
      .need_text("format", out.format, is_characters)
      .may("total", out.total)
      .may_text("state", out.state, base::is_id)
      .may_list("models", models, kMostFoundModels)
      .may_text("meter_type", out.meter_type, is_meter_type)
      .may("low_byte_first", out.low_byte_first)
      .may("answers", out.answers);
  for (ModelName& model : models) out.models.push_back(std::move(model.value));
  return fields.done();
}

static base::Result<> read_fields(Fields& fields, FoundEvent& out) {
  return fields.need("line", out.line).need("at", out.at).need_list("devices", out.devices, kMostFound).done();
}

static base::Result<> read_event(Fields fields, Event& out) {
  std::size_t type = 0;
  fields.need_name("type", kEventTypes, type, Errc::unknown_kind);
  if (fields.failed()) return fields.done();
  switch (type) {
    case 0: out.emplace<ReadingsEvent>(); break;
    case 1: out.emplace<StatusEvent>(); break;
    case 2: out.emplace<CommandEvent>(); break;
    case 3: out.emplace<AlarmEvent>(); break;
    case 4: out.emplace<FoundEvent>(); break;
  }
  return std::visit([&fields](auto& event) { return read_fields(fields, event); }, out);
}

static base::Result<> read(const boost::json::value& value, Event& out) {
  return read_event(Fields(value), out);
}

static base::Result<> read(const boost::json::value& value, LineState& out) {
  return Fields(value)
      .need("id", out.id)
      .need("uri", out.uri)
      .need("up", out.up)
      .may("ok", out.ok, 0, kMaxInteger)
      .may("timeouts", out.timeouts, 0, kMaxInteger)
      .may("bad_frames", out.bad_frames, 0, kMaxInteger)
      .may("busy_permille", out.busy_permille, 0, 1000)
      .done();
}

static base::Result<> read(const boost::json::value& value, DeviceState& out) {
  return Fields(value)
      .need("id", out.id)
      .need("reachable", out.reachable)
      .may("last_seen", out.last_seen)
      .may("ok", out.ok, 0, kMaxInteger)
      .may("timeouts", out.timeouts, 0, kMaxInteger)
      .may("bad_frames", out.bad_frames, 0, kMaxInteger)
      .may("p50_ms", out.p50_ms, 0, kMaxInteger)
      .may("p99_ms", out.p99_ms, 0, kMaxInteger)
      .done();
}

namespace {

/// One whole message: parse, then let `fill` read the fields.
template <class Message, class Fill>
base::Result<Message> decode(std::string_view body, Fill&& fill) {
  const Document document(body);
  const auto object = document.object();
  if (!object) return base::pass(object);
  base::Result<Message> message{tl::in_place};
  if (auto filled = fill(Fields(**object), *message); !filled) return base::pass(filled);
  return message;
}

void append(std::string& out, const Reading& reading) {
  ObjectText object(out);
  object.plain("device", reading.device.value).number("at", reading.at.value);
  if (reading.kind != ReadingKind::interval) object.plain("kind", to_string(reading.kind));
  object.plain("total", base::format(reading.total));
  if (reading.tariffs) {
    object.list("tariffs", *reading.tariffs, [](std::string& text, base::Quantity quantity) {
      text.append("\"").append(base::format(quantity)).append("\"");
    });
  }
  object.close();
}

void append_fields(ObjectText& object, const ReadingsEvent& event) {
  object.list("readings", event.readings, [](std::string& out, const Reading& reading) { append(out, reading); });
}

void append(std::string& out, const HotWater& what) {
  ObjectText object(out);
  object.number("temperature_dc", what.temperature_dc);
  if (what.target_dc) object.number("target_dc", *what.target_dc);
  object.boolean("automatic", what.automatic).plain("temperature_valve", to_string(what.temperature_valve));
  object.close();
}

void append_fields(ObjectText& object, const StatusEvent& event) {
  object.plain("device", event.device.value)
      .number("at", event.at.value)
      .boolean("reachable", event.reachable)
      .plain("relay", to_string(event.relay))
      .boolean("keep_power", event.keep_power);
  if (event.clock_offset_s) object.number("clock_offset_s", *event.clock_offset_s);
  if (event.hot_water) append(object.name("hot_water"), *event.hot_water);
}

void append_fields(ObjectText& object, const CommandEvent& event) {
  object.plain("command", event.command.value)
      .plain("device", event.device.value)
      .number("at", event.at.value)
      .plain("phase", to_string(event.phase));
  if (!event.reason.empty()) object.text("reason", first_characters(event.reason, kMaxText));
  object.plain("relay", to_string(event.relay));
}

void append_fields(ObjectText& object, const AlarmEvent& event) {
  object.plain("code", event.code);
  if (event.device) object.plain("device", event.device->value);
  if (event.line) object.plain("line", event.line->value);
  object.number("at", event.at.value).boolean("active", event.active);
  if (!event.detail.empty()) object.text("detail", first_characters(event.detail, kMaxText));
}

void append(std::string& out, const FoundDevice& device) {
  ObjectText object(out);
  object.text("dialect", device.dialect).text("address", device.address).number("baud", device.baud).text("format", device.format);
  if (device.total) object.plain("total", base::format(*device.total));
  if (!device.state.empty()) object.text("state", device.state);
  if (!device.models.empty()) object.list("models", device.models, [](std::string& text, const std::string& model) { append_quoted(text, model); });
  if (!device.meter_type.empty()) object.text("meter_type", device.meter_type);
  if (device.low_byte_first) object.boolean("low_byte_first", true);
  if (!device.answers) object.boolean("answers", false);
  object.close();
}

void append_fields(ObjectText& object, const FoundEvent& event) {
  object.plain("line", event.line.value).number("at", event.at.value);
  object.list("devices", event.devices, [](std::string& out, const FoundDevice& device) { append(out, device); });
}

void append(std::string& out, const Event& event) {
  ObjectText object(out);
  object.plain("type", kEventTypes[event.index()]);
  std::visit([&object](const auto& alternative) { append_fields(object, alternative); }, event);
  object.close();
}

void append(std::string& out, const LineState& line) {
  ObjectText object(out);
  object.plain("id", line.id.value)
      .text("uri", first_characters(line.uri, kMaxText))
      .boolean("up", line.up)
      .number("ok", line.ok)
      .number("timeouts", line.timeouts)
      .number("bad_frames", line.bad_frames)
      .number("busy_permille", line.busy_permille)
      .close();
}

void append(std::string& out, const DeviceState& device) {
  ObjectText object(out);
  object.plain("id", device.id.value)
      .boolean("reachable", device.reachable)
      .number("last_seen", device.last_seen.value)
      .number("ok", device.ok)
      .number("timeouts", device.timeouts)
      .number("bad_frames", device.bad_frames)
      .number("p50_ms", device.p50_ms)
      .number("p99_ms", device.p99_ms)
      .close();
}

/// Nine decimals, more than any meter gives.
bool is_decimal(std::string_view text) {
  return base::parse_decimal(text, 9).has_value();
}

}  // namespace

base::Result<UpBatch> decode_up(std::string_view body) {
  return decode<UpBatch>(body, [](Fields fields, UpBatch& batch) {
    fields.need_id("epoch", batch.epoch).need("seq", batch.seq, 1, kMaxInteger);
    return fields.may("gone", batch.gone, 1, batch.seq - 1).need_list("events", batch.events, kMaxEvents).done();
  });
}

base::Result<Event> decode_event(std::string_view body) {
  return decode<Event>(body, [](Fields fields, Event& event) { return read_event(std::move(fields), event); });
}

base::Result<GatewayState> decode_state(std::string_view body) {
  return decode<GatewayState>(body, [](Fields fields, GatewayState& state) {
    return fields.need("online", state.online)
        .may("software", state.software)
        .need_id("epoch", state.epoch)
        .need("last_seq", state.last_seq, 0, kMaxInteger)
        .may("last_counter", state.last_counter, 0, kMaxInteger)
        .may("archive_version", state.archive_version, 0, kMaxInteger)
        .may("started_at", state.started_at)
        .need("at", state.at)
        .may_list("lines", state.lines, kMaxLines)
        .may_list("devices", state.devices, kMaxDevices)
        .may_text("architecture", state.architecture, is_architecture)
        .may("upgrade", state.upgrade)
        .done();
  });
}

base::Result<LiveValues> decode_live(std::string_view body) {
  return decode<LiveValues>(body, [](Fields fields, LiveValues& values) {
    return fields.need("device", values.device)
        .need("at", values.at)
        .may_text("voltage_v", values.voltage_v, is_decimal)
        .may_text("current_a", values.current_a, is_decimal)
        .may_text("power_kw", values.power_kw, is_decimal)
        .may_text("energy_kwh", values.energy_kwh, is_decimal)
        .may_name("relay", kRelays, values.relay)
        .done();
  });
}

std::string encode(const Event& event) {
  std::string out;
  append(out, event);
  return out;
}

std::string encode(const UpBatch& batch) {
  std::string out;
  ObjectText object(out);
  object.plain("epoch", batch.epoch).number("seq", batch.seq);
  if (batch.gone != 0) object.number("gone", batch.gone);
  object.list("events", batch.events, [](std::string& text, const Event& event) { append(text, event); }).close();
  return out;
}

std::string join_up(std::string_view epoch, std::int64_t seq, const std::vector<std::string>& events,
                    std::int64_t gone) {
  std::string out;
  ObjectText object(out);
  object.plain("epoch", epoch).number("seq", seq);
  if (gone != 0) object.number("gone", gone);
  object.list("events", events, [](std::string& text, const std::string& event) { text += event; }).close();
  return out;
}

std::string encode(const GatewayState& state) {
  std::string out;
  ObjectText object(out);
  object.boolean("online", state.online)
      .text("software", first_characters(state.software, kMaxText))
      .plain("epoch", state.epoch)
      .number("last_seq", state.last_seq)
      .number("last_counter", state.last_counter)
      .number("archive_version", state.archive_version)
      .number("started_at", state.started_at.value)
      .number("at", state.at.value);
  const auto each = [](std::string& text, const auto& item) { append(text, item); };
  if (!state.lines.empty()) object.list("lines", state.lines, each);
  if (!state.devices.empty()) object.list("devices", state.devices, each);
  if (!state.architecture.empty()) object.text("architecture", state.architecture);
  if (state.upgrade) append(object.name("upgrade"), *state.upgrade);
  object.close();
  return out;
}

std::string encode(const LiveValues& values) {
  std::string out;
  ObjectText object(out);
  object.plain("device", values.device.value).number("at", values.at.value);
  if (values.voltage_v) object.plain("voltage_v", *values.voltage_v);
  if (values.current_a) object.plain("current_a", *values.current_a);
  if (values.power_kw) object.plain("power_kw", *values.power_kw);
  if (values.energy_kwh) object.plain("energy_kwh", *values.energy_kwh);
  object.plain("relay", to_string(values.relay)).close();
  return out;
}

std::string_view to_string(ReadingKind kind) {
  return name_of(kReadingKinds, kind);
}
std::string_view to_string(Relay relay) {
  return name_of(kRelays, relay);
}
std::string_view to_string(Valve valve) {
  return name_of(kValves, valve);
}

std::string_view to_string(CommandPhase phase) {
  return name_of(kPhases, phase);
}

}  // namespace anju::wire
