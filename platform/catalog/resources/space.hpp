#pragma once

// 房产档案: the space of a community (group B of the features).

#include "platform/catalog/resource.hpp"

namespace anju::platform::catalog {

extern const Resource kAreas, kBuildings, kUnits, kHouseTypes, kHouses, kContacts, kRooms;

}  // namespace anju::platform::catalog
