// Communities (小区/项目): a list of the catalogue whose changes are orders to the ledger.

#include "platform/catalog/detail.hpp"
#include "platform/catalog/masking.hpp"
#include "platform/http/answers.hpp"
#include "platform/http/api.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/handlers.hpp"
#include "platform/http/records_json.hpp"
#include "protocols/base/decimal.hpp"

namespace anju::platform {
namespace {

using catalog::Resource;
using catalog::Value;

/// The values of a row by the names of its fields.
struct Values {
  const Resource& resource;
  const std::vector<Value>& values;

  [[nodiscard]] const Value& at(std::string_view name) const {
    return values[static_cast<std::size_t>(catalog::find(resource, name) - resource.fields.data())];
  }
  [[nodiscard]] std::string text(std::string_view name) const {
    const auto* text = std::get_if<std::string>(&at(name));
    return text == nullptr ? std::string() : *text;
  }
  [[nodiscard]] std::optional<std::int64_t> number(std::string_view name) const {
    const auto* number = std::get_if<std::int64_t>(&at(name));
    return number == nullptr ? std::nullopt : std::optional(*number);
  }
};

PlaceKind kind_of(const std::string& word) {
  for (int i = 0; i < kPlaceKinds; ++i)
    if (to_string(static_cast<PlaceKind>(i)) == word) return static_cast<PlaceKind>(i);
  return PlaceKind::residential;  // a choice of the description: anything else was refused
}

SiteCard card_of(Fields& fields, const Values& said) {
  SiteCard card;
  card.name = said.text("name");
  card.kind = kind_of(said.text("kind"));
  card.province = said.text("province");
  card.city = said.text("city");
  card.address = said.text("address");
  card.contact = said.text("contact");
  card.phone = said.text("phone");
  const auto latitude = said.number("latitude"), longitude = said.number("longitude");
  if (latitude.has_value() != longitude.has_value()) {
    fields.refuse(latitude ? "longitude" : "latitude", "must be given together with the other half of the position");
  } else if (latitude) {
    card.position = Position{static_cast<std::int32_t>(*latitude), static_cast<std::int32_t>(*longitude)};
  }
  card.utc_offset_minutes = static_cast<std::int32_t>(said.number("utc_offset_minutes").value_or(480));
  card.greatest_power_w = said.number("greatest_power_w").value_or(100'000);
  return card;
}

void show(Api& api, const Resource& resource, const Scope& scope, std::int64_t id, int status, Reply reply) {
  api.read(std::move(reply), [&api, &resource, scope, id, status](Queries&) {
    const auto found = api.ports().records.find(resource, scope, id);
    if (!found) return query_failed(found.error());
    if (!*found) return refuse(Refusal::not_found);
    return json_response(json_of(resource, **found), status);
  });
}

/// Lists show masks of whom to call: a form that sends one back changes nothing there. The field that has a mask of something else; empty: none.
std::string_view keep_masked(SiteCard& card, const Values& stands) {
  for (const auto& [text, field] : {std::pair(&card.contact, "contact"), std::pair(&card.phone, "phone")}) {
    const std::string there = stands.text(field);
    if (*text == catalog::masked(there)) *text = there;
    if (*text != there && catalog::is_mask(*text)) return field;
  }
  return {};
}

/// Hands the order in if the row is in the session's scope, of which the ledger knows only the organisation.
void order(const Call& call, Api& api, decltype(Order::what) what, std::string detail, Reply reply) {
  const bool removing = std::holds_alternative<RemoveSite>(what);
  auto look = [&api, call, what = std::move(what), detail = std::move(detail), reply, removing]() mutable {
    const Resource& resource = *call.resource;
    const std::int64_t id = call.number(resource.right);
    const auto found = api.ports().records.find(resource, call.caller.scope(), id);
    if (!found) return reply(query_failed(found.error()));
    if (!*found) return reply(refuse(base::Error(Errc::not_found, std::string(resource.name))));
    if (auto* change = std::get_if<ChangeSite>(&what)) {
      const Values stands{resource, (*found)->values};
      if (const auto field = keep_masked(change->card, stands); !field.empty())
        return reply(refuse(Refusal::bad_field, catalog::rule_of(catalog::Format::whole), field));
      // Which readings are believed, and which day they count on, is the company's to say.
      if (call.caller.scope().sites && (change->card.greatest_power_w != stands.number("greatest_power_w") || change->card.utc_offset_minutes != stands.number("utc_offset_minutes")))
        return reply(refuse(base::Error(Errc::beyond_rights, change->card.greatest_power_w != stands.number("greatest_power_w") ? "greatest_power_w" : "utc_offset_minutes")));
    }
    auto then = [&api, &resource, scope = call.caller.scope(), id, removing](const Answer&, Reply done) {
      if (!removing) return show(api, resource, scope, id, 200, std::move(done));
      Response response;
      response.status = 204;
      done(std::move(response));
    };
    api.submit(call, std::move(what), std::move(detail), reply, std::move(then));
  };
  if (!api.run().reads(std::move(look))) reply(refuse(Refusal::busy));
}

}  // namespace

void create_community(const Call& call, Api& api, Reply reply) {
  const Scope scope = call.caller.scope();
  // Who is narrowed to some communities could not see the new one.
  if (scope.sites) return reply(refuse(Refusal::forbidden, "your account is limited to some communities and adds none"));
  // ten-community-create (2:95): property companies have communities; whoever is above acts for one of them.
  if (call.caller.acting.value_or(call.caller.user.home).kind != OrganisationKind::property)
    return reply(refuse(Refusal::forbidden, "communities belong to property companies: act for one of them first"));
  Fields fields(call.request);
  const std::vector<Value> values = read_values(fields, *call.resource, false);
  const Values said{*call.resource, values};
  CreateSite what{said.text("code"), card_of(fields, said)};
  if (fields.problem()) return reply(refuse(*fields.problem()));
  auto then = [&api, &resource = *call.resource, scope](const Answer& answer, Reply done) {
    show(api, resource, scope, std::get<Created>(answer).id, 201, std::move(done));
  };
  auto order = [&api, call, what = std::move(what), detail = catalog::detail_of(*call.resource, values, {}, false), reply, then = std::move(then),
                organisation = scope.organisation]() mutable {
    const auto closed = api.ports().queries.closed(organisation);
    if (!closed) return reply(query_failed(closed.error()));
    if (*closed) return reply(refuse(base::Error(Errc::disabled, "organisation")));
    api.submit(call, std::move(what), std::move(detail), reply, std::move(then));
  };
  if (!api.run().reads(std::move(order))) reply(refuse(Refusal::busy));
}

void change_community(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  const std::int64_t version = fields.integer("version", 1, base::kMaxDecimal);
  const std::vector<Value> values = read_values(fields, *call.resource, true);
  ChangeSite what{call.number(call.resource->right), version, card_of(fields, {*call.resource, values})};
  if (fields.problem()) return reply(refuse(*fields.problem()));
  order(call, api, std::move(what), catalog::detail_of(*call.resource, values, {}, true), std::move(reply));
}

void enable_community(const Call& call, Api& api, Reply reply) {
  order(call, api, EnableSite{call.number(call.resource->right), true}, {}, std::move(reply));
}

void disable_community(const Call& call, Api& api, Reply reply) {
  order(call, api, EnableSite{call.number(call.resource->right), false}, {}, std::move(reply));
}

void remove_community(const Call& call, Api& api, Reply reply) {
  order(call, api, RemoveSite{call.number(call.resource->right)}, {}, std::move(reply));
}

}  // namespace anju::platform
