#include "platform/store/rules/rules.hpp"

#include <array>

#include "platform/domain/errc.hpp"
#include "platform/store/rules/organisations.hpp"
#include "platform/store/rules/people.hpp"

namespace anju::platform {
namespace {

/// A sheet may bring masks, which stand for what is there; in a new row they stand for nothing.
base::Result<> adding(const Change& change, std::vector<catalog::Value>& values, Columns&) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto& field = change.resource.fields[i];
    const auto* text = std::get_if<std::string>(&values[i]);
    if (text != nullptr && !text->empty() && field.type == catalog::FieldType::text && !fits(field.format, *text))
      return base::fail(Errc::bad_field, std::string(field.name));
  }
  return {};
}

}  // namespace

const Rules& rules_of(const catalog::Resource& resource) {
  static constexpr Rules kNone{.adding = &adding};
  struct Entry {
    std::string_view resource;
    const Rules* rules;
  };
  static constexpr std::array kAll{
      Entry{"operators", &kOrganisationRules},   Entry{"providers", &kOrganisationRules}, Entry{"properties", &kOrganisationRules},
      Entry{"users", &kUserRules},               Entry{"roles", &kRoleRules},             Entry{"departments", &kDepartmentRules},
      Entry{"posts", &kPostRules},
      Entry{"collectives", &kOrganisationRules}, Entry{"merchants", &kOrganisationRules},
  };
  for (const Entry& entry : kAll)
    if (entry.resource == resource.name) return *entry.rules;
  return kNone;
}

}  // namespace anju::platform
