#include "tests/scenario/world/spooled_box.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "tests/scenario/world/gateway_box.hpp"

namespace anju::scenario {
namespace {

std::int64_t readings_in(const wire::Event& event) {
  const auto* readings = std::get_if<wire::ReadingsEvent>(&event);
  return readings == nullptr ? 0 : std::ssize(readings->readings);
}

}  // namespace

SpooledBox::SpooledBox(std::string code, const wire::GatewayKeys& keys, std::int64_t max_mb, std::uint64_t seed, Timeline& time, Broker& broker, Field& field)
    : name_{std::move(code), keys}, epoch_("e-" + name_.code), max_mb_(max_mb), time_(time), broker_(broker), field_(field), disk_(seed), wake_(time),
      window_ticks_(time) {}

void SpooledBox::wrong(const std::string& what) {
  findings_.push_back("after power cut " + std::to_string(disk_.cuts()) + ", at " + base::format_utc(time_.now()) + ": " + what);
}

void SpooledBox::power_on() {
  if (is_on()) return;
  ++life_;
  auto opened = gateway::Spool::open_or_replace({"spool.db", epoch_, max_mb_, 0}, time_.now());
  if (disk_.is_dead()) {  // again, while the file was being opened
    opened = base::fail(gateway::SpoolErrc::storage);
    disk_.cut();
    return time_.after(base::seconds(5), [this] { power_on(); });
  }
  if (!opened) return wrong("the spool cannot be opened: " + std::string(opened.error().code) + " " + opened.error().where);
  spool_ = std::move(*opened);
  if (spool_->damage()) wrong("the spool is damaged: " + spool_->damage()->detail);
  compare_with_promised();
  auto remembered = spool_->accepted();
  if (!remembered) return wrong("the journal cannot be read: " + remembered.error().where);
  core_ = std::make_unique<gateway::Gateway>(gateway::GatewayOptions{}, *spool_, std::move(*remembered));
  window_.emplace(spool_->epoch(), spool_->last_seq());
  const auto kept = spool_->archive();
  if (!kept || (archive_ && !*kept)) wrong("the archive is gone");
  if (kept && *kept) step(gateway::ArchiveArrived{**kept});
  if (!is_on()) return;
  connect();
  tick_state(life_);
}

/// What the spool said it took is there, as it was; of what was on its way all is there, or nothing.
void SpooledBox::compare_with_promised() {
  const auto promised = std::ssize(taken_);
  if (spool_->last_seq() < promised) {
    wrong("of " + std::to_string(promised) + " events that were durable " + std::to_string(spool_->last_seq()) + " are there");
  }
  const std::int64_t from = std::max(spool_->first_seq(), promised - kCompared);
  const auto events = spool_->read(from, static_cast<std::size_t>(kCompared) * 2);
  if (!events) return wrong("the stream cannot be read: " + events.error().where);
  std::int64_t seq = from;
  for (const auto& event : *events) {
    const std::int64_t place = seq++;
    if (event.seq != place) wrong("event " + std::to_string(place) + " is missing");
    if (place <= promised && event.text != wire::encode(*taken_[static_cast<std::size_t>(place - 1)])) wrong("event " + std::to_string(place) + " is another one");
  }
  if (spool_->last_seq() > promised) {
    // The commit was whole before anybody could say so.
    std::int64_t waiting = 0, there = 0;
    for (const auto& event : pending_) waiting += readings_in(event);
    note_taken(spool_->last_seq());
    for (auto i = static_cast<std::size_t>(promised); i < taken_.size(); ++i) there += readings_in(*taken_[i]);
    if (there != 0 && there != waiting) wrong("half of a batch is there: " + std::to_string(there) + " readings of " + std::to_string(waiting));
    readings_.not_taken += waiting - there;
  } else {
    for (const auto& event : pending_) {
      readings_.lost += readings_in(event);
      lost_others_ += readings_in(event) == 0 ? 1 : 0;
    }
  }
  pending_.clear();
}

void SpooledBox::note_taken(std::int64_t last_seq) {
  const auto events = spool_->read(std::ssize(taken_) + 1, static_cast<std::size_t>(last_seq - std::ssize(taken_)));
  if (!events || std::ssize(taken_) + std::ssize(*events) != last_seq) return wrong("what was just stored cannot be read");
  for (const auto& stored : *events) {
    auto event = wire::decode_event(stored.text);
    if (!event) return wrong("event " + std::to_string(stored.seq) + " cannot be decoded");
    readings_.durable += readings_in(*event);
    taken_.emplace_back(std::move(*event));
  }
}

void SpooledBox::die() {
  ++life_;
  core_.reset();
  window_.reset();
  // The destructor writes how far the platform stands; a box without power does not.
  if (!disk_.is_dead()) {
    disk_.fail_at(1);
    (void)disk_.operation();
  }
  spool_.reset();
  disk_.cut();
  connected_ = false;
  wake_.forget();
  field_.process_died(name_.code);
  broker_.disconnect(name_.code, true);
}

void SpooledBox::network(bool up) {
  network_ = up;
  if (up) return connect();
  connected_ = false;
  if (window_) window_->disconnected();
  notice_silence(time_, broker_, name_.code, [this] { return network_; });
}

void SpooledBox::connect() {
  if (!is_on() || !network_ || connected_) return;
  connected_ = true;
  connect_box(broker_, name_, sealed_state(false), [this, life = life_](const std::string& topic, const std::string& payload) {
    if (life == life_ && connected_) receive(topic, payload);
  });
  window_->connected(spool_->through(), time_.now());
  publish_state(true);
  pump();
}

void SpooledBox::store() {
  if (pending_.empty()) return;
  const auto appended = spool_->append(pending_, time_.now());
  if (disk_.is_dead()) return;  // whoever called sees it
  core_->stored(appended.has_value());
  if (!appended) {
    if (!appended.error().is(gateway::SpoolErrc::spool_full)) wrong("the spool fails: " + appended.error().where);
    return;  // with the next events
  }
  readings_.not_taken += appended->not_taken;
  pending_.clear();
  note_taken(appended->last_seq);
}

void SpooledBox::step(gateway::GatewayEvent event) {
  if (!is_on()) return;
  const std::int64_t life = life_;
  auto out = core_->step(std::move(event), time_.now());
  for (wire::Event& said : out.events) {
    readings_.said += readings_in(said);
    if (witness_) witness_(said);
    pending_.push_back(std::move(said));
  }
  if (!disk_.is_dead()) store();
  if (out.archive && !disk_.is_dead() && spool_->keep_archive(*out.archive)) archive_ = std::move(out.archive);
  if (disk_.is_dead()) {  // the power is gone, and with it whatever was to follow
    die();
    return time_.after(base::seconds(20), [this] { power_on(); });
  }
  perform(field_, name_.code, out, [this, life](const base::LineId& line, gateway::LineEvent what) {
    if (life == life_) step(gateway::LineHappened{line, std::move(what)});
  });
  pump();
  wake();
}

void SpooledBox::wake() {
  wake_.arm(core_->wake(time_.now()), [this] { step(gateway::Tick{}); });
}

void SpooledBox::receive(const std::string& topic, const std::string& payload) {
  const auto down = open_down(name_, topic, payload);
  if (!down) return;
  if (const auto* ack = std::get_if<wire::Ack>(&*down)) receive(*ack);
  if (const auto* command = std::get_if<wire::Command>(&*down)) step(gateway::CommandArrived{*command});
  if (const auto* archive = std::get_if<wire::Archive>(&*down)) step(gateway::ArchiveArrived{*archive});
}

void SpooledBox::receive(const wire::Ack& ack) {
  const auto outcome = window_->acknowledged(ack.epoch, ack.through, ack.resend, time_.now());
  if (outcome == gateway::AckOutcome::foreign_epoch) return;
  if (outcome == gateway::AckOutcome::beyond || ack.over) return wrong("the platform has events that this spool does not have");
  if (outcome == gateway::AckOutcome::progress && !spool_->acknowledge(ack.epoch, ack.through)) wrong("an acknowledgement is not accepted");
  if (outcome == gateway::AckOutcome::again) {
    if (ack.through + 1 < spool_->first_seq()) wrong("the platform asks for events that made room before it had them");
    spool_->rewind(ack.through);
  }
  pump();
}

void SpooledBox::pump() {
  if (!window_ || !connected_) return;
  while (const std::int64_t next = window_->next(spool_->last_seq())) {
    const std::int64_t from = std::max(next, spool_->first_seq());
    const auto events = spool_->read(from, gateway::kMaxBatchEvents);
    if (!events) return wrong("the stream cannot be read: " + events.error().where);
    const std::int64_t last = send_up(broker_, name_, spool_->epoch(), next, from, *events);
    if (last == 0) break;
    window_->sent(last, time_.now());
  }
  tick_window();
}

void SpooledBox::tick_window() {
  window_ticks_.run(window_, [this] {
    if (!window_) return;
    (void)window_->tick(time_.now());
    pump();
  });
}

std::string SpooledBox::sealed_state(bool online) {
  wire::GatewayState state;
  state.online = online;
  state.software = "scenario";
  state.epoch = spool_->epoch();
  state.last_seq = spool_->last_seq();
  state.last_counter = spool_->last_counter();
  state.archive_version = core_->archive_version();
  state.at = time_.now();
  return wire::seal(name_.keys.up, topic_of(name_.code, wire::Channel::state), wire::encode(state));
}

void SpooledBox::publish_state(bool online) {
  if (is_on() && connected_) (void)broker_.publish(name_.code, topic_of(name_.code, wire::Channel::state), sealed_state(online), true);
}

void SpooledBox::tick_state(std::int64_t life) {
  time_.after(base::minutes(4), [this, life] {
    if (life != life_) return;
    publish_state(true);
    tick_state(life);
  });
}

}  // namespace anju::scenario
