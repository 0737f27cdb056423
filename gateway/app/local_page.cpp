#include "gateway/app/local_page.hpp"

#include <chrono>
#include <filesystem>
#include <iostream>
#include <utility>

#include <sodium.h>
#include <unistd.h>

#include <spdlog/spdlog.h>

#include "gateway/app/kept_report.hpp"
#include "gateway/app/verbs.hpp"
#include "gateway/local/server.hpp"
#include "gateway/releases/durable_file.hpp"

namespace anju::gateway {
namespace {

constexpr std::chrono::milliseconds kTick(500);

std::uint64_t draw64() {
  std::uint64_t drawn = 0;
  randombytes_buf(&drawn, sizeof drawn);
  return drawn;
}

std::string draw_token() {
  std::byte drawn[kTokenDigits / 2];
  randombytes_buf(drawn, sizeof drawn);
  return base::to_hex(drawn);
}

base::Millis steady_now() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return base::Millis(std::chrono::duration_cast<std::chrono::milliseconds>(since).count());
}

LocalPorts ports_of(const Config& config, GatewayShell& shell, std::function<LocalFacts()> facts) {
  LocalPorts ports;
  ports.feed = [&shell](GatewayEvent event) { shell.feed(std::move(event)); };
  ports.now = system_now;
  ports.steady = steady_now;
  ports.draw = draw_token;
  ports.pin = [file = pin_file(config.data)] {
    const auto text = read_text(file, "PIN");
    const auto pin = text ? read_pin(*text) : base::Result<std::string>(std::string());
    return pin ? *pin : std::string();
  };
  ports.facts = [facts = std::move(facts)] {
    auto all = facts();
    all.network = network_interfaces();
    all.clock_synchronised = clock_synchronised();
    return all;
  };
  ports.kept_report = [data = config.data] { return kept_report(data); };
  ports.keep_report = [data = config.data](const std::string& text) { return keep_report(data, text); };
  ports.log = [](const std::string& line) { spdlog::info("{}", line); };
  return ports;
}

}  // namespace

std::string pin_file(const std::string& data_folder) {
  return (std::filesystem::path(data_folder) / "pin").string();
}

base::Result<std::string> keep_pin(const std::string& data_folder, bool fresh) {
  if (::sodium_init() < 0) return base::fail(ConfigErrc::bad_config, "libsodium cannot be used");
  const auto file = pin_file(data_folder);
  if (!fresh) {
    if (const auto text = read_text(file, "PIN")) {
      if (auto pin = read_pin(*text)) return pin;
    }
  }
  auto pin = make_pin(draw64());
  if (const auto wrong = write_durably(file, pin + "\n"); !wrong.empty()) return base::fail(ConfigErrc::bad_config, wrong);
  return pin;
}

LocalPage::LocalPage(boost::asio::io_context& io, const Config& config, const Gateway& gateway, GatewayShell& shell, std::function<LocalFacts()> facts)
    : io_(io), tick_(io), data_(config.data), listen_(config.local_listen), routes_(gateway, ports_of(config, shell, std::move(facts))) {}

LocalPage::~LocalPage() = default;

void LocalPage::start() {
  listen_own();
  if (!listen_.empty()) listen();
}

LocalResponse LocalPage::answer(const LocalRequest& request) {
  auto response = routes_.answer(request);
  tick_later();
  return response;
}

void LocalPage::listen_own() {
  auto server = LocalServer::create_own(io_, local_socket(data_), [this](const LocalRequest& request) { return answer(request); });
  if (!server) return spdlog::warn("no 'anju-gateway check': {}; the lines are polled all the same", server.error().where);
  own_ = std::move(*server);
}

/// Only while something waits: an idle gateway sleeps.
void LocalPage::tick_later() {
  if (ticking_ || !routes_.wants_tick()) return;
  ticking_ = true;
  tick_.expires_after(kTick);
  tick_.async_wait([this](boost::system::error_code cancelled) {
    if (cancelled) return;
    ticking_ = false;
    routes_.tick();
    tick_later();
  });
}

void LocalPage::listen() {
  const auto where = parse_listen(listen_);
  if (!where) return;  // it was checked when the file was read
  if (const auto pin = keep_pin(data_, false); !pin) {
    spdlog::warn("no installer's page: {}", pin.error().where);
    return;
  }
  auto server = LocalServer::create(io_, *where, [this](const LocalRequest& request) { return answer(request); });
  if (!server) {
    spdlog::warn("no installer's page: {}: end what uses the port, or set [local] listen; the lines are polled all the same", server.error().where);
    return;
  }
  server_ = std::move(*server);
  served_ = listen_.substr(0, listen_.rfind(':') + 1) + std::to_string(server_->port());
  spdlog::info("installer's page on http://{}, its PIN is in {}", served_, pin_file(data_));
}

int print_pin(const PinOptions& options) {
  const auto data = load_data_folder(options.config);
  if (!data) {
    std::cerr << "anju-gateway: " << data.error().where << "\n";
    return 2;
  }
  const auto pin = keep_pin(*data, options.fresh);
  if (!pin) {
    std::cerr << "anju-gateway: " << pin.error().where << "\n";
    return 2;
  }
  std::cout << *pin << "\n";
  return 0;
}

}  // namespace anju::gateway
