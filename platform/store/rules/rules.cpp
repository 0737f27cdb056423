#include "platform/store/rules/rules.hpp"

#include <array>

#include "platform/store/rules/concentrators.hpp"
#include "platform/store/rules/organisations.hpp"
#include "platform/store/rules/people.hpp"

namespace anju::platform {

const Rules& rules_of(const catalog::Resource& resource) {
  static constexpr Rules kNone{};
  struct Entry {
    std::string_view resource;
    const Rules* rules;
  };
  static constexpr std::array kAll{
      Entry{"operators", &kOrganisationRules},   Entry{"providers", &kOrganisationRules}, Entry{"properties", &kOrganisationRules},
      Entry{"users", &kUserRules},               Entry{"roles", &kRoleRules},             Entry{"departments", &kDepartmentRules},
      Entry{"posts", &kPostRules},               Entry{"concentrators", &kConcentratorRules},
      Entry{"collectives", &kOrganisationRules}, Entry{"merchants", &kOrganisationRules},
  };
  for (const Entry& entry : kAll)
    if (entry.resource == resource.name) return *entry.rules;
  return kNone;
}

}  // namespace anju::platform
