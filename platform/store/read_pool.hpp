#pragma once

// A few read-only connections for questions beside the writers. Each question is one read transaction on one connection; who finds none
// free waits.

#include <soci/soci.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "platform/store/database.hpp"

namespace anju::platform {

class ReadPool {
 public:
  base::Result<> open(const std::string& url, std::size_t connections);

  /// work(soci::session&) in one read transaction, so that its parts fit together; exceptions of SOCI become store_failed. A connection that
  /// was found broken is opened again for the next question.
  template <class Work>
  auto ask(const char* what, Work&& work) -> decltype(work(std::declval<soci::session&>())) {
    const Borrowed borrowed(*this);
    return guarded(*borrowed.session, what, [&] {
      soci::transaction reading(*borrowed.session);
      return work(*borrowed.session);
    });
  }

 private:
  /// A connection for the time of one question; comes back whatever happens.
  struct Borrowed {
    explicit Borrowed(ReadPool& from);
    ~Borrowed();
    Borrowed(const Borrowed&) = delete;
    Borrowed& operator=(const Borrowed&) = delete;
    ReadPool& owner;
    soci::session* session = nullptr;
  };

  std::vector<std::unique_ptr<soci::session>> sessions_;
  std::mutex mutex_;  ///< between the threads that ask
  std::condition_variable returned_;
  std::vector<soci::session*> free_;
};

}  // namespace anju::platform
