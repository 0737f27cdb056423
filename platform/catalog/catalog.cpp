#include "platform/catalog/catalog.hpp"

#include <algorithm>
#include <array>

#include "platform/catalog/resources/community.hpp"
#include "platform/catalog/resources/concentrators.hpp"
#include "platform/catalog/resources/organisations.hpp"
#include "platform/catalog/resources/people.hpp"
#include "platform/catalog/resources/residents.hpp"
#include "platform/catalog/resources/sources.hpp"
#include "platform/catalog/resources/space.hpp"
#include "platform/domain/organisation.hpp"

namespace anju::platform::catalog {
namespace {

constexpr std::array kAll{&kCommunities, &kAreas, &kBuildings, &kUnits,       &kHouseTypes,  &kHouses,    &kContacts,
                          &kRooms,     &kResidents, &kHouseMembers, &kSources, &kConcentrators,
                          &kOperators, &kProviders, &kProperties,  &kCollectives, &kMerchants, &kMerchantCategories,
                          &kUsers,     &kRoles,     &kDepartments,  &kPosts,       &kUserGroups, &kGroupMembers};

bool bounded(const Field& field) {
  return field.type == FieldType::flag || field.type == FieldType::choice || field.type == FieldType::reference ||
         field.type == FieldType::date || field.most > 0;
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto end = text.find(at);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

/// A title that leads back to itself would have no end; four steps are more than people read.
bool title_ends(const Resource& resource, int steps) {
  if (steps == 0) return false;
  for (const auto& word : title_words(resource))
    for (const Field* field : word) {
      const Resource* of = field != nullptr && field->type == FieldType::reference ? find(field->resource) : nullptr;
      if (of != nullptr && !title_ends(*of, steps - 1)) return false;
    }
  return true;
}

}  // namespace

std::vector<std::vector<const Field*>> title_words(const Resource& resource) {
  std::vector<std::vector<const Field*>> words;
  for (const std::string_view word : split(resource.title, ' ')) {
    words.emplace_back();
    for (const std::string_view name : split(word, '|')) words.back().push_back(find(resource, name));
  }
  return words;
}

bool title_is_personal(const Resource& resource) {
  for (const auto& word : title_words(resource))
    for (const Field* field : word)
      if (field->personal || (field->type == FieldType::reference && title_is_personal(*find(field->resource)))) return true;
  return false;
}

std::span<const Resource* const> resources() { return kAll; }

const Resource* find(std::string_view name) {
  for (const Resource* one : kAll)
    if (one->name == name) return one;
  return nullptr;
}

std::vector<Referrer> referrers(const Resource& resource) {
  std::vector<Referrer> all;
  for (const Resource* other : kAll)
    for (const Field& field : other->fields)
      if (field.type == FieldType::reference && field.resource == resource.name && !field.derived) all.push_back({other, &field});
  return all;
}

std::vector<std::string> contradictions() {
  std::vector<std::string> all;
  for (const Resource* one : kAll) {
    const auto wrong = [&](std::string_view what, std::string_view name) {
      all.push_back(std::string(one->name) + "." + std::string(name) + ": " + std::string(what));
    };
    if (find(one->name) != one) wrong("the name is given twice", "");
    for (const auto& word : title_words(*one)) {
      for (const Field* field : word) {
        if (field == nullptr || (field->type != FieldType::text && field->type != FieldType::reference))
          wrong("names the rows with what is no text and no reference", one->title);
      }
      if (word.back() != nullptr && !word.back()->required) wrong("the last alternative of a title must be required", word.back()->name);
    }
    if (!title_ends(*one, 4)) wrong("names its rows by too many others", one->title);
    if ((one->place == Place::tree) != (one->table == "organisation" && organisation_kind(one->kind))) wrong("tree, kind and table contradict each other", one->kind);
    const auto searched = [](const Field& field) { return field.type == FieldType::text && field.search; };
    if (std::none_of(one->fields.begin(), one->fields.end(), searched)) wrong("no text that the search looks in", "");
    for (const auto name : one->unique)
      if (find(*one, name) == nullptr) wrong("no such field, but it is unique", name);
    for (const Field& field : one->fields) {
      if (find(*one, field.name) != &field) wrong("the name is given twice", field.name);
      if (!bounded(field)) wrong("has no limit", field.name);
      if (field.type == FieldType::date && (find(*one, std::string(field.name) + "_from") != nullptr || find(*one, std::string(field.name) + "_to") != nullptr))
        wrong("the ends of its filter are fields", field.name);
      if (field.derived && (field.required || field.fixed)) wrong("is the platform's own, so nobody can be asked for it", field.name);
      if (field.preset && (field.type != FieldType::integer || *field.preset < field.least || *field.preset > field.most))
        wrong("its preset is out of its limits", field.name);
      if (field.personal && field.type == FieldType::text && !field.derived && fits(field.format, "138****0001")) wrong("takes masks of itself for texts", field.name);
      if (field.type == FieldType::choice && field.choices.empty()) wrong("has no choices", field.name);
      if (field.type != FieldType::reference) continue;
      const Resource* of = find(field.resource);
      if (of == nullptr) {
        wrong("refers to nothing", field.name);
      } else if (of->place == Place::site && one->place != Place::site) {
        wrong("a row without a site refers to rows of sites", field.name);
      } else if (!field.within.empty()) {
        const Field* outer = find(*one, field.within);
        const Field* inner = find(*of, field.within);
        if (outer == nullptr || inner == nullptr || !inner->search) {
          wrong("`within` must be a field of both, and a filter of the other", field.name);
        } else if (!field.given_if.empty() && find(*find(outer->resource), field.given_if) == nullptr) {
          wrong("`given_if` is no field of the outer row", field.name);
        }
      }
    }
  }
  return all;
}

}  // namespace anju::platform::catalog
