#include "platform/app/config.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <string_view>

#include <toml++/toml.h>

#include "platform/domain/message.hpp"
#include "platform/domain/retention.hpp"
#include "protocols/base/host_port.hpp"
#include "protocols/wire/upgrade.hpp"

namespace anju::platform {
namespace {

constexpr std::size_t kMostPublicUrl = 200;  // with /releases/ and a hash behind it it has to fit wire::kMaxText

/// Reads values and keeps the first problem.
class ConfigReader {
 public:
  ConfigReader(std::string file, std::string& problem) : file_(std::move(file)), problem_(problem) {}

  void fail(const toml::source_region& where, const std::string& text) {
    if (!problem_.empty()) return;
    problem_ = file_;
    if (where.begin.line != 0) problem_ += ":" + std::to_string(where.begin.line);
    problem_ += ": " + text;
  }

  /// Every key of `table` must be one of `known`.
  void only(const toml::table& table, std::string_view prefix, std::initializer_list<std::string_view> known) {
    for (const auto& [key, node] : table) {
      const std::string_view name = key.str();
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      std::string text = "unknown key `" + std::string(prefix) + std::string(name) + "`; known here:";
      for (const auto one : known) text += " " + std::string(one);
      fail(node.source(), text);
    }
  }

  std::string text(const toml::table& table, const std::string& prefix, std::string_view key,
                   std::optional<std::string> usual, std::string_view example) {
    const auto* node = table.get(key);
    const std::string name = prefix + std::string(key);
    if (node == nullptr) {
      if (!usual)
        fail(table.source(),
             "missing key `" + name + "`; add e.g. " + std::string(key) + " = \"" + std::string(example) + "\"");
      return usual.value_or("");
    }
    const auto value = node->value<std::string>();
    if (!node->is_string() || !value) {
      fail(node->source(), "`" + name + "` must be text in quotes, e.g. \"" + std::string(example) + "\"");
      return {};
    }
    return *value;
  }

  std::int64_t number(const toml::table& table, const std::string& prefix, std::string_view key, std::int64_t usual,
                      std::int64_t least, std::int64_t most) {
    const auto* node = table.get(key);
    if (node == nullptr) return usual;
    const auto value = node->is_integer() ? node->value<std::int64_t>() : std::nullopt;
    if (!value || *value < least || *value > most) {
      fail(node->source(), "`" + prefix + std::string(key) + "` must be a whole number from " + std::to_string(least) +
                               " to " + std::to_string(most));
      return usual;
    }
    return *value;
  }

  bool flag(const toml::table& table, const std::string& prefix, std::string_view key, bool usual) {
    const auto* node = table.get(key);
    if (node == nullptr) return usual;
    if (!node->is_boolean()) fail(node->source(), "`" + prefix + std::string(key) + "` must be true or false");
    return node->value_or(usual);
  }

  const toml::table& sub(const toml::table& table, std::string_view key) {
    static const toml::table kEmpty;
    const auto* node = table.get(key);
    if (node == nullptr) return kEmpty;
    if (!node->is_table())
      fail(node->source(), "`" + std::string(key) + "` must be a table: [" + std::string(key) + "]");
    return node->is_table() ? *node->as_table() : kEmpty;
  }

 private:
  std::string file_;
  std::string& problem_;
};

/// [messages.webhook] and [messages.smtp].
void read_messages(ConfigReader& reader, const toml::table& messages, Config& config) {
  reader.only(messages, "messages.", {"webhook", "smtp"});
  const auto starts = [](const std::string& url, std::initializer_list<std::string_view> schemes) {
    return std::any_of(schemes.begin(), schemes.end(), [&](std::string_view scheme) { return url.starts_with(scheme) && url.size() > scheme.size(); });
  };
  const std::string web = "messages.webhook.", mail = "messages.smtp.";
  if (messages.contains("webhook")) {
    const toml::table& table = reader.sub(messages, "webhook");
    WebhookConfig& hook = config.webhook;
    reader.only(table, web, {"url", "secret_file", "ca_file"});
    hook.url = reader.text(table, web, "url", {}, "https://sms.example.com/send");
    hook.secret_file = reader.text(table, web, "secret_file", {}, "/etc/anju-platform/webhook.secret");
    hook.ca_file = reader.text(table, web, "ca_file", "", "/etc/anju-platform/ca.pem");
    if (!starts(hook.url, {"http://", "https://"})) reader.fail(table.source(), "`messages.webhook.url` must begin with https:// or http://");
  }
  if (messages.contains("smtp")) {
    const toml::table& table = reader.sub(messages, "smtp");
    SmtpConfig& smtp = config.smtp;
    reader.only(table, mail, {"url", "from", "user", "password_file", "ca_file", "tls"});
    smtp.url = reader.text(table, mail, "url", {}, "smtp://mail.example.com:587");
    smtp.from = reader.text(table, mail, "from", {}, "anju@example.com");
    smtp.user = reader.text(table, mail, "user", "", "anju@example.com");
    smtp.password_file = reader.text(table, mail, "password_file", "", "/etc/anju-platform/smtp.password");
    smtp.ca_file = reader.text(table, mail, "ca_file", "", "/etc/anju-platform/ca.pem");
    smtp.tls = reader.flag(table, mail, "tls", true);
    if (!starts(smtp.url, {"smtp://", "smtps://"})) reader.fail(table.source(), "`messages.smtp.url` must begin with smtp:// (STARTTLS) or smtps://");
    if (!is_mail(smtp.from)) reader.fail(table.source(), "`messages.smtp.from` must be an address such as anju@example.com");
    if (smtp.user.empty() != smtp.password_file.empty()) reader.fail(table.source(), "`messages.smtp.user` and `password_file` go together");
    if (!smtp.user.empty() && !smtp.tls) reader.fail(table.source(), "`messages.smtp.tls` = false would send the password in the clear; leave `user` out");
  }
}

}  // namespace

ConfigResult read_config(const std::string& file) {
  ConfigResult result;
  Config& config = result.config;
  config.file = file;
  ConfigReader reader(file, result.problem);
  toml::table table;
  try {
    table = toml::parse_file(file);
  } catch (const toml::parse_error& error) {
    reader.fail(error.source(), std::string(error.description()));
    return result;
  }
  reader.only(table, "", {"database", "listen", "web", "keys", "files", "mqtt", "log", "http", "messages", "enrolment", "releases", "keep_readings_days"});
  config.database = reader.text(table, "", "database", {}, "sqlite:/var/lib/anju/platform.db");
  const std::string listen = reader.text(table, "", "listen", "127.0.0.1:8080", "127.0.0.1:8080");
  config.web = reader.text(table, "", "web", "", "/usr/share/anju/web");
  config.keys = reader.text(table, "", "keys", {}, "/var/lib/anju/keys");
  constexpr std::string_view kFile = "sqlite:", kServer = "postgresql://";
  const bool known = (config.database.starts_with(kFile) && config.database.size() > kFile.size()) ||
                     (config.database.starts_with(kServer) && config.database.size() > kServer.size());
  if (result.problem.empty() && !known)
    reader.fail(table.get("database")->source(),
                "`database` must be sqlite:PATH, e.g. \"sqlite:/var/lib/anju/platform.db\", or postgresql://USER:PASSWORD@HOST/DATABASE");
  const auto place = base::parse_host_port(listen);
  if (result.problem.empty() && (!place || !place->port))
    reader.fail(table.source(), "`listen` must be ADDRESS:PORT, e.g. \"127.0.0.1:8080\"; " + (place ? std::string("the port is missing") : place.error().where));
  config.host = place ? place->host : std::string();
  config.port = place ? place->port.value_or(0) : std::uint16_t{0};

  // Beside the database, where that is a file; else beside the keys.
  const bool in_file = config.database.starts_with(kFile);
  const std::string neighbour = in_file ? config.database.substr(kFile.size()) : config.keys;
  const std::string beside = neighbour.substr(0, neighbour.rfind('/') + 1);
  config.files = reader.text(table, "", "files", beside + "files", "/var/lib/anju/files");

  config.keep_readings_days = reader.number(table, "", "keep_readings_days", 0, 0, kMostKeepDays);
  if (config.keep_readings_days > 0 && config.keep_readings_days < kLeastKeepDays)
    reader.fail(table.get("keep_readings_days")->source(), "`keep_readings_days` must be 0, which keeps raw readings for ever, or at least " +
                                                               std::to_string(kLeastKeepDays) + ", so that a whole year can still be looked into");

  const toml::table& mqtt = reader.sub(table, "mqtt");
  reader.only(mqtt, "mqtt.", {"url", "user", "password", "ca_file", "certificate_file", "key_file", "dynamic_security"});
  config.mqtt.client_id = "anju.platform";  // no gateway can be called so, and a gateway's client id is its name
  config.mqtt.url = reader.text(mqtt, "mqtt.", "url", "mqtt://127.0.0.1:1883", "mqtt://127.0.0.1:1883");
  config.mqtt.user = reader.text(mqtt, "mqtt.", "user", "", "platform");
  config.mqtt.password = reader.text(mqtt, "mqtt.", "password", "", "drawn at setup");
  config.mqtt.tls.ca_file = reader.text(mqtt, "mqtt.", "ca_file", "", "/etc/anju-platform/ca.pem");
  config.mqtt.tls.certificate_file = reader.text(mqtt, "mqtt.", "certificate_file", "", "/etc/anju-platform/platform.pem");
  config.mqtt.tls.key_file = reader.text(mqtt, "mqtt.", "key_file", "", "/etc/anju-platform/platform.key");

  config.dynamic_security = reader.flag(mqtt, "mqtt.", "dynamic_security", false);
  if (config.dynamic_security && config.mqtt.user.empty())
    reader.fail(mqtt.source(), "`mqtt.dynamic_security` needs `mqtt.user`: the client that mosquitto_ctrl dynsec init made");

  const toml::table& http = reader.sub(table, "http");
  reader.only(http, "http.", {"proxy", "public_url", "secure_cookie", "session_idle_minutes", "session_hours"});
  config.proxy = reader.text(http, "http.", "proxy", "", "127.0.0.1");
  config.public_url = reader.text(http, "http.", "public_url", "", "https://anju.example.com");
  while (config.public_url.ends_with('/')) config.public_url.pop_back();
  if (!config.public_url.empty() && (!wire::is_download_url(config.public_url) || config.public_url.size() > kMostPublicUrl))
    reader.fail(http.source(), "`http.public_url` must be https://… or http://…, as gateways reach the platform, with at most " + std::to_string(kMostPublicUrl) +
                                   " characters, e.g. \"https://anju.example.com\"");
  config.auth.secure_cookie = reader.flag(http, "http.", "secure_cookie", false);
  config.auth.idle = base::minutes(reader.number(http, "http.", "session_idle_minutes", 30, 1, 1440));
  config.auth.absolute = base::hours(reader.number(http, "http.", "session_hours", 12, 1, 168));

  read_messages(reader, reader.sub(table, "messages"), config);

  const toml::table& releases = reader.sub(table, "releases");
  reader.only(releases, "releases.", {"folder", "keys"});
  config.releases.folder = reader.text(releases, "releases.", "folder", beside + "releases", "/var/lib/anju/releases");
  config.releases.keys = reader.text(releases, "releases.", "keys", "", "/usr/share/anju/release-keys");

  const toml::table& enrolment = reader.sub(table, "enrolment");
  reader.only(enrolment, "enrolment.", {"broker_url", "ca_file", "certificate_file"});
  config.enrolment.broker_url = reader.text(enrolment, "enrolment.", "broker_url", config.mqtt.url, "mqtts://broker.example.com:8883");
  config.enrolment.ca_file = reader.text(enrolment, "enrolment.", "ca_file", config.mqtt.tls.ca_file, "/etc/anju-platform/ca.pem");
  config.enrolment.certificate_file = reader.text(enrolment, "enrolment.", "certificate_file", "", "/etc/anju-platform/https.pem");
  const std::string& broker = config.enrolment.broker_url;
  if (!broker.starts_with("mqtt://") && !broker.starts_with("mqtts://"))
    reader.fail(enrolment.source(), "`enrolment.broker_url` must begin with mqtts:// or mqtt://");

  const toml::table& log = reader.sub(table, "log");
  reader.only(log, "log.", {"level"});
  config.log_level = reader.text(log, "log.", "level", "info", "info");
  constexpr std::array<std::string_view, 5> kLevels{"debug", "info", "warning", "error", "off"};
  if (std::find(kLevels.begin(), kLevels.end(), config.log_level) == kLevels.end())
    reader.fail(log.source(), "`log.level` must be debug, info, warning, error or off");
  return result;
}

}  // namespace anju::platform
