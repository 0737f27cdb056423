#include "platform/http/bound_access.hpp"

#include "platform/domain/errc.hpp"
#include "platform/http/secrets.hpp"

namespace anju::platform {
namespace {

/// A session's `seen` lags behind by this much at most: a page that is read writes nothing.
constexpr base::Millis kTouchEvery = base::hours(1);

}  // namespace

void BoundAccess::authenticate(const std::string& token, base::UtcMillis now, std::function<void(Found)> then) {
  if (token.empty()) return then(std::nullopt);
  auto ask = [this, hash = token_hash(token), now, then] {
    Found found = desk_.session(hash, now);
    if (found && *found && now - (*found)->seen >= kTouchEvery) run_.store([this, hash, now] { static_cast<void>(desk_.touch(hash, now)); });
    run_.loop([found = std::move(found), then] { then(found); });
  };
  if (!run_.reads(std::move(ask))) then(base::fail(Errc::busy, "reads"));
}

base::Millis BoundAccess::code_wait(const std::string& address, base::UtcMillis now) {
  const base::Millis wait = codes_.remaining(address, now);
  if (wait.value == 0) codes_.note_try(address, now);
  return wait;
}

base::Millis BoundAccess::change_wait(std::int64_t user, base::UtcMillis now) {
  const std::string key = std::to_string(user);
  const base::Millis wait = changes_.remaining(key, now);
  if (wait.value == 0) changes_.note_try(key, now);
  return wait;
}

std::string BoundAccess::cookie(const std::string& token) const {
  const std::int64_t age_s = token.empty() ? 0 : kBoundAbsolute.value / 1000;
  return std::string(kBoundCookie) + "=" + token + "; Path=/api/v1/my; HttpOnly; SameSite=Strict; Max-Age=" + std::to_string(age_s) + (secure_cookie_ ? "; Secure" : "");
}

void BoundAccess::sweep(base::UtcMillis now) {
  run_.store([this, now] { static_cast<void>(desk_.sweep(now)); });
}

}  // namespace anju::platform
