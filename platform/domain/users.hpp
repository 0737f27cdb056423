#pragma once

// People, their sessions and the audit log: what the HTTP side asks the store for. A port: the store implements it,
// tests fake it. Blocking; called from one thread only (the HTTP side's store thread). Knows no password and no token,
// only their hashes.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/domain/audit.hpp"
#include "platform/domain/organisation.hpp"
#include "platform/domain/people.hpp"
#include "platform/domain/rights.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

/// As a session shows an organisation.
struct OrganisationCard {
  std::int64_t id = 0;
  std::string name;
  OrganisationKind kind = OrganisationKind::property;
  std::string number;  ///< 商户号
};

struct User {
  std::int64_t id = 0;
  std::int64_t organisation = 0;
  std::string organisation_name;
  OrganisationCard home;  ///< the same organisation, whole
  std::string login;          ///< unique over all organisations
  std::string name;           ///< display name
  std::string phone, email;   ///< as he gave them, for himself only
  std::string password_hash;  ///< argon2id, in the usual $argon2id$… text form
  bool must_change_password = false;
  bool enabled = true;
  Rights rights;
  std::optional<std::vector<std::string>> sites;  ///< codes of the communities that the rights reach; absent: all
};

struct NewUser {
  std::int64_t organisation = 0;
  std::string login;
  std::string name;
  std::string password_hash;
  bool must_change_password = true;
  bool all_permissions = false;
  std::vector<std::string> permissions;
};

struct SessionRecord {
  std::string token_hash;  ///< SHA-256 of the cookie's token, hex: a stolen database opens no session
  std::string csrf_token;
  std::int64_t user = 0;
  base::UtcMillis created;
  base::UtcMillis seen;
};

/// What checking the whole chain found.
struct AuditCheck {
  std::int64_t rows = 0;
  std::optional<std::int64_t> broken_at;  ///< id of the first row that does not fit; absent: all fit
};

class UserStore {
 public:
  virtual ~UserStore() = default;

  /// By login, or by mobile.
  [[nodiscard]] virtual base::Result<std::optional<User>> find_user(std::string_view login) = 0;
  [[nodiscard]] virtual base::Result<std::int64_t> add_user(const NewUser& user) = 0;
  /// expected: the hash that is to be replaced. Error: conflict, when it is another one by now.
  [[nodiscard]] virtual base::Result<> set_password(std::int64_t user, std::string_view expected, std::string_view hash, bool must_change) = 0;

  struct Found {
    SessionRecord session;
    User user;
    std::optional<OrganisationCard> acting = {};  ///< entered; only while the user's scope reaches it
  };
  /// The session acts for that organisation from now on; absent: for its user's own again. False: it is not below that, or the session is gone.
  [[nodiscard]] virtual base::Result<bool> enter(std::string_view token_hash, std::optional<std::int64_t> organisation) = 0;
  /// password_hash: that the password was found to fit. Error: conflict, when it has been changed since, or the user disabled.
  [[nodiscard]] virtual base::Result<> add_session(const SessionRecord& session, std::string_view password_hash) = 0;
  /// nullopt: there is none, or its user is disabled.
  [[nodiscard]] virtual base::Result<std::optional<Found>> find_session(std::string_view token_hash) = 0;
  [[nodiscard]] virtual base::Result<> touch_session(std::string_view token_hash, base::UtcMillis seen) = 0;
  [[nodiscard]] virtual base::Result<> remove_session(std::string_view token_hash) = 0;
  /// Ends all sessions of a user except one.
  [[nodiscard]] virtual base::Result<> remove_other_sessions(std::int64_t user, std::string_view kept_token_hash) = 0;
  [[nodiscard]] virtual base::Result<> remove_sessions_before(base::UtcMillis created, base::UtcMillis seen) = 0;

  /// What is bound to people; on the same thread.
  [[nodiscard]] virtual PeopleDesk& people() = 0;

  /// All rows in one transaction, in this order.
  [[nodiscard]] virtual base::Result<> append_audit(std::span<const AuditEntry> entries) = 0;
  [[nodiscard]] virtual base::Result<AuditCheck> check_audit() = 0;
};

}  // namespace anju::platform
