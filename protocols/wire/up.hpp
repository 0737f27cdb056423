#pragma once

// What a gateway says: the ordered stream (`up`), its state (`state`) and momentary values (`live`).
// JSON names are the member names; enumerators travel by name. Schema: schema/up.schema.json and siblings.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocols/base/id.hpp"
#include "protocols/base/money.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"
#include "protocols/wire/upgrade.hpp"

namespace anju::wire {

/// Limits of one message; a decoder refuses more with too_large.
inline constexpr std::size_t kMaxEvents = 500;
inline constexpr std::size_t kMaxReadingsPerEvent = 500;
inline constexpr std::size_t kMaxLines = 256;
inline constexpr std::size_t kMaxDevices = 5000;
inline constexpr std::size_t kMaxText = 300;  ///< characters of free text; an encoder cuts what is longer
inline constexpr std::size_t kMaxDepth = 16;  ///< of nested objects and arrays
/// Integers stay below 2^53, what JavaScript counts exactly.
inline constexpr std::int64_t kMaxInteger = 9'007'199'254'740'991;

enum class ReadingKind {
  interval,      ///< by the poll plan
  on_demand,     ///< somebody asked, or a command needed it
  daily_freeze,  ///< the register the meter froze at midnight; `at` is that midnight in UTC. Recorded, never deducted
};

/// Cumulative forward active energy (kWh), or water (m3), as the meter counts it. In JSON `kind` is left out for interval.
struct Reading {
  base::DeviceId device;
  base::UtcMillis at;  ///< when the reply arrived (interval, on_demand)
  ReadingKind kind = ReadingKind::interval;
  base::Quantity total;
  std::optional<std::array<base::Quantity, 4>> tariffs;  ///< sharp, peak, flat, valley (尖 峰 平 谷)
  auto operator<=>(const Reading&) const = default;
};

/// What cuts off: the relay of an electricity meter (status word 3, meters.md 1.5), or the valve of the main pipe of a water meter.
/// An electrician's words for both: closed is supplying.
enum class Relay {
  unknown,          ///< not read yet, or the meter cannot say
  closed,           ///< supplying
  open,             ///< cut off
  opening,          ///< off was commanded, the relay is still closed
  awaiting_button,  ///< on was permitted, somebody has to press the button at the meter
};

enum class Valve { unknown, open, closed };

/// What a hot-water controller says beside its register and main valve. Tenths of a degree Celsius.
struct HotWater {
  std::int64_t temperature_dc = 0;  ///< kLeastTemperature..kMostTemperature
  std::optional<std::int64_t> target_dc = {};
  bool automatic = false;  ///< it keeps the target by its temperature valve
  Valve temperature_valve = Valve::unknown;
  auto operator<=>(const HotWater&) const = default;
};
inline constexpr std::int64_t kLeastTemperature = -500, kMostTemperature = 1500;

struct ReadingsEvent {
  std::vector<Reading> readings;
  auto operator<=>(const ReadingsEvent&) const = default;
};

/// The device as last seen; sent on every change, not on every poll.
struct StatusEvent {
  base::DeviceId device;
  base::UtcMillis at;
  bool reachable = false;
  Relay relay = Relay::unknown;
  bool keep_power = false;
  std::optional<std::int64_t> clock_offset_s;  ///< meter minus gateway; absent when not read
  std::optional<HotWater> hot_water = {};      ///< of a hot-water controller; a change of a degree is a change
  auto operator<=>(const StatusEvent&) const = default;
};

enum class CommandPhase {
  acked,     ///< the device acknowledged; means accepted, nothing more
  verified,  ///< the device was read again and is in the asked state
  failed,    ///< the device refused, stayed silent, or contradicts
  expired,   ///< its time was over before it could be carried out; the device was not touched
  refused,   ///< the gateway did not accept it (old counter, seen id, unknown device); the device was not touched
};

struct CommandEvent {
  base::CommandId command;
  base::DeviceId device;
  base::UtcMillis at;
  CommandPhase phase = CommandPhase::failed;
  std::string reason;  ///< code of the error (dlt645 or gateway Errc), empty when there is none
  Relay relay = Relay::unknown;
  auto operator<=>(const CommandEvent&) const = default;
};

/// Something a person should know. `code` is stable snake_case, e.g. line_down, spool_full, clock_adrift, bad_mac.
struct AlarmEvent {
  std::string code;
  std::optional<base::DeviceId> device;
  std::optional<base::LineId> line;
  base::UtcMillis at;
  bool active = true;  ///< false: it is over
  std::string detail;   ///< protocols/wire/detail.hpp: named values, no sentence
  auto operator<=>(const AlarmEvent&) const = default;
};

/// A device that a scan of a line has heard, whether the archive has it or not. What the protocol does not tell is empty.
struct FoundDevice {
  std::string dialect;               ///< as of MeterProfile, without mqtt
  std::string address;               ///< as of ArchiveDevice
  std::int64_t baud = 2400;
  std::string format = "8E1";        ///< is_characters
  std::optional<base::Quantity> total = {};
  std::string state{};               ///< of relay or valve in its own word, such as open; an id, or empty
  std::vector<std::string> models{};  ///< modbus: which it may be, the likeliest first
  std::string meter_type{};          ///< cjt188: T, two hex digits
  bool low_byte_first = false;       ///< cjt188
  bool answers = true;               ///< false: heard among others only, which may be a mirage
  auto operator<=>(const FoundDevice&) const = default;
};

/// What a scan found on one line; a long list comes as several events. In JSON a field with its usual value is left out.
struct FoundEvent {
  base::LineId line;
  base::UtcMillis at;
  std::vector<FoundDevice> devices;
  auto operator<=>(const FoundEvent&) const = default;
};
inline constexpr std::size_t kMostFound = 512;       ///< devices of one event
inline constexpr std::size_t kMostFoundModels = 8;  ///< of one device

using Event = std::variant<ReadingsEvent, StatusEvent, CommandEvent, AlarmEvent, FoundEvent>;

/// `up`: events numbered seq, seq + 1, …; in JSON each event is an object with "type": readings|status|command|alarm|found.
struct UpBatch {
  std::string epoch;     ///< drawn when the spool was created, an id
  std::int64_t seq = 1;  ///< of the first event, from 1
  std::vector<Event> events;
  std::int64_t gone = 0;  ///< the events gone..seq - 1 are not kept any more and will never come; 0: nothing is missing
  auto operator<=>(const UpBatch&) const = default;
};

struct LineState {
  base::LineId id;
  std::string uri;
  bool up = false;
  std::int64_t ok = 0, timeouts = 0, bad_frames = 0;
  std::int64_t busy_permille = 0;  ///< share of the last minute in which the line was in use
  auto operator<=>(const LineState&) const = default;
};

struct DeviceState {
  base::DeviceId id;
  bool reachable = false;
  base::UtcMillis last_seen;  ///< 0: never
  std::int64_t ok = 0, timeouts = 0, bad_frames = 0;
  std::int64_t p50_ms = 0, p99_ms = 0;  ///< response delay Td
  auto operator<=>(const DeviceState&) const = default;
};

/// `state`, retained; the last will is the same message with online = false and no lists.
struct GatewayState {
  bool online = false;
  std::string software;
  std::string epoch;
  std::int64_t last_seq = 0;         ///< the newest event in the spool
  std::int64_t last_counter = 0;     ///< the newest command counter accepted
  std::int64_t archive_version = 0;  ///< 0: none yet
  base::UtcMillis started_at;
  base::UtcMillis at;
  std::vector<LineState> lines;
  std::vector<DeviceState> devices;
  std::string architecture = {};  ///< Debian's name of the processor, such as arm64; empty: not said
  std::optional<UpgradeProgress> upgrade = {};  ///< of an order of the office; nothing: there was none
  auto operator<=>(const GatewayState&) const = default;
};

/// `live/{device}`: momentary values, exact decimals as the meter gives them; absent when the meter has none.
struct LiveValues {
  base::DeviceId device;
  base::UtcMillis at;
  std::optional<std::string> voltage_v, current_a, power_kw, energy_kwh;
  Relay relay = Relay::unknown;
  auto operator<=>(const LiveValues&) const = default;
};

/// Errors of every decode: not_json, too_large, missing_field, bad_field, unknown_kind (wire::Errc).
/// An event of an unknown type inside a batch makes the whole batch unknown_kind: nothing of it is applied.
[[nodiscard]] base::Result<UpBatch> decode_up(std::string_view body);
[[nodiscard]] std::string encode(const UpBatch& batch);
/// One event as it is kept in the spool and joined into a batch without decoding it again.
[[nodiscard]] base::Result<Event> decode_event(std::string_view body);
[[nodiscard]] std::string encode(const Event& event);
/// The batch made of events that are encoded already. gone: as in UpBatch.
[[nodiscard]] std::string join_up(std::string_view epoch, std::int64_t seq, const std::vector<std::string>& events,
                                  std::int64_t gone = 0);
[[nodiscard]] base::Result<GatewayState> decode_state(std::string_view body);
[[nodiscard]] std::string encode(const GatewayState& state);
[[nodiscard]] base::Result<LiveValues> decode_live(std::string_view body);
[[nodiscard]] std::string encode(const LiveValues& values);

[[nodiscard]] std::string_view to_string(ReadingKind kind);
[[nodiscard]] std::string_view to_string(Relay relay);
[[nodiscard]] std::string_view to_string(CommandPhase phase);
[[nodiscard]] std::string_view to_string(Valve valve);

}  // namespace anju::wire
