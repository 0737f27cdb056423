#pragma once

// The one place where Paho is used. A client connects, keeps itself connected (jittered back-off), subscribes again on
// every connect, and hands messages on. It knows nothing of what the payloads mean, and its PUBACKs mean nothing but
// flow (reliability.md 1.2, 1.4).

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/result.hpp"

namespace anju::mqtt {

struct Will {
  std::string topic;
  std::string payload;
};

struct Tls {
  std::string ca_file;           ///< empty: plain TCP
  std::string certificate_file;  ///< with key_file, for brokers that want a client certificate
  std::string key_file;
};

struct Options {
  std::string url = "mqtt://127.0.0.1:1883";  ///< mqtt:// or mqtts://
  std::string client_id;
  std::string user;
  std::string password;
  Tls tls;
  std::int64_t keep_alive_s = 20;
  bool clean_start = true;  ///< nothing of ours lives in the broker's queue
  std::int64_t backoff_least_ms = 500, backoff_most_ms = 30'000;
  std::size_t max_in_flight = 1000;
  std::size_t max_outgoing = 10'000;  ///< publishes waiting in Paho; above it publish() answers queue_full
};

/// `message` runs on Paho's thread under a process-wide lock: copy and post, never wait, never call back into the
/// client except publish(). The other two run on the client's own thread and must not call stop(); a retained message
/// may come before `connected`.
struct Handlers {
  std::function<void()> connected;  ///< after every (re)connect, once the subscriptions stand
  std::function<void(const std::string& why)> disconnected;
  std::function<void(std::string_view topic, std::string_view payload, bool retained)> message;
};

struct Statistics {
  std::int64_t received = 0, published = 0, refused = 0, reconnects = 0;
};

enum class Errc {
  bad_url,        ///< not mqtt://host:port or mqtts://host:port
  tls_files,      ///< a TLS file is missing or no certificate; `where` names it
  not_connected,  ///< there is no connection now; nothing was queued
  queue_full,     ///< max_outgoing is reached; nothing was queued
  library,        ///< Paho refused; `where` is its message
};
[[nodiscard]] std::string_view to_string(Errc errc);

/// All members may be called from any thread, except from inside a handler where said so.
class Client {
 public:
  /// Checks the options; connects nothing yet. will_of is called before every connect attempt, because a will that
  /// carries an authentication code and a time must be fresh. It may be empty.
  /// Errors: bad_url, tls_files.
  [[nodiscard]] static base::Result<std::unique_ptr<Client>> create(Options options,
                                                                    std::vector<std::string> subscriptions,
                                                                    Handlers handlers, std::function<Will()> will_of);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  void start();  ///< begins connecting, for ever, until stop()
  void stop();   ///< disconnects in order (the will is not sent) and joins; idempotent

  [[nodiscard]] bool connected() const;
  /// qos 0 or 1. Errors: not_connected, queue_full, library.
  [[nodiscard]] base::Result<> publish(const std::string& topic, std::string_view payload, int qos, bool retained);
  [[nodiscard]] Statistics statistics() const;

 private:
  struct Impl;
  explicit Client(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace anju::mqtt
