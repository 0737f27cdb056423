#include "platform/domain/organisation.hpp"

#include <algorithm>

namespace anju::platform {

std::optional<OrganisationKind> organisation_kind(std::string_view word) {
  const auto found = std::find(kOrganisationKinds.begin(), kOrganisationKinds.end(), word);
  if (found == kOrganisationKinds.end()) return std::nullopt;
  return static_cast<OrganisationKind>(found - kOrganisationKinds.begin());
}

bool may_stand_below(OrganisationKind parent, OrganisationKind child) {
  using enum OrganisationKind;
  switch (parent) {
    case system: return child != system;
    case operating: return child == provider || child == property || child == merchant;
    case provider: return child == property || child == collective || child == merchant;
    case property: return child == collective;
    case collective:
    case merchant: return false;
  }
  return false;
}

}  // namespace anju::platform
