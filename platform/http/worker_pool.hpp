#pragma once

// Threads for what blocks, with a limit on what waits for them.

#include <atomic>
#include <cstddef>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include "platform/http/executors.hpp"

namespace anju::platform {

class WorkerPool {
 public:
  WorkerPool(std::size_t threads, std::size_t most_waiting) : pool_(threads), most_waiting_(most_waiting) {}
  ~WorkerPool() { join(); }

  /// The executor must not be used after the pool is gone.
  [[nodiscard]] Executor executor() {
    return [this](Task task) {
      if (waiting_.fetch_add(1) >= most_waiting_) {
        --waiting_;
        return false;
      }
      auto run = [this, task = std::move(task)] {
        --waiting_;
        task();
      };
      boost::asio::post(pool_, std::move(run));
      return true;
    };
  }

  /// Runs what waits, then ends the threads.
  void join() { pool_.join(); }

 private:
  boost::asio::thread_pool pool_;
  std::atomic<std::size_t> waiting_{0};
  const std::size_t most_waiting_;
};

}  // namespace anju::platform
