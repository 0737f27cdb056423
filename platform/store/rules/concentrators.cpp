#include "platform/store/rules/concentrators.hpp"

#include "platform/domain/errc.hpp"
#include "platform/store/question.hpp"

namespace anju::platform {
namespace {

using catalog::Value;

/// The number is printed on the box, so it is one of the whole company's, also where two communities have boxes.
base::Result<> check_number(const Change& change, const std::vector<Value>& values) {
  const auto at = static_cast<std::size_t>(catalog::find(change.resource, "asset_number") - change.resource.fields.data());
  const auto* number = std::get_if<std::string>(&values[at]);
  if (number == nullptr || number->empty()) return {};
  Question taken(change.session);
  taken.text("SELECT count(*) FROM concentrator c WHERE ").belonging(change.organisation, "c").text(" AND c.id <> ").value(change.id);
  taken.text(" AND c.asset_number = ").value(*number);
  if (taken.number() != 0) return base::fail(Errc::conflict, "asset_number");
  return {};
}

base::Result<> adding(const Change& change, std::vector<Value>& values, Columns&) {
  const auto at = static_cast<std::size_t>(catalog::find(change.resource, "gateway") - change.resource.fields.data());
  const auto* given = std::get_if<std::string>(&values[at]);
  const std::string gateway = given == nullptr ? std::string() : *given;
  // Before anything else: what another company has is not there.
  Question own(change.session);
  own.text("SELECT count(*) FROM gateway g WHERE ").belonging(change.organisation, "g").text(" AND g.code = ").value(gateway);
  if (own.number() != 1) return base::fail(Errc::not_found, "gateway");
  Question taken(change.session);
  taken.text("SELECT count(*) FROM concentrator WHERE gateway = ").value(gateway);
  if (taken.number() != 0) return base::fail(Errc::conflict, "gateway");
  return check_number(change, values);
}

/// In the community that the row names, too.
base::Result<> added(const Change& change, const std::vector<Value>&) {
  Question own(change.session);
  own.text("SELECT count(*) FROM concentrator c JOIN gateway g ON g.code = c.gateway AND g.organisation = c.organisation AND g.site = c.site WHERE c.id = ").value(change.id);
  if (own.number() != 1) return base::fail(Errc::not_found, "gateway");
  return {};
}

base::Result<> changing(const Change& change, std::vector<Value>& values) { return check_number(change, values); }

std::string_view expression(std::string_view field) {
  if (field == "online") return "(SELECT g.online FROM gateway g WHERE g.code = r.gateway)";
  if (field == "meters") return "(SELECT count(*) FROM gateway g JOIN meter m ON m.gateway = g.id JOIN meter_supply s ON s.meter = m.id WHERE g.code = r.gateway)";
  if (field == "undispatched")
    return "(SELECT count(*) FROM gateway g JOIN meter m ON m.gateway = g.id JOIN meter_supply s ON s.meter = m.id WHERE g.code = r.gateway AND m.dispatched = 0)";
  if (field == "pending") {
    return "(SELECT count(*) FROM gateway g JOIN found_device f ON f.gateway = g.id WHERE g.code = r.gateway AND f.dismissed = 0"
           " AND NOT EXISTS (SELECT 1 FROM meter m JOIN line l ON l.id = m.line WHERE m.gateway = g.id AND l.code = f.line AND m.address = f.address))";
  }
  return {};
}

}  // namespace

const Rules kConcentratorRules{.adding = &adding, .added = &added, .changing = &changing, .expression = &expression};

}  // namespace anju::platform
