#pragma once

// Organisations: may such a one stand there, its number, its place in the tree, and what comes and goes with it.

#include "platform/store/rules/rules.hpp"

namespace anju::platform {

extern const Rules kOrganisationRules;

}  // namespace anju::platform
