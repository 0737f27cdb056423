#pragma once

// What a Modbus device has where: a file per model (gateway/profiles/*.toml), read here into plain values. Pure: texts in, profiles out. How points
// are asked for is point_plan.hpp, what their registers say is point_value.hpp. The keys are explained in gateway/profiles/README.md.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "gateway/core/device_terms.hpp"
#include "gateway/core/line_uri.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"
#include "protocols/modbus/request.hpp"
#include "protocols/modbus/value.hpp"

namespace anju::gateway {

enum class ProfileErrc {
  bad_profile,    ///< a file is refused; `where`: file, place, key, rule
  unknown_point,  ///< the profile has no point of that name
  not_read,       ///< a register that is needed was not read
  bad_reply,      ///< a reply that is not of the read it is said to answer
  no_value,       ///< the register holds what the profile calls absent
  unknown_state,  ///< a value that the profile's map does not have; no state is invented
  bad_time,       ///< a clock's registers hold no time that exists
};

constexpr std::string_view to_string(ProfileErrc errc) {
  switch (errc) {
    case ProfileErrc::bad_profile: return "bad_profile";
    case ProfileErrc::unknown_point: return "unknown_point";
    case ProfileErrc::not_read: return "not_read";
    case ProfileErrc::bad_reply: return "bad_reply";
    case ProfileErrc::no_value: return "no_value";
    case ProfileErrc::unknown_state: return "unknown_state";
    case ProfileErrc::bad_time: return "bad_time";
  }
  return "unknown";
}

/// Of a file. What is longer was not written by a person.
inline constexpr std::size_t kMostProfileBytes = 64 * 1024, kMostPoints = 100, kMostActions = 16, kMostWrites = 8, kMostProfiles = 1000;

struct BitType {
  bool operator==(const BitType&) const = default;
};

/// How a clock stands in registers, and how it is written.
enum class ClockLayout {
  clock_yyyy_first,  ///< six registers: year of four digits, month, day, hour, minute, second
  clock_yy_first,    ///< six registers: year of two digits, month, day, hour, minute, second
  clock_yy_last,     ///< six registers: second, minute, hour, day, month, year of two digits
  clock_bytes,       ///< three registers of two bytes each: year of two digits, month; day, hour; minute, second
  clock_bcd,         ///< the same in BCD
};
[[nodiscard]] std::size_t registers_of(ClockLayout layout);

using PointType = std::variant<BitType, modbus::Type, ClockLayout>;

struct Point {
  PointName name = PointName::energy_total;
  modbus::Function function = modbus::Function::read_holding_registers;
  std::uint16_t address = 0;  ///< of the wire
  PointType type = modbus::Type::u16;
  modbus::Order order = modbus::Order::abcd;
  SourceUnit unit{};                       ///< of a number
  std::vector<PointName> scale;            ///< ratio or exponent points that multiply it
  std::optional<std::uint64_t> absent;     ///< the raw value that says "nothing here"
  std::uint64_t mask = ~std::uint64_t{0};  ///< bits of the raw value that count, for states
  std::vector<std::pair<std::uint64_t, State>> states;
  std::vector<std::pair<unsigned, Alarm>> bits;

  /// Registers, or bits, that it takes.
  [[nodiscard]] std::size_t size() const;
};

/// Nothing may be read across these: some devices answer with an exception, or not at all.
struct Hole {
  modbus::Function function = modbus::Function::read_holding_registers;
  std::uint16_t first = 0, last = 0;
};

struct ProfileWrite {
  modbus::Request request;           ///< without values where a clock goes
  std::optional<ClockLayout> clock;  ///< the values are the time
};

/// What has to be read afterwards. Until then nothing is done, whatever was acknowledged.
struct Verification {
  PointName point = PointName::relay;
  std::optional<State> state;
  base::Millis within;  ///< of a clock: how far it may be off
};

struct ProfileAction {
  ActionName name = ActionName::trip;
  std::vector<ProfileWrite> writes;  ///< in this order
  Verification verify;
};

struct DeviceProfile {
  std::string name;  ///< an id; devices name it
  std::string make, model;
  std::string source;      ///< where the map was read
  bool confirmed = false;  ///< seen working by somebody, ours or the source's own words; an installer is told when not
  wire::MeterKind kind = wire::MeterKind::electricity;
  SerialFormat format;
  base::Millis pause, timeout;  ///< silence between two requests; for the first byte, 0: what the line learns
  base::Millis travel;          ///< how long a valve takes; a state is judged after it
  std::size_t max_block = 32;   ///< registers, or bits, of one read
  std::size_t max_gap = 8;      ///< registers, or bits, that are read along to save a request
  std::vector<Hole> unreadable;
  std::vector<Point> points;
  std::vector<ProfileAction> actions;

  /// Null when it has none.
  [[nodiscard]] const Point* find(PointName point) const;
  [[nodiscard]] const ProfileAction* find(ActionName action) const;
};

/// file: its name for messages. Errors: bad_profile, bad_toml.
[[nodiscard]] base::Result<DeviceProfile> parse_profile(const std::string& file, std::string_view text);

struct LoadedProfiles {
  std::map<std::string, DeviceProfile> profiles;  ///< by name
  /// Names that cannot be used, and why: the file is broken (a name that cannot be read is the file's own, without folder and ending), two files have one
  /// name (nobody knows which is meant), or there are more than kMostProfiles.
  std::map<std::string, std::string> refused;
};

/// texts: file name -> its text.
[[nodiscard]] LoadedProfiles load_profiles(const std::map<std::string, std::string>& texts);

}  // namespace anju::gateway
