#pragma once

// What a test or a person may ask of a running site: one JSON object in, one JSON object out, each on a line. A
// function of the site and the time; control_port.hpp puts it on a socket. The requests are described in
// firmware-sim/README.md.

#include <string>
#include <string_view>
#include <vector>

#include "firmware-sim/devices/site.hpp"
#include "firmware-sim/station/station.hpp"

namespace anju::sim {

inline constexpr std::size_t kMaxControlLine = 4096;  ///< of a request; a longer one ends its connection

struct ControlAnswer {
  std::string line;   ///< {"ok":true,…} or {"ok":false,"error":"…"}, without a line end
  bool quit = false;  ///< the simulator was asked to end
};

[[nodiscard]] ControlAnswer answer_control(Site& site, std::vector<Station>& stations, std::string_view request,
                                           base::UtcMillis now);

}  // namespace anju::sim
