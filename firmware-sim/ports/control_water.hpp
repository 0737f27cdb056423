#pragma once

// The control port's requests about the devices of stations. Included by this folder's sources only.

#include <optional>
#include <string_view>
#include <vector>

#include <boost/json.hpp>

#include "firmware-sim/ports/control.hpp"

namespace anju::sim {

[[nodiscard]] boost::json::array describe_water(const std::vector<Station>& stations, base::UtcMillis now);
[[nodiscard]] boost::json::array describe_stations(const std::vector<Station>& stations);

/// Nothing when the request is about something else: another verb, or a meter on a line.
[[nodiscard]] std::optional<ControlAnswer> answer_water(std::vector<Station>& stations, const boost::json::object& request,
                                                        std::string_view what, base::UtcMillis now);

}  // namespace anju::sim
