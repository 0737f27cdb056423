#pragma once

// The control port's requests about water meters on lines. Included by this folder's sources only.

#include <optional>
#include <string_view>

#include <boost/json.hpp>

#include "firmware-sim/ports/control.hpp"

namespace anju::sim {

[[nodiscard]] boost::json::array describe_cjt188(const Site& site, base::UtcMillis now);

/// Nothing when the request names no such meter (fourteen hex digits), or has another verb.
[[nodiscard]] std::optional<ControlAnswer> answer_cjt188(Site& site, const boost::json::object& request, std::string_view what,
                                                         base::UtcMillis now);

}  // namespace anju::sim
