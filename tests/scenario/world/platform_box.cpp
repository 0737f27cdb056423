#include "tests/scenario/world/platform_box.hpp"

#include <utility>

#include "platform/ingest/take_up.hpp"
#include "platform/store/ledger_store.hpp"
#include "protocols/wire/topic.hpp"

namespace anju::scenario {

PlatformBox::PlatformBox(platform::Site site, std::map<std::string, wire::GatewayKeys> keys, Timeline& time,
                         Broker& broker, std::string database)
    : keys_(std::move(keys)), time_(time), broker_(broker), store_(std::move(site)), database_(std::move(database)) {}

void PlatformBox::power_on() {
  if (is_on()) return;
  ++life_;
  crash_ = Crash::none;
  if (!database_.empty()) disk_ = std::move(*platform::open_ledger_store(database_));
  platform::LedgerStore& store = disk_ ? *disk_ : store_;
  ledger_ = std::make_unique<platform::Ledger>(*store.load(), store);
  const std::int64_t life = life_;
  broker_.connect(
      "platform", [](std::string_view topic) { return topic.find("/down/") == std::string_view::npos; },
      [this, life](const std::string& topic, const std::string& payload) {
        if (life == life_) put(Message{topic, payload});
      },
      std::nullopt);
  for (const std::int64_t gateway : ledger_->gateways()) {
    if (const auto archive = ledger_->archive_of(gateway))
      publish(gateway, wire::Channel::archive, wire::encode(*archive), true);
  }
  tick(life);
}

void PlatformBox::die() {
  ++crashes_;
  ++life_;
  ledger_.reset();
  disk_.reset();
  inbox_.clear();
  acks_.clear();
  answers_.clear();
  group_due_ = false;
  broker_.disconnect("platform", true);
}

void PlatformBox::restore(const Tables& backup) {
  if (is_on()) die();
  store_.restore(backup);
  power_on();
}

void PlatformBox::submit(platform::Order order, Answer answer) {
  if (is_on()) put(Submitted{std::move(order), std::move(answer)});
}

void PlatformBox::put(Entry entry) {
  if (inbox_.size() >= kMostWaiting) return;  // whoever sent it sends again
  inbox_.push_back(std::move(entry));
  if (std::exchange(group_due_, true)) return;
  time_.after(base::Millis(3), [this, life = life_] {
    if (life == life_) handle();
  });
}

void PlatformBox::handle() {
  group_due_ = false;
  for (Entry& entry : std::exchange(inbox_, {})) {
    if (auto* submitted = std::get_if<Submitted>(&entry)) {
      auto outcome = ledger_->decide(submitted->order, time_.now());
      answers_.emplace_back(std::move(submitted->answer), std::move(outcome));
    } else {
      handle(std::get<Message>(entry));
    }
  }
  flush();
}

void PlatformBox::handle(const Message& message) {
  const auto topic = wire::parse_topic(message.topic);
  const std::int64_t gateway = topic ? ledger_->find_gateway(topic->site.value, topic->gateway.value) : 0;
  const auto keys = topic ? keys_.find(topic->gateway.value) : keys_.end();
  if (gateway == 0 || keys == keys_.end()) {
    ++refused_;
    return;
  }
  const auto body = wire::open(keys->second.up, message.topic, message.payload);
  if (!body) {
    ++refused_;
    return;
  }
  if (topic->channel == wire::Channel::up) {
    const auto up = platform::take_up(*ledger_, gateway, *body, time_.now());
    const auto ack = up ? ack_of(*up) : std::nullopt;
    if (ack && ack->over) acks_.try_emplace(gateway, *ack);
    if (ack && !ack->over) acks_[gateway] = *ack;
  } else if (topic->channel == wire::Channel::state) {
    const auto state = wire::decode_state(*body);
    if (!state || !ledger_->hear_state(gateway, *state, time_.now()) || !state->online) return;
    acks_.try_emplace(gateway, ledger_->position(gateway, state->epoch));
  } else if (topic->channel == wire::Channel::live) {
    if (const auto live = wire::decode_live(*body)) ledger_->hear_live(gateway, *live);
  }
}

void PlatformBox::tick(std::int64_t life) {
  // Nothing is due between two seconds while a command is open, and little otherwise.
  const auto next = ledger_->open_commands().empty() ? base::seconds(10) : base::seconds(1);
  time_.after(next, [this, life] {
    if (life != life_) return;
    flush();
    if (life == life_) tick(life);
  });
}

void PlatformBox::flush() {
  ledger_->tick(time_.now());
  platform::Batch batch;
  platform::Effects effects;
  ledger_->collect(batch, effects);
  auto answers = std::exchange(answers_, {});
  const bool commits = !batch.empty();
  if (commits) {
    if (crash_ == Crash::before_commit) return die();
    if (disk_ && !disk_->commit(batch)) return die();
    (void)store_.commit(batch);
    ++commits_;
    if (witness_) witness_(batch);
    if (crash_ == Crash::after_commit) return die();
  }
  let_out(effects, std::move(answers));
}

void PlatformBox::let_out(platform::Effects& effects, std::vector<std::pair<Answer, platform::Outcome>> answers) {
  for (const auto& [gateway, ack] : std::exchange(acks_, {}))
    publish(gateway, wire::Channel::ack, wire::encode(ack), false);
  for (const auto& send : effects.commands) {
    publish(send.gateway, wire::Channel::command, wire::encode(send.command), false);
  }
  for (const std::int64_t gateway : effects.archives) {
    if (const auto archive = ledger_->archive_of(gateway))
      publish(gateway, wire::Channel::archive, wire::encode(*archive), true);
  }
  for (auto& [answer, outcome] : answers) {
    if (answer) answer(std::move(outcome));
  }
}

void PlatformBox::publish(std::int64_t gateway, wire::Channel channel, const std::string& body, bool retained) {
  const std::string code = ledger_->gateway_code(gateway);
  const auto keys = keys_.find(code);
  if (keys == keys_.end()) return;
  const std::string topic = topic_of(code, channel);
  (void)broker_.publish("platform", topic, wire::seal(keys->second.down, topic, body), retained);
}

}  // namespace anju::scenario
