#pragma once

// Typed access to one TOML table with complaints a person can act on: file, line, key and the rule that was broken.
// The first complaint of a file is kept; after it every getter gives its default. Included by this folder's sources
// only.

#define TOML_EXCEPTIONS 0

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

#include "firmware-sim/app/scenario/scenario.hpp"

namespace anju::sim {

struct Complaints {
  std::string file;
  const Lookup& lookup;
  std::optional<base::Error> first;

  void add(ScenarioErrc errc, const toml::source_region& at, const std::string& key, const std::string& rule);
};

class TomlTable {
 public:
  /// path: how the messages name this table ("line[0].meter[2]"). All three must outlive it.
  TomlTable(const toml::table& table, std::string path, Complaints& complaints);

  [[nodiscard]] bool has(std::string_view key) const { return table_.contains(key); }
  /// With ${NAME} and ${NAME:-default} filled in.
  [[nodiscard]] std::optional<std::string> text(std::string_view key);
  [[nodiscard]] std::string required_text(std::string_view key, const std::string& rule);
  [[nodiscard]] std::int64_t integer(std::string_view key, std::int64_t otherwise, std::int64_t least,
                                     std::int64_t most);
  [[nodiscard]] bool flag(std::string_view key, bool otherwise);
  /// A number or a text of at most `decimals` decimals, in units of 10^-decimals.
  [[nodiscard]] std::optional<std::int64_t> decimal(std::string_view key, int decimals);
  /// "90s", "1500ms", "2m", "3h".
  [[nodiscard]] std::optional<base::Millis> duration(std::string_view key);
  [[nodiscard]] const toml::array* array(std::string_view key);
  /// The tables of `[[key]]`.
  [[nodiscard]] std::vector<TomlTable> tables(std::string_view key);
  [[nodiscard]] std::optional<TomlTable> table(std::string_view key);

  /// A decimal inside an array.
  [[nodiscard]] std::optional<std::int64_t> decimal_of(const toml::node& node, std::string_view key, int decimals);
  void complain(ScenarioErrc errc, std::string_view key, const std::string& rule);
  /// Complains about the first key that nobody asked for.
  void finish();

 private:
  [[nodiscard]] const toml::node* find(std::string_view key);
  [[nodiscard]] std::string name_of(std::string_view key) const;
  [[nodiscard]] std::string expand(const std::string& text, std::string_view key);

  const toml::table& table_;
  std::string path_;
  Complaints& complaints_;
  std::set<std::string, std::less<>> asked_;
};

}  // namespace anju::sim
