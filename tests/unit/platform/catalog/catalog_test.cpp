#include "platform/catalog/catalog.hpp"

#include <doctest/doctest.h>

using namespace anju::platform;

TEST_CASE("catalogue: no descriptor contradicts another") {
  for (const std::string& wrong : catalog::contradictions()) FAIL_CHECK(wrong);
  CHECK(catalog::find("buildings") != nullptr);
  CHECK(catalog::find("building") == nullptr);
}

TEST_CASE("catalogue: what refers to a row is found by its references") {
  const auto all = catalog::referrers(*catalog::find("buildings"));
  REQUIRE(all.size() == 2);
  CHECK(all[0].resource->name == "units");
  CHECK(all[1].resource->name == "houses");
  CHECK(all[1].field->name == "building");
  CHECK(catalog::referrers(*catalog::find("contacts")).empty());
}
