#pragma once

// Answers `anju-gateway status` on a unix-domain socket in the data folder: one JSON document per connection, then
// closed. Only the gateway's own user and root reach it; it takes no input.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>

#include "gateway/core/upgrade_report.hpp"
#include "protocols/base/result.hpp"

namespace anju::gateway {

struct StatusReport {
  std::string state;  ///< wire::encode(GatewayState)
  std::int64_t first_seq = 0, last_seq = 0, through = 0, used_bytes = 0;
  bool full = false;
  std::size_t waiting = 0;  ///< events that the spool has not taken yet
  bool connected = false;
  UpgradeBlocked blocked;      ///< by its launcher
  std::string quality;  ///< quality_text() of gateway/local/line_causes.hpp
  std::string page, pin_file;  ///< of the installer; page: where it is served, empty when it is not
};

class StatusServer {
 public:
  /// A socket left behind by a killed gateway is replaced, a living one is not. Error: bad_config.
  [[nodiscard]] static base::Result<std::unique_ptr<StatusServer>> create(boost::asio::io_context& io,
                                                                          const std::string& path,
                                                                          std::function<StatusReport()> report);
  ~StatusServer();
  StatusServer(const StatusServer&) = delete;
  StatusServer& operator=(const StatusServer&) = delete;

 private:
  struct Impl;
  explicit StatusServer(std::shared_ptr<Impl> impl);
  std::shared_ptr<Impl> impl_;
};

}  // namespace anju::gateway
