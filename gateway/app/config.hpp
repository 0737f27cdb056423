#pragma once

// gateway.toml, checked. Every error is one line: file, key, what to do.

#include <cstdint>
#include <string>

#include "gateway/core/modbus_meter.hpp"
#include "gateway/uplink/uplink.hpp"
#include "protocols/base/id.hpp"
#include "protocols/base/result.hpp"
#include "protocols/wire/envelope.hpp"

namespace anju::gateway {

enum class ConfigErrc {
  bad_config,  ///< `where` is the whole message
};
[[nodiscard]] constexpr std::string_view to_string(ConfigErrc) {
  return "bad_config";
}

struct Config {
  base::SiteId site;
  base::GatewayId gateway;
  std::string data;          ///< folder of the spool; it exists
  std::string archive_file;  ///< empty: the archive comes from the platform only
  wire::GatewayKeys keys;
  mqtt::Options mqtt;
  std::string profiles;      ///< folder of device profiles beside the shipped ones; empty: none
  std::int64_t spool_max_mb = 64;
  std::string local_listen = "0.0.0.0:8090";  ///< of the installer's page; empty: it is turned off
  std::string log_level = "info";
};

/// Reads the file, the key file it names, and creates the data folder. Error: bad_config; an unknown key is one.
[[nodiscard]] base::Result<Config> load_config(const std::string& file);
/// Only what `status` needs; no key is read. Error: bad_config.
[[nodiscard]] base::Result<std::string> load_data_folder(const std::string& file);

/// The models of Modbus devices that this gateway knows: *.toml of the shipped folder (kShippedProfiles, where there is one) and of `folder`, if any.
/// A file that is no profile, or has the name of another one, is in `refused`. Error: bad_config (a folder that cannot be read).
[[nodiscard]] base::Result<Profiles> load_profile_folders(const std::string& folder);

/// Where a running gateway answers `status`.
[[nodiscard]] std::string status_socket(const std::string& data_folder);
[[nodiscard]] std::string trace_socket(const std::string& data_folder);
/// Where it answers to verbs what it answers to the installer's page.
[[nodiscard]] std::string local_socket(const std::string& data_folder);
/// The whole file. Error: bad_config, naming what to do.
[[nodiscard]] base::Result<std::string> read_text(const std::string& file, const std::string& what);

}  // namespace anju::gateway
