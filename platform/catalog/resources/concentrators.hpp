#pragma once

// 集中器: gateways as the office knows them (3:120-124, 3:477-478, 3:532-561).

#include "platform/catalog/resource.hpp"

namespace anju::platform::catalog {

extern const Resource kConcentrators;

}  // namespace anju::platform::catalog
