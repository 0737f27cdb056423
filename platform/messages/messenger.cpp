#include "platform/messages/messenger.hpp"

#include <chrono>
#include <string>
#include <utility>

namespace anju::platform {
namespace {

constexpr std::int64_t kLookEveryMs = 500;
constexpr std::int64_t kAfterFailureMs = 10'000;
constexpr base::Millis kCleanEvery = base::hours(1);

}  // namespace

base::Result<bool> Messenger::follow() {
  const auto made = ports_.store.follow(ports_.now());
  if (!made) return made;
  const auto announced = ports_.store.announce(ports_.now());
  if (!announced) return announced;
  return *made || *announced;
}

base::Result<bool> Messenger::send(Channel channel) {
  MessageProvider* provider = this->provider(channel);
  if (provider == nullptr) return ports_.store.close(channel, ports_.now());
  const auto taken = ports_.store.take(channel, kTakenAtOnce, ports_.now());
  if (!taken) return base::pass(taken);
  for (const Outgoing& message : *taken) {
    if (stopping_) return false;  // the rest is due again after the next start
    const Carried how = provider->send(message, text_of(message.kind, message.values, message.count, message.language));
    if (how.end != Carried::End::accepted)
      ports_.log("message " + message.key + " by " + std::string(to_string(channel)) + " was not accepted: " + how.reason);
    if (const auto ended = ports_.store.ended(message, how, ports_.now()); !ended) return base::pass(ended);
  }
  return !taken->empty();
}

bool Messenger::rest(std::int64_t milliseconds) {
  std::unique_lock lock(mutex_);
  stopped_.wait_for(lock, std::chrono::milliseconds(milliseconds), [this] { return stopping_.load(); });
  return !stopping_;
}

void Messenger::run(const std::function<base::Result<bool>()>& step) {
  while (!stopping_) {
    const auto done = step();
    if (!done) ports_.log("messages: the store does not answer: " + done.error().where);
    if (done && *done) continue;
    if (!rest(done ? kLookEveryMs : kAfterFailureMs)) return;
  }
}

void Messenger::start() {
  threads_.emplace_back([this] {
    base::UtcMillis cleaned = ports_.now();
    run([this, &cleaned]() -> base::Result<bool> {
      if (ports_.now() - cleaned >= kCleanEvery) {
        cleaned = ports_.now();
        if (auto done = ports_.store.clean(cleaned); !done) return done;
      }
      return follow();
    });
  });
  for (const Channel channel : {Channel::sms, Channel::mail}) threads_.emplace_back([this, channel] { run([this, channel] { return send(channel); }); });
}

void Messenger::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  for (MessageProvider* one : {ports_.sms, ports_.mail})
    if (one != nullptr && !threads_.empty()) one->stop();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

}  // namespace anju::platform
