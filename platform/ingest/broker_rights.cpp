#include "platform/ingest/broker_rights.hpp"

#include <algorithm>
#include <utility>

namespace anju::platform {

void BrokerRights::start() {
  thread_ = std::thread([this] { run(); });
}

void BrokerRights::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void BrokerRights::connected() {
  {
    const std::lock_guard lock(mutex_);
    connected_ = asked_for_ = fresh_ = true;
  }
  wake_.notify_all();
}

void BrokerRights::disconnected() {
  const std::lock_guard lock(mutex_);
  connected_ = false;
}

void BrokerRights::keys_changed() {
  {
    const std::lock_guard lock(mutex_);
    asked_for_ = true;
  }
  wake_.notify_all();
}

void BrokerRights::answer(std::string_view payload) {
  {
    const std::lock_guard lock(mutex_);
    if (answers_.size() < kMostAnswers) answers_.emplace_back(payload);
  }
  wake_.notify_all();
}

void BrokerRights::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const auto least = waiting_since_ ? std::min(ports_.every, ports_.patience) : ports_.every;
    const bool woken = wake_.wait_for(lock, least, [this] { return stopping_ || (connected_ && asked_for_) || !answers_.empty(); });
    if (stopping_) return;
    if (std::exchange(fresh_, false)) {
      told_.reset();
      waiting_since_.reset();
      complained_ = false;
    }
    const bool ask_now = connected_ && (std::exchange(asked_for_, false) || !woken);
    auto answers = std::exchange(answers_, {});
    lock.unlock();
    for (const std::string& payload : answers) take(payload);
    if (ask_now) ask();
    lock.lock();
  }
}

void BrokerRights::ask() {
  if (waiting_since_ && std::chrono::steady_clock::now() - *waiting_since_ >= ports_.patience && !std::exchange(complained_, true))
    ports_.log("the broker does not answer on " + std::string(kControlTopic) + ": is its dynamic security plugin loaded, and may this user manage it?");
  const auto wanted = ports_.logins();
  if (!wanted || (told_ && *told_ == *wanted)) return;
  if (ports_.publish(ask_what_broker_knows()) && !waiting_since_) waiting_since_ = std::chrono::steady_clock::now();
}

void BrokerRights::take(const std::string& payload) {
  const BrokerAnswer answer = read_broker_answer(payload);
  if (!answer.understood) return;
  waiting_since_.reset();
  for (const std::string& problem : answer.problems) ports_.log("the broker's dynamic security refuses " + problem);
  if (!answer.listed) return;
  auto wanted = ports_.logins();
  if (!wanted) return;
  const auto commands = reconcile(*wanted, answer.knows, ports_.own_user);
  for (const std::string& name : made_by_hand(*wanted, answer.knows.clients, ports_.own_user)) {
    if (warned_.insert(name).second) ports_.log("the broker has a client " + name + " that somebody made by hand: the gateway of this name gets no login until it is deleted there");
  }
  for (const std::string& right : rights_by_hand(answer.knows)) {
    if (warned_.insert("right " + right).second) ports_.log("the platform's own role at the broker has a right that this version did not give it, and keeps it: " + right);
  }
  bool sent = true;
  for (const std::string& command : commands) sent = ports_.publish(command) && sent;
  if (!commands.empty() && sent) ports_.log("told the broker what its " + std::to_string(wanted->size()) + " gateways may");
  // Believed when the list says so itself: what was refused is tried again in a minute.
  if (commands.empty()) told_ = std::move(wanted);
}

}  // namespace anju::platform
