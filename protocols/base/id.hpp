#pragma once

// Names that two programs must agree on. An id is 1 to 64 characters of A-Z a-z 0-9 _ - so that it fits into an MQTT
// topic, a path and a log line without escaping.

#include <compare>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "protocols/base/errc.hpp"
#include "protocols/base/result.hpp"

namespace anju::base {

[[nodiscard]] constexpr bool is_id(std::string_view text) {
  if (text.empty() || text.size() > 64) return false;
  for (const char c : text) {
    const bool ok = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    if (!ok) return false;
  }
  return true;
}

/// One type per kind of id, so that a device cannot be taken for a gateway.
template <class Tag>
struct Id {
  std::string value;
  Id() = default;
  explicit Id(std::string text) : value(std::move(text)) {}
  auto operator<=>(const Id&) const = default;

  /// Error: bad_id. `where` names the field.
  [[nodiscard]] static Result<Id> parse(std::string_view text, std::string where) {
    if (!is_id(text)) return fail(Errc::bad_id, std::move(where));
    return Id(std::string(text));
  }
};

using SiteId = Id<struct SiteTag>;        ///< a community or project; the first level of a topic
using GatewayId = Id<struct GatewayTag>;  ///< one gateway; also its name at the broker
using LineId = Id<struct LineTag>;        ///< one RS485 pair or serial server of a gateway
using DeviceId = Id<struct DeviceTag>;    ///< one meter, charger or door, unique within its site
using CommandId = Id<struct CommandTag>;  ///< made by whoever asks, before the asking

}  // namespace anju::base

template <class Tag>
struct std::hash<anju::base::Id<Tag>> {
  std::size_t operator()(const anju::base::Id<Tag>& id) const noexcept { return std::hash<std::string>{}(id.value); }
};
