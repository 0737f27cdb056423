#pragma once

// 系统管理: the organisations of the tree, a list per kind (group A of the features), and what belongs to them.

#include "platform/catalog/resource.hpp"

namespace anju::platform::catalog {

extern const Resource kOperators, kProviders, kProperties, kCollectives, kMerchants, kMerchantCategories;

/// The list in which organisations of that kind stand; nullptr: in none (the system).
[[nodiscard]] const Resource* organisations_of(std::string_view kind);

}  // namespace anju::platform::catalog
