// 固件升级: which gateway is to run which release.

#include "platform/domain/errc.hpp"
#include "platform/domain/upgrade.hpp"
#include "platform/http/answers.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/handlers.hpp"
#include "platform/http/secrets.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {
namespace {

Response unfit(const base::Error& error) {
  if (error.is(wire::ReleaseErrc::wrong_architecture)) return refuse(Refusal::wrong_architecture);
  if (error.is(wire::ReleaseErrc::too_old)) return refuse(Refusal::too_old);
  return refuse(Refusal::not_newer);
}

/// What a person asked for, as far as it can be said at once.
struct Asked {
  std::string gateway, order;
  std::int64_t release = 0;
};

OrderUpgrade made_of(Api& api, const Asked& asked, const ReleaseRow& row) {
  const ReleaseOffer& offer = api.ports().release_offer;
  OrderUpgrade order{asked.gateway, row.id, {}};
  order.wanted.order = asked.order;
  order.wanted.version = row.release.version;
  order.wanted.size = row.release.size;
  order.wanted.sha256 = row.release.sha256;
  order.wanted.url = offer.public_url + "/releases/" + row.release.sha256;
  if (offer.public_url.starts_with("https://")) order.wanted.pin = offer.pin;
  return order;
}

/// Nothing: it fits.
std::optional<Response> refusal_of(Api& api, const Asked& asked, const ReleaseRow& row) {
  const ReleaseOffer& offer = api.ports().release_offer;
  if (offer.public_url.empty()) return refuse(Refusal::no_public_url);
  if (!offer.shelf.holds(row.release.sha256, row.release.size))
    return refuse(Refusal::conflict, "its file is not here any more, as after a restored backup; upload the same file once more", "release");
  const auto word = api.ports().board.word(asked.gateway);
  static const wire::GatewayState kSilent;
  const wire::GatewayState& said = word != nullptr ? word->state : kSilent;
  const auto fits = check_upgrade(row.release.version, row.release.minimum, row.release.architecture, said.software, said.architecture);
  if (!fits) return unfit(fits.error());
  return std::nullopt;
}

}  // namespace

void order_upgrade(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  fields.only({"release", "order"});
  Asked asked;
  asked.gateway = call.parameter("gateway");
  asked.release = fields.integer("release", 1, wire::kMaxInteger);
  asked.order = fields.has("order") ? fields.id("order") : "u-" + draw_gateway_key().substr(0, 16);
  if (fields.problem()) return reply(refuse(*fields.problem()));
  auto work = [&api, call, asked, reply] {
    const Scope scope = call.caller.scope();
    const auto gateway = api.ports().queries.gateway(scope, asked.gateway);
    if (!gateway) return reply(query_failed(gateway.error()));
    if (!*gateway) return reply(refuse(base::Error(Errc::not_found, "gateway")));
    auto held = api.ports().releases.hold(scope, asked.release);
    if (!held) return reply(refuse(held.error()));
    // A repeat is answered as the first was, whatever has become of the gateway since.
    const auto& newest = (*gateway)->row.upgrade;
    const bool repeated = newest && newest->wanted.order == asked.order;
    if (auto refusal = repeated ? std::nullopt : refusal_of(api, asked, held->row)) return reply(std::move(*refusal));
    auto show = [&api, scope, gateway = asked.gateway, now = call.now](const Answer&, const Reply& ordered) {
      api.read(ordered, [scope, gateway, now](Queries& queries) {
        const auto found = queries.gateway(scope, gateway);
        if (!found) return query_failed(found.error());
        if (!*found || !(*found)->row.upgrade) return refuse(Refusal::not_found);
        return json_response(json_of(*(*found)->row.upgrade, now), 201);
      });
    };
    // Until the ledger has answered nobody removes the release.
    Reply holding = [hold = held->hold, reply](Response response) { reply(std::move(response)); };
    auto detail = wire::detail({{"version", wire::to_string(held->row.release.version)}, {"release", std::to_string(asked.release)}, {"order", asked.order}});
    api.submit(call, made_of(api, asked, held->row), std::move(detail), std::move(holding), std::move(show));
  };
  if (!api.run().store(std::move(work))) reply(refuse(Refusal::busy));
}

void withdraw_upgrade(const Call& call, Api& api, Reply reply) {
  const WithdrawUpgrade order{std::string(call.parameter("gateway"))};
  auto done = [](const Answer&, const Reply& withdrawn) {
    Response response;
    response.status = 204;
    withdrawn(std::move(response));
  };
  api.submit(call, order, {}, std::move(reply), std::move(done));
}

}  // namespace anju::platform
