#include "gateway/app/upgrade_watch.hpp"

#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>
#include <utility>

#include <spdlog/spdlog.h>

#include "gateway/app/shell.hpp"

namespace anju::gateway {
namespace {

constexpr std::chrono::seconds kLookEvery(1);

/// -1: this is no trial.
int confirm_descriptor() {
  const char* const value = std::getenv(kConfirmVariable);
  const std::string text = value == nullptr ? std::string() : std::string(value);
  return text.empty() || text.size() > 6 || text.find_first_not_of("0123456789") != std::string::npos ? -1 : std::atoi(text.c_str());
}

}  // namespace

UpgradeWatch::UpgradeWatch(boost::asio::io_context& io, std::function<UpgradeFacts()> facts, std::function<void(const wire::AlarmEvent&)> alarm)
    : folder_(launcher_folder()),
      confirm_(confirm_descriptor()),
      report_(confirm_ >= 0, folder_.path().empty() ? std::string() : folder_.read_told(), !folder_.path().empty() && folder_.was_blocked()),
      blocked_(launcher_blocked()),
      facts_(std::move(facts)),
      alarm_(std::move(alarm)),
      timer_(io) {}

void UpgradeWatch::start() {
  if (folder_.path().empty()) return;
  ::signal(SIGPIPE, SIG_IGN);  // a launcher that hears nothing more is a write that fails
  if (!blocked_.reason.empty()) spdlog::error("upgrades are blocked, and what runs may not be what was confirmed: {} {}", blocked_.reason, blocked_.where);
  if (confirm_ >= 0) spdlog::info("on trial: the version before comes back unless the platform acknowledges what this one writes");
  look();
}

void UpgradeWatch::look() {
  auto facts = facts_();
  // What cannot be read this second is no end of the trial.
  if (auto state = folder_.read_state()) state_ = *std::move(state);
  facts.state = state_;
  facts.blocked = blocked_;
  const auto said = report_.look(facts, system_now());
  for (const auto& alarm : said.alarms) alarm_(alarm);
  if (!said.told.empty()) (void)folder_.write_told(said.told);  // where that fails the next start says it once more
  if (said.blocked) (void)folder_.write_blocked(*said.blocked);  // where that fails its end is not said by itself
  if (said.confirm) {
    constexpr std::string_view kWord = "confirmed\n";
    (void)!::write(confirm_, kWord.data(), kWord.size());
  }
  timer_.expires_after(kLookEvery);
  timer_.async_wait([this](boost::system::error_code cancelled) {
    if (!cancelled) look();
  });
}

}  // namespace anju::gateway
