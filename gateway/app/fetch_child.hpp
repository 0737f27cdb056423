#pragma once

// The process that fetches a release for the running gateway (`anju-gateway fetch-ordered`): one at a time, and none that outlives it. A process and
// not a thread: it can be stopped in any instant, and what TLS and its authorities take of memory is given back.

#include <sys/types.h>

#include <optional>
#include <string>

#include "gateway/core/upgrade_order.hpp"

namespace anju::gateway {

class FetchChild {
 public:
  FetchChild() = default;
  ~FetchChild() { stop(); }
  FetchChild(const FetchChild&) = delete;
  FetchChild& operator=(const FetchChild&) = delete;

  /// Called by the thread that lives as long as the program does. Where it cannot be begun, ended() says not_begun.
  void start(const std::string& releases, const wire::ReleaseOrder& order);
  /// At once; it has ended when this returns, and ended() does not speak of it.
  void stop();
  /// Nothing while it runs, or where there is none. Does not wait. The reason of one that died without a word is crashed.
  [[nodiscard]] std::optional<FetchEnd> ended();

 private:
  void close_pipe();
  pid_t pid_ = -1;
  int said_ = -1;
  bool not_begun_ = false;
};

}  // namespace anju::gateway
