#pragma once

// The communities of an organisation. Its sites, as people see them; written by the ledger.

#include "platform/catalog/resource.hpp"

namespace anju::platform::catalog {

extern const Resource kCommunities;

}  // namespace anju::platform::catalog
