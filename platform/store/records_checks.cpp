// What is checked of a row before it is written: what it refers to, and that no other is the same.

#include "platform/catalog/catalog.hpp"
#include "platform/domain/errc.hpp"
#include "platform/store/records_columns.hpp"
#include "platform/store/records_writer.hpp"

namespace anju::platform::records {
namespace {

using catalog::Field;
using catalog::FieldType;
using catalog::Place;
using catalog::Record;
using catalog::Resource;
using catalog::Value;

/// The rows of a resource that a row at the spot may refer to: of its site, of its organisation, or that and the ones below.
Question& referable(Question& question, const Resource& of, const Spot& spot) {
  switch (of.place) {
    case Place::site: return question.text("site = ").value(spot.site);
    case Place::organisation: return question.belonging(spot.organisation, name(of.table));
    case Place::tree:
      return question.text("kind = ").value(name(of.kind)).text(" AND ").below({spot.organisation, {}, true}, name(of.table), "id");
  }
  return question;
}

}  // namespace

/// References and unique fields of a row as it shall be. before: as it is, null for a new one.
base::Result<> RowWriter::check(const Spot& spot, std::int64_t id, const Record* before, const std::vector<Value>& values) {
  if (auto checked = check_references(spot, before, values); !checked) return checked;
  if (resource_.unique.empty()) return {};
  Question taken(session_);
  taken.text("SELECT count(*) FROM " + name(resource_.table) + " WHERE " + (resource_.place == Place::site ? "site" : owner_column(resource_)) + " = ");
  taken.value(resource_.place == Place::site ? spot.site : spot.organisation).text(" AND id <> ").value(id);
  for (const std::string_view unique : resource_.unique) {
    const auto i = static_cast<std::size_t>(catalog::find(resource_, unique) - resource_.fields.data());
    const Value value = stored(resource_.fields[i], values[i]);
    if (given(value)) {
      bind(taken.text(" AND " + name(unique) + " = "), value);
    } else {
      taken.text(" AND " + name(unique) + " IS NULL");
    }
  }
  if (taken.number() != 0) return base::fail(Errc::conflict, name(resource_.unique.back()));
  return {};
}

/// A sheet may bring masks, which stand for what is there: one that is new or another row's came past the form's check of the format.
base::Result<> RowWriter::check_texts(const Record* before, const std::vector<Value>& values) const {
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto* text = std::get_if<std::string>(&values[i]);
    if (text == nullptr || text->empty() || (before != nullptr && values[i] == before->values[i])) continue;
    const Field& field = resource_.fields[i];
    if (field.type == FieldType::text && !catalog::fits(field.format, *text)) return base::fail(Errc::bad_field, name(field.name));
  }
  return {};
}

base::Result<> RowWriter::check_references(const Spot& spot, const Record* before, const std::vector<Value>& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (resource_.fields[i].type != FieldType::reference) continue;
    if (auto checked = check_reference(spot, i, before, values); !checked) return checked;
  }
  return {};
}

base::Result<> RowWriter::check_reference(const Spot& spot, std::size_t at, const Record* before,
                               const std::vector<Value>& values) {
  const Field& field = resource_.fields[at];
  const Field* outer = field.within.empty() ? nullptr : catalog::find(resource_, field.within);
  const Value* around = outer == nullptr ? nullptr : &values[static_cast<std::size_t>(outer - resource_.fields.data())];
  if (!field.given_if.empty() && around != nullptr && given(*around)) {
    Question flag(session_);
    bind(flag.text("SELECT " + name(field.given_if) + " FROM " + name(catalog::find(outer->resource)->table) + " WHERE id = "), *around);
    const bool wanted = flag.number() != 0;
    // What is fixed stays as it was given, also after the flag was changed.
    if (wanted != given(values[at]) && (before == nullptr || !field.fixed)) return base::fail(Errc::bad_field, name(field.name));
  }
  if (!given(values[at])) return {};
  const Resource& of = *catalog::find(field.resource);
  Question select(session_);
  select.text("SELECT enabled, " + (outer == nullptr ? std::string("0") : name(field.within)) + " FROM " + name(of.table) + " WHERE ");
  bind(referable(select, of, spot).text(" AND id = "), values[at]);
  struct Target {
    bool enabled;
    std::int64_t around;
  };
  const auto found = select.first([](Select& row) {
    const bool enabled = row.flag();
    return Target{enabled, row.integer()};
  });
  if (!found) return base::fail(Errc::not_found, name(field.name));
  if (around != nullptr && *around != Value(found->around)) return base::fail(Errc::bad_field, name(field.name));
  const bool kept = before != nullptr && before->values[at] == values[at];
  if (!found->enabled && !kept) return base::fail(Errc::disabled, name(field.name));
  return {};
}

}  // namespace anju::platform::records
