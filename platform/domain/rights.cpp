#include "platform/domain/rights.hpp"

#include <algorithm>

namespace anju::platform {
namespace {

bool includes(const std::vector<std::int64_t>& all, const std::vector<std::int64_t>& some) {
  return std::all_of(some.begin(), some.end(), [&](std::int64_t one) { return std::find(all.begin(), all.end(), one) != all.end(); });
}

template <class T>
void add(std::vector<T>& all, const std::vector<T>& more) {
  all.insert(all.end(), more.begin(), more.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
}

}  // namespace

std::optional<DataScope> data_scope(std::string_view word) {
  const auto found = std::find(kDataScopes.begin(), kDataScopes.end(), word);
  if (found == kDataScopes.end()) return std::nullopt;
  return static_cast<DataScope>(found - kDataScopes.begin());
}

bool may_hold(OrganisationKind kind, std::string_view permission) {
  using enum OrganisationKind;
  const std::string_view thing = permission.substr(0, permission.find(':'));
  if (const auto child = organisation_kind(thing)) return may_stand_below(kind, *child);
  if (thing == "merchant_category") return may_stand_below(kind, merchant);
  if (permission == "organisation:enter") return kind != collective && kind != merchant;
  return true;
}

bool reaches(OrganisationKind kind, OrganisationKind other) {
  if (kind == other) return true;
  // No kind stands below itself, so this ends.
  for (std::size_t i = 0; i < kOrganisationKinds.size(); ++i) {
    const auto child = static_cast<OrganisationKind>(i);
    if (may_stand_below(kind, child) && reaches(child, other)) return true;
  }
  return false;
}

bool Rights::may(std::string_view permission) const {
  if (everything) return may_hold(kind, permission);
  return std::binary_search(permissions.begin(), permissions.end(), permission);
}

bool Rights::covers(const Rights& other) const {
  if (!everything && (other.everything || !std::includes(permissions.begin(), permissions.end(), other.permissions.begin(), other.permissions.end())))
    return false;
  if (!scope.below && (other.scope.below || other.scope.organisation != scope.organisation)) return false;
  if (scope.people && (!other.scope.people || !includes(scope.people->departments, other.scope.people->departments))) return false;
  if (!scope.sites) return true;
  return other.scope.sites && includes(*scope.sites, *other.scope.sites);
}

std::string Rights::beyond(const Grant& role) const {
  for (const std::string& permission : role.permissions)
    if (permission == kEverything ? !everything : !may(permission)) return permission;
  return role.scope < widest ? "scope" : "";
}

Rights rights_of(std::int64_t organisation, OrganisationKind kind, bool administrator, const std::vector<Grant>& roles, const Bindings& bound) {
  Rights rights;
  rights.kind = kind;
  rights.everything = administrator;
  rights.scope = Scope{organisation, std::vector<std::int64_t>{}, false, People{bound.user, {}}};
  if (administrator) rights.widest = DataScope::all;
  for (const Grant& role : roles) {
    if (!role.name.empty()) rights.roles.push_back(role.name);
    rights.widest = std::min(rights.widest, role.scope);
    for (const std::string& permission : role.permissions) {
      if (permission == kEverything) {
        rights.everything = true;
      } else if (may_hold(kind, permission)) {
        rights.permissions.push_back(permission);
      }
    }
    auto& sites = *rights.scope.sites;
    auto& departments = rights.scope.people->departments;
    switch (role.scope) {
      case DataScope::all:
      case DataScope::company: break;
      case DataScope::sites:
      case DataScope::self: add(sites, bound.sites); break;
      case DataScope::department:
        add(sites, bound.department_sites);
        add(departments, bound.departments);
        break;
      case DataScope::department_below:
        add(sites, bound.below_sites);
        add(departments, bound.below);
        break;
    }
  }
  add(rights.permissions, {});
  if (rights.everything) rights.permissions.clear();
  if (rights.widest <= DataScope::company) {
    rights.scope.sites.reset();
    rights.scope.people.reset();
    rights.scope.below = rights.widest == DataScope::all;
  }
  return rights;
}

}  // namespace anju::platform
