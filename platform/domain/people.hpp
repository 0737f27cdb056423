#pragma once

// What is bound to people beyond their rows (those are resources of the catalogue): roles, communities, passwords, own settings. A port:
// the store implements it. Blocking; called from one thread only. Who asks is named by the audit entry, and his rights are read inside the
// transaction, so that what two sessions do at once is decided one after the other.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/domain/audit.hpp"
#include "platform/domain/rights.hpp"
#include "protocols/base/result.hpp"

namespace anju::platform {

struct Named {
  std::int64_t id = 0;
  std::string name;
};

/// What a person has, for his page and the role's.
struct PersonRights {
  std::vector<Named> roles;        ///< also disabled ones
  std::vector<std::string> bound;  ///< codes of the communities bound to him
  Rights rights;
  std::optional<std::vector<std::string>> sites;  ///< codes of those that he reaches; absent: all of his organisation
};

/// A list as it shall be, and as the caller saw it: what somebody else changed meanwhile is not undone by who never saw it. Order and
/// repetitions do not matter.
template <class T>
struct Listed {
  std::vector<T> now, was;
};
using ListedIds = Listed<std::int64_t>;
using ListedCodes = Listed<std::string>;

class PeopleDesk {
 public:
  virtual ~PeopleDesk() = default;

  // Each: one transaction with its audit row. Errors, nothing changed: not_found (where: users, roles, departments, sites: not there, or not
  // in scope), beyond_rights (where: what the caller has not), disabled (role), last_administrator, own_account, conflict (empty: the list
  // is another one meanwhile), bad_field, store_failed.
  [[nodiscard]] virtual base::Result<> set_user_roles(const Scope& scope, std::int64_t user, const ListedIds& roles, const AuditEntry& audit) = 0;
  /// Those of the given that the caller reaches; people outside of his scope keep theirs.
  [[nodiscard]] virtual base::Result<> set_role_users(const Scope& scope, std::int64_t role, const ListedIds& users, const AuditEntry& audit) = 0;
  /// codes: of communities within the scope; what is bound outside of it stays.
  [[nodiscard]] virtual base::Result<> set_user_sites(const Scope& scope, std::int64_t user, const ListedCodes& codes, const AuditEntry& audit) = 0;
  [[nodiscard]] virtual base::Result<> set_department_sites(const Scope& scope, std::int64_t department, const ListedCodes& codes, const AuditEntry& audit) = 0;
  /// Ends all his sessions.
  [[nodiscard]] virtual base::Result<> reset_password(const Scope& scope, std::int64_t user, std::string_view hash, const AuditEntry& audit) = 0;
  /// The own name, mobile and address. Error: conflict (phone).
  [[nodiscard]] virtual base::Result<> set_profile(std::int64_t user, std::string_view name, std::string_view phone, std::string_view email,
                                                   const AuditEntry& audit) = 0;
  /// JSON text; what the keys mean is the console's and the HTTP side's business.
  [[nodiscard]] virtual base::Result<> set_settings(std::int64_t user, std::string_view settings, const AuditEntry& audit) = 0;

  [[nodiscard]] virtual base::Result<std::string> settings(std::int64_t user) = 0;
  /// nullopt: not in scope.
  [[nodiscard]] virtual base::Result<std::optional<PersonRights>> person(const Scope& scope, std::int64_t user) = 0;
  [[nodiscard]] virtual base::Result<std::optional<std::vector<Named>>> role_users(const Scope& scope, std::int64_t role) = 0;
  [[nodiscard]] virtual base::Result<std::optional<std::vector<std::string>>> department_sites(const Scope& scope, std::int64_t department) = 0;
};

}  // namespace anju::platform
