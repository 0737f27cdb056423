#include "platform/http/auth.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "platform/http/error.hpp"
#include "platform/http/routes.hpp"

namespace anju::platform {
namespace {

/// A session's `seen` in the store lags behind by this much at most, so that reading a page writes nothing.
constexpr base::Millis kTouchEvery = base::minutes(1);

boost::json::object json_of(const OrganisationCard& card) {
  return {{"id", card.id}, {"name", card.name}, {"kind", to_string(card.kind)}, {"number", card.number}};
}

Response locked(base::Millis remaining) {
  const std::int64_t wait_s = (remaining.value + 999) / 1000;
  return refuse(Refusal::locked, "too many wrong passwords; try again in " + std::to_string(wait_s) + " s", {}, wait_s);
}

}  // namespace

Scope Caller::scope() const { return Scope{acting ? acting->id : user.organisation, {}, true}; }

bool Caller::may(std::string_view permission) const {
  if (permission == "public" || permission == "self" || user.all_permissions) return true;
  return std::find(user.permissions.begin(), user.permissions.end(), permission) != user.permissions.end();
}

std::string session_json(const Caller& caller) {
  boost::json::array permissions;
  if (caller.user.all_permissions) {
    for (const auto permission : all_permissions()) permissions.emplace_back(permission);
  } else {
    for (const auto& permission : caller.user.permissions) permissions.emplace_back(permission);
  }
  boost::json::object session;
  session["user"] = caller.user.login;
  session["name"] = caller.user.name;
  session["organisation"] = json_of(caller.user.home);
  session["acting"] = json_of(caller.acting.value_or(caller.user.home));
  session["csrf_token"] = caller.session.csrf_token;
  session["permissions"] = std::move(permissions);
  session["must_change_password"] = caller.user.must_change_password;
  return boost::json::serialize(session);
}

bool Auth::alive(const SessionRecord& session, base::UtcMillis now) const {
  return now - session.seen < rules_.idle && now - session.created < rules_.absolute;
}

void Auth::remember(const UserStore::Found& found) {
  if (cache_.size() >= rules_.most_cached_sessions) {
    cache_.erase(std::min_element(cache_.begin(), cache_.end(), [](const auto& a, const auto& b) {
      return a.second.session.seen < b.second.session.seen;
    }));
  }
  cache_.insert_or_assign(found.session.token_hash, found);
}

void Auth::authenticate(const std::string& token, base::UtcMillis now,
                        std::function<void(std::optional<Caller>)> then) {
  if (token.empty()) return then(std::nullopt);
  std::string hash = token_hash(token);

  if (const auto found = cache_.find(hash); found != cache_.end()) {
    UserStore::Found& entry = found->second;
    if (!alive(entry.session, now)) {
      cache_.erase(found);
      run_.store([this, hash] { static_cast<void>(store_.remove_session(hash)); });
      return then(std::nullopt);
    }
    if (now - entry.session.seen >= kTouchEvery) {
      entry.session.seen = now;
      run_.store([this, hash, now] { static_cast<void>(store_.touch_session(hash, now)); });
    }
    return then(Caller{entry.session, entry.user, entry.acting});
  }

  auto look_up = [this, hash, now, then] {
    auto found = store_.find_session(hash);
    run_.loop([this, found = std::move(found), now, then] {
      if (!found || !*found || !alive((*found)->session, now)) return then(std::nullopt);
      UserStore::Found entry = **found;
      entry.session.seen = std::max(entry.session.seen, now);
      remember(entry);
      run_.store([this, hash = entry.session.token_hash, now] { static_cast<void>(store_.touch_session(hash, now)); });
      then(Caller{entry.session, entry.user, entry.acting});
    });
  };
  if (!run_.store(std::move(look_up))) then(std::nullopt);
}

bool Auth::is_open(const std::string& token_hash, base::UtcMillis now) const {
  const auto found = cache_.find(token_hash);
  return found != cache_.end() && alive(found->second.session, now);
}

void Auth::log_in(Login login, base::UtcMillis now, Reply reply) {
  const base::Millis wait = std::max(accounts_.remaining(login.login, now), addresses_.remaining(login.address, now));
  if (wait.value > 0) return reply(locked(wait));
  accounts_.note_try(login.login, now);
  addresses_.note_try(login.address, now);

  auto check = [this, login, now, reply](const base::Result<std::optional<User>>& user) {
    if (!user) return reply(refuse(Refusal::busy));
    auto verify = [this, login, now, reply, user = *user] {
      // An unknown name costs as much time as a wrong password, so that names cannot be found out.
      const bool fits = user ? password_fits(login.password, user->password_hash)
                             : (hash_password(login.password, rules_.password_cost).empty() && false);
      std::string raised;
      if (fits && needs_rehash(user->password_hash, rules_.password_cost))
        raised = hash_password(login.password, rules_.password_cost);
      run_.loop([this, login, now, reply, user, fits, raised] {
        if (!fits) {
          Response response = refuse(Refusal::wrong_credentials);
          if (user) response.audit.organisation = user->organisation;
          return reply(std::move(response));
        }
        accounts_.forget(login.login);
        addresses_.take_back(login.address);
        if (!raised.empty())
          run_.store([this, user, raised] {
            static_cast<void>(store_.set_password(user->id, raised, user->must_change_password));
          });
        open_session(*user, now, reply);
      });
    };
    if (!run_.passwords(std::move(verify))) {
      accounts_.take_back(login.login);
      addresses_.take_back(login.address);
      reply(refuse(Refusal::busy, "too many logins at once; try again", {}, 1));
    }
  };
  auto look_up = [this, login, check] {
    auto user = store_.find_user(login.login);
    run_.loop([check, user = std::move(user)] { check(user); });
  };
  if (!run_.store(std::move(look_up))) {
    accounts_.take_back(login.login);
    addresses_.take_back(login.address);
    reply(refuse(Refusal::busy));
  }
}

void Auth::open_session(const User& user, base::UtcMillis now, Reply reply) {
  const std::string token = draw_token();
  Caller caller{SessionRecord{token_hash(token), draw_token(), user.id, now, now}, user};
  auto add = [this, caller, token, reply] {
    auto added = store_.add_session(caller.session);
    run_.loop([this, caller, token, reply, stored = added.has_value()] {
      if (!stored) return reply(refuse(Refusal::busy));
      remember(UserStore::Found{caller.session, caller.user});
      Response response;
      response.body = session_json(caller);
      response.audit.organisation = caller.user.organisation;
      response.headers.emplace_back(
          "Set-Cookie", "anju_session=" + token + "; Path=/; HttpOnly; SameSite=Strict; Max-Age=" +
                            std::to_string(rules_.absolute.value / 1000) + (rules_.secure_cookie ? "; Secure" : ""));
      reply(std::move(response));
    });
  };
  if (!run_.store(std::move(add))) reply(refuse(Refusal::busy));
}

void Auth::log_out(const Caller& caller, Reply reply) {
  auto remove = [this, hash = caller.session.token_hash, reply] {
    const bool removed = store_.remove_session(hash).has_value();
    run_.loop([this, hash, reply, removed] {
      cache_.erase(hash);  // only now: a look-up that was under way may have put it back
      if (!removed) return reply(refuse(Refusal::busy));
      Response response;
      response.status = 204;
      response.headers.emplace_back("Set-Cookie", "anju_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
      reply(std::move(response));
    });
  };
  if (!run_.store(std::move(remove))) reply(refuse(Refusal::busy));
}

void Auth::change_password(const Caller& caller, std::string old_password, std::string new_password,
                           base::UtcMillis now, Reply reply) {
  const base::Millis wait = accounts_.remaining(caller.user.login, now);
  if (wait.value > 0) return reply(locked(wait));
  if (old_password == new_password)
    return reply(refuse(Refusal::bad_field, "new_password must differ from the old one", "new_password"));
  accounts_.note_try(caller.user.login, now);

  auto finish = [this, caller, reply](bool stored, const std::string& hash) {
    if (!stored) return reply(refuse(Refusal::busy));
    std::erase_if(cache_, [&](const auto& item) {
      return item.second.user.id == caller.user.id && item.first != caller.session.token_hash;
    });
    if (const auto own = cache_.find(caller.session.token_hash); own != cache_.end()) {
      own->second.user.must_change_password = false;
      own->second.user.password_hash = hash;
    }
    accounts_.forget(caller.user.login);
    Response response;
    response.status = 204;
    reply(std::move(response));
  };
  auto save = [this, caller, finish](const std::string& hash) {
    // The other sessions first: they may be the reason for the change, and must not outlive it when the second step fails.
    const bool stored = !hash.empty() &&
                        store_.remove_other_sessions(caller.user.id, caller.session.token_hash).has_value() &&
                        store_.set_password(caller.user.id, hash, false).has_value();
    run_.loop([finish, stored, hash] { finish(stored, hash); });
  };
  auto verify = [this, caller, reply, save, old_password = std::move(old_password),
                 new_password = std::move(new_password)] {
    const bool fits = password_fits(old_password, caller.user.password_hash);
    const std::string hash = fits ? hash_password(new_password, rules_.password_cost) : std::string();
    if (!fits) {
      run_.loop([reply] { reply(refuse(Refusal::bad_field, "old_password is wrong", "old_password")); });
    } else if (!run_.store([save, hash] { save(hash); })) {
      run_.loop([reply] { reply(refuse(Refusal::busy)); });
    }
  };
  if (!run_.passwords(std::move(verify))) {
    accounts_.take_back(caller.user.login);
    reply(refuse(Refusal::busy));
  }
}

void Auth::enter(const Caller& caller, std::optional<std::int64_t> organisation, Reply reply) {
  auto change = [this, hash = caller.session.token_hash, organisation, reply] {
    const auto entered = store_.enter(hash, organisation);
    const auto found = entered ? store_.find_session(hash) : base::Result<std::optional<UserStore::Found>>(base::pass(entered));
    run_.loop([this, organisation, reply, entered, found] {
      if (!entered || !found) return reply(refuse(Refusal::busy));
      if (!*entered || !*found) return reply(refuse(Refusal::not_found, "there is no such organisation below your own", "organisation"));
      remember(**found);
      Response response;
      response.body = session_json(Caller{(*found)->session, (*found)->user, (*found)->acting});
      if (organisation) response.audit.organisation = *organisation;
      reply(std::move(response));
    });
  };
  if (!run_.store(std::move(change))) reply(refuse(Refusal::busy));
}

base::Millis Auth::registration_wait(const std::string& address, base::UtcMillis now) {
  const base::Millis wait = registrations_.remaining(address, now);
  if (wait.value == 0) registrations_.note_try(address, now);
  return wait;
}

void Auth::sweep(base::UtcMillis now) {
  std::erase_if(cache_, [&](const auto& item) { return !alive(item.second.session, now); });
  run_.store(
      [this, now] { static_cast<void>(store_.remove_sessions_before(now - rules_.absolute, now - rules_.idle)); });
}

}  // namespace anju::platform
