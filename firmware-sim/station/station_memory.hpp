#pragma once

// What a station does not forget when its power goes, as lines of text that are only ever appended:
//
//   epoch ID                      begins a stream; what lines before it said of events is over
//   event SEQ JSON                one event of it
//   through N                     acknowledged so far; the newest line counts, also a smaller one
//   command JSON                  accepted, so its counter and its id are known
//   done ID                       its final phase is in the stream
//   counter N                     counters up to it are refused
//   archive JSON                  the newest configuration
//   device ADDRESS n n n n [n n n n]   register, rest, valve, kept open; of a controller: temperature, valve, automatic, target
//   end                           what was written together is whole
//
// What follows the last `end` was being written when the power went: nothing was published of it, so it never was.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware-sim/devices/water_meter.hpp"
#include "firmware-sim/station/station_stream.hpp"
#include "protocols/base/result.hpp"
#include "protocols/wire/down.hpp"

namespace anju::sim {

enum class MemoryErrc {
  bad_memory,  ///< a line that no station wrote; `where` is its number and what is wrong
};
constexpr std::string_view to_string(MemoryErrc) {
  return "bad_memory";
}

struct StationMemory {
  std::string epoch;  ///< empty: nothing is remembered
  std::int64_t first_seq = 1, through = 0;
  std::vector<StationStream::Kept> events;
  std::int64_t counter = 0;
  struct Accepted {
    wire::Command command;
    bool done = false;
  };
  std::vector<Accepted> commands;  ///< oldest first
  std::optional<wire::Archive> archive;
  std::map<std::string, WaterMeter::Kept> devices;  ///< by address
};

/// How much of it was written as a whole; the rest is to be cut off before anything is appended.
[[nodiscard]] std::size_t whole_size(std::string_view text);

/// text: all lines; those behind the last `end` are not looked at. Error: bad_memory.
[[nodiscard]] base::Result<StationMemory> read_memory(std::string_view text);

/// Each gives a whole line with its end.
[[nodiscard]] std::string epoch_line(const std::string& epoch);
[[nodiscard]] std::string event_line(std::int64_t seq, const std::string& text);
[[nodiscard]] std::string through_line(std::int64_t through);
[[nodiscard]] std::string command_line(const wire::Command& command);
[[nodiscard]] std::string done_line(const base::CommandId& id);
[[nodiscard]] std::string counter_line(std::int64_t counter);
[[nodiscard]] std::string archive_line(const wire::Archive& archive);
[[nodiscard]] std::string device_line(const std::string& address, const WaterMeter::Kept& kept);
[[nodiscard]] std::string end_line();

}  // namespace anju::sim
