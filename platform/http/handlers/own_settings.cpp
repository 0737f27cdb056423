// What everybody changes of himself: name, mobile and address, and how the console looks to him.

#include <array>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "platform/http/answers.hpp"
#include "platform/http/api.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/handlers.hpp"

namespace anju::platform {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 3> kThemes{"light", "dark", "system"};
constexpr std::array<std::string_view, 2> kLanguages{"zh-CN", "en"};

void change(const Call& call, Api& api, Reply reply, std::function<base::Result<>(PeopleDesk&, const AuditEntry&)> work) {
  auto on_desk = [&api, work = std::move(work)](catalog::Records&, const AuditEntry& audit) -> base::Result<std::int64_t> {
    if (auto result = work(api.ports().users.people(), audit); !result) return base::pass(result);
    return 0;
  };
  api.change(call, {}, std::move(reply), std::move(on_desk), [](std::int64_t) {
    Response response;
    response.status = 204;
    return response;
  });
}

}  // namespace

void change_profile(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  fields.only({"name", "phone", "email"});
  std::string name = fields.text("name", 1, 40);
  std::string phone = fields.has("phone") ? fields.text("phone", 0, 11) : std::string();
  std::string email = fields.has("email") ? fields.text("email", 0, 100) : std::string();
  for (const auto& [field, text, format] : {std::tuple{"phone", &phone, catalog::Format::mobile}, std::tuple{"email", &email, catalog::Format::email}})
    if (!text->empty() && !catalog::fits(format, *text)) fields.refuse(field, catalog::rule_of(format));
  if (fields.problem()) return reply(refuse(*fields.problem()));
  if (!phone.empty() && phone != call.caller.user.phone)
    if (const auto wait = api.auth().mobile_wait(call.caller, call.now); wait.value > 0)
      return reply(refuse(Refusal::too_many, "the mobile was changed too often; wait", {}, (wait.value + 999) / 1000));
  change(call, api, std::move(reply),
         [user = call.caller.user.id, name = std::move(name), phone = std::move(phone), email = std::move(email)](PeopleDesk& people, const AuditEntry& audit) {
           return people.set_profile(user, name, phone, email, audit);
         });
}

void get_settings(const Call& call, Api& api, Reply reply) {
  auto work = [&api, reply, user = call.caller.user.id] {
    const auto text = api.ports().users.people().settings(user);
    if (!text) return reply(query_failed(text.error()));
    Response response;
    response.body = *text;
    reply(std::move(response));
  };
  if (!api.run().store(std::move(work))) reply(refuse(Refusal::busy));
}

void change_settings(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  fields.only({"theme", "language", "page_size", "site"});
  json::object kept;
  if (fields.has("theme")) kept["theme"] = fields.one_of("theme", kThemes);
  if (fields.has("language")) kept["language"] = fields.one_of("language", kLanguages);
  if (fields.has("page_size")) kept["page_size"] = fields.integer("page_size", 10, kMostPageSize);
  if (fields.has("site")) kept["site"] = fields.id("site");  // of the community that new rows start with; nothing is looked up
  if (fields.problem()) return reply(refuse(*fields.problem()));
  change(call, api, std::move(reply), [user = call.caller.user.id, text = json::serialize(kept)](PeopleDesk& people, const AuditEntry& audit) {
    return people.set_settings(user, text, audit);
  });
}

}  // namespace anju::platform
