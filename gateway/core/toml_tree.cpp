#include "gateway/core/toml_tree.hpp"

#include <optional>
#include <utility>

#include <toml++/toml.h>

namespace anju::gateway {
namespace {

/// Remembers the first node that has no place in our files.
struct Conversion {
  std::optional<std::string> refused;

  TomlTable table(const toml::table& from) {
    TomlTable to;
    for (const auto& [key, node] : from) to.push_back({std::string(key.str()), value(node, key.str())});
    return to;
  }

  TomlValue value(const toml::node& node, std::string_view key) {
    if (const auto* flag = node.as_boolean()) return {flag->get()};
    if (const auto* number = node.as_integer()) return {number->get()};
    if (const auto* text = node.as_string()) return {text->get()};
    if (const auto* inner = node.as_table()) return {table(*inner)};
    if (const auto* array = node.as_array()) {
      TomlArray to;
      for (const auto& one : *array) to.push_back(value(one, key));
      return {std::move(to)};
    }
    if (!refused) {
      refused = "line " + std::to_string(node.source().begin.line) + ": key '" + std::string(key) +
                "' has to be a text in quotes, a whole number, true or false";
    }
    return {false};
  }
};

}  // namespace

base::Result<TomlTable> parse_toml(const std::string& file, std::string_view text) {
  // Debian's library is built with exceptions; they end here.
  try {
    Conversion conversion;
    auto tree = conversion.table(toml::parse(text, file));
    if (conversion.refused) return base::fail(TomlErrc::bad_toml, file + ": " + *conversion.refused);
    return tree;
  } catch (const toml::parse_error& failure) {
    return base::fail(TomlErrc::bad_toml,
                      file + ": line " + std::to_string(failure.source().begin.line) + ": " + std::string(failure.description()));
  }
}

}  // namespace anju::gateway
