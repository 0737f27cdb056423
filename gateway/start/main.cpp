// anju-gateway-start: starts the gateway, in the version that is to run, and gives a new one its trial. It is part of the package and no upgrade
// replaces it, so it is small, knows neither configuration nor network, and does not need the new version to be any good.

#include <sys/stat.h>

#include <charconv>
#include <filesystem>
#include <iostream>
#include <string>

#include "gateway/core/upgrade.hpp"
#include "gateway/start/launcher.hpp"

namespace {

constexpr const char* kUsage =
    "anju-gateway-start --releases FOLDER [--keys FILE]... [--packaged PROGRAM] [--trial-seconds N] -- run --config gateway.toml\n"
    "  --releases       where releases lie, made where it is missing\n"
    "  --keys           public keys of makers whose releases may run, one per line; repeatable; a file that is missing has none\n"
    "  --packaged       the program that runs where there is no release (anju-gateway beside this one)\n"
    "  --trial-seconds  in which a new version has to be acknowledged by the platform (300)\n";

int complain(const std::string& what) {
  std::cerr << "anju-gateway-start: " << what << "\n" << kUsage;
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  ::umask(0077);
  anju::gateway::LauncherOptions options;
  options.trial_span = anju::gateway::kTrialSpan;
  options.packaged_version = anju::wire::parse_version(ANJU_VERSION).value_or(anju::wire::Version{});
  std::error_code failed;
  options.packaged = (std::filesystem::read_symlink("/proc/self/exe", failed).parent_path() / "anju-gateway").string();
  int at = 1;
  for (; at < argc && std::string_view(argv[at]) != "--"; at += 2) {
    const std::string_view key = argv[at];
    if (key == "--version") {
      std::cout << ANJU_VERSION << "\n";
      return 0;
    }
    if (at + 1 == argc) return complain(std::string(key) + ": unknown, or without a value");
    const std::string value = argv[at + 1];
    if (key == "--releases") {
      options.releases = std::filesystem::absolute(value, failed);
    } else if (key == "--keys") {
      options.key_files.push_back(value);
    } else if (key == "--packaged") {
      options.packaged = value;
    } else if (key == "--trial-seconds") {
      constexpr std::int64_t kMost = 86'400;
      std::int64_t seconds = 0;
      const auto [end, wrong] = std::from_chars(value.data(), value.data() + value.size(), seconds);
      const bool whole = wrong == std::errc() && end == value.data() + value.size();
      if (!whole || seconds < 1 || seconds > kMost) return complain("--trial-seconds: 1 to 86400");
      options.trial_span = anju::base::seconds(seconds);
    } else {
      return complain(std::string(key) + ": unknown");
    }
  }
  if (options.releases.empty()) return complain("--releases is missing");
  for (++at; at < argc; ++at) options.arguments.emplace_back(argv[at]);
  if (options.arguments.empty()) return complain("what the gateway is to be told is missing: -- run --config gateway.toml");
  return anju::gateway::launch(options);
}
