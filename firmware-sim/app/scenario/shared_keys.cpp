#include "firmware-sim/app/scenario/shared_keys.hpp"

#include <optional>

#include "protocols/base/decimal.hpp"

namespace anju::sim {
namespace {

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

}  // namespace anju::sim
