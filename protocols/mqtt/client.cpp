#include "protocols/mqtt/client.hpp"

#include <mqtt/async_client.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <random>
#include <thread>
#include <utility>

#include "protocols/mqtt/backoff.hpp"
#include "protocols/mqtt/explain_tls.hpp"
#include "protocols/mqtt/no_delay.hpp"
#include "protocols/mqtt/url.hpp"

#if defined(__SANITIZE_ADDRESS__)
// Paho C 1.3.12 does not free messages that were in flight when a connection broke and its client is destroyed: a few
// hundred bytes an outage, not ours, and at the end of a process only. Everything of ours stays checked.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libpaho-mqtt3as";
}
#endif

namespace anju::mqtt {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr auto kConnectTimeout = 10s;
constexpr auto kSubscribeTimeout = 10s;
constexpr auto kDisconnectTimeout = 2s;
constexpr auto kStableAfter = 10s;        // a connection that ends sooner counts as a failed attempt
constexpr auto kStopGranularity = 100ms;  // how long stop() may have to wait for a token of Paho

base::Result<> check_file(const std::string& file, const char* name) {
  if (file.empty() || std::ifstream(file).good()) return {};
  return base::fail(Errc::tls_files, std::string(name) + " " + file + " cannot be read");
}

base::Result<> check_tls(const Url& url, const Tls& tls) {
  if (url.tls && tls.ca_file.empty()) return base::fail(Errc::tls_files, "mqtts:// needs ca_file");
  if (!url.tls && !tls.ca_file.empty()) return base::fail(Errc::bad_url, "ca_file is given: write mqtts:// in the url");
  if (tls.certificate_file.empty() != tls.key_file.empty()) {
    return base::fail(Errc::tls_files, "certificate_file and key_file belong together");
  }
  for (const auto& [file, name] :
       {std::pair{tls.ca_file, "ca_file"}, {tls.certificate_file, "certificate_file"}, {tls.key_file, "key_file"}}) {
    if (auto checked = check_file(file, name); !checked) return checked;
  }
  return {};
}

}  // namespace

std::string_view to_string(Errc errc) {
  switch (errc) {
    case Errc::bad_url: return "bad_url";
    case Errc::tls_files: return "tls_files";
    case Errc::not_connected: return "not_connected";
    case Errc::queue_full: return "queue_full";
    case Errc::library: return "library";
  }
  return "unknown";
}

/// One thread of our own (`loop`) connects, subscribes and waits; it alone waits for tokens of Paho, never a callback.
/// Paho's automatic reconnection is not used because it keeps the will of the first connect.
struct Client::Impl {
  Options options;
  Url url;
  std::vector<std::string> subscriptions;
  Handlers handlers;
  std::function<Will()> will_of;

  std::mutex mutex;  // of lost, why and stopping
  std::condition_variable changed;
  bool lost = false;
  bool stopping = false;
  std::string why;
  std::atomic<bool> connected{false};
  std::atomic<std::int64_t> received{0}, published{0}, refused{0}, reconnects{0};
  std::thread thread;
  ::mqtt::async_client paho;  // the last member, so that no callback finds the others destroyed

  Impl(Options the_options, const Url& the_url, std::vector<std::string> the_subscriptions, Handlers the_handlers,
       std::function<Will()> the_will)
      : options(std::move(the_options)),
        url(the_url),
        subscriptions(std::move(the_subscriptions)),
        handlers(std::move(the_handlers)),
        will_of(std::move(the_will)),
        paho((url.tls ? "ssl://" : "tcp://") + url.host + ":" + std::to_string(url.port), options.client_id,
             ::mqtt::create_options_builder()
                 .mqtt_version(MQTTVERSION_5)
                 .send_while_disconnected(false)
                 .max_buffered_messages(static_cast<int>(options.max_outgoing))
                 .delete_oldest_messages(false)
                 .finalize(),
             nullptr) {
    paho.set_message_callback([this](const ::mqtt::const_message_ptr& message) {
      received.fetch_add(1, std::memory_order_relaxed);
      const auto& payload = message->get_payload_ref();
      const std::string_view bytes =
          payload.empty() ? std::string_view() : std::string_view(payload.data(), payload.size());
      if (handlers.message) handlers.message(message->get_topic(), bytes, message->is_retained());
    });
    paho.set_connection_lost_handler(
        [this](const std::string& cause) { lose(cause.empty() ? "the connection to the broker was lost" : cause); });
    paho.set_disconnected_handler([this](const ::mqtt::properties&, ::mqtt::ReasonCode reason) {
      lose("the broker ended the connection, reason code " + std::to_string(static_cast<int>(reason)));
    });
  }

  void lose(std::string cause) {
    connected = false;
    {
      const std::lock_guard lock(mutex);
      if (!lost) why = std::move(cause);
      lost = true;
    }
    changed.notify_all();
  }

  bool is_stopping() {
    const std::lock_guard lock(mutex);
    return stopping;
  }

  ::mqtt::connect_options connect_options() {
    ::mqtt::connect_options connect = ::mqtt::connect_options_builder()
                                          .mqtt_version(MQTTVERSION_5)
                                          .clean_start(options.clean_start)
                                          .keep_alive_interval(std::chrono::seconds(options.keep_alive_s))
                                          .connect_timeout(kConnectTimeout)
                                          .max_inflight(static_cast<int>(options.max_in_flight))
                                          .automatic_reconnect(false)
                                          .finalize();
    if (!options.user.empty()) connect.set_user_name(options.user);
    if (!options.password.empty()) connect.set_password(options.password);
    if (!options.tls.ca_file.empty()) {
      ::mqtt::ssl_options ssl;
      ssl.set_trust_store(options.tls.ca_file);
      if (!options.tls.certificate_file.empty()) ssl.set_key_store(options.tls.certificate_file);
      if (!options.tls.key_file.empty()) ssl.set_private_key(options.tls.key_file);
      ssl.set_enable_server_cert_auth(true);
      ssl.set_verify(true);
      connect.set_ssl(std::move(ssl));
    }
    if (will_of) {
      const Will will = will_of();
      connect.set_will(::mqtt::will_options(will.topic, will.payload.data(), will.payload.size(), 1, true));
    }
    return connect;
  }

  /// Waits for a token, but not longer than until stop() is called. Throws what Paho throws for a failed token.
  bool wait_for(const ::mqtt::token_ptr& token, Clock::duration longest) {
    const auto until = Clock::now() + longest;
    while (!is_stopping() && Clock::now() < until) {
      if (token->wait_for(kStopGranularity)) return true;
    }
    return false;
  }

  /// Connects and subscribes. Empty when both stand, otherwise the reason.
  std::string attempt() {
    {
      const std::lock_guard lock(mutex);
      lost = false;
      why.clear();
    }
    try {
      if (!wait_for(paho.connect(connect_options()), kConnectTimeout + 2s)) return "the broker does not answer";
      set_no_delay(url.port);
      if (subscriptions.empty()) return {};
      const auto token = paho.subscribe(::mqtt::string_collection::create(subscriptions),
                                        ::mqtt::iasync_client::qos_collection(subscriptions.size(), 1));
      if (!wait_for(token, kSubscribeTimeout)) return "the broker does not answer a subscription";
      const auto response = token->get_subscribe_response();
      for (const auto code : response.get_reason_codes()) {
        if (code >= ::mqtt::ReasonCode::UNSPECIFIED_ERROR) {
          return "the broker refuses a subscription, reason code " + std::to_string(static_cast<int>(code));
        }
      }
      return {};
    } catch (const ::mqtt::exception& error) {
      // -1 is "TCP/TLS connect failure", for nobody there, a wrong authority and a wrong name alike.
      if (url.tls && error.get_return_code() == MQTTASYNC_FAILURE && !is_stopping()) {
        if (std::string why_not = explain_tls(url, options.tls); !why_not.empty()) return why_not;
      }
      return error.what();
    } catch (const std::exception& error) {
      return error.what();
    }
  }

  void disconnect() {
    if (!paho.is_connected()) return;  // the token of a needless disconnect would never complete
    try {
      paho.disconnect(static_cast<int>(std::chrono::milliseconds(kDisconnectTimeout).count()))
          ->wait_for(kDisconnectTimeout + 1s);
    } catch (const std::exception&) {
      // There was no connection, which is what was asked for.
    }
  }

  /// Waits for the end of the connection or of the client; true when the connection was lost.
  bool wait_until_lost() {
    std::unique_lock lock(mutex);
    changed.wait(lock, [this] { return lost || stopping; });
    return !stopping;
  }

  void loop() {
    std::mt19937 random(std::random_device{}());
    int failures = 0;  // in a row
    bool first = true;
    while (!is_stopping()) {
      std::string reason = attempt();
      const auto begin = Clock::now();
      if (reason.empty()) {
        if (!std::exchange(first, false)) reconnects.fetch_add(1, std::memory_order_relaxed);
        connected = true;
        {
          const std::lock_guard lock(mutex);  // lost between the subscription and now: do not say connected for ever
          if (lost) connected = false;
        }
        if (handlers.connected) handlers.connected();
        if (!wait_until_lost()) break;
        if (Clock::now() - begin >= kStableAfter) failures = 0;
        const std::lock_guard lock(mutex);
        reason = why;
      } else {
        if (is_stopping()) break;
        disconnect();  // an attempt that was given up half-way must not disturb the next one
      }
      if (handlers.disconnected) handlers.disconnected(reason);
      const auto pause = backoff_ms(failures++, options.backoff_least_ms, options.backoff_most_ms,
                                    static_cast<std::uint32_t>(random()));
      std::unique_lock lock(mutex);
      changed.wait_for(lock, std::chrono::milliseconds(pause), [this] { return stopping; });
    }
    connected = false;
    disconnect();
  }
};

base::Result<std::unique_ptr<Client>> Client::create(Options options, std::vector<std::string> subscriptions,
                                                     Handlers handlers, std::function<Will()> will_of) {
  const auto url = parse_url(options.url);
  if (!url) return base::pass(url);
  if (auto checked = check_tls(*url, options.tls); !checked) return base::pass(checked);
  try {
    auto impl = std::make_unique<Impl>(std::move(options), *url, std::move(subscriptions), std::move(handlers),
                                       std::move(will_of));
    return std::unique_ptr<Client>(new Client(std::move(impl)));
  } catch (const std::exception& error) {
    return base::fail(Errc::library, error.what());
  }
}

Client::Client(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Client::~Client() {
  stop();
}

void Client::start() {
  if (impl_->thread.joinable() || impl_->is_stopping()) return;
  impl_->thread = std::thread([impl = impl_.get()] { impl->loop(); });
}

void Client::stop() {
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->stopping = true;
  }
  impl_->changed.notify_all();
  if (impl_->thread.joinable()) impl_->thread.join();
}

bool Client::connected() const {
  return impl_->connected;
}

base::Result<> Client::publish(const std::string& topic, std::string_view payload, int qos, bool retained) {
  const auto refuse = [this](Errc errc, std::string where) {
    impl_->refused.fetch_add(1, std::memory_order_relaxed);
    return base::fail(errc, std::move(where));
  };
  if (!impl_->connected) return refuse(Errc::not_connected, {});
  try {
    impl_->paho.publish(topic, payload.data(), payload.size(), qos, retained);
  } catch (const ::mqtt::exception& error) {
    switch (error.get_return_code()) {
      case MQTTASYNC_DISCONNECTED: return refuse(Errc::not_connected, {});
      case MQTTASYNC_MAX_BUFFERED_MESSAGES: return refuse(Errc::queue_full, {});
      default: return refuse(Errc::library, error.what());
    }
  } catch (const std::exception& error) {
    return refuse(Errc::library, error.what());
  }
  impl_->published.fetch_add(1, std::memory_order_relaxed);
  return {};
}

Statistics Client::statistics() const {
  return {impl_->received, impl_->published, impl_->refused, impl_->reconnects};
}

}  // namespace anju::mqtt
