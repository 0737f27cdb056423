#include "platform/http/auth.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "platform/domain/errc.hpp"
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

Scope Caller::scope() const {
  if (acting) return Scope{acting->id, {}, true};
  return user.rights.scope;
}

bool Caller::may(std::string_view permission) const {
  return permission == "public" || permission == "self" || user.rights.may(permission);
}

std::string session_json(const Caller& caller) {
  boost::json::array permissions, roles;
  for (const auto permission : all_permissions())
    if (caller.may(permission)) permissions.emplace_back(permission);
  for (const auto& role : caller.user.rights.roles) roles.emplace_back(role);
  boost::json::value sites = nullptr;
  if (caller.user.sites && !caller.acting) {
    boost::json::array codes;
    for (const auto& code : *caller.user.sites) codes.emplace_back(code);
    sites = std::move(codes);
  }
  boost::json::object session;
  session["user"] = caller.user.login;
  session["name"] = caller.user.name;
  session["phone"] = caller.user.phone;
  session["email"] = caller.user.email;
  session["organisation"] = json_of(caller.user.home);
  session["acting"] = json_of(caller.acting.value_or(caller.user.home));
  session["scope"] = to_string(caller.user.rights.widest);
  session["sites"] = std::move(sites);
  session["roles"] = std::move(roles);
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
      return a.second.found.session.seen < b.second.found.session.seen;
    }));
  }
  cache_.insert_or_assign(found.session.token_hash, Cached{found});
}

void Auth::rights_changed() {
  for (auto& [hash, entry] : cache_) entry.stale = true;
  if (look_) look_();
}

void Auth::authenticate(const std::string& token, base::UtcMillis now,
                        std::function<void(std::optional<Caller>)> then) {
  if (token.empty()) return then(std::nullopt);
  std::string hash = token_hash(token);

  const auto found = cache_.find(hash);
  if (found == cache_.end() || found->second.stale) return look_up(std::move(hash), now, true, std::move(then));
  UserStore::Found& entry = found->second.found;
  if (!alive(entry.session, now)) {
    cache_.erase(found);
    run_.store([this, hash] { static_cast<void>(store_.remove_session(hash)); });
    return then(std::nullopt);
  }
  if (now - entry.session.seen >= kTouchEvery) {
    entry.session.seen = now;
    run_.store([this, hash, now] { static_cast<void>(store_.touch_session(hash, now)); });
  }
  then(Caller{entry.session, entry.user, entry.acting});
}

void Auth::look_up(std::string hash, base::UtcMillis now, bool touch, std::function<void(std::optional<Caller>)> then) {
  auto ask = [this, hash = std::move(hash), now, touch, then] {
    auto found = store_.find_session(hash);
    run_.loop([this, hash, found = std::move(found), now, touch, then] {
      const auto cached = cache_.find(hash);
      const bool there = found && *found;
      UserStore::Found entry = there ? **found : UserStore::Found{};
      // What the cache has seen lately is written to the store now and then only.
      if (cached != cache_.end()) entry.session.seen = std::max(entry.session.seen, cached->second.found.session.seen);
      if (!there || !alive(entry.session, now)) {
        if (found && cached != cache_.end()) cache_.erase(cached);
        return then(std::nullopt);
      }
      if (touch) {
        entry.session.seen = std::max(entry.session.seen, now);
        run_.store([this, hash, now] { static_cast<void>(store_.touch_session(hash, now)); });
      }
      remember(entry);
      then(Caller{entry.session, entry.user, entry.acting});
    });
  };
  if (!run_.store(std::move(ask))) then(std::nullopt);
}

bool Auth::is_open(const std::string& token_hash, base::UtcMillis now) const {
  const auto found = cache_.find(token_hash);
  return found != cache_.end() && alive(found->second.found.session, now);
}

void Auth::look_again(const std::string& token_hash, base::UtcMillis now, std::function<void(std::optional<Caller>)> then) {
  const auto found = cache_.find(token_hash);
  if (found == cache_.end()) return then(std::nullopt);
  if (found->second.stale) return look_up(token_hash, now, false, std::move(then));
  const UserStore::Found& entry = found->second.found;
  then(alive(entry.session, now) ? std::optional(Caller{entry.session, entry.user, entry.acting}) : std::nullopt);
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
      const bool password = user ? password_fits(login.password, user->password_hash)
                                 : (hash_password(login.password, rules_.password_cost).empty() && false);
      // A disabled account and a number of another organisation answer as a wrong password does, and as late.
      const bool fits = password && user->enabled && (login.merchant.empty() || same_secret(login.merchant, user->home.number));
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
            static_cast<void>(store_.set_password(user->id, user->password_hash, raised, user->must_change_password));
          });
        open_session(*user, raised.empty() ? user->password_hash : raised, now, reply);
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

void Auth::open_session(const User& user, const std::string& password_hash, base::UtcMillis now, Reply reply) {
  const std::string token = draw_token();
  Caller caller{SessionRecord{token_hash(token), draw_token(), user.id, now, now}, user};
  auto add = [this, caller, token, password_hash, reply] {
    const auto added = store_.add_session(caller.session, password_hash);
    run_.loop([this, caller, token, reply, added] {
      if (!added && added.error().is(Errc::conflict)) return reply(refuse(Refusal::wrong_credentials));
      if (!added) return reply(refuse(Refusal::busy));
      remember(UserStore::Found{caller.session, caller.user});
      cache_.at(caller.session.token_hash).stale = true;  // the password took its time; rights may have changed meanwhile
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
      return item.second.found.user.id == caller.user.id && item.first != caller.session.token_hash;
    });
    if (const auto own = cache_.find(caller.session.token_hash); own != cache_.end()) {
      own->second.found.user.must_change_password = false;
      own->second.found.user.password_hash = hash;
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
                        store_.set_password(caller.user.id, caller.user.password_hash, hash, false).has_value();
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
      if (look_) look_();
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

base::Millis Auth::enrolment_wait(const std::string& address, base::UtcMillis now) {
  const base::Millis wait = std::max(enrolments_.remaining(address, now), all_enrolments_.remaining({}, now));
  if (wait.value > 0) return wait;
  enrolments_.note_try(address, now);
  all_enrolments_.note_try({}, now);
  return wait;
}

void Auth::enrolment_fits(const std::string& address) {
  enrolments_.take_back(address);
  all_enrolments_.take_back({});
}

base::Millis Auth::mobile_wait(const Caller& caller, base::UtcMillis now) {
  const base::Millis wait = mobiles_.remaining(caller.user.login, now);
  if (wait.value == 0) mobiles_.note_try(caller.user.login, now);
  return wait;
}

void Auth::sweep(base::UtcMillis now) {
  std::erase_if(cache_, [&](const auto& item) { return !alive(item.second.found.session, now); });
  run_.store(
      [this, now] { static_cast<void>(store_.remove_sessions_before(now - rules_.absolute, now - rules_.idle)); });
}

}  // namespace anju::platform
