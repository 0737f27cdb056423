#include "gateway/start/launcher.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <optional>
#include <utility>

#include "gateway/core/stream.hpp"
#include "gateway/core/upgrade.hpp"
#include "gateway/releases/release_folder.hpp"
#include "gateway/start/process.hpp"

namespace anju::gateway {
namespace {

constexpr int kLookEvery_ms = 1000;
/// What does not end by then is ended: systemd waits 15 s.
constexpr base::Millis kStopSpan = base::seconds(10);

base::UtcMillis steady_now() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return base::UtcMillis(std::chrono::duration_cast<std::chrono::milliseconds>(since).count());
}

void say(const std::string& line) {
  std::cerr << "anju-gateway-start: " << line << std::endl;
}

class Launcher {
 public:
  explicit Launcher(const LauncherOptions& options)
      : options_(options), folder_(options.releases), saved_(folder_.read_state()), upgrade_(saved_.value_or(UpgradeState{}), options.packaged_version, options.trial_span) {}

  int run() {
    if (const auto wrong = folder_.make(); !wrong.empty()) say(wrong + ": the packaged version runs, upgrades are refused");
    const int lock = ::open((options_.releases + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock >= 0 && ::flock(lock, LOCK_EX | LOCK_NB) != 0) {
      say(options_.releases + ": another anju-gateway-start uses this folder");
      return 1;
    }
    ::setenv(kFolderVariable, options_.releases.c_str(), 1);
    sigset_t ours;
    ::sigemptyset(&ours);
    for (const int number : {SIGTERM, SIGINT, SIGCHLD}) ::sigaddset(&ours, number);
    ::sigprocmask(SIG_BLOCK, &ours, nullptr);
    signals_ = ::signalfd(-1, &ours, SFD_CLOEXEC | SFD_NONBLOCK);
    if (trusted().keys.empty()) say("no release keys: upgrades are refused");
    feed(judged());
    while (!code_) once();
    return *code_;
  }

 private:
  /// Says of each file once that it was skipped.
  [[nodiscard]] TrustedKeys trusted() {
    auto keys = read_release_keys(options_.key_files);
    std::string skipped;
    for (const auto& error : keys.skipped) skipped += (skipped.empty() ? "" : "; ") + error.where;
    if (!skipped.empty() && skipped != skipped_) say(skipped + ": release keys cannot be read; the other files count");
    skipped_ = std::move(skipped);
    return keys;
  }

  [[nodiscard]] base::Result<> check(const wire::Version& version) {
    auto checked = folder_.check(version, trusted());
    if (!checked) {
      const auto& [code, where] = checked.error();
      say("release " + to_string(version) + " is not run: " + std::string(code) + (where.empty() ? "" : " (" + where + ")"));
    }
    if (soundness(checked) == Soundness::unknown) cannot_judge(checked.error());
    return checked;
  }

  /// Kept for the gateway, which tells the office.
  void cannot_judge(const base::Error& error) {
    blocked_ = std::string(error.code) + (error.where.empty() ? "" : " " + error.where);
    say("until that is mended and anju-gateway-start is started again, or a release is ordered or given that can be run, nothing is changed or removed");
  }

  [[nodiscard]] UpgradeBooted judged() {
    if (!saved_) {
      say(saved_.error().where + ": the packaged version runs");
      cannot_judge(saved_.error());
      return {Soundness::unknown, Soundness::unknown, false};
    }
    UpgradeBooted booted;
    if (saved_->current) booted.current = soundness(check(*saved_->current));
    if (saved_->trial) booted.trial = soundness(check(saved_->trial->version));
    return booted;
  }

  void once() {
    std::array<pollfd, 2> waits{pollfd{signals_, POLLIN, 0}, pollfd{process_.descriptor(), POLLIN, 0}};
    (void)::poll(waits.data(), waits.size(), kLookEvery_ms);
    // Signals first: a program that ends because this was asked to end is no crash.
    signalfd_siginfo signal{};
    while (::read(signals_, &signal, sizeof signal) == static_cast<ssize_t>(sizeof signal)) {
      if (signal.ssi_signo != SIGCHLD) feed(StopAsked{});
    }
    if (process_.confirmed()) feed(TrialConfirmed{});
    if (const auto ended = process_.ended()) {
      if (ended->code != 0) say("the gateway ended with code " + std::to_string(ended->code));
      feed(*ended);
    }
    if (code_) return;
    if (kill_at_ && steady_now() >= *kill_at_) {
      say("the gateway does not end: it is killed");
      process_.signal(SIGKILL);
      kill_at_.reset();
    }
    feed(UpgradeTick{});
    look_for_offer();
  }

  void look_for_offer() {
    const auto offer = folder_.next_offer();
    if (!offer) return;
    UpgradeAsked asked{offer->order, {}, {}};
    if (!upgrade_.knows(offer->order)) {
      if (!upgrade_.ready()) return;
      wire::Version running = upgrade_.base();
      if (const auto claimed = ReleaseFolder::head(offer->file)) {
        asked.version = claimed->manifest.version;
        // It fitted when it was confirmed, and what it is to take the place of is itself.
        if (upgrade_.restores(asked.version)) running = claimed->manifest.minimum;
      }
      const auto keys = trusted();
      const auto head = folder_.unpack(offer->file, keys.keys, {kProduct, architecture(), running, kSpoolFormat});
      if (head) {
        say("release " + to_string(asked.version) + " (order " + asked.order + ") is sound: it goes on trial");
      } else {
        const auto error = trust_error(head.error(), keys);
        asked.refusal = error.code;
        say("order " + asked.order + " is refused: " + asked.refusal + (error.where.empty() ? "" : " (" + error.where + ")"));
      }
    }
    feed(asked);
  }

  void feed(const UpgradeEvent& first) {
    std::optional<UpgradeEvent> next = first;
    while (next) {
      const auto actions = upgrade_.step(*std::exchange(next, std::nullopt), steady_now());
      for (const auto& action : actions) {
        if (auto answer = perform(action)) next = std::move(answer);  // only the last one of a list is answered at once
      }
    }
  }

  std::optional<UpgradeEvent> perform(const UpgradeAction& action) {
    if (std::holds_alternative<Save>(action)) {
      // What it said is there for a person, and as long as it is no release is removed that it may have named.
      const bool replaces = !saved_ && !replaced_;
      const auto wrong = replaces ? folder_.replace_state(upgrade_.state()) : folder_.write_state(upgrade_.state());
      replaced_ = replaced_ || (replaces && wrong.empty());
      if (!wrong.empty() && !std::exchange(unsaved_, true)) say(wrong);
      if (wrong.empty()) unsaved_ = false;
      tell();
      return Saved{wrong.empty()};
    }
    if (const auto* start = std::get_if<StartProgram>(&action)) {
      kill_at_.reset();
      const std::string program = start->version ? folder_.program(*start->version) : options_.packaged;
      // Judged long ago, at the start of this launcher or before its trial: what the disk made of it since then is not run.
      if (start->version) {
        if (const auto checked = check(*start->version); !checked) return ProgramEnded{false, 1, soundness(checked) == Soundness::unknown};
      }
      if (upgrade_.frozen() && !blocked_.empty()) {
        ::setenv(kBlockedVariable, blocked_.c_str(), 1);
      } else {
        ::unsetenv(kBlockedVariable);
      }
      if (start->version) say("starting " + to_string(*start->version) + (start->on_trial ? " on trial" : ""));
      if (process_.start(program, options_.arguments, start->on_trial)) return std::nullopt;
      say(program + ": cannot be started (" + process_.why() + ")");
      return ProgramEnded{false, 1};
    }
    if (std::holds_alternative<StopProgram>(action)) {
      process_.signal(SIGTERM);
      kill_at_ = steady_now() + kStopSpan;
    } else if (const auto* forget = std::get_if<ForgetOffer>(&action)) {
      folder_.forget_offer(forget->order);
    } else if (std::holds_alternative<RemoveOthers>(action)) {
      folder_.remove_others(upgrade_.state());
    } else if (const auto* leave = std::get_if<Leave>(&action)) {
      code_ = leave->code;
    }
    return std::nullopt;
  }

  /// The outcome of an order, once, in the journal of the machine.
  void tell() {
    const auto& last = upgrade_.state().last;
    if (!last || last == told_) return;
    told_ = last;
    say("order " + last->order + ": release " + to_string(last->version) + " " + std::string(to_string(last->result)) +
        (last->reason.empty() ? "" : ", " + last->reason));
  }

  const LauncherOptions& options_;
  ReleaseFolder folder_;
  base::Result<UpgradeState> saved_;
  Upgrade upgrade_;
  Process process_;
  int signals_ = -1;
  std::optional<base::UtcMillis> kill_at_;
  std::optional<int> code_;
  std::optional<UpgradeOutcome> told_ = upgrade_.state().last;
  bool unsaved_ = false, replaced_ = false;
  std::string blocked_;  ///< what could not be judged last: a code, a blank and where
  std::string skipped_;
};

}  // namespace

int launch(const LauncherOptions& options) {
  return Launcher(options).run();
}

}  // namespace anju::gateway
