#pragma once

// All resources. Adding one: its descriptor in resources/, a line in catalog.cpp, a migration.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/catalog/resource.hpp"

namespace anju::platform::catalog {

/// In the order of the menu.
[[nodiscard]] std::span<const Resource* const> resources();

/// By its name in REST; nullptr: there is none.
[[nodiscard]] const Resource* find(std::string_view name);

/// A field of another resource that refers to this one: while such a row is there, the row it refers to is not deleted.
struct Referrer {
  const Resource* resource;
  const Field* field;
};
[[nodiscard]] std::vector<Referrer> referrers(const Resource& resource);

/// The words of a row's title in their order; of each the fields of which the first that is given counts.
[[nodiscard]] std::vector<std::vector<const Field*>> title_words(const Resource& resource);
/// The titles hold data of a person, be it through a reference.
[[nodiscard]] bool title_is_personal(const Resource& resource);

/// What is wrong with the catalogue as a whole: a reference to nothing, a name given twice, a limit missing. Empty: nothing.
[[nodiscard]] std::vector<std::string> contradictions();

}  // namespace anju::platform::catalog
