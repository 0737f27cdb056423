#pragma once

// What a person may do and how far he sees: the union of his roles, cut to what the kind of his organisation may hold at all. Pure; the
// store reads the roles (platform/store/rights.hpp).

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/domain/organisation.hpp"
#include "platform/domain/scope.hpp"

namespace anju::platform {

// Limits.
constexpr std::size_t kMostRolesOfUser = 50;
constexpr std::size_t kMostSitesOfUser = 1'000;  ///< also of a department
constexpr std::size_t kMostUsersOfRole = 1'000;  ///< that one request names
constexpr std::int64_t kMostDepartmentDepth = 8;

/// 数据范围, from the widest to the narrowest.
enum class DataScope {
  all,               ///< the own organisation and everything below it
  company,           ///< the own organisation
  sites,             ///< the communities bound to the user
  department_below,  ///< those of his department and the departments below it, and their people
  department,        ///< those of his department, and its people
  self,              ///< the communities bound to the user; of people himself only
};
constexpr std::array<std::string_view, 6> kDataScopes{"all", "company", "sites", "department_below", "department", "self"};
[[nodiscard]] constexpr std::string_view to_string(DataScope scope) { return kDataScopes[static_cast<std::size_t>(scope)]; }
[[nodiscard]] std::optional<DataScope> data_scope(std::string_view word);

/// What a role says of itself. permissions: "meter:read" …; "*": everything that its kind of organisation may hold, also what comes later.
struct Grant {
  std::string name;
  DataScope scope = DataScope::self;
  std::vector<std::string> permissions;
};
inline constexpr std::string_view kEverything = "*";

/// Organisations of that kind may hold the permission: those about organisations only where the tree allows such a one below.
[[nodiscard]] bool may_hold(OrganisationKind kind, std::string_view permission);

/// `other` is of the same kind, or may stand somewhere below.
[[nodiscard]] bool reaches(OrganisationKind kind, OrganisationKind other);

/// What is bound to a person, as far as his roles ask for it.
struct Bindings {
  std::int64_t user = 0;
  std::vector<std::int64_t> sites = {};             ///< to himself
  std::vector<std::int64_t> department_sites = {};  ///< to his department
  std::vector<std::int64_t> below_sites = {};       ///< to it and the departments below it
  std::vector<std::int64_t> departments = {};       ///< his own, if he is in one
  std::vector<std::int64_t> below = {};             ///< his own and those below it
};

struct Rights {
  OrganisationKind kind = OrganisationKind::property;
  bool everything = false;               ///< an administrator
  std::vector<std::string> permissions;  ///< sorted, each once; without those that the kind may not hold
  DataScope widest = DataScope::self;
  Scope scope;
  std::vector<std::string> roles;  ///< names

  [[nodiscard]] bool may(std::string_view permission) const;
  /// Who has these may manage who has `other`: grants nothing that he has not, touches nobody who is above him.
  [[nodiscard]] bool covers(const Rights& other) const;
  /// The first thing of a role that these do not have: a permission, "scope", or nothing.
  [[nodiscard]] std::string beyond(const Grant& role) const;
};

[[nodiscard]] Rights rights_of(std::int64_t organisation, OrganisationKind kind, bool administrator, const std::vector<Grant>& roles, const Bindings& bound);

}  // namespace anju::platform
