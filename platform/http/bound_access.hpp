#pragma once

// Who is asking, of bound users: their sessions have a cookie, a path and a permission ("bound") of their own, so none of them ever reaches an
// endpoint of the staff, nor the other way round. Nothing is cached: whoever was unbound a moment ago is so at his next request.
// Lives on the HTTP loop.

#include <functional>
#include <optional>
#include <string>

#include "platform/domain/bound_users.hpp"
#include "platform/http/executors.hpp"
#include "platform/http/lockout.hpp"

namespace anju::platform {

inline constexpr std::string_view kBoundCookie = "anju_bound";
/// The permission of routes that only a bound user has; no role holds it.
inline constexpr std::string_view kBoundPermission = "bound";

class BoundAccess {
 public:
  BoundAccess(BoundDesk& desk, Executors run, LockoutRules codes, LockoutRules changes, bool secure_cookie)
      : desk_(desk), run_(std::move(run)), codes_(codes), changes_(changes), secure_cookie_(secure_cookie) {}

  using Found = base::Result<std::optional<BoundSession>>;
  /// Nothing: no such session, or it ended. Error: store_failed, busy. Keeps the session open. `then` runs on the loop.
  void authenticate(const std::string& token, base::UtcMillis now, std::function<void(Found)> then);

  /// How long that address has to wait before it may try another code; counts the try when it may.
  [[nodiscard]] base::Millis code_wait(const std::string& address, base::UtcMillis now);
  /// The code was one after all.
  void code_fits(const std::string& address) { codes_.take_back(address); }

  /// Counts a change that this bound user asks for; how long he has to wait instead, 0: he may go on.
  [[nodiscard]] base::Millis change_wait(std::int64_t user, base::UtcMillis now);

  /// Set-Cookie. token empty: the cookie goes.
  [[nodiscard]] std::string cookie(const std::string& token) const;

  /// Once a minute.
  void sweep(base::UtcMillis now);

 private:
  BoundDesk& desk_;
  Executors run_;
  Lockout codes_;
  Lockout changes_;
  bool secure_cookie_;
};

}  // namespace anju::platform
