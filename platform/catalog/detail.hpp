#pragma once

// What the audit log says of a row that was added or changed: its values by the fields' names, without those of a person.

#include <span>
#include <string>
#include <vector>

#include "platform/catalog/records.hpp"

namespace anju::platform::catalog {

/// values: of all fields. titles: of the rows that references lead to, by field; empty, or about a person: "#" and the id stands for it.
/// changing: fields that are fixed are left out.
[[nodiscard]] std::string detail_of(const Resource& resource, const std::vector<Value>& values, std::span<const std::string> titles, bool changing);

}  // namespace anju::platform::catalog
