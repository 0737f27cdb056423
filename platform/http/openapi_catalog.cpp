// The endpoints and schemas that follow from the catalogue and the reports, put into the description.

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "platform/catalog/catalog.hpp"
#include "platform/catalog/report.hpp"
#include "platform/domain/queries.hpp"
#include "platform/http/openapi.hpp"
#include "platform/http/routes.hpp"
#include "protocols/base/decimal.hpp"

namespace anju::platform {
namespace {

namespace json = boost::json;
using catalog::Field;
using catalog::FieldType;
using catalog::Resource;

constexpr std::string_view kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr std::string_view kSchemas = "#/components/schemas/";

std::string schema_name(const Resource& resource) {
  std::string name;
  bool upper = true;
  for (const char c : resource.right) {
    if (c == '_') {
      upper = true;
    } else {
      name += upper ? static_cast<char>(c - 'a' + 'A') : c;
      upper = false;
    }
  }
  return name;
}

json::object ref(const std::string& name) { return {{"$ref", std::string(kSchemas) + name}}; }

json::object integer(std::int64_t least, std::int64_t most) { return {{"type", "integer"}, {"minimum", least}, {"maximum", most}}; }

/// As it stands in a request. A row shows a reference with its title.
json::object input_schema(const Field& field) {
  switch (field.type) {
    case FieldType::text: {
      if (field.format == catalog::Format::permissions)
        return {{"type", "array"}, {"maxItems", 1000}, {"items", json::object{{"type", "string"}}}, {"description", "codes of GET /permissions"}};
      json::object schema{{"type", "string"}, {"minLength", field.least}, {"maxLength", field.most}};
      if (const auto pattern = pattern_of(field.format); !pattern.empty() && field.required) schema["pattern"] = pattern;
      return schema;
    }
    case FieldType::integer: return integer(field.least, field.most);
    case FieldType::decimal:
      return {{"type", "string"},
              {"description", "decimal text from " + base::format_decimal(field.least, field.decimals, 0) + " to " +
                                  base::format_decimal(field.most, field.decimals, 0) + ", at most " + std::to_string(field.decimals) + " decimals"}};
    case FieldType::flag: return {{"type", "boolean"}};
    case FieldType::reference: return integer(1, base::kMaxDecimal);
    case FieldType::date: return {{"type", "string"}, {"format", "date"}};
    case FieldType::choice: {
      json::array words;
      for (const auto& choice : field.choices) words.push_back(json::value(choice.value));
      return {{"type", "string"}, {"enum", std::move(words)}};
    }
  }
  return {};
}

json::object or_null(json::object schema) { return {{"oneOf", json::array{std::move(schema), json::object{{"type", "null"}}}}}; }

/// What is not required may also be given as null.
json::object given_schema(const Field& field) { return field.required ? input_schema(field) : or_null(input_schema(field)); }
/// As a row shows it.
json::object reference_schema() {
  return {{"type", "object"},
          {"properties", json::object{{"id", integer(1, base::kMaxDecimal)}, {"title", json::object{{"type", "string"}}}}},
          {"required", json::array{"id", "title"}}};
}

json::object row_schema(const Field& field) {
  json::object schema = input_schema(field);
  if (field.type == FieldType::reference) {
    schema = reference_schema();
  }
  if (field.type == FieldType::text || field.type == FieldType::flag) return schema;
  return or_null(std::move(schema));
}

void add_schemas(json::object& schemas, const Resource& resource) {
  const std::string name = schema_name(resource);
  const bool in_site = resource.place == catalog::Place::site;
  json::object row{{"id", integer(1, base::kMaxDecimal)},
                   {in_site ? "site" : "organisation", in_site ? json::object{{"type", "string"}} : reference_schema()},
                   {"enabled", json::object{{"type", "boolean"}}},
                   {"version", integer(1, base::kMaxDecimal)},
                   {"created_at", integer(0, base::kMaxDecimal)},
                   {"updated_at", integer(0, base::kMaxDecimal)}};
  json::object made, changed{{"version", integer(1, base::kMaxDecimal)}};
  json::array row_required, made_required, changed_required{"version"};
  if (in_site && resource.of_site) {
    made["site"] = json::object{{"type", "string"}};
    made_required.push_back("site");
  } else if (!in_site) {
    made["organisation"] = integer(1, base::kMaxDecimal);
  }
  for (const Field& field : resource.fields) {
    row[field.name] = row_schema(field);
    if (field.derived) continue;
    made[field.name] = given_schema(field);
    if (field.preset) made.at(field.name).as_object()["default"] = *field.preset;
    if (field.required && !field.preset) made_required.push_back(json::value(field.name));
    if (field.fixed) continue;
    changed[field.name] = given_schema(field);
    if (field.required) changed_required.push_back(json::value(field.name));
  }
  for (const auto& property : row) row_required.push_back(json::value(property.key()));
  const auto object = [](json::object properties, json::array required) {
    return json::object{{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
  };
  schemas[name] = object(std::move(row), std::move(row_required));
  schemas[name + "Input"] = object(std::move(made), std::move(made_required));
  schemas[name + "Change"] = object(std::move(changed), std::move(changed_required));
  schemas[name + "Page"] = object({{"total", integer(0, base::kMaxDecimal)}, {"rows", json::object{{"type", "array"}, {"items", ref(name)}}}},
                                  json::array{"total", "rows"});
}

json::object query(std::string_view name, json::object schema) {
  return {{"name", name}, {"in", "query"}, {"required", false}, {"schema", std::move(schema)}};
}

json::array parameters_of(const Resource& resource) {
  const bool in_site = resource.place == catalog::Place::site;
  json::array all{in_site ? query("site", {{"type", "string"}, {"maxLength", 64}}) : query("organisation", integer(1, base::kMaxDecimal)), query("enabled", {{"type", "boolean"}}),
                  query("search", {{"type", "string"}, {"maxLength", 60}}), query("created_from", integer(0, base::kMaxDecimal)),
                  query("created_to", integer(0, base::kMaxDecimal))};
  json::array sorts;
  for (const Field& field : resource.fields) {
    if (field.search && field.type == FieldType::date) {
      for (const char* end : {"_from", "_to"}) all.push_back(query(std::string(field.name) + end, input_schema(field)));
    } else if (field.search && field.type != FieldType::text) all.push_back(query(field.name, input_schema(field)));
    if (!field.sort) continue;
    sorts.push_back(json::value(field.name));
    sorts.push_back(json::value("-" + std::string(field.name)));
  }
  all.push_back(query("sort", {{"type", "string"}, {"enum", std::move(sorts)}}));
  all.push_back(query("page", integer(1, kMostPages)));
  all.push_back(query("page_size", integer(1, kMostPageSize)));
  return all;
}

json::object content(const std::string& schema) { return {{"application/json", json::object{{"schema", ref(schema)}}}}; }

json::object json_body(const std::string& schema) { return {{"required", true}, {"content", content(schema)}}; }

json::array id_parameter(const Resource& resource) {
  return {json::object{{"name", resource.right}, {"in", "path"}, {"required", true}, {"schema", integer(1, base::kMaxDecimal)}}};
}

/// What organisations have besides, each with a schema of the file.
json::object tree_operation(const Route& route) {
  const bool creating = route.path.ends_with("/account");
  json::object done{{"description", "done"}, {"content", content(creating ? "DrawnLogin" : route.path.ends_with("/accounts") ? "Accounts" : "OrganisationStatistics")}};
  json::object made{{"operationId", route.operation_id},
                    {"summary", creating                            ? "Create the organisation's administrator (创建账号)"
                                : route.path.ends_with("/accounts") ? "People of the organisation (查看账号)"
                                                                    : "Sums over it and all below it (数据统计)"},
                    {"x-permission", route.permission},
                    {"parameters", id_parameter(*route.resource)},
                    {"responses", json::object{{creating ? "201" : "200", std::move(done)},
                                               {"default", json::object{{"description", "an error; nothing was changed"}, {"content", content("Error")}}}}}};
  if (creating) made["requestBody"] = json_body("AccountInput");
  return made;
}

json::object file_content() { return {{kXlsx, json::object{{"schema", json::object{{"type", "string"}, {"format", "binary"}}}}}}; }

json::object long_export() { return {{"description", "more than 10 000 rows: a job writes the file"}, {"content", content("Job")}}; }

/// What the success of an operation is: its status and what comes with it.
struct Success {
  std::string status = "200";
  json::object answer{{"description", "done"}};
};

Success success_of(const Route& route, std::string_view verb, const std::string& name) {
  Success success;
  if (route.method == Method::del) {
    success.status = "204";
  } else if (verb == "export" || verb == "template") {
    success.answer["content"] = file_content();
  } else if (verb == "upload") {
    success.status = "202";
    success.answer["content"] = content("Job");
  } else {
    if (verb == "create") success.status = "201";
    success.answer["content"] = content(verb == "list" ? name + "Page" : name);
  }
  return success;
}

json::object language() {
  return {{"name", "lang"}, {"in", "query"}, {"required", false}, {"schema", json::object{{"type", "string"}, {"enum", json::array{"zh", "en"}}}},
          {"description", "of words and labels; otherwise Accept-Language"}};
}

json::array import_parameters() {
  json::object site = query("site", {{"type", "string"}, {"maxLength", 64}});
  site["required"] = true;
  return {std::move(site), query("dry_run", {{"type", "boolean"}}), query("update", {{"type", "boolean"}}),
          query("name", {{"type", "string"}, {"maxLength", 200}}), language()};
}

json::object operation(const Route& route) {
  if (route.resource->place == catalog::Place::tree &&
      (route.path.ends_with("/account") || route.path.ends_with("/accounts") || route.path.ends_with("/statistics")))
    return tree_operation(route);
  const std::string name = schema_name(*route.resource);
  const std::string_view verb = route.operation_id.substr(0, route.operation_id.find('_'));
  const bool many = verb == "list" || verb == "export" || verb == "upload" || verb == "template";
  auto [status, done] = success_of(route, verb, name);
  json::object responses{{status, std::move(done)}};
  if (verb == "export") responses["202"] = long_export();
  responses["default"] = json::object{{"description", "an error; nothing was changed"}, {"content", content("Error")}};
  json::object made{{"operationId", route.operation_id},
                    {"summary", std::string(many ? route.resource->label.en : route.resource->one.en) + " (" + std::string(route.resource->label.zh) + ")"},
                    {"x-permission", route.permission},
                    {"responses", std::move(responses)}};
  if (verb == "list" || verb == "export") made["parameters"] = parameters_of(*route.resource);
  if (verb == "export") made["parameters"].as_array().push_back(language());
  if (verb == "template") made["parameters"] = json::array{language()};
  if (verb == "upload") {
    made["parameters"] = import_parameters();
    json::object files = file_content();
    files["text/csv"] = json::object{{"schema", json::object{{"type", "string"}}}};
    made["requestBody"] = json::object{{"required", true}, {"description", "the file itself, at most 20 MB"}, {"content", std::move(files)}};
  }
  if (route.path.find('{') != std::string_view::npos) {
    made["parameters"] = id_parameter(*route.resource);
  }
  if (verb == "create" || route.method == Method::put) made["requestBody"] = json_body(name + (verb == "create" ? "Input" : "Change"));
  return made;
}

json::object column_schema(const catalog::Column& column) {
  json::object schema{{"type", "string"}};
  switch (column.type) {
    case catalog::ColumnType::text: break;
    case catalog::ColumnType::time: schema = ref("Time"); break;
    case catalog::ColumnType::day: schema["description"] = "YYYY-MM-DD of the site"; break;
    case catalog::ColumnType::count: schema = integer(0, base::kMaxDecimal); break;
    case catalog::ColumnType::money: schema = ref("Money"); break;
    case catalog::ColumnType::quantity: schema = ref("Quantity"); break;
    case catalog::ColumnType::price: schema = ref("Price"); break;
    case catalog::ColumnType::meter:
      schema = {{"type", "object"},
                {"properties", json::object{{"id", integer(1, base::kMaxDecimal)}, {"title", json::object{{"type", "string"}}}}},
                {"required", json::array{"id", "title"}}};
      break;
    case catalog::ColumnType::choice: {
      json::array words;
      for (const auto& choice : column.choices) words.push_back(json::value(choice.value));
      schema["enum"] = std::move(words);
    }
  }
  return {{"oneOf", json::array{std::move(schema), json::object{{"type", "null"}}}}};
}

std::string schema_name(const catalog::Report& report) {
  Resource as_list{};
  as_list.right = report.right;
  return schema_name(as_list);
}

void add_schemas(json::object& schemas, const catalog::Report& report) {
  const auto object = [](json::object properties) {
    json::array required;
    for (const auto& property : properties) required.push_back(json::value(property.key()));
    return json::object{{"type", "object"}, {"properties", std::move(properties)}, {"required", std::move(required)}};
  };
  const std::string name = schema_name(report), row_name = name + "Row";
  json::object row{{"key", json::object{{"type", "string"}}}}, sums;
  for (const catalog::Column& column : report.columns) {
    row[column.name] = column_schema(column);
    if (column.sum) sums[column.name] = column_schema(column);
  }
  schemas[row_name] = object(std::move(row));
  schemas[name + "Page"] =
      object({{"rows", json::object{{"type", "array"}, {"items", ref(row_name)}}},
              {"next", json::object{{"oneOf", json::array{json::object{{"type", "string"}}, json::object{{"type", "null"}}}},
                                    {"description", "where the following page begins: give it as `before`; a page with fewer rows than asked for "
                                                    "may have one, so much is looked through at once"}}},
              {"through", json::object{{"oneOf", json::array{ref("Time"), json::object{{"type", "null"}}}},
                                       {"description", "with next: looked through back to here, where that is known"}}},
              {"since", json::object{{"oneOf", json::array{ref("Time"), json::object{{"type", "null"}}}},
                                     {"description", "what was read before it went, because it was older than keep_readings_days"}}}});
  if (!report.sums()) return;
  schemas[name + "Totals"] = object({{"over", json::object{{"type", "boolean"}, {"description", "more than " + std::to_string(catalog::kMostSummed) + " rows: no sums"}}},
                                     {"rows", integer(0, base::kMaxDecimal)},
                                     {"sums", object(std::move(sums))}});
  schemas[name + "Totals"].as_object()["required"] = json::array{"over"};
}

json::object operation_of_report(const Route& route) {
  const catalog::Report& report = *route.report;
  const bool listing = route.operation_id.starts_with("list_"), exporting = route.operation_id.starts_with("export_");
  json::array parameters{query("site", {{"type", "string"}, {"maxLength", 64}}), query("search", {{"type", "string"}, {"maxLength", 60}}),
                         query("meter", integer(1, base::kMaxDecimal))};
  for (const catalog::Column& column : report.columns) {
    if (!column.search) continue;
    json::array words;
    for (const auto& choice : column.choices) words.push_back(json::value(choice.value));
    parameters.push_back(query(column.name, {{"type", "string"}, {"enum", std::move(words)}}));
  }
  if (report.period) {
    parameters.push_back(query("from", integer(0, base::kMaxDecimal)));
    parameters.push_back(query("to", integer(0, base::kMaxDecimal)));
  }
  if (listing) {
    parameters.push_back(query("before", {{"type", "string"}, {"maxLength", 400}}));
    parameters.push_back(query("limit", integer(1, kMostCursorRows)));
  }
  if (exporting) parameters.push_back(language());
  json::object done{{"description", "done"}, {"content", exporting ? file_content() : content(schema_name(report) + (listing ? "Page" : "Totals"))}};
  json::object responses{{"200", std::move(done)}};
  if (exporting) responses["202"] = long_export();
  responses["default"] = json::object{{"description", "an error; nothing was changed"}, {"content", content("Error")}};
  return {{"operationId", route.operation_id},
          {"summary", std::string(report.label.en) + " (" + std::string(report.label.zh) + ")" + (listing ? ", newest first" : exporting ? " as .xlsx" : ": sums")},
          {"x-permission", route.permission},
          {"parameters", std::move(parameters)},
          {"responses", std::move(responses)}};
}

std::string_view verb(Method method) {
  switch (method) {
    case Method::get: return "get";
    case Method::post: return "post";
    case Method::put: return "put";
    case Method::del: return "delete";
  }
  return "get";
}

}  // namespace

const std::string& openapi_text() {
  static const std::string made = [] {
    json::value description = json::parse(openapi_file());
    json::object& schemas = description.at("components").at("schemas").as_object();
    for (const Resource* resource : catalog::resources()) add_schemas(schemas, *resource);
    // A new user's password is given or drawn, and a drawn one is answered once.
    schemas.at("UserInput").at("properties").as_object()["password"] = {{"type", "string"}, {"minLength", 10}, {"maxLength", 256}};
    schemas.at("User").at("properties").as_object()["password"] = {{"type", "string"}, {"description", "drawn; in the answer to create_user only"}};
    json::object& paths = description.at("paths").as_object();
    for (const catalog::Report* report : catalog::reports()) add_schemas(schemas, *report);
    for (const Route& route : routes()) {
      if (route.resource == nullptr && route.report == nullptr) continue;
      json::value& path = paths[route.path];
      if (!path.is_object()) path = json::object();
      path.as_object()[verb(route.method)] = route.resource != nullptr ? operation(route) : operation_of_report(route);
    }
    return json::serialize(description);
  }();
  return made;
}

}  // namespace anju::platform
