#include "platform/domain/rights.hpp"

#include <doctest/doctest.h>

using namespace anju::platform;

namespace {

constexpr auto kProperty = OrganisationKind::property;

Rights with(const std::vector<Grant>& roles, bool administrator = false, OrganisationKind kind = kProperty) {
  return rights_of(1, kind, administrator, roles, {.user = 9, .sites = {1, 2}, .department_sites = {2, 3}, .below_sites = {2, 3, 4}, .departments = {5}, .below = {5, 6}});
}

}  // namespace

TEST_CASE("rights: several roles give their union, of permissions and of sites") {
  const Rights rights = with({{"a", DataScope::sites, {"meter:read"}}, {"b", DataScope::department, {"alarm:read", "meter:read"}}});
  CHECK(rights.may("meter:read"));
  CHECK(rights.may("alarm:read"));
  CHECK_FALSE(rights.may("meter:edit"));
  CHECK(rights.permissions.size() == 2);
  CHECK(rights.scope.sites == std::vector<std::int64_t>{1, 2, 3});
  REQUIRE(rights.scope.people);
  CHECK(rights.scope.people->user == 9);
  CHECK(rights.scope.people->departments == std::vector<std::int64_t>{5});
  CHECK(rights.widest == DataScope::sites);
  CHECK(rights.roles == std::vector<std::string>{"a", "b"});
}

TEST_CASE("rights: each data scope reaches what it says") {
  const auto sites = [](DataScope scope) { return with({{"a", scope, {"meter:read"}}}).scope.sites; };
  CHECK_FALSE(sites(DataScope::all));
  CHECK_FALSE(sites(DataScope::company));
  CHECK(sites(DataScope::sites) == std::vector<std::int64_t>{1, 2});
  CHECK(sites(DataScope::self) == std::vector<std::int64_t>{1, 2});
  CHECK(sites(DataScope::department) == std::vector<std::int64_t>{2, 3});
  CHECK(sites(DataScope::department_below) == std::vector<std::int64_t>{2, 3, 4});
  CHECK(with({{"a", DataScope::all, {}}}).scope.below);
  CHECK_FALSE(with({{"a", DataScope::company, {}}}).scope.below);
  CHECK_FALSE(with({{"a", DataScope::company, {}}}).scope.people);
  CHECK(with({{"a", DataScope::department_below, {}}}).scope.people->departments == std::vector<std::int64_t>{5, 6});
  CHECK(with({}).scope.sites == std::vector<std::int64_t>{});
  CHECK_FALSE(with({}).may("meter:read"));
}

TEST_CASE("rights: nobody holds rights about organisations that cannot stand below his own") {
  CHECK(may_hold(OrganisationKind::system, "operator:create"));
  CHECK_FALSE(may_hold(kProperty, "operator:create"));
  CHECK_FALSE(may_hold(kProperty, "property:create"));
  CHECK(may_hold(kProperty, "collective:create"));
  CHECK(may_hold(OrganisationKind::provider, "merchant:create"));
  CHECK_FALSE(may_hold(OrganisationKind::merchant, "organisation:enter"));
  CHECK(may_hold(OrganisationKind::merchant, "meter:read"));
  CHECK_FALSE(with({}, true).may("operator:create"));
  CHECK(with({}, true).may("collective:create"));
  const Rights given = with({{"a", DataScope::all, {"operator:create", "meter:read"}}});
  CHECK_FALSE(given.may("operator:create"));
  CHECK(given.permissions == std::vector<std::string>{"meter:read"});
  const Rights everything = with({{"a", DataScope::all, {"*"}}});
  CHECK(everything.everything);
  CHECK(everything.may("user:reset"));
  CHECK_FALSE(everything.may("provider:review"));
}

TEST_CASE("rights: who manages somebody has at least what that one has") {
  const Rights administrator = with({}, true), clerk = with({{"a", DataScope::company, {"meter:read", "user:edit"}}});
  const Rights guard = with({{"b", DataScope::sites, {"meter:read"}}});
  CHECK(administrator.covers(clerk));
  CHECK(administrator.covers(administrator));
  CHECK_FALSE(clerk.covers(administrator));
  CHECK(clerk.covers(guard));
  CHECK_FALSE(guard.covers(clerk));
  CHECK_FALSE(clerk.covers(with({{"c", DataScope::company, {"meter:edit"}}})));
  CHECK_FALSE(guard.covers(with({{"c", DataScope::company, {"meter:read"}}})));  // all sites
  CHECK_FALSE(guard.covers(with({{"c", DataScope::department, {"meter:read"}}})));  // site 3
  CHECK_FALSE(clerk.covers(rights_of(2, kProperty, false, {}, {})));  // of another organisation
  CHECK(administrator.covers(rights_of(2, kProperty, true, {}, {})));  // reached only when it is below
}

TEST_CASE("rights: a role is granted only by who has all of it") {
  const Rights clerk = with({{"a", DataScope::sites, {"meter:read", "user:edit"}}});
  CHECK(clerk.beyond({"x", DataScope::sites, {"meter:read"}}).empty());
  CHECK(clerk.beyond({"x", DataScope::self, {}}).empty());
  CHECK(clerk.beyond({"x", DataScope::sites, {"meter:read", "meter:switch"}}) == "meter:switch");
  CHECK(clerk.beyond({"x", DataScope::company, {"meter:read"}}) == "scope");
  CHECK(clerk.beyond({"x", DataScope::sites, {"*"}}) == "*");
  CHECK(with({}, true).beyond({"x", DataScope::all, {"*"}}).empty());
}

TEST_CASE("rights: a role is of a kind that may stand below") {
  CHECK(reaches(OrganisationKind::system, OrganisationKind::collective));
  CHECK(reaches(OrganisationKind::operating, OrganisationKind::collective));
  CHECK(reaches(kProperty, kProperty));
  CHECK_FALSE(reaches(kProperty, OrganisationKind::provider));
  CHECK_FALSE(reaches(OrganisationKind::merchant, kProperty));
}
