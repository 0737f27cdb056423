#pragma once

// A frame as JSON: what `decode` prints and the page's trace shows.

#include <boost/json/object.hpp>

#include "protocols/base/explanation.hpp"

namespace anju::gateway {

/// The facts by their keys, in order; `remarks` and `error` where there are any.
[[nodiscard]] boost::json::object to_json(const base::Explanation& explanation);

}  // namespace anju::gateway
