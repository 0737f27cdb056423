#pragma once

// A scenario file: which lines and meters, and which stations, to simulate, and what goes wrong when. The keys are described in
// firmware-sim/README.md. Reading is a function of the text, so it is tested without a file.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware-sim/devices/cjt188_meter.hpp"
#include "firmware-sim/devices/meter.hpp"
#include "firmware-sim/devices/modbus_meter.hpp"
#include "firmware-sim/devices/site.hpp"
#include "firmware-sim/devices/water_meter.hpp"
#include "protocols/base/result.hpp"

namespace anju::sim {

inline constexpr std::size_t kMaxLines = 64;
inline constexpr std::size_t kMaxStations = 200;  ///< each has a connection and a thread of its own
inline constexpr std::size_t kMaxMeters = 10'000;  ///< of a whole scenario

enum class ScenarioErrc {
  not_toml,      ///< the text is not TOML
  unknown_key,   ///< a key that means nothing here, most likely misspelt
  missing_key,   ///< a key that must be there
  wrong_type,    ///< text where a number belongs, and the like
  out_of_range,  ///< a value outside what the rule allows
  bad_value,     ///< a text that is not what the rule says (address, duration, port …)
  duplicate,     ///< two meters of one address, two lines of one name
  not_set,       ///< ${NAME} without a value and without a default
};

constexpr std::string_view to_string(ScenarioErrc errc) {
  switch (errc) {
    case ScenarioErrc::not_toml: return "not_toml";
    case ScenarioErrc::unknown_key: return "unknown_key";
    case ScenarioErrc::missing_key: return "missing_key";
    case ScenarioErrc::wrong_type: return "wrong_type";
    case ScenarioErrc::out_of_range: return "out_of_range";
    case ScenarioErrc::bad_value: return "bad_value";
    case ScenarioErrc::duplicate: return "duplicate";
    case ScenarioErrc::not_set: return "not_set";
  }
  return "unknown";
}

struct LinePlan {
  std::string name;
  std::string port;  ///< pty:/path or tcp:address:port
  WireFormat format{2400, 'E'};
  std::vector<MeterSetup> meters;
  std::vector<Cjt188Setup> water_meters;
  std::vector<ModbusSetup> modbus_meters;
};

/// Devices that speak the platform's wire themselves, under one gateway's name.
struct StationPlan {
  std::string site, gateway;  ///< ids
  std::string broker;         ///< mqtt://host:port or mqtts://host:port
  std::string key_file;       ///< 64 hex digits
  std::string spool_file;     ///< empty: nothing survives the end of the program
  std::string user, password, ca_file, tls_certificate_file, tls_key_file;  ///< for the broker; may be empty
  std::vector<WaterSetup> devices;
};

struct Scenario {
  std::string control;  ///< address:port of the control port; empty: none
  std::vector<LinePlan> lines;
  std::vector<ScheduledFault> faults;
  std::vector<StationPlan> stations;
};

/// Gives the value of ${NAME}, or nothing.
using Lookup = std::function<std::optional<std::string>(const std::string& name)>;

/// text: the whole file; file: its name for the messages; models: gives the text of the profile of a Modbus device. Errors: ScenarioErrc, `where` is
/// "file:line: key: rule".
[[nodiscard]] base::Result<Scenario> parse_scenario(std::string_view text, const std::string& file,
                                                    const Lookup& lookup, const Lookup& models = {});

}  // namespace anju::sim
