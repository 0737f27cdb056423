// Lists of the office: one handler per action, for every resource of the catalogue.

#include "platform/catalog/catalog.hpp"
#include "platform/catalog/day.hpp"
#include "platform/catalog/detail.hpp"
#include "platform/catalog/masking.hpp"
#include "platform/catalog/record_rows.hpp"
#include "platform/http/answers.hpp"
#include "platform/http/api.hpp"
#include "platform/http/export.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/handlers.hpp"
#include "platform/http/records_json.hpp"
#include "protocols/base/decimal.hpp"

namespace anju::platform {
namespace {

using catalog::Field;
using catalog::FieldType;
using catalog::Listing;
using catalog::Record;
using catalog::Resource;
using catalog::Value;

Response shown(catalog::Records& records, const Resource& resource, const Scope& scope, std::int64_t id, int status,
               bool clear = false) {
  const auto found = records.find(resource, scope, id);
  if (!found) return query_failed(found.error());
  if (!*found) return refuse(Refusal::not_found);
  return json_response(json_of(resource, **found, clear), status);
}

/// The value that a filter asks for; nothing when it is not asked, or wrong (then arguments.problem()).
std::optional<Value> asked(Arguments& arguments, const Field& field) {
  switch (field.type) {
    case FieldType::flag:
      if (const auto flag = arguments.boolean(field.name)) return Value(std::int64_t{*flag});
      return std::nullopt;
    case FieldType::reference:
      if (const auto id = arguments.integer(field.name, 1, base::kMaxDecimal)) return Value(*id);
      return std::nullopt;
    case FieldType::choice: {
      std::vector<std::string_view> allowed;
      for (const auto& choice : field.choices) allowed.push_back(choice.value);
      if (auto word = arguments.one_of(field.name, allowed)) return Value(std::move(*word));
      return std::nullopt;
    }
    case FieldType::date:
    case FieldType::text:
    case FieldType::integer:
    case FieldType::decimal: return std::nullopt;
  }
  return std::nullopt;
}

/// <field>_from and <field>_to, both included.
void ask_days(Arguments& arguments, const Field& field, Listing& listing) {
  const auto day = [&](std::string_view end) -> std::optional<std::int64_t> {
    const std::string name = std::string(field.name) + std::string(end);
    const auto text = arguments.text(name, 20);
    if (!text) return std::nullopt;
    const auto day = catalog::parse_day(*text);
    if (!day) arguments.refuse(name, "must be a day as YYYY-MM-DD");
    return day;
  };
  Listing::Days days{&field, day("_from"), day("_to")};
  if (days.from || days.to) listing.between.push_back(days);
}

Listing listing_of(const Call& call, Arguments& arguments) {
  const Resource& resource = *call.resource;
  Listing listing;
  listing.clear = call.caller.may(catalog::kSeePersonal);
  if (resource.place == catalog::Place::site) {
    listing.site = arguments.text("site", 64);
  } else {
    listing.organisation = arguments.integer("organisation", 1, base::kMaxDecimal);
  }
  listing.enabled = arguments.boolean("enabled");
  if (const auto from = arguments.integer("created_from", 0, base::kMaxDecimal)) listing.created_from = base::UtcMillis(*from);
  if (const auto to = arguments.integer("created_to", 0, base::kMaxDecimal)) listing.created_to = base::UtcMillis(*to);
  listing.search = arguments.text("search", 60).value_or("");
  for (const Field& field : resource.fields) {
    if (!field.search) continue;
    if (field.type == FieldType::date) ask_days(arguments, field, listing);
    if (auto value = asked(arguments, field)) listing.equal.emplace_back(&field, std::move(*value));
  }
  if (auto sort = arguments.text("sort", 65)) {
    listing.descending = sort->starts_with('-');
    listing.sort = catalog::find(resource, std::string_view(*sort).substr(listing.descending ? 1 : 0));
    if (listing.sort == nullptr || !listing.sort->sort) arguments.refuse("sort", "must be a field that can be sorted by, with - in front for the other way");
  }
  listing.page = arguments.integer("page", 1, kMostPages).value_or(1);
  listing.size = arguments.integer("page_size", 1, kMostPageSize).value_or(20);
  return listing;
}

std::function<Response(std::int64_t)> show(const Call& call, Api& api, int status) {
  return [&api, &resource = *call.resource, scope = call.caller.scope(), status](std::int64_t id) {
    return shown(api.ports().records, resource, scope, id, status);
  };
}

/// The store knows what references are called.
AuditEntry without_detail(AuditEntry audit) {
  audit.detail.clear();
  return audit;
}

void enable(const Call& call, Api& api, Reply reply, bool enabled) {
  auto work = [&resource = *call.resource, scope = call.caller.scope(), id = call.number(call.resource->right), enabled](
                  catalog::Records& records, const AuditEntry& audit) -> base::Result<std::int64_t> {
    if (auto done = records.enable(resource, scope, id, enabled, audit); !done) return base::pass(done);
    return id;
  };
  api.change(call, {}, std::move(reply), std::move(work), show(call, api, 200));
}

}  // namespace

void get_catalog(const Call& call, Api&, Reply reply) {
  boost::json::array all;
  for (const Resource* resource : catalog::resources())
    if (call.caller.may(std::string(resource->right) + ":read")) all.push_back(json_of(*resource, call.caller));
  boost::json::object answer;
  answer["resources"] = std::move(all);
  reply(json_response(answer));
}

void list_records(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  const Listing listing = listing_of(call, arguments);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));
  api.read(std::move(reply), [&api, &resource = *call.resource, scope = call.caller.scope(), listing](Queries&) {
    const auto page = api.ports().records.list(resource, scope, listing);
    if (!page) return query_failed(page.error());
    boost::json::array rows;
    for (const Record& record : page->rows) rows.push_back(json_of(resource, record));
    return json_response({{"total", page->total}, {"rows", std::move(rows)}});
  });
}

void export_records(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  Listing listing = listing_of(call, arguments);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));
  catalog::RecordRows wanted{call.caller.scope(), std::move(listing), language_of(call.request), call.caller.may(catalog::kSeePersonal), {}};
  export_rows(call, api, std::move(reply), std::string(call.resource->name),
              [&api, &resource = *call.resource, wanted = std::move(wanted)](catalog::Records& records) -> base::Result<std::unique_ptr<RowSource>> {
                auto sites = api.ports().queries.sites(wanted.scope);
                if (!sites) return base::pass(sites);
                auto complete = wanted;
                complete.sites = std::move(*sites);
                return catalog::record_rows(records, resource, std::move(complete));
              });
}

void get_record(const Call& call, Api& api, Reply reply) {
  api.read(std::move(reply), [&api, &resource = *call.resource, scope = call.caller.scope(), id = call.number(call.resource->right)](Queries&) {
    return shown(api.ports().records, resource, scope, id, 200);
  });
}

void reveal_record(const Call& call, Api& api, Reply reply) {
  const std::string right = std::string(call.resource->right) + ":read";
  if (!call.caller.may(right)) return reply(refuse(Refusal::forbidden, "your account lacks the permission " + right));
  api.read(std::move(reply), [&api, &resource = *call.resource, scope = call.caller.scope(), id = call.number(call.resource->right)](Queries&) {
    return shown(api.ports().records, resource, scope, id, 200, true);
  });
}

void create_record(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  catalog::Home home;
  if (call.resource->place == catalog::Place::site) {
    home.site = fields.id("site");
  } else if (fields.has("organisation")) {
    home.organisation = fields.integer("organisation", 1, base::kMaxDecimal);
  }
  std::vector<Value> values = read_values(fields, *call.resource, false);
  if (fields.problem()) return reply(refuse(*fields.problem()));
  std::string detail = catalog::detail_of(*call.resource, values, {}, false);
  auto work = [&resource = *call.resource, scope = call.caller.scope(), home = std::move(home), values = std::move(values)](
                  catalog::Records& records, const AuditEntry& audit) { return records.create(resource, scope, home, values, without_detail(audit)); };
  api.change(call, std::move(detail), std::move(reply), std::move(work), show(call, api, 201));
}

void change_record(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  const std::int64_t version = fields.integer("version", 1, base::kMaxDecimal);
  std::vector<Value> values = read_values(fields, *call.resource, true);
  if (fields.problem()) return reply(refuse(*fields.problem()));
  std::string detail = catalog::detail_of(*call.resource, values, {}, true);
  auto work = [&resource = *call.resource, scope = call.caller.scope(), id = call.number(call.resource->right), version,
               values = std::move(values)](catalog::Records& records, const AuditEntry& audit) -> base::Result<std::int64_t> {
    if (auto done = records.change(resource, scope, id, version, values, without_detail(audit)); !done) return base::pass(done);
    return id;
  };
  api.change(call, std::move(detail), std::move(reply), std::move(work), show(call, api, 200));
}

void enable_record(const Call& call, Api& api, Reply reply) { enable(call, api, std::move(reply), true); }

void disable_record(const Call& call, Api& api, Reply reply) { enable(call, api, std::move(reply), false); }

void remove_record(const Call& call, Api& api, Reply reply) {
  auto work = [&resource = *call.resource, scope = call.caller.scope(), id = call.number(call.resource->right)](
                  catalog::Records& records, const AuditEntry& audit) -> base::Result<std::int64_t> {
    if (auto done = records.remove(resource, scope, id, audit); !done) return base::pass(done);
    return id;
  };
  api.change(call, {}, std::move(reply), std::move(work), [](std::int64_t) {
    Response response;
    response.status = 204;
    return response;
  });
}

}  // namespace anju::platform
