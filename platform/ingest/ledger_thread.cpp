#include "platform/ingest/ledger_thread.hpp"

#include <utility>

#include "platform/ingest/take_up.hpp"

namespace anju::platform {
namespace {

/// Topics remembered with their meaning. Beyond it all are forgotten and learnt anew: a stranger who invents topics costs time only.
constexpr std::size_t kMostRoutes = 200'000;

}  // namespace

LedgerThread::LedgerThread(Loaded loaded, LedgerThreadPorts ports)
    : ports_(std::move(ports)), ledger_(std::move(loaded), *ports_.store) {}

LedgerThread::~LedgerThread() { stop(); }

void LedgerThread::start() {
  thread_ = std::thread([this] { run(); });
}

void LedgerThread::stop() {
  inbox_.close();
  if (thread_.joinable()) thread_.join();
}

void LedgerThread::receive(std::string_view topic, std::string_view payload) {
  ++messages_;
  if (!inbox_.put(Message{std::string(topic), std::string(payload)})) ++dropped_;  // the gateway sends again
}

void LedgerThread::broker(bool connected) {
  connected_ = connected;
  if (connected) (void)inbox_.put(Connected{});
}

void LedgerThread::submit(Order order, std::function<void(Outcome)> answer) {
  // Shared, because a refused entry is gone with its callback.
  auto shared = std::make_shared<std::function<void(Outcome)>>(std::move(answer));
  const bool taken = inbox_.put(Submitted{std::move(order), [shared](Outcome outcome) { (*shared)(std::move(outcome)); }});
  if (!taken) (*shared)(base::fail(inbox_.closed() ? Errc::stopping : Errc::busy));
}

std::shared_ptr<const GatewayWord> LedgerThread::word(const std::string& gateway) const {
  const std::lock_guard lock(words_mutex_);
  const auto found = words_.find(gateway);
  return found == words_.end() ? nullptr : found->second;
}

IngestStatistics LedgerThread::statistics() const {
  return {messages_, dropped_, refused_, undecodable_, readings_, commits_};
}

void LedgerThread::run() {
  std::vector<Entry> entries;
  std::chrono::steady_clock::time_point earliest{};
  while (inbox_.take(entries, earliest, kTickEvery)) {
    if (!entries.empty()) earliest = std::chrono::steady_clock::now() + kGroupEvery;
    handle(entries);
  }
}

void LedgerThread::run_once() {
  std::vector<Entry> entries;
  inbox_.take_now(entries);
  handle(entries);
}

void LedgerThread::handle(std::vector<Entry>& entries) {
  group_began_ = ports_.pace();
  for (Entry& entry : entries) {
    std::visit([this](auto& what) { handle(what); }, entry);
    if (ledger_.readings_waiting() >= kGroupReadings || ports_.pace() - group_began_ >= kGroupTime) {
      flush();
      group_began_ = ports_.pace();
    }
  }
  flush();
}

const LedgerThread::Route* LedgerThread::route(const std::string& topic) {
  if (const auto found = routes_.find(topic); found != routes_.end()) return &found->second;
  const auto parsed = wire::parse_topic(topic);
  if (!parsed) return nullptr;
  const std::int64_t gateway = ledger_.find_gateway(parsed->site.value, parsed->gateway.value);
  if (gateway == 0) return nullptr;
  if (routes_.size() >= kMostRoutes) routes_.clear();
  return &(routes_[topic] = Route{gateway, parsed->channel, parsed->device.value});
}

const wire::GatewayKeys* LedgerThread::keys_of(std::int64_t gateway) {
  const base::UtcMillis now = ports_.clock();
  const auto found = keys_.find(gateway);
  if (found != keys_.end() && now >= found->second.read && now - found->second.read < kKeysFor) return &found->second.keys;
  const auto keys = ports_.keys(ledger_.gateway_code(gateway));
  if (!keys) {
    keys_.erase(gateway);
    return nullptr;
  }
  return &(keys_[gateway] = {*keys, now}).keys;
}

void LedgerThread::handle(Message& message) {
  if (broken_) return;
  const base::UtcMillis now = ports_.clock();
  const Route* to = route(message.topic);
  const wire::GatewayKeys* keys = to == nullptr ? nullptr : keys_of(to->gateway);
  const auto body = keys == nullptr ? base::Result<std::string_view>(base::fail(Errc::not_found))
                                    : wire::open(keys->up, message.topic, message.payload);
  if (!body) {
    ++refused_;
    // Anybody can send rubbish: one line in ten seconds is enough.
    if (const auto at = ports_.pace(); at - logged_ > std::chrono::seconds(10)) {
      logged_ = at;
      // A topic that is not one of ours may hold anything, line ends included: it does not go into the log.
      ports_.log("refused a message " + (to == nullptr ? "for a gateway that does not exist"
                                         : "on " + message.topic + ": " +
                                               (keys == nullptr ? "no key of this gateway" : std::string(body.error().code))));
    }
    return;
  }
  switch (to->channel) {
    case wire::Channel::up: take_up(to->gateway, *body, now); break;
    case wire::Channel::state: take_state(to->gateway, *body, now); break;
    case wire::Channel::live: {
      const auto values = wire::decode_live(*body);
      if (values && values->device.value == to->device) {
        ledger_.hear_live(to->gateway, *values);
      } else {
        ++undecodable_;
      }
      break;
    }
    case wire::Channel::ack:
    case wire::Channel::command:
    case wire::Channel::archive:
    case wire::Channel::access: ++refused_; break;
  }
}

void LedgerThread::take_up(std::int64_t gateway, std::string_view body, base::UtcMillis now) {
  const auto up = platform::take_up(ledger_, gateway, body, now);
  if (!up) {
    // Without a number it cannot be acknowledged. It carries our key, so a person must look at that gateway.
    ++undecodable_;
    ports_.log("gateway " + ledger_.gateway_code(gateway) + " sent a batch without epoch and seq; it stays in its spool");
    return;
  }
  undecodable_ += up->undecodable;
  if (auto ack = ack_of(*up)) acknowledge(gateway, std::move(*ack));
}

/// The newest replaces older ones; the word that an epoch is over gives way to its successor's.
void LedgerThread::acknowledge(std::int64_t gateway, wire::Ack ack) {
  if (ack.over) {
    acks_.try_emplace(gateway, std::move(ack));
  } else {
    acks_[gateway] = std::move(ack);
  }
}

void LedgerThread::take_state(std::int64_t gateway, std::string_view body, base::UtcMillis now) {
  auto state = wire::decode_state(body);
  if (!state) {
    ++undecodable_;
    return;
  }
  hear(gateway, std::move(*state), now);
}

void LedgerThread::hear(std::int64_t gateway, wire::GatewayState state, base::UtcMillis now) {
  if (!ledger_.hear_state(gateway, state, now)) return;
  // A gateway does not send before it has heard this: its disk may have less of the stream than we do.
  if (state.online) acks_.try_emplace(gateway, ledger_.position(gateway, state.epoch));
  const std::string code = ledger_.gateway_code(gateway);
  const std::lock_guard lock(words_mutex_);
  auto& place = words_[code];
  const bool same = place != nullptr && place->state.online == state.online;
  auto next = std::make_shared<GatewayWord>();
  next->since = same ? place->since : now;
  // A last will has no lists; what was known of lines and devices stays on display.
  if (!state.online && place != nullptr) {
    next->state = place->state;
    next->state.online = false;
  } else {
    next->state = std::move(state);
  }
  place = std::move(next);
}

void LedgerThread::handle(Submitted& submitted) {
  if (broken_) return submitted.answer(base::fail(Errc::stopping));
  answers_.emplace_back(std::move(submitted.answer), ledger_.decide(submitted.order, ports_.clock()));
}

void LedgerThread::handle(Connected) {
  if (broken_) return;
  for (const std::int64_t gateway : ledger_.gateways()) {
    if (const auto archive = ledger_.archive_of(gateway)) publish(gateway, wire::Channel::archive, wire::encode(*archive), true);
  }
}

void LedgerThread::handle(KeyChanged& changed) {
  if (broken_) return;
  for (const std::int64_t gateway : ledger_.gateways()) {
    if (ledger_.gateway_code(gateway) != changed.gateway) continue;
    keys_.erase(gateway);
    if (keys_of(gateway) == nullptr) {
      // Its last will is believed no longer: without this it would be shown as online until its silence is noticed. At no time: the word of
      // the box that is enrolled next is newer, whatever its clock says.
      hear(gateway, wire::GatewayState{}, ports_.clock());
      continue;
    }
    if (const auto archive = ledger_.archive_of(gateway)) publish(gateway, wire::Channel::archive, wire::encode(*archive), true);
  }
}

void LedgerThread::flush() {
  if (broken_) return;
  const bool decided = !answers_.empty() || !acks_.empty();
  const auto at = ports_.pace();
  if (decided || at - ticked_ >= kTickEvery) {
    ledger_.tick(ports_.clock());
    ticked_ = at;
  }
  Effects effects;
  ledger_.collect(batch_, effects);
  if (!batch_.empty()) {
    const auto committed = ports_.store->commit(batch_);
    if (!committed) {
      broken_ = true;
      acks_.clear();
      inbox_.close();
      for (auto& [answer, outcome] : answers_) answer(base::fail(Errc::stopping));
      answers_.clear();
      ports_.failed("the database refused a commit, nothing of it was let out: " + committed.error().where);
      return;
    }
    ++commits_;
    readings_ += static_cast<std::int64_t>(batch_.readings.size());
  }
  let_out(effects);
}

void LedgerThread::let_out(Effects& effects) {
  for (const auto& [gateway, ack] : acks_) publish(gateway, wire::Channel::ack, wire::encode(ack), false);
  acks_.clear();
  for (const Effects::Send& send : effects.commands) publish(send.gateway, wire::Channel::command, wire::encode(send.command), false);
  for (const std::int64_t gateway : effects.archives) {
    if (const auto archive = ledger_.archive_of(gateway)) publish(gateway, wire::Channel::archive, wire::encode(*archive), true);
  }
  for (auto& [answer, outcome] : answers_) answer(std::move(outcome));
  answers_.clear();
  if (ports_.notifier != nullptr && !effects.notifications.empty()) {
    ports_.notifier->changed(std::move(effects.notifications), ports_.clock());
  }
}

void LedgerThread::publish(std::int64_t gateway, wire::Channel channel, std::string_view body, bool retained) {
  const wire::GatewayKeys* keys = keys_of(gateway);
  if (keys == nullptr) return;
  const std::string topic = wire::format({base::SiteId(ledger_.site_code(gateway)), base::GatewayId(ledger_.gateway_code(gateway)), channel, {}});
  const std::string payload = wire::seal(keys->down, topic, body);
  if (payload.size() > wire::kMaxPayload) {
    ports_.log("a message for " + topic + " is larger than a message may be and was not sent");
    return;
  }
  (void)ports_.publish(topic, payload, retained);
}

}  // namespace anju::platform
