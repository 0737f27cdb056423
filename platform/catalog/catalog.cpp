#include "platform/catalog/catalog.hpp"

#include <algorithm>
#include <array>

#include "platform/catalog/resources/space.hpp"

namespace anju::platform::catalog {
namespace {

constexpr std::array kAll{&kAreas, &kBuildings, &kUnits, &kHouseTypes, &kHouses, &kContacts};

bool bounded(const Field& field) {
  return field.type == FieldType::flag || field.type == FieldType::choice || field.type == FieldType::reference || field.most > 0;
}

}  // namespace

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
      if (field.type == FieldType::reference && field.resource == resource.name) all.push_back({other, &field});
  return all;
}

std::vector<std::string> contradictions() {
  std::vector<std::string> all;
  for (const Resource* one : kAll) {
    const auto wrong = [&](std::string_view what, std::string_view name) {
      all.push_back(std::string(one->name) + "." + std::string(name) + ": " + std::string(what));
    };
    if (find(one->name) != one) wrong("the name is given twice", "");
    if (find(*one, one->title) == nullptr) wrong("no such field, but it names the rows", one->title);
    const auto searched = [](const Field& field) { return field.type == FieldType::text && field.search; };
    if (std::none_of(one->fields.begin(), one->fields.end(), searched)) wrong("no text that the search looks in", "");
    for (const auto name : one->unique)
      if (find(*one, name) == nullptr) wrong("no such field, but it is unique", name);
    for (const Field& field : one->fields) {
      if (find(*one, field.name) != &field) wrong("the name is given twice", field.name);
      if (!bounded(field)) wrong("has no limit", field.name);
      if (field.type == FieldType::choice && field.choices.empty()) wrong("has no choices", field.name);
      if (field.type != FieldType::reference) continue;
      const Resource* of = find(field.resource);
      if (of == nullptr) {
        wrong("refers to nothing", field.name);
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
