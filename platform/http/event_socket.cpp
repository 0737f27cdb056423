#include "platform/http/event_socket.hpp"

#include <algorithm>
#include <cctype>
#include <deque>
#include <memory>
#include <utility>

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

namespace anju::platform {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;

constexpr std::chrono::seconds kSessionCheck{30};
constexpr std::size_t kMostIncoming = 1024;  ///< clients have nothing to say but close and pong

class EventSocket : public Closable, public std::enable_shared_from_this<EventSocket> {
 public:
  EventSocket(beast::tcp_stream stream, Caller caller, SharedState& state)
      : stream_(std::move(stream)), check_(state.io), caller_(std::move(caller)), state_(state) {
    state_.open.insert(this);
    ++state_.sockets;
  }
  ~EventSocket() override {
    state_.open.erase(this);
    --state_.sockets;
  }

  void start(http::request<http::string_body> upgrade) {
    beast::get_lowest_layer(stream_).expires_never();  // the WebSocket's own timeouts hold from here on
    stream_.set_option(websocket::stream_base::timeout::suggested(beast::role_type::server));
    stream_.read_message_max(kMostIncoming);
    upgrade_ = std::move(upgrade);
    auto accepted = [self = shared_from_this()](beast::error_code failed) {
      if (!failed) self->opened();
    };
    stream_.async_accept(upgrade_, std::move(accepted));
  }

  void wind_down() override { close(websocket::close_code::going_away); }

  /// Whoever sees less from now on, or more, opens a new stream. Until that is known nothing further is said.
  void rights_changed() override {
    if (closing_) return;
    ++looking_;
    auto looked = [weak = weak_from_this()](const std::optional<Caller>& now) {
      const auto self = weak.lock();
      if (self) self->looked(now && self->same(*now));
    };
    state_.api.auth().look_again(caller_.session.token_hash, state_.api.ports().now(), std::move(looked));
  }

 private:
  [[nodiscard]] bool same(const Caller& now) const {
    const Scope before = caller_.scope(), after = now.scope();
    return before.organisation == after.organisation && before.sites == after.sites && hearing(caller_) == hearing(now);
  }

  static Hearing hearing(const Caller& caller) {
    return hearing_of([&](std::string_view right) { return caller.may(right); });
  }

  void looked(bool same) {
    --looking_;
    if (!same) return close(websocket::close_code::policy_error);
    write();
  }

  void opened() {
    if (state_.stopping) return close(websocket::close_code::going_away);
    auto listener = [weak = weak_from_this()](const EventHub::Message& message) {
      const auto self = weak.lock();
      return self && self->send(message);
    };
    subscription_ = state_.hub.subscribe(caller_.scope(), hearing(caller_), std::move(listener), caller_.user.id);
    read();
    check_session();
    rights_changed();  // between the upgrade and now
  }

  bool send(const EventHub::Message& message) {
    if (closing_) return false;
    if (queue_.size() >= state_.options.socket_queue) {
      close(websocket::close_code::policy_error);
      return false;
    }
    queue_.push_back(message);
    write();
    return true;
  }

  /// The first that waits, unless one is under way.
  void write() {
    if (writing_ || closing_ || looking_ > 0 || queue_.empty()) return;
    writing_ = true;
    stream_.text(true);
    auto written = [self = shared_from_this()](beast::error_code failed, std::size_t) {
      self->writing_ = false;
      if (failed) return self->ended();
      self->queue_.pop_front();
      if (self->closing_) return self->send_close();
      self->write();
    };
    stream_.async_write(boost::asio::buffer(*queue_.front()), std::move(written));
  }

  void read() {
    auto heard = [self = shared_from_this()](beast::error_code failed, std::size_t) {
      if (failed) return self->ended();
      self->incoming_.clear();
      self->read();
    };
    stream_.async_read(incoming_, std::move(heard));
  }

  /// The stream must not outlive the session, and must not keep it alive either.
  void check_session() {
    check_.expires_after(kSessionCheck);
    auto due = [self = shared_from_this()](beast::error_code failed) {
      if (failed || self->closing_) return;
      const auto now = self->state_.api.ports().now();
      if (!self->state_.api.auth().is_open(self->caller_.session.token_hash, now))
        return self->close(websocket::close_code::policy_error);
      self->check_session();
    };
    check_.async_wait(std::move(due));
  }

  void close(websocket::close_code code) {
    if (std::exchange(closing_, true)) return;
    close_code_ = code;
    if (!writing_) send_close();  // otherwise after the write under way
  }

  void send_close() {
    auto closed = [self = shared_from_this()](beast::error_code) { self->ended(); };
    stream_.async_close(close_code_, std::move(closed));
  }

  void ended() {
    closing_ = true;
    check_.cancel();
    state_.hub.unsubscribe(subscription_);
  }

  websocket::stream<beast::tcp_stream, false> stream_;
  boost::asio::steady_timer check_;
  Caller caller_;
  SharedState& state_;
  http::request<http::string_body> upgrade_;
  beast::flat_buffer incoming_;
  std::deque<EventHub::Message> queue_;
  std::uint64_t subscription_ = 0;
  websocket::close_code close_code_ = websocket::close_code::normal;
  bool closing_ = false, writing_ = false;
  int looking_ = 0;  ///< answers about the session's rights that are under way
};

}  // namespace

void serve_events(beast::tcp_stream stream, http::request<http::string_body> upgrade, Caller caller,
                  SharedState& state) {
  make_on_loop<EventSocket>(state, std::move(stream), std::move(caller))->start(std::move(upgrade));
}

bool origin_fits(std::string_view origin, std::string_view host) {
  if (origin.empty()) return true;
  const auto scheme = origin.find("://");
  if (scheme == std::string_view::npos) return false;
  const auto named = origin.substr(scheme + 3);
  return std::equal(named.begin(), named.end(), host.begin(), host.end(), [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  });
}

}  // namespace anju::platform
