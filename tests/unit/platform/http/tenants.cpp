#include "tests/unit/platform/http/tenants.hpp"

#include <boost/json/serialize.hpp>

#include "platform/catalog/catalog.hpp"
#include "platform/domain/organisation.hpp"

namespace anju::platform {

Tenants::Tenants() {
  id = {{"system", kSystemOrganisation}, {"Anju", 1}, {"Other", foreign_organisation}};
  found("operators", "operator", "system");
  found("properties", "operated", "operator", "13800000001");
  found("providers", "provider", "system", "13800000002");
  found("properties", "property", "provider", "13800000003");
  found("collectives", "collective", "property");
  found("properties", "sister", "provider", "13800000004");
  found("merchants", "merchant", "provider");
  found("providers", "stranger", "system", "13800000005");
  found("properties", "strange", "stranger", "13800000006");
  for (const auto& [name, organisation] : id) add(name, organisation, {}, true, false);
}

void Tenants::found(const std::string& resource, const std::string& name, const std::string& parent, const std::string& phone) {
  const catalog::Resource& of = *catalog::find(resource);
  std::vector<catalog::Value> values(of.fields.size());
  const auto put = [&](std::string_view field, const std::string& text) {
    values[static_cast<std::size_t>(catalog::find(of, field) - of.fields.data())] = text;
  };
  put("name", name);
  put("phone", phone);
  AuditEntry entry;
  entry.at = now;
  entry.organisation = id.at(parent);
  entry.action = "found";
  const auto made = records->create(of, {.organisation = id.at(parent)}, {}, values, entry);
  REQUIRE_MESSAGE(made, (made ? std::string() : std::string(made.error().code) + " " + made.error().where));
  id[name] = *made;
  sql("UPDATE organisation SET review = 'approved' WHERE id = " + std::to_string(*made));
  if (resource != "properties") return;
  sql("INSERT INTO site(id, organisation, code, name, utc_offset_minutes, greatest_power_w, created_ms)"
      " VALUES((SELECT max(id) + 1 FROM site), " + std::to_string(*made) + ", '" + name + "', '" + name +
      "', 480, 100000, 0)");
}

Tenants& Tenants::as(const std::string& login) {
  if (sessions_.count(login) == 0) sessions_[login] = log_in(login);
  session = sessions_[login];
  return *this;
}

boost::json::value Tenants::ask(Method method, const std::string& target, const std::string& body, int status) {
  const Response response = call(method, target, body, session);
  CHECK_MESSAGE(response.status == status, target << " " << body << " " << response.body);
  return response.body.empty() ? boost::json::value() : json(response);
}

bool Tenants::may(const std::string& permission) {
  const auto shown = ask(Method::get, "/session", {}, 200);
  for (const auto& one : shown.at("permissions").as_array())
    if (one.as_string() == permission) return true;
  return false;
}

void Tenants::refused(Method method, const std::string& target, const std::string& body, int status, const std::string& code, const std::string& field) {
  const auto answer = ask(method, target, body, status);
  REQUIRE(answer.is_object());
  const auto* said = answer.as_object().if_contains("code");
  CHECK_MESSAGE((said != nullptr && said->as_string() == code), target << " " << body << " " << boost::json::serialize(answer));
  const auto* named = answer.as_object().if_contains("field");
  CHECK((named == nullptr ? std::string() : std::string(named->as_string())) == field);
}

void Tenants::sql(const std::string& script) {
  soci::session session;
  REQUIRE(open_session(session, site.url()));
  run_script(session, script);
}

}  // namespace anju::platform
