#pragma once

// The jobs of the download centre on SOCI.

#include <memory>
#include <string>

#include "platform/domain/jobs.hpp"

namespace anju::platform {

/// One connection; who asks while another asks waits. The database must be migrated already. Error: store_failed.
[[nodiscard]] base::Result<std::unique_ptr<JobStore>> open_job_store(const std::string& url);

}  // namespace anju::platform
