#pragma once

// An HTTP/1.1 client that only measures: one connection, one request at a time, no library between it and the socket. Not for anything
// but benchmarks.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace anju::bench {

class HttpLoad {
 public:
  explicit HttpLoad(std::uint16_t port) : port_(port) {}
  ~HttpLoad() { close(); }
  HttpLoad(const HttpLoad&) = delete;
  HttpLoad& operator=(const HttpLoad&) = delete;

  struct Answer {
    int status = 0;  ///< 0: no answer
    std::string head, body;
  };

  /// headers: whole lines, each with its \r\n.
  Answer ask(std::string_view method, std::string_view target, std::string_view body = {}, std::string_view headers = {}) {
    if (socket_ < 0 && !open()) return {};
    std::string request = std::string(method) + " /api/v1" + std::string(target) + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port_) + "\r\n" + std::string(headers);
    if (!body.empty()) request += "Content-Type: application/json\r\n";
    request += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
    for (std::size_t sent = 0; sent < request.size();) {
      const auto n = ::send(socket_, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
      if (n <= 0) return fail();
      sent += static_cast<std::size_t>(n);
    }
    std::string text;
    std::size_t end = std::string::npos, length = 0;
    while (end == std::string::npos || text.size() < end + length) {
      char piece[65536];
      const auto n = ::recv(socket_, piece, sizeof piece, 0);
      if (n <= 0) return fail();
      text.append(piece, static_cast<std::size_t>(n));
      if (end != std::string::npos || (end = text.find("\r\n\r\n")) == std::string::npos) continue;
      end += 4;
      const auto at = text.find("Content-Length: ");
      length = at < end ? std::strtoul(text.c_str() + at + 16, nullptr, 10) : 0;
    }
    return {std::atoi(text.c_str() + 9), text.substr(0, end), text.substr(end)};
  }

 private:
  bool open() {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port_);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return true;
    close();
    return false;
  }
  Answer fail() {
    close();
    return {};
  }
  void close() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }

  std::uint16_t port_;
  int socket_ = -1;
};

}  // namespace anju::bench
