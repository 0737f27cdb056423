#pragma once

// Names for permissions: the one place where things and verbs of the route table get what people read. Things of the catalogue bring their
// own. A test sees that every permission has a name.

#include <string_view>

#include <boost/json/array.hpp>

#include "platform/catalog/resource.hpp"
#include "platform/http/auth.hpp"

namespace anju::platform {

/// What the caller holds, and so may grant, in the order of the menu:
/// [{"group","label","things":[{"thing","label","verbs":[{"code","label"}]}]}].
[[nodiscard]] boost::json::array permissions_json(const Caller& caller);

/// Of "meter" in "meter:read"; empty: it has no name yet.
[[nodiscard]] catalog::Label label_of_thing(std::string_view thing);
/// Of "read".
[[nodiscard]] catalog::Label label_of_verb(std::string_view verb);

}  // namespace anju::platform
