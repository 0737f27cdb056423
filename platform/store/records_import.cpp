// Drafts of an import: each is a new row, a change of the row that its unique fields name, or nothing.

#include <algorithm>

#include "platform/catalog/masking.hpp"
#include "platform/store/database.hpp"
#include "platform/store/records_columns.hpp"
#include "platform/store/records_reader.hpp"
#include "platform/store/records_writer.hpp"

namespace anju::platform::records {

using catalog::Draft;
using catalog::Field;
using catalog::Import;
using catalog::Outcome;
using catalog::Record;
using catalog::Taken;
using catalog::Value;

bool is_mask_of(const Field& field, const Value& value, const Value& before) {
  const auto *now = std::get_if<std::string>(&value), *was = std::get_if<std::string>(&before);
  return field.personal && now != nullptr && was != nullptr && *now == catalog::masked(*was);
}

bool RowWriter::is_unique(const Field& field) const {
  return std::find(resource_.unique.begin(), resource_.unique.end(), field.name) != resource_.unique.end();
}

/// The row that the unique fields name; of a resource without any, one that is the same in every field. 0: none.
std::int64_t RowWriter::same(const Spot& spot, const std::vector<Value>& values) {
  Question select(session_);
  // The organisation says nothing new, but indexes begin with it.
  select.text("SELECT id FROM " + name(resource_.table) + " WHERE ").belonging(spot.organisation, name(resource_.table)).text(" AND site = ").value(spot.site);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Field& field = resource_.fields[i];
    if (field.derived) continue;
    if (!resource_.unique.empty() && !is_unique(field)) continue;
    const Value value = stored(field, values[i]);
    if (given(value)) {
      bind(select.text(" AND " + name(field.name) + " = "), value);
    } else {
      select.text(" AND " + name(field.name) + " IS NULL");
    }
  }
  return select.number();
}

template <class Work>
Outcome RowWriter::undone_if_refused(Work&& work) {
  run_script(session_, "SAVEPOINT draft");
  Outcome outcome = work();
  run_script(session_, outcome.taken == Taken::refused ? "ROLLBACK TO draft; RELEASE draft" : "RELEASE draft");
  return outcome;
}

Outcome RowWriter::take(const Spot& spot, const Import& import, const Draft& draft) {
  std::vector<Value> values = draft.values;
  const std::int64_t id = same(spot, values);
  if (id == 0) {
    if (auto checked = check_references(spot, nullptr, values); !checked) return Outcome{Taken::refused, checked.error()};
    return undone_if_refused([&] {
      const auto added = write_new(spot, values, import.now, {}, {});
      return added ? Outcome{Taken::created} : Outcome{Taken::refused, added.error()};
    });
  }
  const auto found = find_row(session_, resource_, scope_, id);
  if (!found) return Outcome{Taken::refused, base::Error(Errc::not_found, name(resource_.name))};
  const Record& before = *found;
  bool differs = false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Field& field = resource_.fields[i];
    const bool kept = field.derived || !draft.named[i] || (field.fixed && !is_unique(field)) || is_mask_of(field, values[i], before.values[i]);
    if (kept) values[i] = before.values[i];
    differs = differs || stored(field, values[i]) != stored(field, before.values[i]);
  }
  if (!differs) return Outcome{Taken::unchanged};
  if (!import.update) return Outcome{Taken::exists, base::Error(Errc::conflict, name(resource_.unique.empty() ? std::string_view() : resource_.unique.back()))};
  return undone_if_refused([&] {
    const auto changed = change(spot, id, before, values, import.now, {});
    return changed ? Outcome{Taken::updated} : Outcome{Taken::refused, changed.error()};
  });
}

}  // namespace anju::platform::records
