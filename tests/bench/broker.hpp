#pragma once

// A real Mosquitto as a process of a benchmark.

#include "tests/bench/processes.hpp"

namespace anju::bench {

/// The broker as reliability.md 1.5 wants it; anonymous, because what is measured is one machine on loopback. No restart, no memory.
inline pid_t start_broker(const std::string& folder, int port) {
  std::ofstream(folder + "/mosquitto.conf") << "listener " << port << " 127.0.0.1\nallow_anonymous true\nmax_inflight_messages 1000\n"
                                            << "max_queued_messages 100000\nmax_packet_size 262144\nset_tcp_nodelay true\npersistence false\nlog_type error\n";
  const pid_t id = spawn({std::filesystem::exists("/usr/sbin/mosquitto") ? "/usr/sbin/mosquitto" : "mosquitto", "-c", folder + "/mosquitto.conf"}, folder + "/broker.txt");
  pause_ms(500);
  return id;
}

}  // namespace anju::bench
