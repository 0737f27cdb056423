#include "tests/scenario/world/gateway_box.hpp"

#include <algorithm>
#include <utility>

#include "gateway/core/errc.hpp"
#include "protocols/wire/topic.hpp"

namespace anju::scenario {

base::Result<> DurableSpool::accept(const wire::Command& command) {
  if (full_) return base::fail(gateway::Errc::not_durable, "disk full");
  last_counter_ = command.counter;
  journal_.push_back({command, std::nullopt});
  return {};
}

void DurableSpool::append(gateway::StoredEvent stored, Sent event) {
  stored.seq = last_seq() + 1;
  stored_.push_back(std::move(stored));
  events_.push_back(std::move(event));
}

void DurableSpool::append_unknown() {
  append({0, 0, R"({"type":"door","opened":true})"}, std::nullopt);
}

void DurableSpool::append(const std::vector<wire::Event>& events) {
  for (const wire::Event& event : events) {
    const auto* readings = std::get_if<wire::ReadingsEvent>(&event);
    append({0, readings != nullptr ? readings->readings.size() : 0, wire::encode(event)}, event);
    const auto* news = std::get_if<wire::CommandEvent>(&event);
    if (news == nullptr) continue;
    for (auto& known : journal_) {
      if (known.command.id == news->command) known.phase = news->phase;
    }
  }
  if (!events.empty()) durable_through_ = through_;
}

/// Remembers what left under this epoch. Where the disk had gone back before, what the platform knows is what was there before that.
void DurableSpool::remember() {
  if (!forked_at_) ended_.erase(epoch_);
  ended_.try_emplace(epoch_, events_);
}

void DurableSpool::renew(const std::string& epoch) {
  remember();
  forked_at_.reset();
  const std::int64_t done = std::max(through_, first_seq_ - 1);
  stored_.erase(stored_.begin(), stored_.begin() + static_cast<std::ptrdiff_t>(done));
  events_.erase(events_.begin(), events_.begin() + static_cast<std::ptrdiff_t>(done));
  for (std::size_t i = 0; i < stored_.size(); ++i) stored_[i].seq = static_cast<std::int64_t>(i) + 1;
  first_seq_ = 1;
  through_ = durable_through_ = 0;
  epoch_ = epoch;
}

void DurableSpool::lose_last(std::int64_t count) {
  remember();
  ever_forked_.insert(epoch_);
  forked_at_ = last_seq() - count;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto* news = events_.back() ? std::get_if<wire::CommandEvent>(&*events_.back()) : nullptr;
    for (auto& known : journal_) {
      if (news != nullptr && known.command.id == news->command) known.phase.reset();
    }
    stored_.pop_back();
    events_.pop_back();
  }
  durable_through_ = through_ = std::min(through_, last_seq());
}

void DurableSpool::become(const DurableSpool& copy) {
  remember();
  auto ended = std::move(ended_);
  auto forked = std::move(ever_forked_);
  *this = copy;
  ended_ = std::move(ended);
  ever_forked_ = std::move(forked);
  ever_forked_.insert(epoch_);
  forked_at_ = last_seq();
}

std::vector<gateway::StoredEvent> DurableSpool::read(std::int64_t from, std::size_t most) const {
  const auto first = stored_.begin() + static_cast<std::ptrdiff_t>(from - 1);
  const auto count = std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(most), stored_.end() - first);
  return {first, first + count};
}

GatewayBox::GatewayBox(std::string code, const wire::GatewayKeys& keys, Timeline& time, Broker& broker, Field& field)
    : name_{std::move(code), keys}, time_(time), broker_(broker), field_(field), spool_("e-" + name_.code), wake_(time), window_ticks_(time) {}

void GatewayBox::power_on() {
  if (is_on()) return;
  ++life_;
  crash_ = Crash::none;
  core_ = std::make_unique<gateway::Gateway>(gateway::GatewayOptions{}, spool_, spool_.journal());
  told_after_ = -1;
  window_.emplace(spool_.epoch(), spool_.last_seq());
  if (spool_.has_grown_since_fork()) blind_.insert(spool_.epoch());
  if (spool_.archive) step(gateway::ArchiveArrived{*spool_.archive});
  if (!is_on()) return;
  connect();
  tick_state(life_);
}

void GatewayBox::die() {
  ++crashes_;
  ++life_;
  core_.reset();
  window_.reset();
  pending_.clear();
  spool_.crash();
  connected_ = false;
  wake_.forget();
  field_.process_died(name_.code);
  broker_.disconnect(name_.code, true);
  if (died_) died_();
}

void GatewayBox::network(bool up) {
  network_ = up;
  if (up) return connect();
  connected_ = false;
  if (window_) window_->disconnected();
  notice_silence(time_, broker_, name_.code, [this] { return network_; });
}

void GatewayBox::connect() {
  if (!is_on() || !network_ || connected_) return;
  connected_ = true;
  connect_box(broker_, name_, sealed_state(false), [this, life = life_](const std::string& topic, const std::string& payload) {
    // What reaches a box without network is lost with the connection.
    if (life == life_ && connected_) receive(topic, payload);
  });
  window_->connected(spool_.through(), time_.now());
  lists_due_ = time_.now();
  publish_state();
  pump();
}

void GatewayBox::set_clock(base::Millis ahead) {
  ahead_ = ahead;
  clock_was_wrong_ = clock_was_wrong_ || ahead != base::Millis(0);
  // Timers that run are spans: the core hears of its new time when the next one ends, or with whatever happens before.
}

void GatewayBox::fill_disk(base::Millis span) {
  spool_.full(true);
  time_.after(span, [this] {
    spool_.full(false);
    store();
    pump();
  });
}

void GatewayBox::copy_disk() {
  copy_ = spool_;
  copy_->full(false);
  copy_->crash();
}

void GatewayBox::put_copy_back() {
  if (is_on() || !copy_) return;
  if (spool_.has_grown_since_fork()) blind_.insert(spool_.epoch());
  spool_.become(*copy_);
  copy_.reset();
}

void GatewayBox::store() {
  if (pending_.empty() || spool_.is_full()) return;
  spool_.append(pending_);
  pending_.clear();
}

void GatewayBox::step(gateway::GatewayEvent event) {
  if (!is_on()) return;
  const std::int64_t life = life_;
  const std::size_t known = spool_.journal().size();
  auto out = core_->step(std::move(event), now());
  for (std::size_t i = known; i < spool_.journal().size(); ++i) accepted_.push_back(spool_.journal()[i].command);
  const bool commits = !out.events.empty() || out.archive;
  if (commits && crash_ == Crash::before_commit) return die();
  if (witness_) {
    for (const wire::Event& said : out.events) witness_(name_.code, said);
  }
  for (wire::Event& said : out.events) pending_.push_back(std::move(said));
  store();
  if (out.archive && !spool_.is_full()) spool_.archive = std::move(out.archive);
  if (commits && crash_ == Crash::after_commit) return die();
  perform(field_, name_.code, out, [this, life](const base::LineId& line, gateway::LineEvent what) {
    if (life == life_) step(gateway::LineHappened{line, std::move(what)});
  });
  for (const auto& live : out.live) {
    if (!connected_) break;
    const std::string topic = topic_of(name_.code, wire::Channel::live, live.device.value);
    (void)broker_.publish(name_.code, topic, wire::seal(name_.keys.up, topic, wire::encode(live)), false);
  }
  if (out.state_changed && !std::exchange(state_due_, true)) {
    time_.after(base::seconds(1), [this] {
      state_due_ = false;
      publish_state();
    });
  }
  pump();
  wake();
}

void GatewayBox::wake() {
  auto at = core_->wake(now());
  if (at) *at = *at - ahead_;  // a span, told by true time
  wake_.arm(at, [this] { step(gateway::Tick{}); });
}

void GatewayBox::receive(const std::string& topic, const std::string& payload) {
  const auto down = open_down(name_, topic, payload);
  if (!down) {
    ++refused_;
  } else if (const auto* ack = std::get_if<wire::Ack>(&*down)) {
    receive(*ack);
  } else if (const auto* command = std::get_if<wire::Command>(&*down)) {
    if (hear_) hear_(name_.code, nullptr, command);
    step(gateway::CommandArrived{*command});
  } else if (const auto* archive = std::get_if<wire::Archive>(&*down)) {
    step(gateway::ArchiveArrived{*archive});
  }
}

void GatewayBox::receive(const wire::Ack& ack) {
  if (hear_) hear_(name_.code, &ack, nullptr);
  const auto outcome = window_->acknowledged(ack.epoch, ack.through, ack.resend, time_.now());
  if (outcome == gateway::AckOutcome::foreign_epoch) return;
  if (outcome == gateway::AckOutcome::progress) spool_.acknowledge(ack.through);
  if ((outcome == gateway::AckOutcome::again || ack.over) && ack.through + 1 < spool_.first_seq()) tell_gone();
  if (outcome == gateway::AckOutcome::again || ack.over) spool_.rewind(ack.through);
  if (outcome == gateway::AckOutcome::beyond || ack.over) {
    renew();
    if (outcome == gateway::AckOutcome::beyond) tell_gone();
    return;
  }
  pump();
}

void GatewayBox::renew() {
  spool_.renew("e-" + name_.code + "-" + std::to_string(++epochs_));
  told_after_ = -1;
  window_.emplace(spool_.epoch(), spool_.last_seq());
  window_->connected(spool_.through(), time_.now());
  publish_state();
  pump();
}

void GatewayBox::swap() {
  if (!other_) other_.emplace("e-" + name_.code + "-" + std::to_string(++epochs_));
  std::swap(spool_, *other_);
  copy_.reset();  // of the other one
}

std::set<std::string> GatewayBox::ever_forked() const {
  std::set<std::string> all = spool_.ever_forked();
  if (other_) all.insert(other_->ever_forked().begin(), other_->ever_forked().end());
  return all;
}

Ended GatewayBox::ended() const {
  Ended all = spool_.ended();
  if (other_) {
    all.insert(other_->ended().begin(), other_->ended().end());
    // Put on the shelf with a disk that went back, unheard: what it had said before is what the platform may have.
    if (other_->is_forked()) {
      all.try_emplace(other_->epoch(), other_->events());
    } else {
      all[other_->epoch()] = other_->events();
    }
  }
  // A disk that went back before anything behind it had left goes on with the same stream.
  all.erase(spool_.epoch());
  return all;
}

void GatewayBox::pump() {
  if (!window_ || !connected_) return;
  while (const std::int64_t next = window_->next(spool_.last_seq())) {
    const std::int64_t from = std::max(next, spool_.first_seq());
    const auto events = spool_.read(from, gateway::kMaxBatchEvents);
    const std::int64_t last = send_up(broker_, name_, spool_.epoch(), next, from, events);
    if (last == 0) break;
    window_->sent(last, time_.now());
  }
  tick_window();
}

void GatewayBox::tell_gone() {
  if (told_after_ >= 0 && spool_.first_seq() <= told_after_ + 1) return;
  told_after_ = spool_.last_seq();
  time_.after(base::Millis(0), [this, life = life_] {
    if (life == life_) step(gateway::EventsGone{});
  });
}

void GatewayBox::tick_window() {
  window_ticks_.run(window_, [this] {
    if (!window_) return;
    const bool waiting = window_->is_waiting();
    (void)window_->tick(time_.now());
    if (waiting && !window_->is_waiting() && spool_.is_forked()) blind_.insert(spool_.epoch());
    pump();
  });
}

std::string GatewayBox::sealed_state(bool online) {
  // The lists of lines and devices are for people to look at: the ledger reads none of it. They would be half of the simulation's
  // time, so they are there once an hour, and short words in between.
  const bool whole = online && time_.now() >= lists_due_;
  if (whole) lists_due_ = time_.now() + base::hours(1);
  wire::GatewayState state = whole ? core_->state(now()) : wire::GatewayState{};
  state.online = online;
  state.software = "scenario";
  state.epoch = spool_.epoch();
  state.last_seq = spool_.last_seq();
  state.last_counter = spool_.last_counter();
  state.archive_version = core_->archive_version();
  state.at = now();
  return wire::seal(name_.keys.up, topic_of(name_.code, wire::Channel::state), wire::encode(state));
}

void GatewayBox::publish_state() {
  if (!is_on() || !connected_) return;
  (void)broker_.publish(name_.code, topic_of(name_.code, wire::Channel::state), sealed_state(true), true);
}

void GatewayBox::tick_state(std::int64_t life) {
  time_.after(kStateEvery, [this, life] {
    if (life != life_) return;
    publish_state();
    tick_state(life);
  });
}

}  // namespace anju::scenario
