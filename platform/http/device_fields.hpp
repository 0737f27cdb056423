#pragma once

// How a device is spoken to, in a request and in answers: dialect, address, and what differs between makers.

#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "platform/http/fields.hpp"
#include "protocols/wire/down.hpp"

namespace anju::platform {

/// The members of a profile object; each belongs to some dialects, and one that does not is refused. Absent ones keep their default.
[[nodiscard]] wire::MeterProfile profile_of(Fields& fields);

/// "address", as this dialect has it: 12 digits, 14 hex digits or a unit.
[[nodiscard]] std::string address_of(Fields& fields, std::string_view dialect);

/// What of it the dialect uses; passwords never leave the platform.
[[nodiscard]] boost::json::object profile_json(const wire::MeterProfile& profile);

/// For the audit log: the dialect, and the model of a Modbus device.
[[nodiscard]] std::string profile_detail(const wire::MeterProfile& profile);

}  // namespace anju::platform
