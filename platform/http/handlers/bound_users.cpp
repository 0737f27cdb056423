// 二维码 and 已绑定用户 of a meter, for the staff.

#include <boost/json/array.hpp>

#include "platform/catalog/masking.hpp"
#include "platform/http/bound_answers.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/handlers.hpp"
#include "platform/http/secrets.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {
namespace json = boost::json;
namespace {

json::object shown(const BoundUserRow& row, bool clear) {
  const auto personal = [clear](const std::string& text) { return clear ? text : catalog::masked(text); };
  json::object object{{"id", row.id},       {"name", personal(row.name)}, {"mobile", personal(row.mobile)}, {"sms", row.sms},
                      {"share", row.share}, {"since", row.since.value},   {"until", nullptr},               {"ended", row.ended}};
  if (row.until) object["until"] = row.until->value;
  return object;
}

json::object shown(const ShareRow& row) {
  return {{"id", row.id},     {"by", row.by},     {"created_at", row.created.value}, {"expires_at", row.expires.value},
          {"uses", row.uses}, {"used", row.used}, {"state", to_string(row.state)}};
}

}  // namespace

void list_bound_users(const Call& call, Api& api, Reply reply) {
  api.read(std::move(reply), [&api, scope = call.caller.scope(), meter = call.number("meter"), now = call.now, clear = call.caller.may(catalog::kSeePersonal)](Queries&) {
    const auto list = api.ports().bound.of_meter(scope, meter, now);
    if (!list) return query_failed(list.error());
    if (!*list) return refuse(Refusal::not_found);
    json::array bound, shares;
    for (const BoundUserRow& row : (*list)->bound) bound.push_back(shown(row, clear));
    for (const ShareRow& row : (*list)->shares) shares.push_back(shown(row));
    return json_response(json::object{{"bound", std::move(bound)}, {"shares", std::move(shares)}});
  });
}

void share_meter(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  fields.only({"days", "uses"});
  NewShare made;
  if (fields.has("days")) made.days = fields.integer("days", 1, kMostShareDays);
  if (fields.has("uses")) made.uses = fields.integer("uses", 1, kMostShareUses);
  if (fields.problem()) return reply(refuse(*fields.problem()));
  const std::string code = draw_token();
  made.token_hash = token_hash(code);
  auto detail = wire::detail({{"days", std::to_string(made.days)}, {"uses", std::to_string(made.uses)}});
  auto work = [scope = call.caller.scope(), meter = call.number("meter"), made](BoundDesk& desk, const AuditEntry& audit) { return desk.share(scope, meter, made, audit); };
  change_bound<std::int64_t>(call, api, std::move(detail), std::move(reply), std::move(work), [made, code, now = call.now](const std::int64_t& id) {
    return json_response(json::object{{"id", id}, {"code", code}, {"expires_at", (now + base::hours(24 * made.days)).value}, {"uses", made.uses}}, 201);
  });
}

void revoke_share(const Call& call, Api& api, Reply reply) {
  change_bound(call, api, std::move(reply), [scope = call.caller.scope(), meter = call.number("meter"), share = call.number("share")](BoundDesk& desk, const AuditEntry& audit) {
    return desk.revoke(scope, meter, share, audit);
  });
}

void unbind_user(const Call& call, Api& api, Reply reply) {
  change_bound(call, api, std::move(reply), [scope = call.caller.scope(), meter = call.number("meter"), binding = call.number("binding")](BoundDesk& desk, const AuditEntry& audit) {
    return desk.unbind(scope, meter, binding, audit);
  });
}

}  // namespace anju::platform
