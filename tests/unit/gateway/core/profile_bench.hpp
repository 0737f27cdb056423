#pragma once

// Profiles for tests: a small one that can be changed line by line, and those that are shipped.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include <doctest/doctest.h>

#include "gateway/core/device_profile.hpp"
#include "tests/source_dir.hpp"

namespace anju::gateway::bench {

inline constexpr const char* kHead = R"(name = "small"
make = "Somebody"
model = "One"
kind = "electricity"
source = "a test"
confirmed = false
baud = 9600
format = "8N1"
base = 0
)";

inline constexpr const char* kEnergy = R"([[point]]
name = "energy_total"
function = 3
address = 100
type = "u32"
unit = "0.01kWh"
)";

inline constexpr const char* kRelay = R"([[point]]
name = "relay"
function = 3
address = 200
type = "u16"
states = { 0 = "open", 1 = "closed" }
)";

inline constexpr const char* kTrip = R"([[action]]
name = "trip"
writes = [{ function = 6, address = 200, value = 0 }]
verify = { point = "relay", state = "open" }
)";

inline std::string joined(std::initializer_list<std::string> parts) {
  std::string text;
  for (const auto& part : parts) text += part + "\n";
  return text;
}

/// The text with one part replaced, which has to be in it.
inline std::string with(std::string text, const std::string& part, const std::string& other) {
  const auto at = text.find(part);
  REQUIRE(at != std::string::npos);
  return text.replace(at, part.size(), other);
}

inline DeviceProfile parsed(const std::string& text) {
  const auto profile = parse_profile("small.toml", text);
  if (!profile) MESSAGE(profile.error().where);
  REQUIRE(profile.has_value());
  return *profile;
}

inline std::map<std::string, std::string> shipped_texts() {
  std::map<std::string, std::string> texts;
  for (const auto& entry : std::filesystem::directory_iterator(test::source_dir() + "/gateway/profiles")) {
    if (entry.path().extension() != ".toml") continue;
    std::ifstream file(entry.path());
    texts[entry.path().filename().string()] = std::string(std::istreambuf_iterator<char>(file), {});
  }
  return texts;
}

inline const DeviceProfile& shipped(const std::string& name) {
  static const auto kProfiles = load_profiles(shipped_texts());
  REQUIRE(kProfiles.refused.empty());
  REQUIRE(kProfiles.profiles.contains(name));
  return kProfiles.profiles.at(name);
}

}  // namespace anju::gateway::bench
