#pragma once

// Real programs as processes of a benchmark: started, watched, ended, and what they use. Not for anything but benchmarks.

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <vector>

extern char** environ;

namespace anju::bench {

using Clock = std::chrono::steady_clock;
inline double since(Clock::time_point began) { return std::chrono::duration<double>(Clock::now() - began).count(); }
inline void pause_ms(int ms) { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }

/// Its output goes into a file. -1: it could not be started.
inline pid_t spawn(std::vector<std::string> arguments, const std::string& output) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  std::vector<char*> raw;
  for (std::string& one : arguments) raw.push_back(one.data());
  raw.push_back(nullptr);
  pid_t id = -1;
  if (posix_spawnp(&id, raw[0], &actions, nullptr, raw.data(), environ) != 0) id = -1;
  posix_spawn_file_actions_destroy(&actions);
  return id;
}

inline int wait_for(pid_t id) {
  int status = -1;
  if (id > 0) waitpid(id, &status, 0);
  return status;
}

/// key: of /proc/PID/status, "VmRSS:" (resident now) or "VmHWM:" (at most so far).
inline double megabytes(pid_t of, const char* key) {
  std::ifstream status("/proc/" + std::to_string(of) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(key)) return static_cast<double>(std::strtoll(line.c_str() + std::strlen(key), nullptr, 10)) / 1024;
  return 0;
}

inline std::string text_of(const std::string& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// The word behind `key` at the beginning of a line.
inline std::string word_behind(const std::string& text, const std::string& key) {
  const auto at = ("\n" + text).find("\n" + key + " ");
  if (at == std::string::npos) return "";
  const auto from = text.find_first_not_of(' ', at + key.size());
  return text.substr(from, text.find_first_of(" \n", from) - from);
}

/// A port that most likely nobody uses.
inline int draw_port() {
  std::random_device seed;
  return 20'000 + static_cast<int>(seed() % 20'000);
}

/// The rows of --json.
class JsonRows {
 public:
  explicit JsonRows(std::string bench) : bench_(std::move(bench)) {}
  void add(std::string_view of_case, std::string_view metric, double value, std::string_view unit) {
    char text[320];
    std::snprintf(text, sizeof text, R"(%s{"bench":"%s","case":"%.*s","metric":"%.*s","value":%.4g,"unit":"%.*s"})", rows_.empty() ? "\n" : ",\n", bench_.c_str(),
                  static_cast<int>(of_case.size()), of_case.data(), static_cast<int>(metric.size()), metric.data(), value, static_cast<int>(unit.size()), unit.data());
    rows_ += text;
  }
  /// Nothing when there is no file.
  void write(const std::string& file) const {
    if (!file.empty()) std::ofstream(file) << "[" << rows_ << "\n]\n";
  }

 private:
  std::string bench_, rows_;
};

}  // namespace anju::bench
