#pragma once

// An MQTT 5 client that only loads: it must cost much less than what it measures, and it needs to know when the broker took a message.
// Many packets per system call, no locks, no reconnection; one thread. Not for anything but benchmarks.

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace anju::bench {

class MqttLoad {
 public:
  using Message = std::function<void(std::string_view topic, std::string_view payload)>;

  explicit MqttLoad(Message message) : message_(std::move(message)) {}
  ~MqttLoad() {
    if (socket_ >= 0) ::close(socket_);
  }
  MqttLoad(const MqttLoad&) = delete;
  MqttLoad& operator=(const MqttLoad&) = delete;

  /// Connects to 127.0.0.1 and subscribes to `filter` with QoS 0. False: no broker, or it refused.
  bool start(int port, std::string_view client_id, std::string_view filter) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (socket_ < 0 || ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return false;
    const int on = 1;
    (void)setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    (void)fcntl(socket_, F_SETFL, O_NONBLOCK);
    // CONNECT: clean start, keep-alive 0 (off), Receive Maximum 65 535, packets of any size.
    packet(0x10, text("MQTT") + std::string("\x05\x02\x00\x00\x03\x21\xff\xff", 8) + text(client_id));
    // SUBSCRIBE, packet id 1, no properties.
    packet(0x82, std::string("\x00\x01\x00", 3) + text(filter) + std::string(1, '\0'));
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (!failed_ && !subscribed_ && std::chrono::steady_clock::now() < until) wait(std::chrono::milliseconds(10));
    return subscribed_ && !failed_;
  }

  /// QoS 1. False: the broker has not taken enough of the messages before it; wait() and try again.
  bool publish(std::string_view topic, std::string_view payload) {
    if (unanswered_ >= receive_maximum_ || out_.size() - sent_ > std::size_t{1} << 20) return false;
    id_ = id_ == 65'535 ? 1 : id_ + 1;
    const std::size_t size = 2 + topic.size() + 2 + 1 + payload.size();
    out_ += '\x32';
    append_length(size);
    append16(topic.size());
    out_ += topic;
    append16(static_cast<std::size_t>(id_));
    out_ += '\0';  // no properties
    out_ += payload;
    ++unanswered_;
    return true;
  }

  /// Writes what can be written, then waits for something to read, at most that long, and handles it.
  void wait(std::chrono::microseconds most) {
    flush();
    pollfd ready{socket_, static_cast<short>(POLLIN | (sent_ < out_.size() ? POLLOUT : 0)), 0};
    timespec time{static_cast<time_t>(most.count() / 1'000'000), static_cast<long>(most.count() % 1'000'000) * 1000};
    if (ppoll(&ready, 1, &time, nullptr) <= 0) return;
    if ((ready.revents & POLLOUT) != 0) flush();
    if ((ready.revents & ~POLLOUT) != 0) read();
  }

  [[nodiscard]] bool failed() const { return failed_; }

 private:
  static std::string text(std::string_view value) {
    return std::string{static_cast<char>(value.size() >> 8), static_cast<char>(value.size() & 0xff)} + std::string(value);
  }
  void append16(std::size_t value) {
    out_ += static_cast<char>(value >> 8);
    out_ += static_cast<char>(value & 0xff);
  }
  void append_length(std::size_t size) {
    do {
      const std::size_t more = size >> 7;
      out_ += static_cast<char>((size & 0x7f) | (more != 0 ? 0x80 : 0));
      size = more;
    } while (size != 0);
  }
  void packet(int type, const std::string& body) {
    out_ += static_cast<char>(type);
    append_length(body.size());
    out_ += body;
  }

  void flush() {
    while (sent_ < out_.size()) {
      const ssize_t n = ::send(socket_, out_.data() + sent_, out_.size() - sent_, MSG_NOSIGNAL);
      if (n <= 0) {
        if (n == 0 || errno != EAGAIN) failed_ = true;
        return;
      }
      sent_ += static_cast<std::size_t>(n);
    }
    out_.clear();
    sent_ = 0;
  }

  void read() {
    char buffer[65'536];
    const ssize_t n = ::recv(socket_, buffer, sizeof buffer, 0);
    if (n <= 0) {
      if (n == 0 || errno != EAGAIN) failed_ = true;
      return;
    }
    in_.append(buffer, static_cast<std::size_t>(n));
    std::size_t at = 0;
    while (const std::size_t taken = one(std::string_view(in_).substr(at))) at += taken;
    in_.erase(0, at);
  }

  static std::size_t number(std::string_view at) {
    return static_cast<std::size_t>(static_cast<unsigned char>(at[0])) << 8 | static_cast<unsigned char>(at[1]);
  }

  /// The variable byte integer at the beginning; its bytes are taken off. Nothing when it is not complete.
  static bool take_length(std::string_view& at, std::size_t& value) {
    value = 0;
    for (std::size_t i = 0; i < 4 && i < at.size(); ++i) {
      const auto byte = static_cast<unsigned char>(at[i]);
      value |= static_cast<std::size_t>(byte & 0x7f) << (7 * i);
      if ((byte & 0x80) == 0) {
        at.remove_prefix(i + 1);
        return true;
      }
    }
    return false;
  }

  /// Handles one packet; how many bytes it had, 0: it is not there as a whole.
  std::size_t one(std::string_view rest) {
    if (rest.size() < 2) return 0;
    const int type = static_cast<unsigned char>(rest[0]) >> 4;
    std::string_view body = rest.substr(1);
    std::size_t size = 0;
    if (!take_length(body, size) || body.size() < size) return 0;
    const std::size_t taken = rest.size() - body.size() + size;
    body = body.substr(0, size);
    switch (type) {
      case 2: connected(body); break;
      case 3: publication(body, (static_cast<unsigned char>(rest[0]) >> 1) & 3); break;
      case 4: --unanswered_; break;  // PUBACK
      case 9: subscribed_ = true; break;
      case 14: failed_ = true; break;  // DISCONNECT
      default: break;
    }
    return taken;
  }

  void connected(std::string_view body) {
    if (body.size() < 2 || body[1] != 0) failed_ = true;
    std::string_view properties = body.substr(2);
    std::size_t size = 0;
    if (!take_length(properties, size)) return;
    // Only the Receive Maximum matters; Mosquitto writes it among the first, all before it have one or two bytes or four.
    for (std::size_t i = 0; i < properties.size();) {
      switch (properties[i]) {
        case 0x21: receive_maximum_ = static_cast<int>(number(properties.substr(i + 1))); return;
        case 0x22: case 0x13: i += 3; break;
        case 0x11: case 0x27: i += 5; break;
        case 0x24: case 0x25: case 0x28: case 0x29: case 0x2a: i += 2; break;
        default: return;
      }
    }
  }

  void publication(std::string_view body, int qos) {
    const std::size_t length = number(body);
    const std::string_view topic = body.substr(2, length);
    body.remove_prefix(2 + length + (qos > 0 ? 2 : 0));
    std::size_t properties = 0;
    if (take_length(body, properties)) message_(topic, body.substr(properties));
  }

  Message message_;
  int socket_ = -1;
  std::string out_, in_;
  std::size_t sent_ = 0;
  int id_ = 0, unanswered_ = 0, receive_maximum_ = 65'535;
  bool subscribed_ = false, failed_ = false;
};

}  // namespace anju::bench
