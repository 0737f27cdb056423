#pragma once

// People of the property "property", made through the API by its administrator, who log in with the fixture's password.

#include <algorithm>
#include <string>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "tests/unit/platform/http/tenants.hpp"

namespace anju::platform {

struct Staff : Tenants {
  std::map<std::string, std::int64_t> user;

  Staff& as(const std::string& login) {
    Tenants::as(login);
    return *this;
  }

  static std::string list(const std::vector<std::int64_t>& ids) {
    std::string text = "[";
    for (const std::int64_t id : ids) text += (text.size() > 1 ? "," : "") + std::to_string(id);
    return text + "]";
  }

  /// Of whoever asks.
  std::string own() { return std::to_string(ask(Method::get, "/session", {}, 200).at("organisation").at("id").as_int64()); }

  /// The first one, which each organisation has from its beginning.
  boost::json::value first_department() { return ask(Method::get, "/departments?organisation=" + own(), {}, 200).at("rows").at(0); }

  std::int64_t role(const std::string& name) {
    const auto page = ask(Method::get, "/roles?page_size=100&organisation=" + own(), {}, 200);
    for (const auto& row : page.at("rows").as_array())
      if (row.at("name").as_string() == name) return row.at("id").as_int64();
    FAIL("no role " << name);
    return 0;
  }

  std::int64_t make_role(const std::string& name, const std::string& scope, const std::string& permissions, const std::string& kind = "property") {
    return ask(Method::post, "/roles", R"({"name":")" + name + R"(","kind":")" + kind + R"(","scope":")" + scope + R"(","permissions":)" + permissions + "}", 201)
        .at("id")
        .as_int64();
  }

  /// By whoever asks now, who goes on asking.
  std::int64_t hire(const std::string& login, const std::vector<std::int64_t>& roles = {}, const std::string& sites = "[]", const std::string& more = {}) {
    user[login] = ask(Method::post, "/users", R"({"login":")" + login + R"(","name":")" + login + R"(")" + more + "}", 201).at("id").as_int64();
    const std::string path = "/users/" + std::to_string(user[login]);
    if (!roles.empty()) ask(Method::put, path + "/roles", R"({"was":[],"roles":)" + list(roles) + "}", 204);
    if (sites != "[]") ask(Method::put, path + "/sites", R"({"was":[],"sites":)" + sites + "}", 204);
    sql("UPDATE \"user\" SET must_change_password = 0, password_hash = (SELECT password_hash FROM \"user\" WHERE login = 'admin') WHERE id = " +
        std::to_string(user[login]));
    return user[login];
  }

  std::string of(const std::string& login) { return "/users/" + std::to_string(user.at(login)); }
};

}  // namespace anju::platform
