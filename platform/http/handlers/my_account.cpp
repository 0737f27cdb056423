// How a resident becomes a bound user, and his own account: strangers with a code, and the cookie that they get for it.

#include <boost/json/object.hpp>

#include "platform/catalog/masking.hpp"
#include "platform/http/bound_answers.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/handlers.hpp"
#include "platform/http/secrets.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {
namespace json = boost::json;
namespace {

/// As long as a drawn one may ever get; a longer text is none.
constexpr std::size_t kLongestCode = 64;

/// One answer for a code that is unknown, expired, revoked or used up, so that none of them can be told from another.
Response no_such_code() { return refuse(Refusal::not_found, "this code is not valid (any more); ask the property for another", "code"); }

Response locked(base::Millis wait) {
  const std::int64_t wait_s = (wait.value + 999) / 1000;
  return refuse(Refusal::locked, "too many wrong codes from here; try again in " + std::to_string(wait_s) + " s", {}, wait_s);
}

/// What a stranger could repeat without end leaves no row.
Reply unnoted(Reply reply) {
  return [reply = std::move(reply)](Response response) {
    response.audit.unwanted = true;
    reply(std::move(response));
  };
}

json::object shown(const BoundUser& user, const std::string& csrf_token) {
  return {{"name", user.name}, {"mobile", user.mobile}, {"language", to_string(user.language)}, {"sms", user.sms}, {"csrf_token", csrf_token}};
}

void read_person(Fields& fields, BoundUser& user) {
  user.name = fields.text("name", 1, 40);
  if (catalog::is_mask(user.name)) fields.refuse("name", "must be the whole name");
  user.language = tongue(fields.one_of("language", kTongues));
}

struct Binding {
  NewBinding what;
  std::string token;  ///< of the session that is made; empty: he has one
};

void bind(const Call& call, Api& api, Binding binding, Reply reply) {
  auto bound = [&api, binding, address = call.request.address](const base::Result<BoundNow>& done) {
    if (!done) return done.error().is(Errc::not_found) ? no_such_code() : refuse(done.error());
    json::object account = shown(done->user, binding.what.csrf_token);
    Response response = json_response(json::object{{"binding", done->binding}, {"account", std::move(account)}}, done->created ? 201 : 200);
    if (!binding.token.empty()) response.headers.emplace_back("Set-Cookie", api.bound().cookie(binding.token));
    return response;
  };
  auto work = [&api, binding, audit = call.audit, address = call.request.address, bound, reply] {
    const auto done = api.ports().bound.bind(binding.what, audit);
    if (done || !done.error().is(Errc::not_found)) api.run().loop([&api, address] { api.bound().code_fits(address); });
    if (!done && done.error().is(Errc::store_failed)) api.ports().log("a binding failed: " + done.error().where);
    Response response = bound(done);
    response.audit.stored = done.has_value();
    response.audit.unwanted = !done.has_value();
    reply(std::move(response));
  };
  if (!api.run().store(std::move(work))) reply(refuse(Refusal::busy));
}

}  // namespace

void look_at_share(const Call& call, Api& api, Reply given) {
  Reply reply = unnoted(std::move(given));
  Fields fields(call.request);
  fields.only({"code"});
  const std::string code = fields.text("code", 1, kLongestCode);
  if (fields.problem()) return reply(refuse(*fields.problem()));
  if (const auto wait = api.bound().code_wait(call.request.address, call.now); wait.value > 0) return reply(locked(wait));
  api.read(std::move(reply), [&api, hash = token_hash(code), address = call.request.address, now = call.now](Queries&) {
    const auto shared = api.ports().bound.look(hash, now);
    if (!shared) return query_failed(shared.error());
    if (!*shared) return no_such_code();
    api.run().loop([&api, address] { api.bound().code_fits(address); });
    return json_response(json::object{{"site", (*shared)->site}, {"kind", (*shared)->kind}, {"address", masked_address((*shared)->address)}});
  });
}

void bind_meter(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  fields.only({"code", "name", "mobile", "language"});
  const std::string code = fields.text("code", 1, kLongestCode);
  if (fields.problem()) return unnoted(std::move(reply))(refuse(*fields.problem()));
  auto known = [&api, call, fields, code, reply](const BoundAccess::Found& found) mutable {
    if (!found) return unnoted(reply)(query_failed(found.error()));
    Binding binding;
    binding.what.share_hash = token_hash(code);
    if (*found) {
      // Of somebody who has meters already this is one more; his name stays what it is.
      if (!same_secret(call.request.csrf_token, (*found)->csrf_token)) return unnoted(reply)(refuse(Refusal::bad_csrf));
      if (const auto wait = api.bound().change_wait((*found)->user.id, call.now); wait.value > 0) return unnoted(reply)(too_often(wait));
      binding.what.user = (*found)->user;
      binding.what.csrf_token = (*found)->csrf_token;
    } else {
      read_person(fields, binding.what.user);
      const auto mobile = mobile_of(fields.text("mobile", 1, 20));
      if (!mobile) fields.refuse("mobile", "must be a number of 7 to 15 digits");
      if (fields.problem()) return unnoted(reply)(refuse(*fields.problem()));
      binding.what.user.mobile = *mobile;
      binding.token = draw_token();
      binding.what.session_hash = token_hash(binding.token);
      binding.what.csrf_token = draw_token();
    }
    if (const auto wait = api.bound().code_wait(call.request.address, call.now); wait.value > 0) return unnoted(reply)(locked(wait));
    bind(call, api, std::move(binding), reply);
  };
  api.bound().authenticate(call.request.bound_token, call.now, std::move(known));
}

void get_my_account(const Call& call, Api&, Reply reply) { reply(json_response(shown(call.bound->user, call.bound->csrf_token))); }

void change_my_account(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  fields.only({"name", "language", "sms"});
  BoundUser user = call.bound->user;
  read_person(fields, user);
  user.sms = fields.boolean("sms");
  if (fields.problem()) return reply(refuse(*fields.problem()));
  auto work = [user](BoundDesk& desk, const AuditEntry& audit) -> base::Result<bool> {
    if (auto done = desk.change_user(user, audit); !done) return base::pass(done);
    return true;
  };
  auto detail = wire::detail({{"language", std::string(to_string(user.language))}, {"sms", user.sms ? "true" : "false"}});
  change_bound<bool>(call, api, std::move(detail), std::move(reply), std::move(work),
                     [user, csrf = call.bound->csrf_token](const bool&) { return json_response(shown(user, csrf)); });
}

void end_my_session(const Call& call, Api& api, Reply reply) {
  auto work = [&api, hash = call.bound->token_hash, audit = call.audit, reply] {
    if (!api.ports().bound.end_session(hash, audit)) return reply(refuse(Refusal::busy));
    Response response;
    response.status = 204;
    response.audit.stored = true;
    response.headers.emplace_back("Set-Cookie", api.bound().cookie({}));
    reply(std::move(response));
  };
  if (!api.run().store(std::move(work))) reply(refuse(Refusal::busy));
}

void leave_my_meter(const Call& call, Api& api, Reply reply) {
  change_bound(call, api, std::move(reply), [user = call.bound->user.id, binding = call.number("binding")](BoundDesk& desk, const AuditEntry& audit) {
    return desk.leave(user, binding, audit);
  });
}

}  // namespace anju::platform
