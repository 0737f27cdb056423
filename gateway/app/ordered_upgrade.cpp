#include "gateway/app/ordered_upgrade.hpp"

#include <chrono>
#include <string>
#include <utility>

#include <spdlog/spdlog.h>

#include "gateway/app/shell.hpp"
#include "gateway/app/version.hpp"

namespace anju::gateway {
namespace {

constexpr std::chrono::seconds kLookEvery(1);

base::UtcMillis steady_now() {
  const auto since = std::chrono::steady_clock::now().time_since_epoch();
  return base::UtcMillis(std::chrono::duration_cast<std::chrono::milliseconds>(since).count());
}

}  // namespace

OrderedUpgrade::OrderedUpgrade(boost::asio::io_context& io, std::function<const wire::Archive*()> archive, std::function<void()> changed)
    : folder_(launcher_folder()),
      orders_(folder_.path().empty() ? std::nullopt : folder_.read_ordered()),
      archive_(std::move(archive)),
      changed_(std::move(changed)),
      changed_at_(system_now()),
      timer_(io) {}

void OrderedUpgrade::start() {
  look();
}

std::optional<wire::UpgradeProgress> OrderedUpgrade::progress() const {
  auto progress = orders_.progress();
  if (progress) progress->at = changed_at_;
  return progress;
}

OrderFacts OrderedUpgrade::facts() {
  OrderFacts facts;
  const auto* archive = archive_();
  facts.archive = archive != nullptr;
  if (archive != nullptr) facts.wanted = archive->release;
  facts.running = wire::parse_version(program_version()).value_or(wire::Version{});
  facts.launcher = !folder_.path().empty();
  if (!facts.launcher) return facts;
  facts.blocked = launcher_blocked().reason;
  facts.offered = !orders_.order().empty() && folder_.has_offer(orders_.order());
  if (auto state = folder_.read_state()) state_ = *std::move(state);
  facts.state = state_;
  facts.ended = child_.ended();
  facts.have = folder_.download_size();
  return facts;
}

void OrderedUpgrade::look() {
  const auto before = orders_.progress();
  const auto seen = facts();
  if (seen.ended && !seen.ended->reason.empty()) spdlog::warn("upgrade order {}: {}", orders_.order(), seen.ended->reason);
  const auto actions = orders_.look(seen, steady_now());
  perform(actions);
  const auto now = orders_.progress();
  const bool step = now && (!before || before->order != now->order || before->step != now->step || before->reason != now->reason);
  if (step) spdlog::info("upgrade order {}: version {} {} {}", now->order, to_string(now->version), to_string(now->step), now->reason);
  if (before && !now) spdlog::info("upgrade order {}: withdrawn", before->order);
  timer_.expires_after(kLookEvery);
  timer_.async_wait([this](boost::system::error_code cancelled) {
    if (!cancelled) look();
  });
}

void OrderedUpgrade::perform(const OrderActions& actions) {
  if (actions.stop_fetch) child_.stop();
  if (actions.forget_download && !folder_.path().empty()) folder_.forget_download();
  if (!actions.forget_offer.empty()) folder_.forget_offer(actions.forget_offer);
  if (actions.keep) {
    // Without a launcher there is no folder, and nothing that could be forgotten.
    const auto wrong = folder_.path().empty() ? std::string() : folder_.write_ordered(orders_.record());
    if (!wrong.empty() && !std::exchange(unkept_, true)) spdlog::error("upgrade order {}: {}", orders_.order(), wrong);
    if (wrong.empty()) unkept_ = false, orders_.kept();
  }
  if (actions.fetch) child_.start(folder_.path(), *actions.fetch);
  if (actions.tell) {
    changed_at_ = system_now();
    changed_();
  }
}

}  // namespace anju::gateway
