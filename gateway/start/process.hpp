#pragma once

// The one child of the launcher. A launcher that dies takes it along, so there are never two gateways on one spool.

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "gateway/core/upgrade.hpp"

namespace anju::gateway {

class Process {
 public:
  Process() = default;
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// confirm: it gets a descriptor to confirm on. Signals are as at the start of a program, and it leads a process group of its own, so that Ctrl-C
  /// reaches the launcher only. False: it could not be begun (`why()`).
  [[nodiscard]] bool start(const std::string& program, const std::vector<std::string>& arguments, bool confirm);
  void signal(int number) const;
  /// Nothing while it runs or where none was started. Does not wait.
  [[nodiscard]] std::optional<ProgramEnded> ended();
  /// It said "confirmed" since the last question.
  [[nodiscard]] bool confirmed();
  [[nodiscard]] bool running() const { return pid_ > 0; }
  [[nodiscard]] const std::string& why() const { return why_; }
  /// To poll; -1 where there is nothing to hear.
  [[nodiscard]] int descriptor() const { return heard_; }

 private:
  void close_pipe();
  pid_t pid_ = -1;
  int heard_ = -1;
  std::string why_;
};

}  // namespace anju::gateway
