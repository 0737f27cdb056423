// Organisations beyond their rows: registration and review, accounts, statistics, the tree, and acting for one below the own.

#include <memory>

#include "platform/catalog/masking.hpp"
#include "platform/catalog/catalog.hpp"
#include "platform/catalog/detail.hpp"
#include "platform/domain/organisation.hpp"
#include "platform/http/answers.hpp"
#include "platform/http/api.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/handlers.hpp"
#include "platform/http/records_json.hpp"
#include "platform/http/secrets.hpp"
#include "protocols/base/decimal.hpp"

namespace anju::platform {
namespace {

using catalog::Format;

std::string mobile(Fields& fields, std::string_view name) {
  std::string text = fields.text(name, 11, 11);
  if (!fields.problem() && !fits(Format::mobile, text)) fields.refuse(name, rule_of(Format::mobile));
  return text;
}

std::string email(Fields& fields, std::string_view name) {
  if (!fields.has(name)) return {};
  std::string text = fields.text(name, 0, 100);
  if (!fields.problem() && !text.empty() && !fits(Format::email, text)) fields.refuse(name, rule_of(Format::email));
  return text;
}

boost::json::object json_of(const MadeAccount& made, const std::string& password) {
  return {{"user", made.user}, {"login", made.login}, {"password", password}};
}

boost::json::object json_of(const AccountRow& row, bool clear) {
  const auto shown = [clear](const std::string& text) { return clear ? text : catalog::masked(text); };
  return {{"id", row.user},
          {"login", row.login},
          {"name", row.name},
          {"phone", shown(row.phone)},
          {"email", shown(row.email)},
          {"administrator", row.administrator},
          {"must_change_password", row.must_change_password},
          {"enabled", row.enabled},
          {"created_at", row.created.value}};
}

boost::json::object json_of(const OrganisationNode& node) {
  boost::json::object object{{"id", node.id}, {"kind", node.kind}, {"name", node.name}};
  object["parent"] = node.parent ? boost::json::value(*node.parent) : boost::json::value(nullptr);
  object["enabled"] = node.enabled;
  object["review"] = node.review;
  object["sites"] = node.sites;
  return object;
}

boost::json::object json_of(const OrganisationStatistics& sums) {
  return {{"properties", sums.properties},
          {"sites", sums.sites},
          {"gateways", sums.gateways},
          {"gateways_online", sums.gateways_online},
          {"meters", sums.meters},
          {"meters_online", sums.meters_online},
          {"houses", sums.houses},
          {"balance_yuan", format(sums.balance)},
          {"recharged_month_yuan", format(sums.recharged_month)},
          {"energy_month_kwh", format(sums.energy_month)},
          {"arrears", sums.arrears},
          {"alarms", sums.alarms},
          {"staff", sums.staff}};
}

/// Makes an account on the store thread with the hash of `password`, which is answered once.
void make_account(const Call& call, Api& api, Reply reply, std::string password, int status,
                  std::function<base::Result<MadeAccount>(OrganisationDesk&, const std::string& hash, const AuditEntry&)> make) {
  auto hashed = [&api, call, reply, password, status, make = std::move(make)](const std::string& hash) {
    auto made = std::make_shared<MadeAccount>();
    auto work = [&api, hash, make, made](catalog::Records&, const AuditEntry& audit) -> base::Result<std::int64_t> {
      auto done = make(api.ports().organisations, hash, audit);
      if (!done) return base::pass(done);
      *made = std::move(*done);
      return made->user;
    };
    api.change(call, {}, reply, std::move(work), [made, password, status](std::int64_t) { return json_response(json_of(*made, password), status); });
  };
  api.with_password(reply, std::move(password), std::move(hashed));
}

}  // namespace

void register_provider(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  fields.only({"name", "contact", "phone", "email"});
  Registration registration;
  registration.name = fields.text("name", 1, 60);
  registration.contact = fields.text("contact", 1, 40);
  registration.phone = mobile(fields, "phone");
  registration.email = email(fields, "email");
  if (catalog::is_mask(registration.contact)) fields.refuse("contact", catalog::rule_of(catalog::Format::whole));
  if (fields.problem()) return reply(refuse(*fields.problem()));
  if (const auto wait = api.auth().registration_wait(call.request.address, call.now); wait.value > 0)
    return reply(refuse(Refusal::too_many, "too many registrations from here; wait", {}, (wait.value + 999) / 1000));

  auto work = [&api, registration = std::move(registration)](catalog::Records&, const AuditEntry& audit) -> base::Result<std::int64_t> {
    if (auto done = api.ports().organisations.register_provider(registration, audit); !done) return base::pass(done);
    return 0;
  };
  // The same words whether the mobile was known or not.
  api.change(call, {}, std::move(reply), std::move(work), [](std::int64_t) { return json_response(boost::json::object(), 202); });
}

void enter_organisation(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  fields.only({"organisation"});
  std::optional<std::int64_t> organisation;
  if (fields.has("organisation")) organisation = fields.integer("organisation", 1, base::kMaxDecimal);
  if (fields.problem()) return reply(refuse(*fields.problem()));
  api.auth().enter(call.caller, organisation, std::move(reply));
}

void get_organisation_tree(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  const std::string search = arguments.text("search", 60).value_or("");
  if (arguments.problem()) return reply(refuse(*arguments.problem()));
  api.read(std::move(reply), [scope = call.caller.scope(), search](Queries& queries) {
    const auto nodes = queries.organisations(scope, search);
    if (!nodes) return query_failed(nodes.error());
    boost::json::array all;
    for (const auto& node : *nodes) all.push_back(json_of(node));
    return json_response(all);
  });
}

void approve_provider(const Call& call, Api& api, Reply reply) {
  make_account(call, api, std::move(reply), draw_password(), 200,
               [scope = call.caller.scope(), id = call.number("provider")](OrganisationDesk& desk, const std::string& hash, const AuditEntry& audit) {
                 return desk.approve(scope, id, hash, audit);
               });
}

void reject_provider(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  fields.only({"note"});
  std::string note = fields.text("note", 1, 200);
  if (fields.problem()) return reply(refuse(*fields.problem()));
  const std::int64_t id = call.number("provider");
  auto work = [&api, scope = call.caller.scope(), id, note](catalog::Records&, const AuditEntry& audit) -> base::Result<std::int64_t> {
    if (auto done = api.ports().organisations.reject(scope, id, note, audit); !done) return base::pass(done);
    return id;
  };
  api.change(call, {}, std::move(reply), std::move(work), [](std::int64_t) {
    Response done;
    done.status = 204;
    return done;
  });
}

void create_properties(const Call& call, Api& api, Reply reply) {
  const auto& resource = *catalog::find("properties");
  Fields fields(call.request);
  fields.only({"rows"});
  std::vector<catalog::Records::NewRow> rows;
  for (Fields& row : fields.objects("rows", kMostBatch)) {
    catalog::Records::NewRow made;
    if (row.has("organisation")) made.home.organisation = row.integer("organisation", 1, base::kMaxDecimal);
    made.values = read_values(row, resource, false);
    fields.take(row);
    if (fields.problem()) break;
    made.detail = catalog::detail_of(resource, made.values, {}, false);
    rows.push_back(std::move(made));
  }
  if (!fields.problem() && rows.empty()) fields.refuse("rows", "must have at least one");
  if (fields.problem()) return reply(refuse(*fields.problem()));
  const std::string detail = "rows=" + std::to_string(rows.size());
  auto ids = std::make_shared<std::vector<std::int64_t>>();
  auto work = [&resource, scope = call.caller.scope(), rows = std::move(rows), ids](catalog::Records& records,
                                                                                    const AuditEntry& audit) -> base::Result<std::int64_t> {
    auto made = records.create_all(resource, scope, rows, audit);
    if (!made) return base::pass(made);
    *ids = std::move(*made);
    return 0;
  };
  api.change(call, detail, std::move(reply), std::move(work), [ids](std::int64_t) {
    boost::json::array all(ids->begin(), ids->end());
    return json_response({{"ids", std::move(all)}}, 201);
  });
}

void create_account(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  fields.only({"login", "name", "phone", "email", "password"});
  NewAccount account;
  if (fields.has("login")) account.login = fields.text("login", 3, 40);
  account.name = fields.text("name", 1, 40);
  if (fields.has("phone")) account.phone = mobile(fields, "phone");
  account.email = email(fields, "email");
  std::string password = fields.has("password") ? fields.secret("password", 10, 256) : draw_password();
  if (fields.problem()) return reply(refuse(*fields.problem()));
  make_account(call, api, std::move(reply), std::move(password), 201,
               [scope = call.caller.scope(), kind = call.resource->kind, id = call.number(call.resource->right), account](
                   OrganisationDesk& desk, const std::string& hash, const AuditEntry& audit) {
                 NewAccount made = account;
                 made.password_hash = hash;
                 return desk.add_account(scope, kind, id, made, audit);
               });
}

void list_accounts(const Call& call, Api& api, Reply reply) {
  api.read(std::move(reply), [scope = call.caller.scope(), kind = call.resource->kind, id = call.number(call.resource->right),
                              clear = call.caller.may(catalog::kSeePersonal)](Queries& queries) {
    const auto rows = queries.accounts(scope, kind, id);
    if (!rows) return query_failed(rows.error());
    if (!*rows) return refuse(Refusal::not_found);
    boost::json::array all;
    for (const auto& row : **rows) all.push_back(json_of(row, clear));
    return json_response(all);
  });
}

void get_statistics(const Call& call, Api& api, Reply reply) {
  api.read(std::move(reply),
           [scope = call.caller.scope(), kind = call.resource->kind, id = call.number(call.resource->right), now = call.now](Queries& queries) {
             const auto sums = queries.statistics(scope, kind, id, now);
             if (!sums) return query_failed(sums.error());
             if (!*sums) return refuse(Refusal::not_found);
             return json_response(json_of(**sums));
           });
}

}  // namespace anju::platform
