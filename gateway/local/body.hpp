#pragma once

// JSON in the bodies of the installer's page, both ways.

#include <optional>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "gateway/local/message.hpp"

namespace anju::gateway {

[[nodiscard]] LocalResponse answer_json(const boost::json::value& value);
/// nullopt: the body is no object of JSON.
[[nodiscard]] std::optional<boost::json::object> object_of(const LocalRequest& request);
/// A text of the body; nullopt when the body is no object of JSON or has no such text.
[[nodiscard]] std::optional<std::string> text_field(const LocalRequest& request, std::string_view key);
[[nodiscard]] std::optional<std::string> text_field(const boost::json::object& object, std::string_view key);

}  // namespace anju::gateway
