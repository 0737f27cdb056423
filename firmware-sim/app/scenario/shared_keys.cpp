#include "firmware-sim/app/scenario/shared_keys.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "protocols/base/decimal.hpp"

namespace anju::sim {
namespace {

constexpr std::int64_t kMostFlow_e4 = 10'000'000;  // 1000 m3 an hour, a main of a district

/// A whole hour (18) or "HH:MM".
std::optional<int> minute_of_day(const toml::node& node) {
  if (const auto hour = node.value_exact<std::int64_t>()) {
    return *hour >= 0 && *hour < 24 ? std::optional(static_cast<int>(*hour) * 60) : std::nullopt;
  }
  const auto text = node.value_exact<std::string>();
  if (!text || text->size() != 5 || (*text)[2] != ':') return std::nullopt;
  const auto hours = base::parse_decimal(text->substr(0, 2), 0);
  const auto minutes = base::parse_decimal(text->substr(3), 0);
  if (!hours || !minutes || *hours < 0 || *hours > 23 || *minutes < 0 || *minutes > 59) return std::nullopt;
  return static_cast<int>(*hours * 60 + *minutes);
}

}  // namespace

std::vector<std::pair<int, const toml::node*>> day_pairs(TomlTable& table, std::string_view key,
                                                         const std::string& rule) {
  std::vector<std::pair<int, const toml::node*>> pairs;
  const toml::array* all = table.array(key);
  if (all == nullptr) return pairs;
  for (const toml::node& node : *all) {
    const toml::array* pair = node.as_array();
    const auto from = pair != nullptr && pair->size() == 2 ? minute_of_day((*pair)[0]) : std::nullopt;
    if (!from || (!pairs.empty() && *from <= pairs.back().first)) {
      table.complain(ScenarioErrc::bad_value, key, rule);
      return {};
    }
    pairs.emplace_back(*from, pair->get(1));
  }
  return pairs;
}

std::int64_t read_address(TomlTable& table, std::string_view key) {
  const std::string rule = "twelve decimal digits";
  const std::string text = table.required_text(key, rule);
  const auto value = text.size() == 12 ? base::parse_decimal(text, 0) : base::Result<std::int64_t>(-1);
  if (value && *value >= 0) return *value;
  table.complain(ScenarioErrc::bad_value, key, rule);
  return 0;
}

DayProfile read_profile(TomlTable& table, std::string_view constant, std::string_view course, int decimals, std::int64_t most,
                        std::int64_t otherwise) {
  const std::string rule = R"(over the day, ascending: [[0, 0.2], [18, 1.5], ["22:30", 0.3]])";
  DayProfile profile;
  const auto checked = [&](std::optional<std::int64_t> value, std::string_view key) {
    if (value.value_or(0) > most) table.complain(ScenarioErrc::out_of_range, key, "not above " + std::to_string(most) + " units of 10^-" + std::to_string(decimals));
    return value.value_or(0);
  };
  if (table.has(constant)) profile = {{0, checked(table.decimal(constant, decimals), constant)}};
  for (const auto& [from, node] : day_pairs(table, course, rule)) {
    profile.push_back({from, checked(table.decimal_of(*node, course, decimals), course)});
  }
  if (table.has(constant) && table.has(course)) {
    table.complain(ScenarioErrc::duplicate, constant, "either " + std::string(constant) + " or " + std::string(course));
  }
  if (profile.empty() && otherwise != 0) profile = {{0, otherwise}};
  return profile;
}

void read_water(TomlTable& table, std::uint64_t number, WaterSetup& setup) {
  setup.seed = number;
  // Without a start every meter has a past of its own, and always the same one.
  setup.start.e4 = table.decimal("start_m3", 4).value_or(static_cast<std::int64_t>(mix(number, 1) % 500'000) * 10);
  if (setup.start.e4 >= kWaterRolloverE4) table.complain(ScenarioErrc::out_of_range, "start_m3", "below 1000000 m3");
  setup.flow = read_profile(table, "flow_m3_h", "flow", 4, kMostFlow_e4, 0);
  setup.noise_percent = static_cast<int>(table.integer("noise_percent", 0, 0, 100));
  setup.valve_open = table.flag("valve_open", true);
  setup.clock_offset = base::seconds(table.integer("clock_offset_s", 0, -1'000'000'000, 1'000'000'000));
}

char read_parity(TomlTable& table, std::string_view key, char otherwise) {
  const auto text = table.text(key);
  if (!text) return otherwise;
  const bool ok = text->size() == 3 && (*text)[0] == '8' && ((*text)[1] == 'N' || (*text)[1] == 'E' || (*text)[1] == 'O') && ((*text)[2] == '1' || (*text)[2] == '2');
  if (!ok) table.complain(ScenarioErrc::bad_value, key, "8E1, 8N1, 8O1 or 8N2");
  return ok ? (*text)[1] : otherwise;
}

std::uint32_t read_baud(TomlTable& table, std::string_view key, std::uint32_t otherwise) {
  constexpr std::array<std::int64_t, 9> kBaudRates{300, 600, 1200, 2400, 4800, 9600, 19'200, 38'400, 115'200};
  const std::int64_t baud = table.integer(key, otherwise, 300, 115'200);
  if (std::ranges::find(kBaudRates, baud) == kBaudRates.end()) {
    table.complain(ScenarioErrc::out_of_range, key, "300, 600, 1200, 2400, 4800, 9600, 19200, 38400 or 115200");
  }
  return static_cast<std::uint32_t>(baud);
}

std::optional<WireFormat> read_own_format(TomlTable& table, WireFormat otherwise) {
  const bool own = table.has("baud") || table.has("format");
  const std::uint32_t baud = read_baud(table, "baud", otherwise.baud);
  const char parity = read_parity(table, "format", otherwise.parity);
  return own ? std::optional(WireFormat(baud, parity)) : std::nullopt;
}

std::string room(const std::string& pattern, std::int64_t number) {
  const std::size_t begin = pattern.find("{n");
  const std::size_t end = begin == std::string::npos ? begin : pattern.find('}', begin);
  if (end == std::string::npos) return pattern;
  std::string digits = std::to_string(number);
  const std::size_t width = end - begin - 1;
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return pattern.substr(0, begin) + digits + pattern.substr(end + 1);
}

}  // namespace anju::sim
