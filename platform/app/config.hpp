#pragma once

// platform.toml as a struct. Every mistake is one line: file, line, key, and what to do.

#include <cstdint>
#include <string>

#include "platform/http/auth.hpp"
#include "protocols/mqtt/client.hpp"

namespace anju::platform {

/// Ways for messages; an empty url: this way is off. Secrets lie in files of their own.
struct WebhookConfig {
  std::string url, secret_file, ca_file;
};
struct SmtpConfig {
  std::string url, from, user, password_file, ca_file;
  bool tls = true;
};

/// What gateways are told when they are enrolled.
struct EnrolmentConfig {
  std::string broker_url;        ///< as they reach the broker; mqtt.url unless said otherwise
  std::string ca_file;           ///< of the broker; mqtt.ca_file unless said otherwise
  std::string certificate_file;  ///< that they meet at the platform's address (of the proxy); empty: no pin is shown
};

/// Releases of the gateway's program.
struct ReleaseConfig {
  std::string folder;  ///< of their files; beside the database unless said otherwise
  std::string keys;    ///< file of makers' keys; empty: signatures are the gateways' business alone
};

struct Config {
  std::string file;
  std::string database;  ///< sqlite:PATH or postgresql://…; may hold a password, logs show shown_url() of it
  std::string host;
  std::uint16_t port = 0;
  std::string web;   ///< folder of the console
  std::string proxy;  ///< address of the reverse proxy in front, empty: none
  std::string files;  ///< folder of exports and imports; beside the database unless said otherwise
  std::string keys;  ///< folder with one <gateway>.key each
  mqtt::Options mqtt;
  bool dynamic_security = false;  ///< the broker's plugin is told by us what each gateway may
  AuthRules auth;
  WebhookConfig webhook;
  SmtpConfig smtp;
  EnrolmentConfig enrolment;
  ReleaseConfig releases;
  std::string public_url;  ///< of the platform as gateways reach it, without a slash at its end; empty: not known
  std::int64_t keep_readings_days = 0;  ///< raw readings that are older go; 0: they stay for ever
  std::string log_level;
};

struct ConfigResult {
  Config config;
  std::string problem;  ///< empty: all is well
};

[[nodiscard]] ConfigResult read_config(const std::string& file);

}  // namespace anju::platform
