#pragma once

// 房源: what is let, as the prepaid meters' manual (S3) orders it.

#include "platform/catalog/resource.hpp"

namespace anju::platform::catalog {

extern const Resource kSources;

}  // namespace anju::platform::catalog
