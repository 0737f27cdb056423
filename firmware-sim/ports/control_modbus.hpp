#pragma once

// The control port's requests about Modbus devices on lines. Included by this folder's sources only.

#include <optional>
#include <string_view>

#include <boost/json.hpp>

#include "firmware-sim/ports/control.hpp"

namespace anju::sim {

[[nodiscard]] boost::json::array describe_modbus(const Site& site);

/// Nothing when the request names no such device (the unit as text, and where several lines have it the line's name), or has another verb.
[[nodiscard]] std::optional<ControlAnswer> answer_modbus(Site& site, const boost::json::object& request, std::string_view what, base::UtcMillis now);

}  // namespace anju::sim
