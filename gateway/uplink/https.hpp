#pragma once

// One question to the platform over HTTP, with TLS or without: for the installer's verbs, which may wait. Blocks; any thread.

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "gateway/core/download.hpp"
#include "gateway/core/enrolment.hpp"
#include "protocols/base/result.hpp"

namespace anju::gateway {

enum class WebErrc {
  unreachable,  ///< no address, no connection, or it ended before an answer was whole; asking again may help. `where`: why
  untrusted,    ///< whoever answers there is not who was asked for, or speaks no TLS. `where`: why and what to do
  bad_trust,    ///< the file of authorities cannot be read
};
[[nodiscard]] std::string_view to_string(WebErrc errc);

/// Whom to believe at an https address; all empty: the machine's own authorities and the host's name.
struct Trust {
  std::string ca_file;  ///< PEM; authorities beside nobody else, the name has to fit, too
  std::string pin;      ///< sha256//…: this very key, whatever name and authority
};

struct WebAnswer {
  int status = 0;
  std::string body;
  std::int64_t retry_after_s = 0;  ///< 0: not said
};

/// POST of a JSON body. limit: the longest answer, more is unreachable. timeout: of each step (connection, handshake, question and answer; finding the
/// name takes as long as the machine's resolver tries).
[[nodiscard]] base::Result<WebAnswer> post_json(const WebAddress& address, const Trust& trust, const std::string& path, const std::string& body, std::size_t limit,
                                                std::chrono::milliseconds timeout);

struct FilePart {
  std::int64_t from = 0;  ///< 0: the whole file
  std::string if_range;   ///< etag of the file that `from` belongs to; empty: any
};

/// GET of a file. begin: the answer's head; true to go on with its body, which is handed to `take` as it comes, in pieces; false from either
/// ends it there. That the body ended early is unreachable, after everything that came was handed over. The rest as post_json.
[[nodiscard]] base::Result<FileAnswer> get_file(const FileAddress& address, const Trust& trust, const FilePart& part,
                                                const std::function<bool(const FileAnswer&)>& begin,
                                                const std::function<bool(std::string_view)>& take, std::chrono::milliseconds timeout);

}  // namespace anju::gateway
