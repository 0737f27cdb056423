#pragma once

// What the room of a meter is, said once for lists, searches, reports and messages.

#include <string>
#include <string_view>

namespace anju::platform {

/// SQL: the name of the room that the meter is linked to, else what the installer typed. meter: alias of the table in the statement; where
/// that is the empty side of a join, NULL. A look-up of its own and no join, so that it costs nothing where a row is only counted or
/// sorted: one step into room_meter_open and one into room, per row that is shown or searched.
[[nodiscard]] inline std::string room_of(std::string_view meter) {
  const std::string m(meter);
  return "coalesce((SELECT ro.name FROM room_meter rk JOIN room ro ON ro.id = rk.room WHERE rk.meter = " + m + ".id AND rk.until_ms IS NULL), " + m + ".room)";
}

}  // namespace anju::platform
