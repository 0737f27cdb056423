#pragma once

// Who is asking: login, sessions and the change of a password. Lives on the HTTP loop; what blocks is handed to
// executors and comes back to the loop. Time is a parameter.

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/domain/queries.hpp"
#include "platform/domain/users.hpp"
#include "platform/http/executors.hpp"
#include "platform/http/lockout.hpp"
#include "platform/http/message.hpp"
#include "platform/http/secrets.hpp"

namespace anju::platform {

struct AuthRules {
  base::Millis idle = base::minutes(30);
  base::Millis absolute = base::hours(12);
  bool secure_cookie = false;  ///< true when people reach the platform by https
  PasswordCost password_cost;
  LockoutRules account;
  /// Of people who register: an office has a handful of colleagues, a script has thousands.
  LockoutRules registration{.free_tries = 5, .first_wait = base::minutes(1), .longest_wait = base::hours(12)};
  /// Of somebody who changes his own mobile: the answer tells whether a number is somebody's, and nobody has many.
  LockoutRules mobile{.free_tries = 5, .first_wait = base::minutes(1), .longest_wait = base::hours(12)};
  /// Of codes that residents bind themselves with: a house behind one address has many, and every right one is taken back.
  /// Its 256 bits keep guessers out; the wait only spares the machine, and a slip that is no longer valid, scanned in one flat after the other,
  /// must not keep the whole house outside.
  LockoutRules code{.free_tries = 20, .first_wait = base::seconds(2), .longest_wait = base::seconds(30)};
  /// Of what a bound user changes about himself: each change is a row of the audit log for ever, and no company knows who he is.
  LockoutRules own_change{.free_tries = 30, .first_wait = base::seconds(2), .longest_wait = base::minutes(10)};
  /// Of enrolment codes that are wrong, by address and of everybody together: 49 bits for a day are not guessed with one try a second, and
  /// whoever uses that up keeps an installer waiting for a moment only.
  LockoutRules enrolment{.free_tries = 5, .first_wait = base::seconds(10), .longest_wait = base::minutes(10), .forget_after = base::hours(1)};
  LockoutRules enrolments{.free_tries = 60, .first_wait = base::seconds(1), .longest_wait = base::seconds(1), .forget_after = base::minutes(1)};
  LockoutRules address{.free_tries = 20, .first_wait = base::seconds(2), .longest_wait = base::minutes(30)};
  std::size_t most_cached_sessions =
      10'000;  ///< beyond it the oldest leaves the cache and is read from the store again
};

/// A valid session.
struct Caller {
  SessionRecord session;
  User user;
  std::optional<OrganisationCard> acting = {};  ///< the organisation that was entered
  /// What it sees: of the organisation that was entered everything, otherwise as far as the user's roles reach.
  [[nodiscard]] Scope scope() const;
  /// "public" and "self" are held by everybody who is logged in.
  [[nodiscard]] bool may(std::string_view permission) const;
};

class Auth {
 public:
  Auth(UserStore& store, Executors run, AuthRules rules)
      : store_(store), run_(std::move(run)), rules_(std::move(rules)) {}

  /// nullopt: no such session, or it ended. Touches the session. `then` runs on the loop, perhaps before this returns.
  void authenticate(const std::string& token, base::UtcMillis now, std::function<void(std::optional<Caller>)> then);

  /// The session is open at `now`; asking does not keep it so. One that left the cache counts as closed.
  [[nodiscard]] bool is_open(const std::string& token_hash, base::UtcMillis now) const;

  /// Somebody's rights, roles, communities or organisation were changed, or he was disabled: every session is read from the store again
  /// before it is used for anything further.
  void rights_changed();
  /// Called after it: event streams look whether they may go on.
  void on_rights_changed(std::function<void()> look) { look_ = std::move(look); }
  /// As authenticate, but asking does not keep the session open.
  void look_again(const std::string& token_hash, base::UtcMillis now, std::function<void(std::optional<Caller>)> then);

  struct Login {
    std::string login, password, address;
    std::string merchant = {};  ///< 商户号 of the user's organisation; empty: not asked
  };
  /// Answers with the contract's Session and the cookie, or wrong_credentials, locked, busy.
  void log_in(Login login, base::UtcMillis now, Reply reply);
  void log_out(const Caller& caller, Reply reply);
  /// Also ends the user's other sessions. Errors: bad_field (old_password is wrong, or both are the same), locked,
  /// busy.
  void change_password(const Caller& caller, std::string old_password, std::string new_password, base::UtcMillis now,
                       Reply reply);

  /// The session acts for an organisation below its user's own, or for that again. Answers with the session; not_found (organisation), busy.
  void enter(const Caller& caller, std::optional<std::int64_t> organisation, Reply reply);

  /// Counts a registration from that address; how long it has to wait instead, 0: it may go on.
  [[nodiscard]] base::Millis registration_wait(const std::string& address, base::UtcMillis now);

  /// The same of a try to redeem an enrolment code; also of tries from everywhere.
  [[nodiscard]] base::Millis enrolment_wait(const std::string& address, base::UtcMillis now);
  /// The code was one after all.
  void enrolment_fits(const std::string& address);

  /// Counts a new mobile that this user wants to have; how long he has to wait instead, 0: he may go on. One that is taken and one that is free
  /// count the same: both tell.
  [[nodiscard]] base::Millis mobile_wait(const Caller& caller, base::UtcMillis now);

  [[nodiscard]] const AuthRules& rules() const { return rules_; }

  /// Ended sessions leave the store; call it now and then.
  void sweep(base::UtcMillis now);

 private:
  [[nodiscard]] bool alive(const SessionRecord& session, base::UtcMillis now) const;
  void remember(const UserStore::Found& found);
  void look_up(std::string hash, base::UtcMillis now, bool touch, std::function<void(std::optional<Caller>)> then);
  void open_session(const User& user, const std::string& password_hash, base::UtcMillis now, Reply reply);

  UserStore& store_;
  Executors run_;
  AuthRules rules_;
  Lockout accounts_{rules_.account};
  Lockout addresses_{rules_.address};
  Lockout registrations_{rules_.registration};
  Lockout mobiles_{rules_.mobile};
  Lockout enrolments_{rules_.enrolment};
  Lockout all_enrolments_{rules_.enrolments};
  struct Cached {
    UserStore::Found found;
    bool stale = false;  ///< rights may have changed since
  };
  std::map<std::string, Cached> cache_;  ///< by token hash
  std::function<void()> look_;
};

/// The contract's Session.
[[nodiscard]] std::string session_json(const Caller& caller);

}  // namespace anju::platform
