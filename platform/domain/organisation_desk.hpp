#pragma once

// What is done with organisations beyond their rows: reviews, accounts, registrations. A port: the store implements it. Blocking; called
// from the store thread only. Each is one transaction with its audit row. What lies outside of the scope is not_found.

#include <cstdint>
#include <string>
#include <string_view>

#include "platform/domain/audit.hpp"
#include "platform/domain/scope.hpp"
#include "protocols/base/result.hpp"

namespace anju::platform {

struct NewAccount {
  std::string login;  ///< empty: the organisation's mobile
  std::string name;   ///< empty: its contact, or its own name
  std::string phone, email;
  std::string password_hash;
};

struct MadeAccount {
  std::int64_t user = 0;
  std::string login;
};

struct Registration {
  std::string name, contact, phone, email;
};

class OrganisationDesk {
 public:
  virtual ~OrganisationDesk() = default;

  /// A provider that waits, or was rejected, gets its account: login is its mobile. Errors: not_found (providers), conflict (review: it is
  /// approved already; phone: the mobile is somebody's login by now), store_failed.
  [[nodiscard]] virtual base::Result<MadeAccount> approve(const Scope& scope, std::int64_t provider, const std::string& password_hash,
                                                          const AuditEntry& audit) = 0;
  /// Only one that waits. Errors: not_found (providers), conflict (review), store_failed.
  [[nodiscard]] virtual base::Result<> reject(const Scope& scope, std::int64_t provider, const std::string& note, const AuditEntry& audit) = 0;
  /// The first administrator of an organisation of that kind. Errors: not_found (organisation), conflict (account: there is one; login,
  /// phone: somebody's), bad_field (login: none given, and there is no mobile), disabled (organisation), store_failed.
  [[nodiscard]] virtual base::Result<MadeAccount> add_account(const Scope& scope, std::string_view kind, std::int64_t organisation,
                                                              const NewAccount& account, const AuditEntry& audit) = 0;
  /// A provider below the system that waits for its review. A mobile that is known already changes nothing and is no error: a stranger
  /// learns nothing about anybody. Errors: too_many (registrations), store_failed.
  [[nodiscard]] virtual base::Result<> register_provider(const Registration& registration, const AuditEntry& audit) = 0;
};

}  // namespace anju::platform
