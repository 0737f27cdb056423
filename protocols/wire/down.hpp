#pragma once

// What the platform says to a gateway: acknowledgements, commands and the archive (the wanted configuration).
// JSON names are the member names; enumerators travel by name. Schema: schema/ack.schema.json and siblings.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/id.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"
#include "protocols/wire/upgrade.hpp"

namespace anju::wire {

/// `down/ack`: everything up to `through` is stored for good; cumulative, the newest replaces older ones.
/// resend: the platform saw a gap (or was restored) and wants the stream again from through + 1.
/// over: another epoch took this one's place (the box was replaced and is back); what lies behind `through` is to be numbered
/// anew under a fresh epoch, because nothing more of this one is taken.
struct Ack {
  std::string epoch;
  std::int64_t through = 0;
  bool resend = false;
  bool over = false;
  auto operator<=>(const Ack&) const = default;
};

enum class CommandKind {
  trip,            ///< open the relay (强制拉闸, or arrears)
  close,           ///< close it again; how (1B or 1C) is the device profile's choice
  keep_power_on,   ///< 保电: the meter refuses to trip
  keep_power_off,  ///< 解除保电
  read,            ///< read energy and status now (抄表)
  set_clock,       ///< set the meter's clock to the gateway's time
  live,            ///< publish momentary values on `live/{device}` every few seconds for `seconds`
  clear,           ///< set the device's registers to zero (清零); a reading goes before it and one follows
  temperature_valve_open,   ///< hot_water only: add hot water (温控阀)
  temperature_valve_close,
  automatic_on,    ///< hot_water only: the device keeps `target_dc` by its temperature valve (自动控制)
  automatic_off,
};
/// What may be asked of a hot-water controller: a tenth of a degree Celsius.
inline constexpr std::int64_t kLeastTarget = 200, kMostTarget = 700;

struct Command {
  base::CommandId id;
  std::int64_t counter = 0;  ///< rises with every command to this gateway; an old one is refused
  base::DeviceId device;
  CommandKind kind = CommandKind::read;
  std::int64_t seconds = 0;  ///< live only: 1..600
  base::UtcMillis issued;
  base::UtcMillis expires;   ///< an expired command is never carried out, also not after an outage
  std::int64_t target_dc = 0;  ///< automatic_on only: kLeastTarget..kMostTarget
  auto operator<=>(const Command&) const = default;
};

enum class CloseMethod {
  direct,  ///< N1 = 1C: the relay closes at once
  permit,  ///< N1 = 1B: it closes when somebody presses the button at the meter
};

/// How this model of meter wants to be spoken to (meters.md 1.3, 1.6, 2.3).
struct MeterProfile {
  std::string dialect = "dlt645-2007";         ///< dlt645-1997, cjt188, modbus, or mqtt: the device speaks this wire itself
  CloseMethod close = CloseMethod::direct;     ///< dlt645, like the next two and the last three
  bool tariffs = true;                         ///< block 0001FF00 with the four tariff registers
  bool short_relay_command = false;            ///< old meters: 1C with L = 09, without N2..N8
  std::int64_t preamble = 4;                   ///< FE bytes in front of a request, 0..4
  std::string access_level = "02";             ///< PA, two hex digits
  std::string password = "000000";             ///< P0..P2 in wire order, six hex digits
  std::string operator_code = "00000000";      ///< C0..C3 in wire order, eight hex digits
  // cjt188: what makers do differently; a scan finds out the first two
  std::string meter_type = "10";               ///< T, two hex digits: 10 cold water, 11 hot water, AA asks any
  bool low_byte_first = false;                 ///< 1F 90 for 90 1F, and so for every identifier
  std::string status_map = "none";             ///< where the valve stands in the status word: none, closed_01, closed_10, high_bits
  std::string valve_open = "55";               ///< two hex digits behind A017
  std::string valve_close = "99";
  std::int64_t travel_s = 10;                  ///< what a valve takes at most to move, 0..120
  std::string model{};                         ///< modbus: the name of the file that says where its registers are
  std::string format{};                        ///< its characters, such as 8N1, where they differ from the line's; empty: the line's
  auto operator<=>(const MeterProfile&) const = default;
};

/// What a meter counts, and in what: kWh, or m3.
enum class MeterKind : std::uint8_t {
  electricity,
  water,
  hot_water,  ///< a water controller: counts m3, with a valve of the main pipe and one that adds hot water
};

struct ArchiveLine {
  base::LineId id;
  std::string uri;  ///< serial:///dev/ttyS1?baud=2400&format=8E1 or tcp://host:port
  auto operator<=>(const ArchiveLine&) const = default;
};

struct ArchiveDevice {
  base::DeviceId id;
  base::LineId line;
  std::string address;  ///< in reading order: 12 digits; of cjt188 14 hex digits, which include the maker's two bytes; of modbus the unit (direct_unit.hpp for 255 and 0)
  std::optional<std::int64_t> baud;  ///< differs from the line's
  MeterProfile profile;
  MeterKind kind = MeterKind::electricity;
  bool valve = true;  ///< false: a water meter that cannot cut off
  auto operator<=>(const ArchiveDevice&) const = default;
};

/// `down/archive`, retained: the whole wanted configuration of one gateway. Higher versions replace lower ones.
struct Archive {
  std::int64_t version = 1;
  std::int64_t utc_offset_minutes = 480;
  std::int64_t reading_minutes = 15;  ///< 1..1440, aligned to the site's clock
  std::vector<ArchiveLine> lines;
  std::vector<ArchiveDevice> devices;
  std::optional<ReleaseOrder> release = {};  ///< nothing: what runs stays
  auto operator<=>(const Archive&) const = default;
};

/// Errors of every decode: not_json, too_large, missing_field, bad_field, unknown_kind (wire::Errc).
[[nodiscard]] base::Result<Ack> decode_ack(std::string_view body);
[[nodiscard]] std::string encode(const Ack& ack);
[[nodiscard]] base::Result<Command> decode_command(std::string_view body);
[[nodiscard]] std::string encode(const Command& command);
/// Also refuses a device on a line that is not there, and two devices or lines with one id (bad_field).
[[nodiscard]] base::Result<Archive> decode_archive(std::string_view body);
[[nodiscard]] std::string encode(const Archive& archive);

/// Characters of a serial line: data bits 7 or 8, parity N, E or O, stop bits 1 or 2, such as 8E1.
[[nodiscard]] bool is_characters(std::string_view text);

/// True when this can be the address of a device that is spoken to so. Upper or lower case.
[[nodiscard]] bool is_address(std::string_view dialect, std::string_view text);

[[nodiscard]] std::string_view to_string(CommandKind kind);
[[nodiscard]] base::Result<CommandKind> parse_command_kind(std::string_view text);
[[nodiscard]] std::string_view to_string(MeterKind kind);

}  // namespace anju::wire
