#pragma once

// Users, roles, departments, posts: who may change whom, that nobody grants what he has not, and that somebody is left who may everything.

#include "platform/store/rules/rules.hpp"

namespace anju::platform {

extern const Rules kUserRules, kRoleRules, kDepartmentRules, kPostRules;

}  // namespace anju::platform
