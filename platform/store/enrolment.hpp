#pragma once

// Enrolment of gateways on SOCI.

#include <memory>
#include <string>

#include "platform/domain/enrolment.hpp"

namespace anju::platform {

/// The database must be migrated already. Error: store_failed.
[[nodiscard]] base::Result<std::unique_ptr<EnrolmentDesk>> open_enrolment_desk(const std::string& url);

}  // namespace anju::platform
