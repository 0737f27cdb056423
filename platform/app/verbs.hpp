#pragma once

// The verbs of anju-platform, a file each, and what they tell at the terminal.

#include <cstdint>
#include <string>

#include "platform/app/config.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

/// What `init` makes beside the database.
struct InitOptions {
  std::string organisation = "My organisation", site = "site-1", site_name = "Site 1", user = "admin", system_user = "system";
  std::int64_t greatest_power_w = 100'000;
};

// The exit code: 0 done, 1 not.
[[nodiscard]] int init(const Config& config, const InitOptions& options);
/// Until SIGTERM or SIGINT.
[[nodiscard]] int serve(const Config& config);
/// 1 also when something in the books is wrong.
[[nodiscard]] int verify_books(const Config& config);
[[nodiscard]] int back_up(const Config& config, const std::string& file);

[[nodiscard]] base::UtcMillis system_now();

/// To standard error. 1.
int complain(const std::string& line);
/// "code: where".
[[nodiscard]] std::string words(const base::Error& error);
/// Complains with what to do. 1.
int database_wrong(const Config& config, const base::Error& error);
/// 0: the database is there; else what was complained of.
[[nodiscard]] int database_missing(const Config& config);

}  // namespace anju::platform
