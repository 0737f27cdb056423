#pragma once

// How the requests of the control port are read and answered. Included by this folder's sources only.

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <boost/json.hpp>

#include "firmware-sim/ports/control.hpp"
#include "protocols/base/decimal.hpp"

namespace anju::sim {

namespace json = boost::json;

inline ControlAnswer refuse(const std::string& error) {
  return {json::serialize(json::object{{"ok", false}, {"error", error}})};
}

inline ControlAnswer done(json::object more = {}) {
  json::object answer{{"ok", true}};
  for (auto& [key, value] : more) answer[key] = std::move(value);
  return {json::serialize(answer)};
}

inline std::optional<std::string> text(const json::object& request, std::string_view key) {
  const json::value* value = request.if_contains(key);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

inline std::optional<std::int64_t> whole(const json::object& request, std::string_view key) {
  const json::value* value = request.if_contains(key);
  if (value == nullptr || !value->is_int64()) return std::nullopt;
  return value->get_int64();
}

inline std::optional<std::int64_t> decimal(const json::object& request, std::string_view key, int decimals) {
  const auto written = text(request, key);
  if (!written) return std::nullopt;
  const auto value = base::parse_decimal(*written, decimals);
  return value && *value >= 0 ? std::optional(*value) : std::nullopt;
}

}  // namespace anju::sim
