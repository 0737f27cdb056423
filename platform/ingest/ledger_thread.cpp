#include "platform/ingest/ledger_thread.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

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
  while (inbox_.take(entries, kTickEvery)) handle(entries);
}

void LedgerThread::run_once() {
  std::vector<Entry> entries;
  (void)inbox_.take(entries, std::chrono::milliseconds(0));
  handle(entries);
}

void LedgerThread::handle(std::vector<Entry>& entries) {
  group_began_ = std::chrono::steady_clock::now();
  for (Entry& entry : entries) {
    std::visit([this](auto& what) { handle(what); }, entry);
    if (ledger_.readings_waiting() >= kGroupReadings || std::chrono::steady_clock::now() - group_began_ >= kGroupTime) {
      flush();
      group_began_ = std::chrono::steady_clock::now();
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
    if (const auto at = std::chrono::steady_clock::now(); at - logged_ > std::chrono::seconds(10)) {
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
  const auto batch = wire::decode_up(body);
  if (!batch) return take_poisoned(gateway, body, now);
  const Taken taken = ledger_.take(gateway, batch->epoch, batch->seq, batch->events, now);
  acknowledge(gateway, batch->epoch, taken);
}

/// A batch that does not decode as a whole, event by event: one that nobody can read is quarantined and does not block the stream.
void LedgerThread::take_poisoned(std::int64_t gateway, std::string_view body, base::UtcMillis now) {
  boost::json::error_code error;
  const boost::json::value parsed = boost::json::parse(boost::json::string_view(body.data(), body.size()), error);
  const auto* object = error ? nullptr : parsed.if_object();
  const auto* epoch = object != nullptr ? object->if_contains("epoch") : nullptr;
  const auto* seq = object != nullptr ? object->if_contains("seq") : nullptr;
  const auto* events = object != nullptr ? object->if_contains("events") : nullptr;
  const bool numbered = epoch != nullptr && epoch->is_string() && base::is_id(std::string(epoch->as_string())) && seq != nullptr &&
                        seq->is_int64() && seq->as_int64() >= 1 && seq->as_int64() <= wire::kMaxInteger && events != nullptr &&
                        events->is_array() && events->as_array().size() <= wire::kMaxEvents;
  if (!numbered) {
    // Without a number it cannot be acknowledged. It carries our key, so a person must look at that gateway.
    ++undecodable_;
    ports_.log("gateway " + ledger_.gateway_code(gateway) + " sent a batch without epoch and seq; it stays in its spool");
    return;
  }
  const std::string of(epoch->as_string());
  std::int64_t number = seq->as_int64();
  Taken taken;
  for (const auto& item : events->as_array()) {
    const std::string text = boost::json::serialize(item);
    const auto event = wire::decode_event(text);
    if (event) {
      const std::vector<wire::Event> one{*event};
      taken = ledger_.take(gateway, of, number, one, now);
    } else {
      ++undecodable_;
      taken = ledger_.take_poison(gateway, of, number, event.error().code, text, now);
    }
    ++number;
  }
  if (!events->as_array().empty()) acknowledge(gateway, of, taken);
}

void LedgerThread::acknowledge(std::int64_t gateway, std::string_view epoch, const Taken& taken) {
  if (taken.ignored) return;
  acks_[gateway] = wire::Ack{std::string(epoch), taken.through, taken.resend};  // the newest replaces older ones
}

void LedgerThread::take_state(std::int64_t gateway, std::string_view body, base::UtcMillis now) {
  auto state = wire::decode_state(body);
  if (!state) {
    ++undecodable_;
    return;
  }
  if (!ledger_.hear_state(gateway, *state, now)) return;
  if (state->online) {
    const wire::Ack position = ledger_.position(gateway);
    if (!position.epoch.empty() && position.epoch == state->epoch) acks_.try_emplace(gateway, position);
  }
  const std::string code = ledger_.gateway_code(gateway);
  const std::lock_guard lock(words_mutex_);
  auto& place = words_[code];
  const bool same = place != nullptr && place->state.online == state->online;
  auto next = std::make_shared<GatewayWord>();
  next->since = same ? place->since : now;
  // A last will has no lists; what was known of lines and devices stays on display.
  if (!state->online && place != nullptr) {
    next->state = place->state;
    next->state.online = false;
  } else {
    next->state = std::move(*state);
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

void LedgerThread::flush() {
  if (broken_) return;
  const bool decided = !answers_.empty() || !acks_.empty();
  const auto at = std::chrono::steady_clock::now();
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
