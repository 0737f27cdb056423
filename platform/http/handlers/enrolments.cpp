// 接入码: a code for a gateway, the box that redeems it, and 吊销, which takes what it got away again.

#include "platform/domain/errc.hpp"
#include "platform/http/answers.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/handlers.hpp"
#include "platform/http/secrets.hpp"
#include "protocols/wire/detail.hpp"
#include "protocols/wire/enrolment.hpp"

namespace anju::platform {
namespace {

boost::json::object shown(const EnrolmentRow& row) {
  boost::json::object object{{"state", to_string(row.state)}, {"by", row.by},          {"created_at", row.created.value},
                             {"expires_at", row.expires.value}, {"ended_at", nullptr}, {"reused", row.reused}};
  if (row.ended) object["ended_at"] = row.ended->value;
  return object;
}

boost::json::object shown(const Revocation& row) {
  return {{"by", row.by}, {"at", row.at.value}, {"note", row.note}};
}

template <class Row>
boost::json::value shown(const std::optional<Row>& row) {
  return row ? boost::json::value(shown(*row)) : boost::json::value(nullptr);
}

/// A desk's refusal, or its failure in the log.
Response refused(Api& api, const base::Error& error) {
  if (error.is(Errc::store_failed)) api.ports().log("an enrolment failed: " + error.where);
  return refuse(error);
}

/// What the code stands for is hashed beside the loop, then `then`(its hash) runs on the store thread.
void with_hash(Api& api, Reply reply, std::string code, std::function<void(const std::string& hash)> then) {
  auto work = [&api, reply, code = std::move(code), then = std::move(then)] {
    std::string hash = enrolment_hash(code, api.auth().rules().password_cost);
    if (hash.empty()) return reply(refuse(Refusal::busy));
    if (!api.run().store([then, hash = std::move(hash)] { then(hash); })) reply(refuse(Refusal::busy));
  };
  if (!api.run().passwords(std::move(work))) reply(refuse(Refusal::busy, "too many at once; try again", {}, 1));
}

/// The whole answer; nothing: the key's file is not there any more, or is none.
std::optional<Response> told(Api& api, const Redemption& done) {
  const auto key = api.ports().read_key(done.gateway);
  const EnrolmentOffer& offer = api.ports().offer;
  wire::Enrolment answer;
  answer.site = base::SiteId(done.site);
  answer.gateway = base::GatewayId(done.gateway);
  answer.broker_url = offer.broker_url;
  answer.ca = offer.ca;
  if (!key) return std::nullopt;
  answer.key = *key;
  if (offer.login) answer.user = done.gateway;
  if (offer.login) answer.password = broker_password(*key);
  Response response;
  response.body = wire::encode(answer);
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

}  // namespace

void get_enrolment(const Call& call, Api& api, Reply reply) {
  auto ask = [&api, scope = call.caller.scope(), gateway = std::string(call.parameter("gateway")), now = call.now](Queries&) {
    const auto found = api.ports().enrolments.newest(scope, gateway, now);
    if (!found && found.error().is(Errc::not_found)) return refuse(Refusal::not_found);
    if (!found) return query_failed(found.error());
    boost::json::object object;
    object["enrolment"] = shown(found->enrolment);
    object["revocation"] = shown(found->revocation);
    return json_response(object);
  };
  api.read(std::move(reply), std::move(ask));
}

void create_enrolment(const Call& call, Api& api, Reply reply) {
  const std::string code = draw_enrolment_code();
  auto work = [&api, reply, code, scope = call.caller.scope(), gateway = std::string(call.parameter("gateway")), audit = call.audit](const std::string& hash) {
    const auto made = api.ports().enrolments.create(scope, gateway, hash, audit);
    Response response;
    if (made) {
      boost::json::object object{{"code", wire::shown_code(code)}, {"expires_at", (audit.at + kEnrolmentFor).value}, {"pin", api.ports().offer.pin}};
      response = json_response(object, 201);
    } else {
      response = refused(api, made.error());
    }
    response.audit.stored = made.has_value();
    reply(std::move(response));
  };
  with_hash(api, reply, code, std::move(work));
}

void cancel_enrolment(const Call& call, Api& api, Reply reply) {
  auto work = [&api, reply, scope = call.caller.scope(), gateway = std::string(call.parameter("gateway")), audit = call.audit] {
    const auto done = api.ports().enrolments.cancel(scope, gateway, audit);
    Response response;
    response.status = 204;
    if (!done) response = refused(api, done.error());
    response.audit.stored = done.has_value();
    reply(std::move(response));
  };
  if (!api.run().store(std::move(work))) reply(refuse(Refusal::busy));
}

void revoke_gateway(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  fields.only({"note"});
  const std::string note = fields.text("note", 1, 200);
  if (fields.problem()) return reply(refuse(*fields.problem()));
  auto work = [&api, reply, note, scope = call.caller.scope(), gateway = std::string(call.parameter("gateway")), audit = call.audit]() mutable {
    audit.detail = wire::detail({{"note", note}});
    const auto done = api.ports().enrolments.revoke(scope, gateway, note, api.ports().revoke_key, audit);
    Response response;
    response.status = 204;
    if (!done) response = refused(api, done.error());
    response.audit.stored = done.has_value();
    reply(std::move(response));
  };
  if (!api.run().store(std::move(work))) reply(refuse(Refusal::busy));
}

void redeem_enrolment(const Call& call, Api& api, Reply reply) {
  // Who knows no code writes no row: a stranger could repeat it without end.
  Reply quietly = [reply](Response response) {
    if (!response.audit.stored) response.audit.unwanted = true;
    reply(std::move(response));
  };
  Fields fields(call.request);
  fields.only({"code", "nonce"});
  const std::string typed = fields.text("code", 1, 40);
  const std::string nonce = fields.digits("nonce", 32, true);
  const auto code = wire::read_code(typed);
  if (!code && !fields.problem()) fields.refuse("code", "must be ten characters of 2-9 and A-Z without I, L, O and U, as in XXXXX-XXXXX");
  if (fields.problem()) return quietly(refuse(*fields.problem()));
  if (const auto wait = api.auth().enrolment_wait(call.request.address, call.now); wait.value > 0)
    return quietly(refuse(Refusal::too_many, "too many codes were tried; wait", {}, (wait.value + 999) / 1000));

  auto work = [&api, quietly, nonce_hash = token_hash(nonce), audit = call.audit](const std::string& hash) {
    const auto replace = [&api](const std::string& gateway) { return api.ports().replace_key(gateway, draw_gateway_key()); };
    const auto done = api.ports().enrolments.redeem(hash, nonce_hash, replace, audit);
    Response response;
    if (!done && done.error().is(Errc::not_found)) {
      response = refuse(Refusal::not_found, "this code opens nothing: it is wrong, has expired or was cancelled", "code");
    } else if (!done) {
      response = refused(api, done.error());
    } else if (done->outcome == Redeemed::refused) {
      response = refuse(Refusal::conflict, "this code was used already; ask for a new one", "code");
    } else {
      response = told(api, *done).value_or(refuse(Refusal::busy));
      api.run().loop([&api, address = audit.address] { api.auth().enrolment_fits(address); });
    }
    response.audit.stored = done.has_value();
    quietly(std::move(response));
  };
  with_hash(api, quietly, *code, std::move(work));
}

}  // namespace anju::platform
