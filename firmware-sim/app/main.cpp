// anju-sim: simulated devices at wire level. `run` plays a scenario file, `meter` and `water` one device by hand.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "firmware-sim/app/run.hpp"

namespace {

using anju::base::Millis;

/// Values of --set before the environment.
std::optional<std::string> look_up(const std::map<std::string, std::string>& given, const std::string& name) {
  if (const auto found = given.find(name); found != given.end()) return found->second;
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

/// The profile of that name, from `folder`, or from where a gateway has its own: share/anju/profiles beside bin/; in a build the folder of the sources.
std::optional<std::string> profile_of(const std::string& folder, const std::string& model) {
  if (model.empty() || model.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") != std::string::npos) return std::nullopt;
  std::error_code ignored;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  for (const std::filesystem::path& place : {std::filesystem::path(folder), program.parent_path().parent_path() / "share/anju/profiles", std::filesystem::path(ANJU_PROFILES)}) {
    std::ifstream input(place / (model + ".toml"));
    if (!place.empty() && input) return std::string(std::istreambuf_iterator<char>(input), {});
  }
  return std::nullopt;
}

int play(const std::string& text, const std::string& file, const std::map<std::string, std::string>& given,
         std::optional<double> duration_s, const std::string& profiles = {}) {
  const auto lookup = [&given](const std::string& name) { return look_up(given, name); };
  const auto models = [&profiles](const std::string& model) { return profile_of(profiles, model); };
  const auto scenario = anju::sim::parse_scenario(text, file, lookup, models);
  if (!scenario) {
    std::cerr << scenario.error().where << " (" << scenario.error().code << ")\n";
    return 2;
  }
  std::optional<Millis> duration;
  if (duration_s) duration = Millis(static_cast<std::int64_t>(*duration_s * 1000));
  return anju::sim::run_scenario(*scenario, duration);
}

/// A text as TOML takes it unchanged.
std::string toml_literal(const std::string& text) {
  return "'" + text + "'";
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Simulated meters at wire level: DL/T645, CJ/T188 and Modbus on lines, water meters with a network of their own"};
  app.require_subcommand(1);
  std::optional<double> duration_s;

  std::string file;
  std::string profiles;
  std::vector<std::string> settings;
  CLI::App* run = app.add_subcommand("run", "play a scenario file");
  run->add_option("scenario", file, "TOML file, see firmware-sim/README.md")->required();
  run->add_option("--set", settings, "NAME=VALUE for ${NAME} in the file; otherwise the environment is asked");
  run->add_option("--profiles", profiles, "a folder of profiles of Modbus devices before the shipped ones");
  run->add_option("--duration", duration_s, "seconds; until a signal when absent")->check(CLI::Range(0.0, 1e8));

  std::string port, address, baud = "2400", load = "1", factor = "1", start = "0", control, edition = "2007",
                             preamble = "4";
  CLI::App* meter = app.add_subcommand("meter", "one meter by hand");
  meter->add_option("--port", port, "pty:/absolute/path or tcp:address:port")->required();
  meter->add_option("--address", address, "twelve digits")->required();
  meter->add_option("--baud", baud, "baud rate of the line")->capture_default_str();
  meter->add_option("--load", load, "kW")->capture_default_str();
  meter->add_option("--energy-factor", factor, "registers run this much faster")->capture_default_str();
  meter->add_option("--start", start, "kWh in the register")->capture_default_str();
  meter->add_option("--edition", edition, "2007 or 1997")->capture_default_str();
  meter->add_option("--preamble", preamble, "FE bytes in front of a reply")->capture_default_str();
  meter->add_option("--control", control, "address:port of the control port");
  meter->add_option("--duration", duration_s, "seconds; until a signal when absent")->check(CLI::Range(0.0, 1e8));

  std::string broker = "mqtt://127.0.0.1:1883", site_id, gateway, key_file, spool_file, user, password, ca_file,
              water_kind = "water", flow = "0.1";
  bool no_valve = false;
  CLI::App* water = app.add_subcommand("water", "one water meter or hot-water controller by hand");
  water->add_option("--broker", broker, "mqtt://host:port or mqtts://host:port")->capture_default_str();
  water->add_option("--site", site_id, "the community's id")->required();
  water->add_option("--gateway", gateway, "the gateway's id under which it speaks")->required();
  water->add_option("--key-file", key_file, "that anju-platform made for the gateway")->required();
  water->add_option("--address", address, "twelve digits")->required();
  water->add_option("--kind", water_kind, "water or hot_water")->capture_default_str();
  water->add_flag("--no-valve", no_valve, "it cannot cut off");
  water->add_option("--flow", flow, "m3 an hour")->capture_default_str();
  water->add_option("--energy-factor", factor, "the register runs this much faster")->capture_default_str();
  water->add_option("--start", start, "m3 in the register")->capture_default_str();
  water->add_option("--spool-file", spool_file, "what survives the end of the program; none when absent");
  water->add_option("--user", user, "at the broker");
  water->add_option("--password", password, "at the broker");
  water->add_option("--ca-file", ca_file, "for mqtts://");
  water->add_option("--control", control, "address:port of the control port");
  water->add_option("--duration", duration_s, "seconds; until a signal when absent")->check(CLI::Range(0.0, 1e8));
  CLI11_PARSE(app, argc, argv);

  std::map<std::string, std::string> given;
  for (const std::string& setting : settings) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos) {
      std::cerr << "--set " << setting << ": expected NAME=VALUE\n";
      return 2;
    }
    given[setting.substr(0, equals)] = setting.substr(equals + 1);
  }

  if (run->parsed()) {
    std::ifstream input(file);
    if (!input) {
      std::cerr << file << ": cannot be read\n";
      return 2;
    }
    return play({std::istreambuf_iterator<char>(input), {}}, file, given, duration_s, profiles);
  }
  // By hand is a scenario of one device: one set of rules and messages for both.
  std::string text;
  if (!control.empty()) text += "[control]\nlisten = " + toml_literal(control) + "\n";
  if (water->parsed()) {
    const auto add = [&text](const std::string& key, const std::string& value) {
      if (!value.empty()) text += key + " = " + toml_literal(value) + "\n";
    };
    text += "[[station]]\n";
    add("site", site_id), add("gateway", gateway), add("broker", broker), add("key_file", key_file);
    add("spool_file", spool_file), add("user", user), add("password", password), add("ca_file", ca_file);
    text += "[[station.device]]\nenergy_factor = " + factor + "\nvalve = " + (no_valve ? "false" : "true") + "\n";
    add("address", address), add("kind", water_kind), add("flow_m3_h", flow), add("start_m3", start);
    return play(text, "command line", given, duration_s);
  }
  text += "[[line]]\nport = " + toml_literal(port) + "\nbaud = " + baud +
          "\n[[line.meter]]\naddress = " + toml_literal(address) + "\nload_kw = " + toml_literal(load) +
          "\nenergy_factor = " + factor + "\nstart_kwh = " + toml_literal(start) + "\nedition = " + edition +
          "\npreamble = " + preamble + "\n";
  return play(text, "command line", given, duration_s);
}
