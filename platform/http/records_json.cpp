#include "platform/http/records_json.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <utility>

#include "platform/catalog/day.hpp"
#include "platform/catalog/masking.hpp"
#include "platform/domain/rights.hpp"
#include "platform/http/routes.hpp"
#include "protocols/base/decimal.hpp"

namespace anju::platform {
namespace {

namespace json = boost::json;
using catalog::Field;
using catalog::FieldType;
using catalog::Record;
using catalog::Resource;
using catalog::Value;

std::string_view name_of(FieldType type) {
  switch (type) {
    case FieldType::text: return "text";
    case FieldType::integer: return "integer";
    case FieldType::decimal: return "decimal";
    case FieldType::choice: return "choice";
    case FieldType::flag: return "flag";
    case FieldType::reference: return "reference";
    case FieldType::date: return "date";
  }
  return "text";
}

std::string_view name_of(catalog::Place place) {
  switch (place) {
    case catalog::Place::site: return "site";
    case catalog::Place::organisation: return "organisation";
    case catalog::Place::tree: return "tree";
  }
  return "site";
}

json::object describe(const Field& field) {
  json::object object{{"name", field.name},   {"label", json_of(field.label)}, {"type", field.format == catalog::Format::permissions ? "permissions" : name_of(field.type)}, {"required", field.required},
                      {"search", field.search}, {"sort", field.sort},          {"listed", field.listed},      {"fixed", field.fixed}};
  if (field.derived) object["derived"] = true;
  if (const auto pattern = pattern_of(field.format); !pattern.empty()) object["pattern"] = pattern;
  if (field.most != 0) {
    object["least"] = field.least;
    object["most"] = field.most;
  }
  if (field.type == FieldType::decimal) object["decimals"] = field.decimals;
  if (catalog::is_personal(field)) object["personal"] = true;
  if (field.preset) object["preset"] = *field.preset;
  if (!field.help.zh.empty()) object["help"] = json_of(field.help);
  if (!field.resource.empty()) object["resource"] = field.resource;
  if (!field.within.empty()) object["within"] = field.within;
  if (!field.given_if.empty()) object["shown_if"] = field.given_if;
  if (field.type == FieldType::choice) {
    json::array choices;
    for (const auto& choice : field.choices) choices.push_back(json::object{{"value", choice.value}, {"label", json_of(choice.label)}});
    object["choices"] = std::move(choices);
  }
  return object;
}

/// The codes of a role; "*" stands for all that its kind of organisation may hold.
json::array permissions_of(const std::string& text, std::string_view kind) {
  json::array all;
  const auto of = organisation_kind(kind);
  if (text == kEverything && of) {
    for (const std::string_view one : all_permissions())
      if (may_hold(*of, one)) all.push_back(json::value(one));
    return all;
  }
  std::istringstream words(text);
  for (std::string word; words >> word;) all.push_back(json::value(word));
  return all;
}

/// As the column has them: sorted, separated by blanks. Where they are all that a kind may hold, "*<kind>" stands in front, and the rule
/// of roles decides what that means.
std::string read_permissions(Fields& fields, const Field& field) {
  std::vector<std::string> given = fields.texts(field.name, 1000, 64);
  std::sort(given.begin(), given.end());
  given.erase(std::unique(given.begin(), given.end()), given.end());
  const auto known = all_permissions();
  std::string text;
  for (const std::string& one : given) {
    if (!std::binary_search(known.begin(), known.end(), one)) fields.refuse(field.name, "must be codes of GET /permissions; " + one.substr(0, 64) + " is none");
    (text += text.empty() ? "" : " ") += one;
  }
  for (std::size_t i = 0; i < kOrganisationKinds.size(); ++i) {
    const auto kind = static_cast<OrganisationKind>(i);
    const bool all = std::all_of(known.begin(), known.end(), [&](std::string_view one) {
      return !may_hold(kind, one) || std::binary_search(given.begin(), given.end(), one);
    });
    if (all) text = "*" + std::string(to_string(kind)) + " " + text;
  }
  return text;
}

json::value shown(const Field& field, const Value& value, const std::string& title) {
  if (const auto* text = std::get_if<std::string>(&value)) return json::value(*text);
  const auto* number = std::get_if<std::int64_t>(&value);
  if (number == nullptr) return nullptr;
  switch (field.type) {
    case FieldType::decimal: return json::value(base::format_decimal(*number, field.decimals, field.decimals));
    case FieldType::flag: return *number != 0;
    case FieldType::date: return json::value(catalog::format_day(*number));
    case FieldType::reference: return json::object{{"id", *number}, {"title", title}};
    default: return *number;
  }
}

Value read_value(Fields& fields, const Field& field, bool masks) {
  if (!field.required && !fields.has(field.name)) return {};
  switch (field.type) {
    case FieldType::text: {
      if (field.format == catalog::Format::permissions) return read_permissions(fields, field);
      std::string text = fields.text(field.name, static_cast<std::size_t>(field.least), static_cast<std::size_t>(field.most));
      // A mask that comes back stands for what is there; the store looks whether it is that row's.
      const bool mask = masks && field.personal && text.find('*') != std::string::npos;
      if (!fields.problem() && !mask && !(text.empty() && !field.required) && !fits(field.format, text)) fields.refuse(field.name, rule_of(field.format));
      return text;
    }
    case FieldType::integer: return fields.integer(field.name, field.least, field.most);
    case FieldType::decimal: return fields.decimal(field.name, field.decimals, field.least, field.most);
    case FieldType::flag: return std::int64_t{fields.boolean(field.name)};
    case FieldType::reference: return fields.integer(field.name, 1, base::kMaxDecimal);
    case FieldType::date: {
      const std::string text = fields.text(field.name, 0, 20);
      const auto day = catalog::parse_day(text);
      if (!day && !fields.problem()) fields.refuse(field.name, "must be a day as YYYY-MM-DD");
      return day ? Value(*day) : Value();
    }
    case FieldType::choice: {
      std::vector<std::string_view> allowed;
      for (const auto& choice : field.choices) allowed.push_back(choice.value);
      return fields.one_of(field.name, allowed);
    }
  }
  return {};
}

}  // namespace

json::object json_of(const catalog::Label& label) { return {{"zh", label.zh}, {"en", label.en}}; }

json::object json_of(const Resource& resource, const Caller& caller) {
  constexpr std::array<std::pair<unsigned, std::string_view>, 5> kActions{{{catalog::kCreate, "create"},
                                                                           {catalog::kEdit, "edit"},
                                                                           {catalog::kEnable, "enable"},
                                                                           {catalog::kDelete, "delete"},
                                                                           {catalog::kExport, "export"}}};
  json::array actions, fields;
  for (const auto& [action, word] : kActions)
    if ((resource.actions & action) != 0 && caller.may(std::string(resource.right) + ":" + std::string(word))) actions.push_back(json::value(word));
  for (const Field& field : resource.fields) fields.push_back(describe(field));
  return {{"name", resource.name},   {"place", name_of(resource.place)}, {"label", json_of(resource.label)}, {"one", json_of(resource.one)}, {"right", resource.right},
          {"group", resource.group}, {"title", resource.title},          {"of_site", resource.of_site}, {"actions", std::move(actions)}, {"fields", std::move(fields)}};
}

json::object json_of(const Resource& resource, const Record& record, bool clear) {
  json::object object{{"id", record.id}};
  if (resource.place == catalog::Place::site) {
    object["site"] = record.site;
  } else {
    object["organisation"] = json::object{{"id", record.organisation}, {"title", record.organisation_name}};
  }
  object["enabled"] = record.enabled;
  object["version"] = record.version;
  object["created_at"] = record.created.value;
  object["updated_at"] = record.updated.value;
  for (std::size_t i = 0; i < resource.fields.size(); ++i) {
    const Field& field = resource.fields[i];
    if (field.format == catalog::Format::permissions) {
      const Field* kind = catalog::find(resource, "kind");
      const auto* of = kind == nullptr ? nullptr : std::get_if<std::string>(&record.values[static_cast<std::size_t>(kind - resource.fields.data())]);
      const auto* text = std::get_if<std::string>(&record.values[i]);
      object[field.name] = permissions_of(text == nullptr ? std::string() : *text, of == nullptr ? std::string() : *of);
      continue;
    }
    const bool hide = !clear && catalog::is_personal(field);
    const auto* text = std::get_if<std::string>(&record.values[i]);
    object[field.name] = shown(field, hide && text != nullptr ? Value(catalog::masked(*text)) : record.values[i],
                               hide ? catalog::masked(record.titles[i]) : record.titles[i]);
  }
  return object;
}

std::vector<Value> read_values(Fields& fields, const Resource& resource, bool changing, std::string_view further, bool masks) {
  std::vector<std::string_view> known{further, changing ? "version" : resource.place == catalog::Place::site ? "site" : "organisation"};
  for (const Field& field : resource.fields)
    if (!field.derived && !(changing && field.fixed)) known.push_back(field.name);
  fields.only(known);
  std::vector<Value> values;
  for (const Field& field : resource.fields) {
    const bool preset = !changing && field.preset && !fields.has(field.name);
    values.push_back(preset ? Value(*field.preset) : field.derived || (changing && field.fixed) ? Value() : read_value(fields, field, changing || masks));
  }
  return values;
}

}  // namespace anju::platform
