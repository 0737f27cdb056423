#pragma once

// What the questions about organisations answer. Plain data.

#include <cstdint>
#include <optional>
#include <string>

#include "protocols/base/money.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

struct OrganisationNode {
  std::int64_t id = 0;
  std::string kind, name;
  std::optional<std::int64_t> parent;  ///< the one above, which may lie outside of the scope
  bool enabled = true;
  std::string review;
  std::int64_t sites = 0;  ///< of its own
};

struct AccountRow {
  std::int64_t user = 0;
  std::string login, name, phone, email;
  bool administrator = false, must_change_password = false, enabled = true;
  base::UtcMillis created;
};

/// Sums over an organisation and all below it. The month is the running one of each site's own calendar.
struct OrganisationStatistics {
  std::int64_t properties = 0, sites = 0, gateways = 0, gateways_online = 0, meters = 0, meters_online = 0, houses = 0, arrears = 0, alarms = 0, staff = 0;
  base::Money balance, recharged_month;
  base::Quantity energy_month;
};

}  // namespace anju::platform
