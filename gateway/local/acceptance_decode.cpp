// Reads a report that was kept. Whatever lies in the file, it is a report or an error.

#include <array>
#include <optional>
#include <utility>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "gateway/local/acceptance.hpp"
#include "gateway/local/acceptance_report.hpp"
#include "protocols/wire/device_words.hpp"
#include "protocols/wire/fields.hpp"
#include "protocols/wire/profile.hpp"

namespace anju::gateway {
namespace {

using Value = boost::json::value;

constexpr std::string_view kFormat = "anju-acceptance-1";
constexpr std::size_t kMostFound = 100;            ///< of one device, or of the site
constexpr std::int64_t kMostMinutes = 24 * 60;     ///< of an offset from UTC
constexpr std::int64_t kMostCount = INT32_MAX;     ///< of what a person could count
// Indexed by the enumerators.
constexpr std::array<std::string_view, 4> kVerdicts{"passed", "remarks", "failed", "incomplete"};
constexpr std::array<std::string_view, 5> kResults{"running", "passed", "refused", "failed", "left_open"};
constexpr std::array<std::string_view, 11> kCauses{"second_master", "same_address", "parity", "other_rate", "reversed_pair", "no_bias",
                                                   "echo", "breaks_off", "one_device", "interference", "termination"};
constexpr std::array<std::string_view, 3> kConfidences{"possible", "likely", "certain"};

const boost::json::value* find(const Value& value, std::string_view key) {
  const auto* object = value.if_object();
  return object == nullptr ? nullptr : object->if_contains(key);
}

/// null says the same as no field.
template <class T>
void may(wire::Fields& fields, const Value& value, std::string_view key, std::optional<T>& out) {
  if (const auto* field = find(value, key); field != nullptr && !field->is_null()) fields.may(key, out);
}

/// A field that is an object of its own; missing it is an empty one, whose fields are then missing.
base::Result<> nested(const Value& value, std::string_view key, base::Result<> (*read_it)(const Value&, AcceptanceReport&), AcceptanceReport& out) {
  const auto* field = find(value, key);
  if (field == nullptr) return base::fail(wire::Errc::missing_field, std::string(key));
  if (auto read = read_it(*field, out); !read) return tl::unexpected<base::Error>(wire::under(key, std::move(read.error())));
  return {};
}

}  // namespace

// Found by Fields by the type of the argument.
static base::Result<> read(const Value& value, Found& out) {
  std::string code;
  if (auto fields = wire::Fields(value).need("code", code).need("detail", out.detail).done(); !fields) return fields;
  const auto* known = find_finding(code);
  if (known == nullptr) return base::fail(wire::Errc::bad_field, "code");
  out.finding = known->finding;
  return {};
}

static base::Result<> read(const Value& value, AcceptedReading& out) {
  return wire::Fields(value).need("at", out.at).need("total", out.total).done();
}

static base::Result<> read(const Value& value, UnknownMeter& out) {
  return wire::Fields(value).need("line", out.line).need("address", out.address).need("dialect", out.dialect).need("format", out.format)
      .need("total", out.total).need("unit", out.unit).need("state", out.state).done();
}

static base::Result<> read(const Value& value, LineFinding& out) {
  std::string device;  // empty where it is the line's
  std::int64_t seen = 0, of = 0;
  if (auto fields = wire::Fields(value).need_name("cause", kCauses, out.cause).need_name("confidence", kConfidences, out.confidence).need("device", device)
          .need("seen", seen, 0, kMostCount).need("of", of, 0, kMostCount).done(); !fields) return fields;
  out.device = base::DeviceId(std::move(device));
  out.seen = static_cast<int>(seen), out.of = static_cast<int>(of);
  return {};
}

static base::Result<> read(const Value& value, AcceptedLine& out) {
  return wire::Fields(value).need("id", out.entry.id).need("uri", out.entry.uri).need("up", out.up).need("why", out.why)
      .need("ok", out.ok).need("timeouts", out.timeouts).need("bad_frames", out.bad_frames)
      .need_list("causes", out.causes, kCauses.size()).done();
}

static base::Result<> read(const Value& value, NetworkInterface& out) {
  wire::Fields fields(value);
  std::optional<std::int64_t> signal;
  fields.need("name", out.name).need("up", out.up).need_list("addresses", out.addresses, kMostAddresses);
  may(fields, value, "signal_dbm", signal);
  if (signal && (*signal < -kMostCount || *signal > kMostCount)) return base::fail(wire::Errc::bad_field, "signal_dbm");
  if (signal) out.signal_dbm = static_cast<int>(*signal);
  return fields.done();
}

static base::Result<> read_test(const Value& value, AcceptedDevice& out) {
  return wire::Fields(value).need_name("result", kResults, out.test.emplace()).need("reason", out.test_reason)
      .need("opened_after_ms", out.opened_after.value).need("closed_after_ms", out.closed_after.value).done();
}

static base::Result<> read(const Value& value, AcceptedDevice& out) {
  wire::Fields fields(value);
  auto& entry = out.entry;
  std::int64_t asked = 0;
  std::string dialect, model, profile;  // the first two for other readers: the profile has them
  auto said = AcceptanceVerdict::incomplete;
  fields.need("id", entry.id).need("address", entry.address).need("line", entry.line).need("format", out.format).need("dialect", dialect)
      .need("model", model).need("profile", profile).need_name("kind", wire::kMeterKinds, entry.kind).need("unit", out.unit).need("asked", asked, 0, kMostCount)
      .need("ok", out.ok).need("timeouts", out.timeouts).need("bad_frames", out.bad_frames).need("p50_ms", out.p50_ms).need("p99_ms", out.p99_ms)
      .need("has_switch", entry.valve).need("may_switch", out.may_switch).need("switch", out.switch_name).need("state", out.state)
      .need_list("readings", out.readings, static_cast<std::size_t>(kAcceptanceReadings)).need_list("found", out.found, kMostFound)
      .need_name("verdict", kVerdicts, said);
  may(fields, value, "baud", entry.baud);
  may(fields, value, "clock_offset_s", out.clock_offset_s);
  if (auto done = fields.done(); !done) return done;
  auto described = wire::decode_profile(profile);
  if (!described) return base::fail(wire::Errc::bad_field, "profile");
  entry.profile = std::move(*described);
  if (const auto* test = find(value, "test"); test != nullptr && !test->is_null()) {
    if (auto tested = read_test(*test, out); !tested) return tl::unexpected<base::Error>(wire::under("test", std::move(tested.error())));
  }
  out.asked = static_cast<int>(asked);
  out.done = said != AcceptanceVerdict::incomplete;
  if (out.verdict() != said) return base::fail(wire::Errc::bad_field, "verdict");
  return {};
}

static base::Result<> read_uplink(const Value& value, AcceptanceReport& out) {
  wire::Fields fields(value);
  auto& facts = out.facts;
  std::optional<std::int64_t> ago;
  fields.need("connected", facts.connected).need("why", facts.broker_why).need("last_seq", facts.last_seq).need("through", facts.through)
      .need("unacknowledged", facts.unacknowledged);
  may(fields, value, "acknowledged_ago_ms", ago);
  if (ago) facts.acknowledged_ago = base::Millis(*ago);
  return fields.done();
}

static base::Result<> read_spool(const Value& value, AcceptanceReport& out) {
  return wire::Fields(value).need("used_bytes", out.facts.used_bytes).need("full", out.facts.full).done();
}

base::Result<AcceptanceReport> decode_report(std::string_view text) {
  if (text.size() > kMostReport) return base::fail(wire::Errc::too_large);
  boost::json::error_code failed;
  const auto value = boost::json::parse(boost::json::string_view(text.data(), text.size()), failed);
  if (failed || !value.is_object()) return base::fail(wire::Errc::not_json);
  wire::Fields fields(value);
  AcceptanceReport report;
  report.step = AcceptanceStep::done;
  auto& facts = report.facts;
  std::string format, step;
  std::int64_t minutes = 0;
  auto said = AcceptanceVerdict::incomplete;
  fields.need_text("format", format, [](const std::string& one) { return one == kFormat; })
      .need_text("step", step, [](const std::string& one) { return one == to_string(AcceptanceStep::done); })
      .need("began", report.began).need("ended", report.ended).need("utc_offset_minutes", minutes, -kMostMinutes, kMostMinutes)
      .need("installer", report.installer).need("archive_version", report.archive_version).need_name("verdict", kVerdicts, said)
      .need_id("site", facts.site).need_id("gateway", facts.gateway).need("software", facts.software)
      .need_list("network", facts.network, kMostInterfaces).need_list("found", report.found, kMostFound)
      .need_list("unknown", report.unknown, kMostReported).need_list("lines", report.lines, kMostReported).need_list("devices", report.devices, kMostReported);
  may(fields, value, "clock_synchronised", facts.clock_synchronised);
  if (auto done = fields.done(); !done) return base::pass(done);
  if (auto uplink = nested(value, "uplink", read_uplink, report); !uplink) return base::pass(uplink);
  if (auto spool = nested(value, "spool", read_spool, report); !spool) return base::pass(spool);
  report.utc_offset_minutes = static_cast<int>(minutes);
  report.ended_early = said == AcceptanceVerdict::incomplete;
  if (report.verdict() != said) return base::fail(wire::Errc::bad_field, "verdict");
  return report;
}

}  // namespace anju::gateway
