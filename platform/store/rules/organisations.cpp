#include "platform/store/rules/organisations.hpp"

#include "platform/catalog/resources/organisations.hpp"
#include "platform/domain/errc.hpp"
#include "platform/domain/organisation.hpp"
#include "platform/store/organisation.hpp"
#include "platform/store/question.hpp"
#include "platform/store/settle.hpp"
#include "platform/store/statement.hpp"

namespace anju::platform {
namespace {

using catalog::Value;

std::string word(const Change& change, const std::vector<Value>& values, std::string_view field) {
  const auto* found = catalog::find(change.resource, field);
  if (found == nullptr) return {};
  const auto* text = std::get_if<std::string>(&values[static_cast<std::size_t>(found - change.resource.fields.data())]);
  return text == nullptr ? std::string() : *text;
}

base::Result<> adding(const Change& change, std::vector<Value>& values, Columns& columns) {
  const auto kind = organisation_kind(change.resource.kind);
  const auto above = Question(change.session).text("SELECT kind FROM organisation WHERE id = ").value(change.organisation).first([](Select& row) {
    return organisation_kind(row.text());
  });
  if (!kind || !above || !*above || !may_stand_below(**above, *kind)) return base::fail(Errc::bad_field, "organisation");
  if (logs_in_by_phone(*kind) && login_taken(change.session, word(change, values, "phone"))) return base::fail(Errc::conflict, "phone");
  auto number = draw_number(change.session);
  if (!number) return base::pass(number);
  columns.emplace_back("id", next_organisation(change.session));
  columns.emplace_back("number", std::move(*number));
  columns.emplace_back("review", std::string(to_string(first_review(*kind))));
  return {};
}

base::Result<> added(const Change& change, const std::vector<Value>&) {
  put_below(change.session, change.organisation, change.id);
  settle(change.session, change.id);
  return {};
}

base::Result<> removing(const Change& change) {
  Question below(change.session);
  below.text("SELECT kind FROM organisation WHERE parent = ").value(change.id).text(" ORDER BY id LIMIT 1");
  if (const auto kind = below.first([](Select& row) { return row.text(); }))
    return base::fail(Errc::in_use, std::string(catalog::organisations_of(*kind)->name));
  unsettle(change.session, change.id);
  Statement(change.session, "UPDATE session SET acting = NULL WHERE acting = ?").write(change.id);
  Statement(change.session, "DELETE FROM organisation_below WHERE descendant = ?").write(change.id);
  return {};
}

std::string_view expression(std::string_view field) {
  if (field == "sites") return "(SELECT count(*) FROM community counted WHERE counted.organisation = r.id)";
  return {};
}

}  // namespace

const Rules kOrganisationRules{.adding = &adding, .added = &added, .removing = &removing, .expression = &expression};

}  // namespace anju::platform
