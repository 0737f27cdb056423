#pragma once

// Rows and descriptors of the catalogue as JSON, and a request's body as the values of a row. Decides nothing but the fields' own rules.

#include <boost/json/object.hpp>

#include "platform/catalog/records.hpp"
#include "platform/http/auth.hpp"
#include "platform/http/fields.hpp"

namespace anju::platform {

/// {"zh": …, "en": …}
[[nodiscard]] boost::json::object json_of(const catalog::Label& label);
/// With the actions that this caller may do.
[[nodiscard]] boost::json::object json_of(const catalog::Resource& resource, const Caller& caller);
/// Personal data are masked, unless clear is wanted.
[[nodiscard]] boost::json::object json_of(const catalog::Resource& resource, const catalog::Record& record, bool clear = false);

/// The values of all fields, in their order; what is wrong, be it a field too many, is in fields.problem(). changing: those that are fixed are not read.
/// further: a field of the request that is none of the row. masks: a mask may stand for what is there, as it may when a row is changed; whoever
/// stores the values looks whether it is that row's.
[[nodiscard]] std::vector<catalog::Value> read_values(Fields& fields, const catalog::Resource& resource, bool changing,
                                                      std::string_view further = {}, bool masks = false);

}  // namespace anju::platform
