#pragma once

// Answers `anju-gateway trace` on a unix-domain socket in the data folder: one line of JSON in, one document out, then closed. What came since
// is asked for again and again, so nothing is held open and each answer is bounded work. Only the gateway's own user and root reach it.

#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>

#include "gateway/core/gateway.hpp"
#include "protocols/base/result.hpp"

namespace anju::gateway {

/// question: `{"line": "l1", "after": {"l1": 12}, "passwords": false}`; without a line all of them; a line that `after` does not name begins
/// now. Answer: `{"lines": [...]}` as present.hpp's trace_json, or `{"error": "unknown_line" | "bad_request", "lines": [ids]}`.
[[nodiscard]] std::string answer_trace(const Gateway& gateway, const std::string& question);

class TraceServer {
 public:
  /// Whoever else runs on this folder was found by StatusServer before: what lies at this path is a leftover. gateway outlives it.
  /// Error: bad_config.
  [[nodiscard]] static base::Result<std::unique_ptr<TraceServer>> create(boost::asio::io_context& io, const std::string& path, const Gateway& gateway);
  ~TraceServer();
  TraceServer(const TraceServer&) = delete;
  TraceServer& operator=(const TraceServer&) = delete;

 private:
  struct Impl;
  explicit TraceServer(std::shared_ptr<Impl> impl);
  std::shared_ptr<Impl> impl_;
};

}  // namespace anju::gateway
