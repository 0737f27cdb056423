#include "platform/catalog/reference_index.hpp"

#include <algorithm>
#include <vector>

#include "platform/catalog/catalog.hpp"
#include "platform/domain/errc.hpp"

namespace anju::platform::catalog {
namespace {

constexpr std::int64_t kBatch = 2000;

std::size_t position(const Resource& resource, const Field* field) { return static_cast<std::size_t>(field - resource.fields.data()); }

/// Of a text its words, of a reference the title of its row.
std::string shown(const Resource& resource, const Record& record, const Field* field) {
  const std::size_t at = position(resource, field);
  if (field->type == FieldType::reference) return record.titles[at];
  const auto* text = std::get_if<std::string>(&record.values[at]);
  return text == nullptr ? std::string() : *text;
}

std::string keyed(std::int64_t around, std::string_view words) { return std::to_string(around) + '\x1f' + std::string(words); }

/// The texts that name a row beside its title: own texts of the title, and the last unique field.
std::vector<const Field*> naming(const Resource& resource) {
  std::vector<const Field*> fields;
  const auto add = [&fields](const Field* field) {
    if (field != nullptr && field->type == FieldType::text && std::find(fields.begin(), fields.end(), field) == fields.end()) fields.push_back(field);
  };
  if (!resource.unique.empty()) add(find(resource, resource.unique.back()));
  for (const auto& word : title_words(resource))
    for (const Field* field : word) add(field);
  return fields;
}

}  // namespace

std::string title_of(const Resource& resource, const Record& record) {
  std::string title;
  for (const auto& word : title_words(resource)) {
    std::string part;
    for (const Field* field : word)
      if (part.empty()) part = shown(resource, record, field);
    (title += title.empty() ? "" : " ") += part;
  }
  return title;
}

void ReferenceIndex::put(Ids& ids, std::string key, std::int64_t id) {
  const auto [at, added] = ids.emplace(std::move(key), id);
  if (!added && at->second != id) at->second = kSeveral;
}

base::Result<ReferenceIndex> ReferenceIndex::build(Records& records, const Resource& resource, const Scope& scope, const std::string& site,
                                                   const Field* within) {
  ReferenceIndex index;
  Listing listing;
  listing.site = site;
  const auto count = records.count(resource, scope, listing);
  if (!count) return base::pass(count);
  if (*count > kMostRows) return base::fail(Errc::too_many, std::string(resource.name));
  const std::vector<const Field*> fields = naming(resource);
  for (std::optional<Mark> last;;) {
    const auto batch = records.batch(resource, scope, listing, last, kBatch);
    if (!batch) return base::pass(batch);
    if (batch->empty()) return index;
    last = mark_of(resource, listing, batch->back());
    for (const Record& record : *batch) {
      const auto* around = within == nullptr ? nullptr : std::get_if<std::int64_t>(&record.values[position(resource, within)]);
      const std::int64_t inside = around == nullptr ? 0 : *around;
      put(index.titles_, keyed(inside, title_of(resource, record)), record.id);
      for (const Field* field : fields) put(index.parts_, keyed(inside, shown(resource, record, field)), record.id);
    }
  }
}

ReferenceIndex::Meant ReferenceIndex::find(std::string_view words, std::int64_t around) const {
  const std::string key = keyed(around, words);
  for (const Ids* ids : {&titles_, &parts_}) {
    const auto found = ids->find(key);
    if (found != ids->end()) return found->second == kSeveral ? Meant{0, true} : Meant{found->second, false};
  }
  return {};
}

}  // namespace anju::platform::catalog
