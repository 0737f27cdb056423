#pragma once

// 住户: who lives in the houses of a community (group B of the features).

#include "platform/catalog/resource.hpp"

namespace anju::platform::catalog {

extern const Resource kResidents, kHouseMembers;

}  // namespace anju::platform::catalog
