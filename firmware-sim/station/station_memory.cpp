#include "firmware-sim/station/station_memory.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace anju::sim {
namespace {

constexpr std::int64_t kNoTarget = -1;

/// The text up to the next space; `rest` becomes what follows.
std::string_view word(std::string_view& rest) {
  const std::size_t end = std::min(rest.find(' '), rest.size());
  const std::string_view found = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return found;
}

std::optional<std::int64_t> number(std::string_view& rest) {
  const std::string_view digits = word(rest);
  std::int64_t value = 0;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || stop != digits.data() + digits.size() || digits.empty()) return std::nullopt;
  return value;
}

/// False when the line is not one of ours.
bool take_event(StationMemory& memory, std::string_view rest) {
  const auto seq = number(rest);
  const auto event = wire::decode_event(rest);
  if (!seq || !event) return false;
  if (memory.events.empty()) memory.first_seq = *seq;
  if (*seq != memory.first_seq + static_cast<std::int64_t>(memory.events.size())) return false;
  memory.events.push_back(StationStream::keep(*event));
  return true;
}

bool take_device(StationMemory& memory, std::string_view rest) {
  const std::string address(word(rest));
  const auto total = number(rest), carried = number(rest), open = number(rest), kept_open = number(rest);
  if (!total || !carried || !open || !kept_open) return false;
  WaterMeter::Kept kept{*total, *carried, *open != 0, *kept_open != 0, std::nullopt};
  if (!rest.empty()) {
    const auto micro = number(rest), valve = number(rest), automatic = number(rest), target = number(rest);
    if (!micro || !valve || !automatic || !target) return false;
    kept.boiler = Boiler::Kept{*micro, *valve != 0, *automatic != 0, std::nullopt};
    if (*target != kNoTarget) kept.boiler->target_dc = *target;
  }
  memory.devices[address] = kept;
  return true;
}

bool take_line(StationMemory& memory, std::string_view line) {
  if (line == "end") return true;
  std::string_view rest = line;
  const std::string_view what = word(rest);
  if (what == "epoch") {
    memory.epoch = std::string(rest);
    memory.events.clear();
    memory.first_seq = 1;
    memory.through = 0;
    return !memory.epoch.empty();
  }
  if (what == "event") return take_event(memory, rest);
  if (what == "device") return take_device(memory, rest);
  if (what == "through" || what == "counter") {
    const auto value = number(rest);
    (what == "through" ? memory.through : memory.counter) = value.value_or(0);
    return value.has_value();
  }
  if (what == "command") {
    const auto command = wire::decode_command(rest);
    if (!command) return false;
    memory.counter = std::max(memory.counter, command->counter);
    memory.commands.push_back({*command, false});
    return true;
  }
  if (what == "done") {
    const auto known = std::ranges::find_if(memory.commands, [rest](const auto& one) { return one.command.id.value == rest; });
    if (known != memory.commands.end()) known->done = true;
    return true;
  }
  if (what == "archive") {
    const auto archive = wire::decode_archive(rest);
    if (archive) memory.archive = *archive;
    return archive.has_value();
  }
  return false;
}

std::string line(std::string_view what, const std::string& rest) {
  return std::string(what) + " " + rest + "\n";
}

}  // namespace

std::size_t whole_size(std::string_view text) {
  const std::size_t last = text.rfind("\nend\n");
  return last == std::string_view::npos ? 0 : last + 5;
}

base::Result<StationMemory> read_memory(std::string_view text) {
  StationMemory memory;
  text = text.substr(0, whole_size(text));
  for (std::size_t count = 1; text.find('\n') != std::string_view::npos; ++count) {
    const std::size_t end = text.find('\n');
    if (!take_line(memory, text.substr(0, end))) {
      return base::fail(MemoryErrc::bad_memory, "line " + std::to_string(count) + " was not written by a station");
    }
    text.remove_prefix(end + 1);
  }
  memory.through = std::min(memory.through, memory.first_seq + static_cast<std::int64_t>(memory.events.size()) - 1);
  return memory;
}

std::string epoch_line(const std::string& epoch) {
  return line("epoch", epoch);
}
std::string event_line(std::int64_t seq, const std::string& text) {
  return line("event", std::to_string(seq) + " " + text);
}
std::string through_line(std::int64_t through) {
  return line("through", std::to_string(through));
}
std::string command_line(const wire::Command& command) {
  return line("command", wire::encode(command));
}
std::string done_line(const base::CommandId& id) {
  return line("done", id.value);
}
std::string counter_line(std::int64_t counter) {
  return line("counter", std::to_string(counter));
}
std::string archive_line(const wire::Archive& archive) {
  return line("archive", wire::encode(archive));
}
std::string device_line(const std::string& address, const WaterMeter::Kept& kept) {
  std::string text = address;
  const auto add = [&text](std::int64_t value) { text += " " + std::to_string(value); };
  for (const std::int64_t value : {kept.total_e4, kept.carried, std::int64_t{kept.valve_open}, std::int64_t{kept.kept_open}}) add(value);
  if (kept.boiler) {
    add(kept.boiler->micro), add(kept.boiler->valve_open), add(kept.boiler->automatic);
    add(kept.boiler->target_dc.value_or(kNoTarget));
  }
  return line("device", text);
}
std::string end_line() {
  return "end\n";
}

}  // namespace anju::sim
