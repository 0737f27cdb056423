#pragma once

// A real Mosquitto on a free loopback port, for tests of adapters. It can be killed and started again on the same port.

#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace anju::test {

class Broker {
 public:
  /// Empty when there is no mosquitto on this machine.
  static std::string program() {
    for (const char* path : {"/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/usr/bin/mosquitto"}) {
      if (access(path, X_OK) == 0) return path;
    }
    return {};
  }

  Broker() : port_(free_port()) {
    char folder[] = "/tmp/anju-broker-XXXXXX";
    folder_ = mkdtemp(folder);
    std::ofstream(folder_ + "/mosquitto.conf") << "listener " << port_ << " 127.0.0.1\nallow_anonymous true\n"
                                               << "persistence false\nmax_inflight_messages 1000\nlog_dest none\n";
    start();
  }
  ~Broker() {
    kill_hard();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Broker(const Broker&) = delete;
  Broker& operator=(const Broker&) = delete;

  [[nodiscard]] std::string url() const { return "mqtt://127.0.0.1:" + std::to_string(port_); }

  void start() {
    std::string path = program(), option = "-c", file = folder_ + "/mosquitto.conf";
    char* arguments[] = {path.data(), option.data(), file.data(), nullptr};
    char* environment[] = {nullptr};
    if (posix_spawn(&process_, path.c_str(), nullptr, nullptr, arguments, environment) != 0) process_ = 0;
  }

  void kill_hard() {
    if (process_ <= 0) return;
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
    process_ = 0;
  }

 private:
  static int free_port() {
    const int socket_fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    bind(socket_fd, reinterpret_cast<sockaddr*>(&address), size);
    getsockname(socket_fd, reinterpret_cast<sockaddr*>(&address), &size);
    close(socket_fd);
    return ntohs(address.sin_port);
  }

  int port_;
  std::string folder_;
  pid_t process_ = 0;
};

}  // namespace anju::test
