#pragma once

// The API with organisations of every kind, each with an administrator whose login is the organisation's name here, and a site where
// it is a property's (its code is the name, too):
//
//   system ┬ operator ── operated (property)
//          ├ provider ┬ property ── collective
//          │          ├ sister (property)
//          │          └ merchant
//          ├ stranger (provider) ── strange (property)
//          └ Anju, id 1 ("admin", site "site"), and Other ("foreign") of the base

#include <map>
#include <string>

#include "tests/unit/platform/http/api_fixture.hpp"

namespace anju::platform {

struct Tenants : ApiFixture {
  std::map<std::string, std::int64_t> id;  ///< of each organisation by its name
  Session session;                         ///< of whoever asks; see as()

  Tenants();

  /// Goes on as the administrator of that organisation, or any other login.
  Tenants& as(const std::string& login);
  /// Asks; the status is checked. The body, or null when there is none.
  boost::json::value ask(Method method, const std::string& target, const std::string& body, int status);
  /// Asks for something that is refused with this status, code and field.
  void refused(Method method, const std::string& target, const std::string& body, int status, const std::string& code, const std::string& field);
  /// Whoever asks holds the permission.
  bool may(const std::string& permission);
  std::int64_t total(const std::string& target) { return ask(Method::get, target, {}, 200).at("total").as_int64(); }
  std::string path(const std::string& resource, const std::string& name) { return "/" + resource + "/" + std::to_string(id.at(name)); }

  /// What no endpoint does.
  void sql(const std::string& script);

 private:
  void found(const std::string& resource, const std::string& name, const std::string& parent, const std::string& phone = {});
  std::map<std::string, Session> sessions_;
};

}  // namespace anju::platform
