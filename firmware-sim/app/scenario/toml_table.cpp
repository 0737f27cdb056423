#include "firmware-sim/app/scenario/toml_table.hpp"

#include <charconv>
#include <cmath>
#include <utility>

#include "protocols/base/decimal.hpp"

namespace anju::sim {

void Complaints::add(ScenarioErrc errc, const toml::source_region& at, const std::string& key,
                     const std::string& rule) {
  if (first) return;
  first = base::Error(errc, file + ":" + std::to_string(at.begin.line) + ": " + key + ": " + rule);
}

TomlTable::TomlTable(const toml::table& table, std::string path, Complaints& complaints)
    : table_(table), path_(std::move(path)), complaints_(complaints) {}

std::optional<std::string> TomlTable::text(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) return std::nullopt;
  const auto value = node->value_exact<std::string>();
  if (!value) {
    complain(ScenarioErrc::wrong_type, key, "a text in quotes");
    return std::nullopt;
  }
  return expand(*value, key);
}

std::string TomlTable::required_text(std::string_view key, const std::string& rule) {
  if (!has(key)) complain(ScenarioErrc::missing_key, key, rule);
  return text(key).value_or("");
}

std::int64_t TomlTable::integer(std::string_view key, std::int64_t otherwise, std::int64_t least, std::int64_t most) {
  const toml::node* node = find(key);
  if (node == nullptr) return otherwise;
  const auto value = node->value_exact<std::int64_t>();
  const std::string rule = "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
  if (!value) {
    complain(ScenarioErrc::wrong_type, key, rule);
    return otherwise;
  }
  if (*value < least || *value > most) {
    complain(ScenarioErrc::out_of_range, key, rule);
    return otherwise;
  }
  return *value;
}

bool TomlTable::flag(std::string_view key, bool otherwise) {
  const toml::node* node = find(key);
  if (node == nullptr) return otherwise;
  const auto value = node->value_exact<bool>();
  if (!value) complain(ScenarioErrc::wrong_type, key, "true or false");
  return value.value_or(otherwise);
}

std::optional<std::int64_t> TomlTable::decimal(std::string_view key, int decimals) {
  const toml::node* node = find(key);
  return node == nullptr ? std::nullopt : decimal_of(*node, key, decimals);
}

std::optional<std::int64_t> TomlTable::decimal_of(const toml::node& node, std::string_view key, int decimals) {
  const std::string rule = "a number, 0 or more, with at most " + std::to_string(decimals) + " decimals";
  std::string digits;
  if (const auto text = node.value_exact<std::string>()) {
    digits = *text;
  } else if (const auto whole = node.value_exact<std::int64_t>()) {
    digits = std::to_string(*whole);
  } else if (const auto binary = node.value_exact<double>(); binary && std::abs(*binary) < 1e9) {
    // The shortest text that reads back as the same number is what the author wrote.
    std::array<char, 64> buffer{};
    const auto [end, error] =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), *binary, std::chars_format::fixed);
    if (error == std::errc{}) digits.assign(buffer.data(), end);
  }
  const auto value = base::parse_decimal(digits, decimals);
  if (!value || *value < 0) {
    complaints_.add(ScenarioErrc::bad_value, node.source(), name_of(key), rule);
    return std::nullopt;
  }
  return *value;
}

std::optional<base::Millis> TomlTable::duration(std::string_view key) {
  const auto written = text(key);
  if (!written) return std::nullopt;
  std::int64_t count = 0;
  const char* const end = written->data() + written->size();
  const auto [stop, error] = std::from_chars(written->data(), end, count);
  const std::string_view unit(stop, static_cast<std::size_t>(end - stop));
  constexpr std::int64_t kMost = 1'000'000'000;
  if (error == std::errc{} && count >= 0 && count <= kMost) {
    if (unit == "ms") return base::Millis(count);
    if (unit == "s") return base::seconds(count);
    if (unit == "m") return base::minutes(count);
    if (unit == "h") return base::hours(count);
  }
  complain(ScenarioErrc::bad_value, key, R"(a duration such as "1500ms", "90s", "2m" or "3h")");
  return std::nullopt;
}

const toml::array* TomlTable::array(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) return nullptr;
  if (!node->is_array()) complain(ScenarioErrc::wrong_type, key, "an array in brackets");
  return node->as_array();
}

std::vector<TomlTable> TomlTable::tables(std::string_view key) {
  std::vector<TomlTable> found;
  const toml::array* all = array(key);
  if (all == nullptr) return found;
  for (const toml::node& node : *all) {
    const std::string path = name_of(key) + "[" + std::to_string(found.size()) + "]";
    const toml::table* one = node.as_table();
    if (one == nullptr) {
      complaints_.add(ScenarioErrc::wrong_type, node.source(), path, "a table");
      break;
    }
    found.emplace_back(*one, path, complaints_);
  }
  return found;
}

std::optional<TomlTable> TomlTable::table(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) return std::nullopt;
  if (!node->is_table()) {
    complain(ScenarioErrc::wrong_type, key, "a table");
    return std::nullopt;
  }
  return TomlTable(*node->as_table(), name_of(key), complaints_);
}

void TomlTable::complain(ScenarioErrc errc, std::string_view key, const std::string& rule) {
  const toml::node* node = table_.get(key);
  complaints_.add(errc, node == nullptr ? table_.source() : node->source(), name_of(key), rule);
}

void TomlTable::finish() {
  for (const auto& [key, node] : table_) {
    if (asked_.contains(key.str())) continue;
    complaints_.add(ScenarioErrc::unknown_key, key.source(), name_of(key.str()), "no such key here");
    return;
  }
}

const toml::node* TomlTable::find(std::string_view key) {
  asked_.emplace(key);
  return table_.get(key);
}

std::string TomlTable::name_of(std::string_view key) const {
  return path_.empty() ? std::string(key) : path_ + "." + std::string(key);
}

std::string TomlTable::expand(const std::string& text, std::string_view key) {
  std::string done;
  std::size_t at = 0;
  while (true) {
    const std::size_t begin = text.find("${", at);
    const std::size_t end = begin == std::string::npos ? begin : text.find('}', begin);
    if (end == std::string::npos) return done + text.substr(at);
    done += text.substr(at, begin - at);
    at = end + 1;

    std::string name = text.substr(begin + 2, end - begin - 2);
    std::optional<std::string> otherwise;
    if (const std::size_t mark = name.find(":-"); mark != std::string::npos) {
      otherwise = name.substr(mark + 2);
      name.resize(mark);
    }
    auto value = complaints_.lookup(name);
    if (!value) value = otherwise;
    if (!value) {
      complain(ScenarioErrc::not_set, key,
               "${" + name + "} has no value; set it in the environment or with --set " + name + "=…");
      return {};
    }
    done += *value;
  }
}

}  // namespace anju::sim
