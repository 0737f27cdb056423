#include "tests/scenario/world/platform_box.hpp"

#include <utility>

#include "platform/store/ledger_store.hpp"
#include "platform/store/retention.hpp"

namespace anju::scenario {
namespace {

/// Small, so that a morning fills some.
constexpr std::size_t kBlockRows = 16;

}  // namespace

PlatformBox::PlatformBox(platform::Site site, std::map<std::string, wire::GatewayKeys> keys, Timeline& time,
                         Broker& broker, std::string database)
    : keys_(std::move(keys)), time_(time), broker_(broker), store_(std::move(site)), database_url_(std::move(database)), disk_(*this) {}

void PlatformBox::power_on() {
  if (is_on()) return;
  const std::int64_t life = ++life_;
  crash_ = Crash::none;
  on_since_ = time_.now();
  if (!database_url_.empty()) database_ = std::move(*platform::open_ledger_store(database_url_, kBlockRows));
  platform::LedgerThreadPorts ports;
  ports.store = &disk_;
  ports.keys = [this](const std::string& gateway) {
    const auto found = keys_.find(gateway);
    return found == keys_.end() ? std::nullopt : std::optional(found->second);
  };
  ports.publish = [this](const std::string& topic, std::string_view payload, bool retained) {
    return broker_.publish("platform", topic, std::string(payload), retained);
  };
  ports.clock = [this] { return time_.now(); };
  ports.pace = [this] {
    return std::chrono::steady_clock::time_point(std::chrono::hours(1) + std::chrono::milliseconds((time_.now() - on_since_).value));
  };
  ports.log = [](const std::string&) {};
  ports.failed = [this](const std::string&) { failed_ = true; };
  thread_ = std::make_unique<platform::LedgerThread>(*disk_.load(), std::move(ports));
  broker_.connect(
      "platform", [](std::string_view topic) { return topic.find("/down/") == std::string_view::npos; },
      [this, life](const std::string& topic, const std::string& payload) {
        if (life != life_) return;
        thread_->receive(topic, payload);
        entered();
      },
      std::nullopt);
  thread_->broker(true);
  entered();
  tick(life);
}

void PlatformBox::die() {
  ++crashes_;
  ++life_;
  refused_ += thread_->statistics().refused;
  thread_.reset();
  database_.reset();
  group_due_ = failed_ = false;
  broker_.disconnect("platform", true);
  if (died_) died_();
}

void PlatformBox::restore(const Tables& backup) {
  if (is_on()) die();
  store_.restore(backup);
  power_on();
}

base::Result<std::int64_t> PlatformBox::forget_readings(base::Millis older) {
  if (!is_on() || database_url_.empty()) return 0;
  const auto retention = platform::open_retention(database_url_);
  if (!retention) return base::pass(retention);
  const auto made = (*retention)->cut(time_.now(), time_.now() - older);
  if (!made) return base::pass(made);
  if (!made->wrong.empty()) return base::fail(platform::Errc::store_failed, made->wrong);
  return made->readings;
}

void PlatformBox::submit(platform::Order order, Answer answer) {
  if (!is_on()) return;
  thread_->submit(std::move(order), [this, life = life_, answer = std::move(answer)](platform::Outcome outcome) {
    // What a dying process says reaches nobody, or says only that it is dying.
    if (life != life_ || (!outcome && (outcome.error().is(platform::Errc::stopping) || outcome.error().is(platform::Errc::busy)))) return;
    answer(std::move(outcome));
  });
  entered();
}

void PlatformBox::entered() {
  if (std::exchange(group_due_, true)) return;
  time_.after(base::Millis(3), [this, life = life_] {
    if (life == life_) handle();
  });
}

void PlatformBox::handle() {
  group_due_ = false;
  try {
    thread_->run_once();
  } catch (const PowerCut&) {
    return die();
  }
  if (failed_) die();
}

base::Result<> PlatformBox::commit(const platform::Batch& batch) {
  if (commits_ + 1 == planned_commit_) crash_ = std::exchange(planned_, Crash::none);
  if (crash_ == Crash::before_commit) throw PowerCut();
  if (time_.now() < full_until_) return base::fail(platform::Errc::store_failed, "disk full");
  if (database_) {
    if (auto stored = database_->commit(batch); !stored) return stored;
  }
  (void)store_.commit(batch);
  ++commits_;
  if (witness_) witness_(batch);
  if (crash_ == Crash::after_commit) throw PowerCut();
  return {};
}

void PlatformBox::tick(std::int64_t life) {
  // Nothing is due between two seconds while a command is young, and little otherwise: resending takes ten seconds, expiry an hour.
  const auto& open = tables().open_commands;
  const bool young = !open.empty() && time_.now() - tables().commands.at(*open.rbegin()).command.created < base::minutes(3);
  const auto next = young ? base::seconds(1) : base::seconds(10);
  time_.after(next, [this, life] {
    if (life != life_) return;
    handle();
    if (life == life_) tick(life);
  });
}

}  // namespace anju::scenario
