#pragma once

// A gateway for as long as a verb needs one, where none runs: the same program with the same configuration, so that what is found out about it is true of
// the one that will run.

#include <string>

#include <sys/types.h>

#include "gateway/app/config.hpp"

namespace anju::gateway {

class OwnGateway {
 public:
  /// Starts `run` and waits until it answers. Error: bad_config, `where` says why not: it ended at once, or its data folder belongs to another user, whose
  /// service could not write there any more.
  [[nodiscard]] static base::Result<OwnGateway> start(const std::string& config_file, const std::string& data_folder);
  /// SIGTERM, and waits until it has stopped in order.
  ~OwnGateway();
  OwnGateway(OwnGateway&& other) noexcept : process_(other.process_) { other.process_ = -1; }
  OwnGateway& operator=(OwnGateway&&) = delete;

 private:
  explicit OwnGateway(pid_t process) : process_(process) {}
  pid_t process_ = -1;
};

/// One answers in this data folder.
[[nodiscard]] bool runs_gateway(const std::string& data_folder);

}  // namespace anju::gateway
