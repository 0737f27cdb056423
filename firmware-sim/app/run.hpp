#pragma once

// Builds a site and stations from a scenario and plays it until a signal, `quit` or the end of its time.

#include <optional>

#include "firmware-sim/app/scenario/scenario.hpp"

namespace anju::sim {

/// duration: how long; until SIGINT or SIGTERM when absent. Returns the program's exit code; says on stderr what is
/// wrong.
int run_scenario(const Scenario& scenario, std::optional<base::Millis> duration);

}  // namespace anju::sim
