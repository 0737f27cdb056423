#include "gateway/app/config.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <utility>

#include <toml++/toml.h>

#include "gateway/local/listen.hpp"

namespace anju::gateway {
namespace {

/// Keys of one file; remembers the first thing that is wrong.
class Keys {
 public:
  Keys(std::string file, const toml::table& table) : file_(std::move(file)), table_(table) {}

  /// Every key of `table` must be one of `known`: a misspelt one would leave its setting as it is, in silence.
  /// table: empty for the file itself.
  void only(const std::string& table, std::initializer_list<std::string_view> known) {
    const toml::node* node = table.empty() ? &table_ : table_.get(table);
    if (node == nullptr) return;
    if (!node->is_table()) return wrong("key '" + table + "' has to be a table: [" + table + "]");
    for (const auto& [key, value] : *node->as_table()) {
      if (std::find(known.begin(), known.end(), key.str()) != known.end()) continue;
      std::string text = "unknown key '" + (table.empty() ? "" : table + ".") + std::string(key.str()) + "'; known here:";
      for (const auto one : known) text.append(" ").append(one);
      wrong(text);
    }
  }

  std::string text(const char* key, std::optional<std::string> otherwise = std::nullopt) {
    const auto node = table_.at_path(key);
    if (!node) {
      if (otherwise) return *otherwise;
      wrong(std::string("key '") + key + "' is missing: add it");
      return {};
    }
    const auto value = node.value_exact<std::string>();
    if (!value) wrong(std::string("key '") + key + "' has to be a text in quotes");
    return value.value_or(std::string());
  }

  std::int64_t number(const char* key, std::int64_t otherwise, std::int64_t least, std::int64_t most) {
    const auto node = table_.at_path(key);
    if (!node) return otherwise;
    const auto value = node.value_exact<std::int64_t>();
    if (value && *value >= least && *value <= most) return *value;
    wrong(std::string("key '") + key + "' has to be a number from " + std::to_string(least) + " to " +
          std::to_string(most));
    return otherwise;
  }

  void wrong(const std::string& what) {
    if (!error_) error_ = file_ + ": " + what;
  }
  [[nodiscard]] const std::optional<std::string>& error() const { return error_; }

 private:
  std::string file_;
  const toml::table& table_;
  std::optional<std::string> error_;
};

base::Result<toml::table> parse(const std::string& file) {
  const auto text = read_text(file, "configuration");
  if (!text) return base::pass(text);
  // Debian's library is built with exceptions; they end here.
  try {
    return toml::parse(*text, file);
  } catch (const toml::parse_error& failure) {
    return base::fail(ConfigErrc::bad_config, file + ": line " + std::to_string(failure.source().begin.line) + ": " +
                                                  std::string(failure.description()));
  }
}

/// share/anju/profiles beside bin/, where packages put them; in a build, the folder of the sources; for a release, which lies in a folder of its own,
/// those of the package. Empty: none is there.
std::filesystem::path shipped_profiles() {
  std::error_code ignored;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", ignored);
  for (const std::filesystem::path& place :
       {program.parent_path().parent_path() / "share/anju/profiles", std::filesystem::path(ANJU_PROFILES), std::filesystem::path("/usr/share/anju/profiles")}) {
    if (std::filesystem::is_directory(place, ignored)) return place;
  }
  return {};
}

std::string trimmed(std::string text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  const auto last = text.find_last_not_of(" \t\r\n");
  return first == std::string::npos ? std::string() : text.substr(first, last - first + 1);
}

}  // namespace

base::Result<std::string> read_text(const std::string& file, const std::string& what) {
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) {
    return base::fail(ConfigErrc::bad_config, file + ": is a folder, the " + what + " has to be a file");
  }
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    return base::fail(ConfigErrc::bad_config, file + ": cannot read the " + what + " (" + std::strerror(errno) +
                                                  "): create it or correct the path");
  }
  return std::string(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
}

base::Result<Config> load_config(const std::string& file) {
  const auto table = parse(file);
  if (!table) return base::pass(table);
  Keys keys(file, *table);
  keys.only("", {"site", "gateway", "key_file", "data", "archive_file", "profiles", "mqtt", "spool", "local", "log"});
  keys.only("mqtt", {"url", "user", "password", "ca_file", "certificate_file", "key_file"});
  keys.only("spool", {"max_mb"});
  keys.only("local", {"listen"});
  keys.only("log", {"level"});
  Config config;
  const auto site = keys.text("site"), gateway = keys.text("gateway"), key_file = keys.text("key_file");
  config.data = keys.text("data");
  config.archive_file = keys.text("archive_file", "");
  config.profiles = keys.text("profiles", "");
  config.mqtt.url = keys.text("mqtt.url");
  config.mqtt.user = keys.text("mqtt.user", "");
  config.mqtt.password = keys.text("mqtt.password", "");
  config.mqtt.tls.ca_file = keys.text("mqtt.ca_file", "");
  config.mqtt.tls.certificate_file = keys.text("mqtt.certificate_file", "");
  config.mqtt.tls.key_file = keys.text("mqtt.key_file", "");
  config.spool_max_mb = keys.number("spool.max_mb", 64, 1, 100'000);
  config.local_listen = keys.text("local.listen", config.local_listen);
  config.log_level = keys.text("log.level", "info");
  if (!keys.error()) {
    const auto site_id = base::SiteId::parse(site, "site");
    const auto gateway_id = base::GatewayId::parse(gateway, "gateway");
    if (!site_id) keys.wrong("key 'site' has to be 1 to 64 of A-Z a-z 0-9 _ -");
    if (!gateway_id) keys.wrong("key 'gateway' has to be 1 to 64 of A-Z a-z 0-9 _ -");
    if (site_id) config.site = *site_id;
    if (gateway_id) config.gateway = *gateway_id;
    if (const auto listen = parse_listen(config.local_listen); !config.local_listen.empty() && !listen) {
      keys.wrong("key 'local.listen' " + listen.error().where + ", or empty to turn the installer's page off");
    }
    const auto& level = config.log_level;
    if (level != "debug" && level != "info" && level != "warn" && level != "error") {
      keys.wrong("key 'log.level' has to be debug, info, warn or error");
    }
  }
  if (keys.error()) return base::fail(ConfigErrc::bad_config, *keys.error());

  const auto secret = read_text(key_file, "key that anju-platform made for this gateway");
  if (!secret) return base::fail(ConfigErrc::bad_config, file + ": key 'key_file': " + secret.error().where);
  const auto derived = wire::derive_keys(trimmed(*secret));
  if (!derived)
    return base::fail(ConfigErrc::bad_config, key_file + ": has to hold 64 hex digits, as anju-platform printed them");
  config.keys = *derived;

  std::error_code failure;
  std::filesystem::create_directories(config.data, failure);
  if (failure) {
    return base::fail(ConfigErrc::bad_config,
                      file + ": key 'data': cannot create " + config.data + " (" + failure.message() + ")");
  }
  return config;
}

base::Result<Profiles> load_profile_folders(const std::string& folder) {
  std::map<std::string, std::string> texts;
  for (const std::filesystem::path& place : {shipped_profiles(), std::filesystem::path(folder)}) {
    if (place.empty()) continue;
    std::error_code failure;
    for (const auto& entry : std::filesystem::directory_iterator(place, failure)) {
      if (entry.path().extension() != ".toml") continue;
      // One that cannot be read is refused below as an empty file.
      texts.emplace(entry.path(), read_text(entry.path(), "device profile").value_or(std::string()));
    }
    if (failure) return base::fail(ConfigErrc::bad_config, "key 'profiles': cannot read " + place.string() + " (" + failure.message() + ")");
  }
  auto loaded = load_profiles(texts);
  Profiles profiles;
  profiles.refused = std::move(loaded.refused);
  for (auto& [name, profile] : loaded.profiles) profiles.emplace(name, std::make_shared<const DeviceProfile>(std::move(profile)));
  return profiles;
}

base::Result<std::string> load_data_folder(const std::string& file) {
  const auto table = parse(file);
  if (!table) return base::pass(table);
  Keys keys(file, *table);
  auto data = keys.text("data");
  if (keys.error()) return base::fail(ConfigErrc::bad_config, *keys.error());
  return data;
}

std::string status_socket(const std::string& data_folder) {
  return (std::filesystem::path(data_folder) / "status.sock").string();
}

std::string trace_socket(const std::string& data_folder) {
  return (std::filesystem::path(data_folder) / "trace.sock").string();
}

std::string local_socket(const std::string& data_folder) {
  return (std::filesystem::path(data_folder) / "local.sock").string();
}

}  // namespace anju::gateway
