#pragma once

// What both ways out share of libcurl: one handle per provider, time limits, what may be trusted, and short words for what went wrong.

#include <atomic>
#include <memory>
#include <string>

#include <curl/curl.h>

#include "platform/domain/messages.hpp"

namespace anju::platform {

inline constexpr long kConnectSeconds = 5;
inline constexpr long kTransferSeconds = 15;      ///< of the whole exchange
inline constexpr std::size_t kMostAnswer = 65'536;  ///< bytes of an answer; nothing of it is kept

class Transfer {
 public:
  /// protocols: that the url may have, such as "http,https". ca_file: empty, the system's.
  Transfer(std::string url, std::string protocols, std::string ca_file);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  /// The handle with everything of before forgotten and the common options set.
  CURL* fresh();
  /// Performs what fresh() and its caller have set up.
  [[nodiscard]] CURLcode perform();
  /// The last answer's number of HTTP or SMTP, 0: none.
  [[nodiscard]] long answered() const;
  void stop() { stopping_ = true; }

 private:
  struct Free {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  };
  std::unique_ptr<CURL, Free> handle_;
  std::string url_, protocols_, ca_file_;
  std::size_t heard_ = 0;  ///< bytes of the answer
  std::atomic<bool> stopping_{false};
};

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, FreeList>;
void append(List& list, const std::string& line);

/// Of an exchange that brought no answer which decides: unreachable, timeout, tls, login, …
[[nodiscard]] std::string word_of(CURLcode code);

}  // namespace anju::platform
