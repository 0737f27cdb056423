#pragma once

// Scenarios for tests: of a text, and those that are shipped.

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "firmware-sim/app/scenario/scenario.hpp"
#include "tests/source_dir.hpp"

namespace anju::sim::testing {

inline base::Result<Scenario> parse(const std::string& text) {
  const Lookup lookup = [](const std::string& name) {
    return name == "FOLDER" ? std::optional<std::string>("/run/x") : std::nullopt;
  };
  return parse_scenario(text, "site.toml", lookup);
}

inline const std::string kLine = "[[line]]\nport = 'pty:/tmp/a'\n";

inline Scenario shipped(const std::string& name) {
  std::ifstream input(test::source_dir() + "/firmware-sim/scenarios/" + name);
  const std::string text(std::istreambuf_iterator<char>(input), {});
  const auto scenario = parse(text);
  if (!scenario) FAIL(scenario.error().where);
  return *scenario;
}

}  // namespace anju::sim::testing
