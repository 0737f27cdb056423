#pragma once

// The whole API as somebody of the office uses it.

#include <doctest/doctest.h>

#include "platform/store/verify.hpp"
#include "tests/unit/platform/http/api_fixture.hpp"

namespace anju::platform {

struct Office : ApiFixture {  // every call as its admin
  Session admin = log_in("admin");

  /// The answer's body, after its status was checked.
  boost::json::value ask(Method method, const std::string& target, const std::string& body, int status) {
    const Response response = call(method, target, body, admin);
    CHECK_MESSAGE(response.status == status, target << " " << body << " " << response.body);
    return response.body.empty() ? boost::json::value() : json(response);
  }
  std::int64_t add(const std::string& resource, const std::string& fields) {
    const auto made = ask(Method::post, "/" + resource, R"({"site":"site",)" + fields + "}", 201);
    return made.is_object() && made.as_object().contains("id") ? made.at("id").as_int64() : 0;
  }
  void refused(Method method, const std::string& target, const std::string& body, int status, const std::string& code, const std::string& field) {
    const auto answer = ask(method, target, body, status);
    CHECK(answer.at("code").as_string() == code);
    const auto* named = answer.as_object().if_contains("field");
    CHECK((named == nullptr ? std::string() : std::string(named->as_string())) == field);
  }
  /// Every check of `verify` holds.
  void check_books() {
    const auto checks = verify(site.url(), now);
    REQUIRE(checks);
    for (const Check& check : *checks) CHECK_MESSAGE(check.wrong == 0, check.name << ": " << (check.first.empty() ? "" : check.first.front()));
  }
  std::int64_t total(const std::string& target) { return ask(Method::get, target, {}, 200).at("total").as_int64(); }
};

inline std::string number(std::int64_t value) { return std::to_string(value); }

}  // namespace anju::platform
