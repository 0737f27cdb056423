#pragma once

// A site of many gateways and prepaid meters in a fresh database, the messages that its gateways send, and the stage on which the real
// programs play: Mosquitto and anju-platform. Not for anything but benchmarks.

#include <array>
#include <string>
#include <vector>

#include "platform/domain/ledger.hpp"
#include "platform/store/ledger_store.hpp"
#include "platform/store/sites.hpp"
#include "protocols/wire/envelope.hpp"
#include "protocols/wire/topic.hpp"
#include "protocols/wire/up.hpp"
#include "tests/bench/broker.hpp"
#include "tests/bench/http_load.hpp"
#include "tests/bench/processes.hpp"

namespace anju::bench {

struct Fleet {
  int gateways = 10;
  int meters = 200;  ///< per gateway
  base::UtcMillis registered{1'700'000'000'000};
  base::Money balance{1'000'000'000};           ///< of every meter; nothing is cut off as long as it lasts
  std::int64_t greatest_power_w = 100'000;
  std::string organisation = "Bench";
};

inline constexpr const char* kBenchSite = "bench";

inline base::UtcMillis wall_clock() {
  return base::UtcMillis(std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count());
}

inline std::string gateway_name(int gateway) { return "gw" + std::to_string(gateway); }
inline std::string device_name(int gateway, std::int64_t meter) { return "m" + std::to_string(gateway) + "-" + std::to_string(meter); }

inline std::string secret_of(const std::string& gateway) {
  std::string secret(64, '0');
  for (std::size_t i = 2; i < gateway.size(); ++i) secret[i] = gateway[i];
  return secret;
}
inline wire::GatewayKeys keys_of(const std::string& gateway) { return *wire::derive_keys(secret_of(gateway)); }
inline std::string topic_of(int gateway, wire::Channel channel) {
  return wire::format({base::SiteId(kBenchSite), base::GatewayId(gateway_name(gateway)), channel, {}});
}

/// Everything goes through the ledger, as orders of a person. False: said on stderr.
inline bool prepare_fleet(const std::string& url, const Fleet& fleet) {
  using namespace anju::platform;
  if (!add_site(url, {fleet.organisation, kBenchSite, "Bench", 480, fleet.greatest_power_w}, fleet.registered)) {
    std::fprintf(stderr, "cannot make a site in %s\n", url.c_str());
    return false;
  }
  auto store = open_ledger_store(url);
  if (!store) return false;
  auto loaded = (*store)->load();
  if (!loaded) return false;
  Ledger ledger(std::move(*loaded), **store);
  const auto ask = [&](decltype(Order::what) order) {
    const auto answer = ledger.decide(Order{Scope{1}, "bench", fleet.registered, std::move(order)}, fleet.registered);
    if (!answer) std::fprintf(stderr, "refused: %s %s\n", std::string(answer.error().code).c_str(), answer.error().where.c_str());
    return answer.has_value();
  };
  bool ok = ask(PutPricePlan{0, "plan", {PlanKind::total, base::Price(60'000), {}}});
  Batch batch;
  Effects effects;
  std::int64_t meter = 0;
  for (int g = 0; g < fleet.gateways && ok; ++g) {
    ok = ok && ask(CreateGateway{kBenchSite, gateway_name(g), "g", 15, {{base::LineId("l1"), "tcp://127.0.0.1:1"}}});
    for (int m = 0; m < fleet.meters && ok; ++m) {
      RegisterMeter card;
      card.gateway = gateway_name(g);
      card.line = "l1";
      card.device = card.name = device_name(g, m);
      card.address = std::to_string(100'000'000'000 + m);
      card.price_plan = 1;
      ok = ask(card) && ask(Recharge{"r" + std::to_string(++meter), meter, fleet.balance, PayMethod::cash, ""});
    }
    ledger.collect(batch, effects);
    ok = ok && (*store)->commit(batch).has_value();
  }
  return ok;
}

/// A folder with broker, platform and database; all of it ends with the object.
class Stage {
 public:
  Stage(const std::string& name, const Fleet& fleet) : fleet_(fleet) {
    http_ = draw_port();
    mqtt_ = draw_port();
    folder_ = std::filesystem::temp_directory_path() / ("anju-" + name + "-" + std::to_string(http_));
    std::filesystem::create_directories(folder_ / "keys");
    std::filesystem::permissions(folder_ / "keys", std::filesystem::perms::owner_all);
    program_ = std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() / "bin/anju-platform";
    std::ofstream(config()) << "database = \"" << url() << "\"\nlisten = \"127.0.0.1:" << http_ << "\"\nweb = \"" << folder_.string() << "\"\nkeys = \""
                            << (folder_ / "keys").string() << "\"\n[mqtt]\nurl = \"mqtt://127.0.0.1:" << mqtt_ << "\"\n";
    for (int g = 0; g < fleet.gateways; ++g) std::ofstream(folder_ / "keys" / (gateway_name(g) + ".key")) << secret_of(gateway_name(g)) << "\n";
  }
  ~Stage() {
    stop_platform();
    if (broker_ > 0) kill(broker_, SIGTERM);
    wait_for(broker_);
    std::filesystem::remove_all(folder_);
  }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  /// False: said on stderr.
  bool start() {
    const std::string said = folder_ / "init.txt";
    if (!prepare_fleet(url(), fleet_)) return false;
    if (wait_for(spawn({program_, "init", "--config", config(), "--organisation", fleet_.organisation, "--site", kBenchSite, "--site-name", "Bench"}, said)) != 0) {
      std::fprintf(stderr, "%s", text_of(said).c_str());
      return false;
    }
    drawn_ = word_behind(text_of(said), "password");
    broker_ = start_broker(folder_, mqtt_);
    return start_platform();
  }
  bool start_platform() {
    platform_ = spawn({program_, "serve", "--config", config()}, folder_ / "log.txt");
    HttpLoad http(static_cast<std::uint16_t>(http_));
    const auto is_ready = [&] { return http.ask("GET", "/health").status == 200 && text_of(folder_ / "log.txt").find("connected to the broker") != std::string::npos; };
    for (int i = 0; i < 600 && !is_ready(); ++i) pause_ms(50);
    if (is_ready()) return true;
    std::fprintf(stderr, "the platform does not answer\n%s", text_of(folder_ / "log.txt").c_str());
    return false;
  }
  int stop_platform() {
    if (platform_ <= 0) return 0;
    kill(platform_, SIGTERM);
    const int status = wait_for(platform_);
    platform_ = -1;
    return status;
  }

  /// The headers of a session of the first login; empty: said on stderr why not.
  std::string log_in() {
    HttpLoad http(static_cast<std::uint16_t>(http_));
    const std::string fresh = "a-Password-for-benches-1";
    const auto value_of = [](const std::string& json, const std::string& key) -> std::string {
      const auto at = json.find("\"" + key + "\":\"");
      if (at == std::string::npos) return "";
      const auto from = at + key.size() + 4;
      return json.substr(from, json.find('"', from) - from);
    };
    const auto answer = http.ask("POST", "/session", R"({"user":"admin","password":")" + drawn_ + "\"}");
    const auto at = answer.head.find("Set-Cookie: ");
    const std::string cookie = at == std::string::npos ? "" : answer.head.substr(at + 12, answer.head.find(';', at) - at - 12);
    const std::string headers = "Cookie: " + cookie + "\r\nX-CSRF-Token: " + value_of(answer.body, "csrf_token") + "\r\n";
    const auto changed = http.ask("PUT", "/session/password", R"({"old_password":")" + drawn_ + R"(","new_password":")" + fresh + "\"}", headers);
    if (answer.status == 200 && changed.status < 300 && changed.status != 0) return headers;
    std::fprintf(stderr, "cannot log in: %d, then %d\n%s\n%s\n", answer.status, changed.status, answer.body.c_str(), changed.body.c_str());
    return "";
  }

  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
  [[nodiscard]] std::string database() const { return folder_ / "anju.db"; }
  [[nodiscard]] std::string url() const { return "sqlite:" + database(); }
  [[nodiscard]] std::uint16_t http_port() const { return static_cast<std::uint16_t>(http_); }
  [[nodiscard]] int mqtt_port() const { return mqtt_; }
  [[nodiscard]] pid_t platform() const { return platform_; }
  [[nodiscard]] pid_t broker() const { return broker_; }

 private:
  [[nodiscard]] std::string config() const { return folder_ / "platform.toml"; }

  Fleet fleet_;
  int http_ = 0, mqtt_ = 0;
  std::filesystem::path folder_;
  std::string program_, drawn_;
  pid_t broker_ = -1, platform_ = -1;
};

}  // namespace anju::bench
