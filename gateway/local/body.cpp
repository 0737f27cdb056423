#include "gateway/local/body.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace anju::gateway {

LocalResponse answer_json(const boost::json::value& value) {
  return {200, "application/json", boost::json::serialize(value), {}};
}

std::optional<boost::json::object> object_of(const LocalRequest& request) {
  boost::json::error_code failed;
  auto value = boost::json::parse(request.body, failed);
  if (failed || !value.is_object()) return std::nullopt;
  return std::move(value.as_object());
}

std::optional<std::string> text_field(const boost::json::object& object, std::string_view key) {
  const auto* field = object.if_contains(key);
  if (field == nullptr || !field->is_string()) return std::nullopt;
  return std::string(field->as_string());
}

std::optional<std::string> text_field(const LocalRequest& request, std::string_view key) {
  const auto object = object_of(request);
  return object ? text_field(*object, key) : std::nullopt;
}

}  // namespace anju::gateway
