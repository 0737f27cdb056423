#pragma once

// The alarms of a gateway: of itself, of a line, of a device. `detail` is made by wire::detail().

#include <string>
#include <utility>

#include "protocols/base/id.hpp"
#include "protocols/base/time.hpp"
#include "protocols/wire/up.hpp"

namespace anju::gateway {

[[nodiscard]] inline wire::AlarmEvent alarm(std::string code, base::UtcMillis now, bool active, std::string detail) {
  return wire::AlarmEvent{std::move(code), std::nullopt, std::nullopt, now, active, std::move(detail)};
}

[[nodiscard]] inline wire::AlarmEvent device_alarm(std::string code, const base::DeviceId& id, base::UtcMillis now,
                                                   bool active, std::string detail) {
  auto event = alarm(std::move(code), now, active, std::move(detail));
  event.device = id;
  return event;
}

[[nodiscard]] inline wire::AlarmEvent line_alarm(std::string code, const base::LineId& id, base::UtcMillis now,
                                                 bool active, std::string detail) {
  auto event = alarm(std::move(code), now, active, std::move(detail));
  event.line = id;
  return event;
}

}  // namespace anju::gateway
