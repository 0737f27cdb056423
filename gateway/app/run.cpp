// `anju-gateway run`: wires spool, uplink, core and ports, and stops in order on SIGTERM.

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <deque>
#include <iostream>
#include <optional>
#include <random>
#include <utility>

#include <spdlog/spdlog.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include "gateway/app/config.hpp"
#include "gateway/app/kept_test.hpp"
#include "gateway/app/local_page.hpp"
#include "gateway/app/ordered_upgrade.hpp"
#include "gateway/app/shell.hpp"
#include "gateway/app/status_server.hpp"
#include "gateway/app/trace_server.hpp"
#include "gateway/app/upgrade_watch.hpp"
#include "gateway/app/verbs.hpp"
#include "gateway/app/version.hpp"
#include "gateway/core/taken_archive.hpp"
#include "gateway/local/line_causes.hpp"
#include "gateway/spool/spool.hpp"
#include "gateway/uplink/uplink.hpp"

namespace anju::gateway {
namespace {

/// Events that wait for a spool that cannot take them; above it the oldest interval readings go, then the oldest of
/// all.
constexpr std::size_t kMostPending = 10'000;
constexpr std::chrono::seconds kSpoolAgain(2);
constexpr std::size_t kMostEnded = 1000;  ///< commands of which is remembered that they are over

std::string draw_epoch() {
  std::random_device random;
  std::string epoch;
  for (int i = 0; i < 4; ++i) {
    char part[9];
    std::snprintf(part, sizeof part, "%08x", random());
    epoch += part;
  }
  return epoch;
}

std::int64_t steady_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void log_event(const wire::Event& event) {
  if (const auto* readings = std::get_if<wire::ReadingsEvent>(&event)) {
    spdlog::debug("readings count={}", readings->readings.size());
  } else if (const auto* status = std::get_if<wire::StatusEvent>(&event)) {
    spdlog::info("device {} reachable={} relay={} keep_power={}", status->device.value, status->reachable,
                 wire::to_string(status->relay), status->keep_power);
  } else if (const auto* command = std::get_if<wire::CommandEvent>(&event)) {
    spdlog::info("command {} device={} phase={} reason={} relay={}", command->command.value, command->device.value,
                 wire::to_string(command->phase), command->reason.empty() ? "-" : command->reason,
                 wire::to_string(command->relay));
  } else if (const auto* found = std::get_if<wire::FoundEvent>(&event)) {
    spdlog::info("found {} devices on {}", found->devices.size(), found->line.value);
  } else if (const auto* alarm = std::get_if<wire::AlarmEvent>(&event)) {
    const auto place = alarm->device ? alarm->device->value : alarm->line ? alarm->line->value : std::string("gateway");
    if (alarm->active) {
      spdlog::warn("alarm {} {} {}", alarm->code, place, alarm->detail);
    } else {
      spdlog::info("alarm {} {} is over", alarm->code, place);
    }
  }
}

void log_test(const TestState& test) {
  const auto reason = test.reason.empty() ? std::string() : " (" + test.reason + ")";
  const auto level = test.result == TestResult::left_open ? spdlog::level::warn : spdlog::level::info;
  spdlog::log(level, "switch test of {} {}{}", test.device.value, to_string(test.result), reason);
}

/// The running gateway: everything that has to be there at the same time, in the order in which it is taken down.
class Running {
 public:
  Running(Config config, Profiles profiles, std::unique_ptr<Spool> spool, std::vector<AcceptedCommand> remembered)
      : config_(std::move(config)),
        spool_(std::move(spool)),
        started_at_(system_now()),
        gateway_({.profiles = std::move(profiles)}, *spool_, std::move(remembered)),
        shell_(io_, gateway_, handlers()),
        page_(io_, config_, gateway_, shell_, [this] { return local_facts(); }),
        upgrade_(io_, [this] { return upgrade_facts(); }, [this](const wire::AlarmEvent& alarm) { append(alarm); }),
        ordered_(io_, [this] { return gateway_.archive(); }, [this] { uplink_->state_changed(); }),
        spool_again_(io_),
        signals_(io_, SIGTERM, SIGINT) {}

  int run() {
    if (const auto connected = connect(); !connected) return refuse(connected.error());
    if (const auto served = serve_status(); !served) return refuse(served.error(), 1);  // who holds the socket may be about to end
    if (const auto loaded = load_archive(); !loaded) return refuse(loaded.error(), loaded.error().is(ConfigErrc::bad_config) ? 2 : 1);
    if (auto devices = kept_tests(config_.data); !devices.empty()) shell_.feed(SwitchTestLeft{std::move(devices)});
    page_.start();
    signals_.async_wait([this](boost::system::error_code error, int signal) {
      if (error) return;
      spdlog::info("signal {}: stopping", signal);
      io_.stop();
    });
    uplink_->start();
    upgrade_.start();
    ordered_.start();
    spdlog::info("gateway {} of site {} runs, epoch {} last_seq {} archive version {}", config_.gateway.value,
                 config_.site.value, spool_->epoch(), spool_->last_seq(), gateway_.archive_version());
    io_.run();
    store();
    uplink_->stop();
    spdlog::info("stopped, {} events unacknowledged", spool_->last_seq() - spool_->through());
    return failed_ ? 1 : 0;
  }

 private:
  /// 2: a person has to change something first; 1: trying again may help (systemd does).
  static int refuse(const base::Error& error, int code = 2) {
    std::cerr << "anju-gateway: " << error.where << "\n";
    return code;
  }

  ShellHandlers handlers() {
    ShellHandlers handlers;
    handlers.events = [this](std::vector<wire::Event> events) {
      for (auto& event : events) {
        log_event(event);
        if (const auto* command = std::get_if<wire::CommandEvent>(&event)) note_end(*command);
        page_.routes().seen(event);
        pending_.push_back(std::move(event));
      }
      store();
    };
    handlers.live = [this](const wire::LiveValues& values) {
      page_.routes().seen(values);
      if (uplink_) uplink_->publish_live(values);
    };
    handlers.local = [this](const wire::CommandEvent& event) { page_.routes().heard(event); };
    handlers.keep_test = [this](const std::vector<base::DeviceId>& devices) { return keep_tests(config_.data, devices); };
    handlers.test = [this](const TestState& test) {
      log_test(test);
      page_.routes().heard(test);
    };
    handlers.archive = [this](const wire::Archive& archive) {
      spdlog::info("archive version {} lines={} devices={}", archive.version, archive.lines.size(),
                   archive.devices.size());
      if (const auto kept = spool_->keep_archive(archive); !kept)
        spdlog::error("cannot keep the archive: {}", text_of(kept.error()));
    };
    handlers.state_changed = [this] {
      if (uplink_) uplink_->state_changed();
    };
    handlers.remark = [](const DeviceRemark& remark) { spdlog::warn("device {}: {}", remark.device.value, remark.text); };
    handlers.port = [](const base::LineId& line, const std::string& why) {
      if (why.empty()) {
        spdlog::info("line {} is open", line.value);
      } else {
        spdlog::warn("line {} is down: {}", line.value, why);
      }
    };
    return handlers;
  }

  base::Result<> connect() {
    UplinkHandlers handlers;
    handlers.state = [this] { return state(); };
    handlers.command = [this](const wire::Command& command) {
      // The platform repeats itself until it has heard the outcome; long after that somebody else does. Once per command.
      if (std::erase(ended_, command.id) > 0) {
        spdlog::warn("command {} for {} came again after its end: repeated late, or replayed; it is not carried out", command.id.value, command.device.value);
      }
      shell_.feed(CommandArrived{command});
    };
    handlers.archive = [this](const wire::Archive& archive) { shell_.feed(ArchiveArrived{archive}); };
    handlers.alarm = [this](const wire::AlarmEvent& alarm) { append(alarm); };
    handlers.renew = [this](const std::string& why) {
      if (const auto renewed = spool_->renew(draw_epoch()); !renewed) {
        spdlog::error("spool: cannot begin a new epoch ({}): {}", why, text_of(renewed.error()));
        return;
      }
      spdlog::warn("{}: {} events are numbered anew under epoch {}", why, spool_->last_seq(), spool_->epoch());
    };
    handlers.events_gone = [this] {
      spdlog::warn("the platform lacks events that are not kept any more: it is told again how everything stands");
      shell_.feed(EventsGone{});
    };
    handlers.connection = [this](bool connected, const std::string& why) {
      // Every failed try is no news, another reason is.
      const bool same_reason = std::exchange(broker_why_, why) == why;
      if (std::exchange(broker_, connected) == connected && same_reason) return;
      if (connected) {
        spdlog::info("broker connected");
      } else {
        spdlog::warn("broker is down ({}): polling goes on, events stay in the spool; check [mqtt] url and credentials",
                     why);
      }
    };
    auto uplink =
        Uplink::create(io_, {config_.site, config_.gateway, config_.keys, config_.mqtt}, *spool_, std::move(handlers));
    if (!uplink) return base::fail(ConfigErrc::bad_config, "[mqtt]: " + text_of(uplink.error()));
    uplink_ = std::move(*uplink);
    return {};
  }

  void note_end(const wire::CommandEvent& event) {
    if (event.phase == wire::CommandPhase::acked) return;
    ended_.push_back(event.command);
    if (ended_.size() > kMostEnded) ended_.pop_front();
  }

  base::Result<> serve_status() {
    auto server = StatusServer::create(io_, status_socket(config_.data), [this] {
      auto now = state();
      now.online = uplink_->statistics().connected;
      now.at = system_now();
      return StatusReport{
          wire::encode(now),    spool_->first_seq(), spool_->last_seq(), spool_->through(),
          spool_->used_bytes(), spool_->full(),      pending_.size(),    uplink_->statistics().connected,
          upgrade_.blocked(),   quality_text(gateway_, now.at), page_.served(), pin_file(config_.data)};
    });
    if (!server) return base::pass(server);
    status_ = std::move(*server);
    auto trace = TraceServer::create(io_, trace_socket(config_.data), gateway_);
    if (!trace) return base::pass(trace);
    trace_ = std::move(*trace);
    return {};
  }

  base::Result<> load_archive() {
    if (!config_.archive_file.empty()) {
      const auto text = read_text(config_.archive_file, "archive");
      if (!text) return base::pass(text);
      const auto archive = wire::decode_archive(*text);
      if (!archive) {
        return base::fail(ConfigErrc::bad_config,
                          config_.archive_file + ": not an archive (" + text_of(archive.error()) + ")");
      }
      shell_.feed(ArchiveArrived{*archive});
      return {};
    }
    const auto kept = spool_->archive();
    if (!kept) return base::fail(SpoolErrc::storage, "spool: " + text_of(kept.error()));
    if (*kept) {
      shell_.feed(ArchiveArrived{**kept});
    } else {
      spdlog::info("no archive yet: waiting for the platform to send one");
    }
    return {};
  }

  wire::GatewayState state() const {
    auto state = gateway_.state(system_now());
    state.software = program_version();
    state.epoch = spool_->epoch();
    state.last_seq = spool_->last_seq();
    state.started_at = started_at_;
    state.architecture = architecture();
    state.upgrade = ordered_.progress();
    return state;
  }

  LocalFacts local_facts() const {
    LocalFacts facts;
    facts.site = config_.site.value, facts.gateway = config_.gateway.value, facts.software = program_version();
    facts.started_at = started_at_;
    facts.connected = broker_.value_or(false), facts.broker_why = broker_why_;
    facts.unacknowledged = spool_->last_seq() - spool_->through(), facts.used_bytes = spool_->used_bytes();
    facts.last_seq = spool_->last_seq(), facts.through = spool_->through();
    if (uplink_ && uplink_->statistics().acked_at.value > 0) facts.acknowledged_ago = base::Millis(steady_ms() - uplink_->statistics().acked_at.value);
    facts.waiting = pending_.size(), facts.full = spool_->full();
    return facts;
  }

  UpgradeFacts upgrade_facts() const {
    UpgradeFacts facts;
    facts.connected = uplink_->statistics().connected, facts.all_stored = pending_.empty();
    facts.epoch = spool_->epoch(), facts.last_seq = spool_->last_seq(), facts.through = spool_->through();
    return facts;
  }

  void append(const wire::AlarmEvent& alarm) {
    log_event(alarm);
    pending_.emplace_back(alarm);
    store();
  }

  void store() {
    if (pending_.empty()) return;
    const auto appended = spool_->append(pending_, system_now());
    gateway_.stored(appended.has_value());
    if (appended) {
      pending_.clear();
      if (spool_failing_) spdlog::info("the spool takes events again");
      spool_failing_ = false;
      if (uplink_) uplink_->appended();
      return;
    }
    const auto& error = appended.error();
    if (error.is(SpoolErrc::disk_full) || error.is(SpoolErrc::spool_full)) {
      if (!spool_failing_) {
        spdlog::error("spool: {}: free space in {} or raise [spool] max_mb; polling goes on, events wait in memory",
                      text_of(error), config_.data);
      }
      spool_failing_ = true;
      drop_above_limit();
      spool_again_.expires_after(kSpoolAgain);
      spool_again_.async_wait([this](boost::system::error_code cancelled) {
        if (!cancelled) store();
      });
      return;
    }
    // What the storage says now cannot be trusted any more; a fresh start reads what is really there.
    spdlog::critical("spool: {}: stopping; check the disk that holds {}", text_of(error), config_.data);
    pending_.clear();
    failed_ = true;
    io_.stop();
  }

  void drop_above_limit() {
    while (pending_.size() > kMostPending) {
      auto victim = std::find_if(pending_.begin(), pending_.end(), [](const wire::Event& event) {
        return std::holds_alternative<wire::ReadingsEvent>(event);
      });
      pending_.erase(victim == pending_.end() ? pending_.begin() : victim);
      if (++dropped_ % 1000 == 1) spdlog::error("{} events dropped because the spool is full", dropped_);
    }
  }

  Config config_;
  boost::asio::io_context io_;
  std::unique_ptr<Spool> spool_;
  base::UtcMillis started_at_;
  std::vector<wire::Event> pending_;
  bool spool_failing_ = false, failed_ = false;
  std::int64_t dropped_ = 0;
  std::deque<base::CommandId> ended_;  ///< the oldest first
  std::optional<bool> broker_;
  std::string broker_why_;
  std::unique_ptr<Uplink> uplink_;
  std::unique_ptr<StatusServer> status_;
  Gateway gateway_;
  std::unique_ptr<TraceServer> trace_;
  GatewayShell shell_;
  LocalPage page_;
  UpgradeWatch upgrade_;
  OrderedUpgrade ordered_;
  boost::asio::steady_timer spool_again_;
  boost::asio::signal_set signals_;
};

/// Everything of the files that can be judged without a line and a broker, a line of text each; where nothing is wrong, that. Exit code 1: something is.
int check(const Config& config, const Profiles& profiles) {
  int wrong = 0;
  const auto say = [&wrong](const std::string& text) {
    std::cout << text << "\n";
    ++wrong;
  };
  for (const auto& [name, why] : profiles.refused) say("device profile " + name + " is not used: " + why);
  if (!config.archive_file.empty()) {
    const auto text = read_text(config.archive_file, "archive");
    const auto archive = text ? wire::decode_archive(*text) : base::Result<wire::Archive>(base::pass(text));
    if (!archive) say(config.archive_file + ": not an archive (" + text_of(archive.error()) + ")");
    const auto taken = take_archive(archive.value_or(wire::Archive{}), profiles);
    for (const auto& [id, uri] : taken.lines) {
      if (!uri) say("line " + id.value + ": " + text_of(uri.error()));
    }
    for (const auto& [id, meter] : taken.devices) {
      if (!meter) say("device " + id.value + ": " + text_of(meter.error()));
      for (const auto& remark : meter ? remarks_of(*meter) : std::vector<std::string>()) std::cout << "device " << id.value << ": " << remark << "\n";
    }
  }
  std::cout << wrong << " wrong\n";
  return wrong == 0 ? 0 : 1;
}

}  // namespace

int run_gateway(const std::string& config_file, bool check_only) {
  auto config = load_config(config_file);
  if (!config) {
    std::cerr << "anju-gateway: " << config.error().where << "\n";
    return 2;
  }
  auto profiles = load_profile_folders(config->profiles);
  if (!profiles) {
    std::cerr << "anju-gateway: " << profiles.error().where << "\n";
    return 2;
  }
  if (check_only) return check(*config, *profiles);
  spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
  spdlog::set_level(spdlog::level::from_str(config->log_level));
  spdlog::flush_on(spdlog::level::info);
  for (const auto& [name, why] : profiles->refused) spdlog::warn("device profile {} is not used, its devices are left out: {}", name, why);
  const auto now = system_now();
  auto spool = Spool::open_or_replace({config->data + "/spool.db", draw_epoch(), config->spool_max_mb, now.value}, now);
  if (!spool) {
    std::cerr << "anju-gateway: spool in " << config->data << ": " << text_of(spool.error()) << "\n";
    return 1;
  }
  if (const auto& damage = (*spool)->damage()) log_event(*damage);
  auto remembered = (*spool)->accepted();
  if (!remembered) {
    std::cerr << "anju-gateway: spool in " << config->data << ": " << text_of(remembered.error()) << "\n";
    return 1;
  }
  Running running(std::move(*config), std::move(*profiles), std::move(*spool), std::move(*remembered));
  return running.run();
}

}  // namespace anju::gateway
