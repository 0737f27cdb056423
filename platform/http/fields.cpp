#include "platform/http/fields.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "platform/catalog/field_rules.hpp"
#include "platform/domain/desk.hpp"
#include "platform/http/error.hpp"
#include "protocols/base/decimal.hpp"
#include "protocols/base/id.hpp"

namespace anju::platform {
namespace json = boost::json;
namespace {

/// Tenant, rights and scope.
constexpr std::array<std::string_view, 8> kNotToBeSet{"organisation", "tenant", "permissions", "all_permissions", "administrator", "role", "roles", "scope"};

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

std::string between(std::int64_t least, std::int64_t most) {
  return "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most);
}

std::string choices(std::span<const std::string_view> allowed) {
  std::string rule = "must be one of";
  for (std::size_t i = 0; i < allowed.size(); ++i) (rule += i == 0 ? " " : ", ") += allowed[i];
  return rule;
}

std::string decimal_rule(const base::Error& error, int decimals) {
  if (error.code == "too_many_decimals") return "must have at most " + std::to_string(decimals) + " decimals";
  if (error.code == "out_of_range") return "is too large";
  return "must be decimal text such as \"23.11\"";
}

}  // namespace

Fields::Fields(const Request& request) {
  const std::string_view type = request.content_type;
  if (!type.starts_with("application/json")) {
    problem_ = Problem{"", "send Content-Type application/json"};
    return;
  }
  json::error_code failed;
  json::parse_options options;
  options.max_depth = 8;
  json::value value = json::parse(request.body, failed, {}, options);
  if (failed || !value.is_object()) {
    problem_ = Problem{"", "the body must be one JSON object"};
    return;
  }
  object_ = std::move(value.get_object());
}

Fields::Fields(json::object object, std::string prefix) : object_(std::move(object)), prefix_(std::move(prefix)) {}

bool Fields::has(std::string_view name) const {
  asked_.emplace(name);
  const auto* value = object_.if_contains(name);
  return value != nullptr && !value->is_null();
}

void Fields::refuse(std::string_view name, std::string rule) {
  if (!problem_) problem_ = Problem{prefix_ + std::string(name), std::move(rule)};
}

const std::optional<Problem>& Fields::problem() const {
  if (problem_) return problem_;
  for (const std::string_view name : kNotToBeSet)
    if (object_.contains(name) && !asked_.contains(name)) problem_ = Problem{prefix_ + std::string(name), "comes from your session, never from a request"};
  return problem_;
}

void Fields::only(const std::vector<std::string_view>& names) {
  for (const std::string_view name : names) asked_.emplace(name);
  for (const auto& field : object_)
    if (std::find(names.begin(), names.end(), std::string_view(field.key())) == names.end()) return refuse(field.key(), "is no field of this request");
}

void Fields::take(const Fields& inner) {
  if (!problem_) problem_ = inner.problem();
}

const json::value* Fields::find(std::string_view name) {
  asked_.emplace(name);
  if (problem_) return nullptr;
  const auto* value = object_.if_contains(name);
  if (value == nullptr || value->is_null()) {
    refuse(name, "is required");
    return nullptr;
  }
  return value;
}

const json::string* Fields::find_text(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return nullptr;
  if (!value->is_string()) {
    refuse(name, "must be text");
    return nullptr;
  }
  return &value->get_string();
}

std::string Fields::counted(std::string_view name, std::string_view text, std::size_t least, std::size_t most) {
  const std::size_t count = characters(text);
  if (count >= least && count <= most) return std::string(text);
  refuse(name, "must have " + std::to_string(least) + " to " + std::to_string(most) + " characters");
  return {};
}

std::string Fields::secret(std::string_view name, std::size_t least, std::size_t most) {
  const auto* value = find_text(name);
  return value == nullptr ? std::string() : counted(name, *value, least, most);
}

std::string Fields::text(std::string_view name, std::size_t least, std::size_t most) {
  const auto* value = find_text(name);
  if (value == nullptr) return {};
  if (has_control(*value)) {
    refuse(name, "must not contain control characters");
    return {};
  }
  return counted(name, catalog::trimmed(*value), least, most);
}

std::string Fields::id(std::string_view name) {
  const auto* value = find_text(name);
  if (value == nullptr) return {};
  if (!base::is_id(std::string_view(value->data(), value->size()))) {
    refuse(name, "must be 1 to 64 of A-Z a-z 0-9 _ -");
    return {};
  }
  return std::string(value->begin(), value->end());
}

std::string Fields::one_of(std::string_view name, std::span<const std::string_view> allowed) {
  const auto* value = find_text(name);
  if (value == nullptr) return {};
  const std::string_view text(value->data(), value->size());
  if (std::find(allowed.begin(), allowed.end(), text) == allowed.end()) {
    refuse(name, choices(allowed));
    return {};
  }
  return std::string(text);
}

std::string Fields::digits(std::string_view name, std::size_t count, bool hexadecimal) {
  const auto* value = find_text(name);
  if (value == nullptr) return {};
  const bool fits =
      value->size() == count && std::all_of(value->begin(), value->end(), [&](char c) {
        return (c >= '0' && c <= '9') || (hexadecimal && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')));
      });
  if (!fits) {
    refuse(name, "must be " + std::to_string(count) + (hexadecimal ? " hex digits" : " digits"));
    return {};
  }
  return std::string(value->begin(), value->end());
}

bool Fields::boolean(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return false;
  if (!value->is_bool()) {
    refuse(name, "must be true or false");
    return false;
  }
  return value->get_bool();
}

std::int64_t Fields::integer(std::string_view name, std::int64_t least, std::int64_t most) {
  const auto* value = find(name);
  if (value == nullptr) return least;
  if (!value->is_int64() || value->get_int64() < least || value->get_int64() > most) {
    refuse(name, between(least, most));
    return least;
  }
  return value->get_int64();
}

namespace {

/// Decimal text in the unit of `parse`; `decimals` only words the rule.
template <class T>
T decimal_in(Fields& fields, std::string_view name, const json::value* value, base::Result<T> (*parse)(std::string_view),
          int decimals) {
  if (value == nullptr) return {};
  if (value->is_number()) {
    fields.refuse(name, "must be decimal text in quotes such as \"23.11\", not a number");
    return {};
  }
  if (!value->is_string()) {
    fields.refuse(name, "must be decimal text such as \"23.11\"");
    return {};
  }
  const auto& text = value->get_string();
  const auto parsed = parse(std::string_view(text.data(), text.size()));
  if (!parsed) {
    fields.refuse(name, decimal_rule(parsed.error(), decimals));
    return {};
  }
  return *parsed;
}

}  // namespace

base::Money Fields::money(std::string_view name) {
  return decimal_in<base::Money>(*this, name, find(name), &base::parse_money, 6);
}

base::Quantity Fields::quantity(std::string_view name) {
  const auto value = decimal_in<base::Quantity>(*this, name, find(name), &base::parse_quantity, 4);
  if (value < base::Quantity(0)) refuse(name, "must not be negative");
  return value;
}

base::Price Fields::price(std::string_view name) {
  const auto value = decimal_in<base::Price>(*this, name, find(name), &base::parse_price, 5);
  if (value < base::Price(0)) refuse(name, "must not be negative");
  return value;
}

std::int64_t Fields::decimal(std::string_view name, int places, std::int64_t least, std::int64_t most) {
  const auto* value = find(name);
  if (value == nullptr) return least;
  const auto* text = value->if_string();
  const auto parsed = text == nullptr ? std::nullopt : std::optional(base::parse_decimal(std::string_view(text->data(), text->size()), places));
  const std::int64_t units = parsed && *parsed ? **parsed : least - 1;
  if (units < least || units > most) {
    refuse(name, "must be decimal text from " + base::format_decimal(least, places, 0) + " to " + base::format_decimal(most, places, 0) +
                     " with at most " + std::to_string(places) + " decimals, in quotes");
    return least;
  }
  return units;
}

std::optional<Fields> Fields::object(std::string_view name) {
  const auto* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_object()) {
    refuse(name, "must be an object");
    return std::nullopt;
  }
  return Fields(value->get_object(), prefix_ + std::string(name) + ".");
}

std::vector<Fields> Fields::objects(std::string_view name, std::size_t most) {
  const auto* value = find(name);
  if (value == nullptr) return {};
  if (!value->is_array() || value->get_array().size() > most) {
    refuse(name, "must be a list of at most " + std::to_string(most) + " objects");
    return {};
  }
  std::vector<Fields> all;
  for (const auto& item : value->get_array()) {
    if (!item.is_object()) {
      refuse(name, "must be a list of objects");
      return {};
    }
    all.emplace_back(item.get_object(), prefix_ + std::string(name) + "[" + std::to_string(all.size()) + "].");
  }
  return all;
}

std::vector<std::int64_t> Fields::integers(std::string_view name, std::size_t most_items, std::int64_t least, std::int64_t most) {
  const auto* value = find(name);
  if (value == nullptr) return {};
  std::vector<std::int64_t> all;
  const bool fits = value->is_array() && value->get_array().size() <= most_items;
  if (fits) {
    for (const auto& item : value->get_array())
      if (const auto* number = item.if_int64(); number != nullptr && *number >= least && *number <= most) all.push_back(*number);
  }
  if (!fits || all.size() != value->get_array().size()) refuse(name, "must be a list of at most " + std::to_string(most_items) + " whole numbers");
  return all;
}

std::vector<std::string> Fields::texts(std::string_view name, std::size_t most_items, std::size_t most) {
  const auto* value = find(name);
  if (value == nullptr) return {};
  std::vector<std::string> all;
  const bool fits = value->is_array() && value->get_array().size() <= most_items;
  if (fits) {
    for (const auto& item : value->get_array())
      if (const auto* text = item.if_string(); text != nullptr && !text->empty() && text->size() <= most) all.emplace_back(text->begin(), text->end());
  }
  if (!fits || all.size() != value->get_array().size()) refuse(name, "must be a list of at most " + std::to_string(most_items) + " texts");
  return all;
}

std::vector<base::Quantity> Fields::quantities(std::string_view name, std::size_t count) {
  const auto* value = find(name);
  if (value == nullptr) return {};
  if (!value->is_array() || value->get_array().size() != count) {
    refuse(name, "must be a list of " + std::to_string(count) + " quantities");
    return {};
  }
  std::vector<base::Quantity> all;
  for (const auto& item : value->get_array()) {
    all.push_back(decimal_in<base::Quantity>(*this, name, &item, &base::parse_quantity, 4));
    if (all.back() < base::Quantity(0)) refuse(name, "must not be negative");
  }
  return all;
}

std::optional<std::string> Arguments::text(std::string_view name, std::size_t most) {
  const auto value = request_.argument(name);
  if (!value || value->empty()) return std::nullopt;
  if (characters(*value) > most) refuse(name, "must have at most " + std::to_string(most) + " characters");
  return std::string(*value);
}

std::optional<std::string> Arguments::one_of(std::string_view name, std::span<const std::string_view> allowed) {
  const auto value = request_.argument(name);
  if (!value || value->empty()) return std::nullopt;
  if (std::find(allowed.begin(), allowed.end(), *value) == allowed.end()) refuse(name, choices(allowed));
  return std::string(*value);
}

std::optional<bool> Arguments::boolean(std::string_view name) {
  const auto value = request_.argument(name);
  if (!value || value->empty()) return std::nullopt;
  if (*value != "true" && *value != "false") refuse(name, "must be true or false");
  return *value == "true";
}

std::optional<std::int64_t> Arguments::integer(std::string_view name, std::int64_t least, std::int64_t most) {
  const auto value = request_.argument(name);
  if (!value || value->empty()) return std::nullopt;
  std::int64_t number = 0;
  const auto end = value->data() + value->size();
  const auto [stop, failed] = std::from_chars(value->data(), end, number);
  if (failed != std::errc{} || stop != end || number < least || number > most) {
    refuse(name, between(least, most));
    return std::nullopt;
  }
  return number;
}

void Arguments::refuse(std::string_view name, std::string rule) {
  if (!problem_) problem_ = Problem{std::string(name), std::move(rule)};
}

std::optional<base::UtcMillis> begin_of(Fields& fields, base::UtcMillis now) {
  if (!fields.has("from")) return std::nullopt;
  const base::UtcMillis from(fields.integer("from", 0, base::kMaxDecimal));
  if (fields.problem()) return std::nullopt;
  if (from < now) fields.refuse("from", "must not lie in the past");
  if (from > now + kFarthestChange) fields.refuse("from", "must lie within two years");
  return from;
}

Response refuse(const Problem& problem) {
  if (problem.field.empty()) return refuse(Refusal::not_json, problem.rule);
  return refuse(Refusal::bad_field, problem.field + " " + problem.rule, problem.field);
}

}  // namespace anju::platform
