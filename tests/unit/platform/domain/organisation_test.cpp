#include "platform/domain/organisation.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace anju::platform;

TEST_CASE("organisation: ten-operator-role ten-provider-submerchant: which kind stands below which") {
  // Rows: parent; columns in the order of the kinds. Source: features.md group A, 2:54-62, 4:386-402.
  constexpr std::array<std::string_view, 6> kTable{
      "-+++++",  // system
      "--++-+",  // operator
      "---+++",  // provider: properties, collectives, sub-merchants
      "----+-",  // property
      "------",  // collective
      "------",  // merchant
  };
  for (std::size_t parent = 0; parent < kTable.size(); ++parent)
    for (std::size_t child = 0; child < kTable.size(); ++child) {
      CAPTURE(std::string(kOrganisationKinds[parent]) + " " + std::string(kOrganisationKinds[child]));
      CHECK(may_stand_below(static_cast<OrganisationKind>(parent), static_cast<OrganisationKind>(child)) == (kTable[parent][child] == '+'));
    }
}

TEST_CASE("organisation: kinds have words, and nothing else is one") {
  for (const auto word : kOrganisationKinds) {
    REQUIRE(organisation_kind(word));
    CHECK(to_string(*organisation_kind(word)) == word);
  }
  CHECK_FALSE(organisation_kind(""));
  CHECK_FALSE(organisation_kind("operating"));
}

TEST_CASE("organisation: ten-provider-review: only a provider waits for a review, and it and a property log in by their mobile") {
  for (const auto word : kOrganisationKinds) {
    const auto kind = *organisation_kind(word);
    CHECK((first_review(kind) == Review::pending) == (kind == OrganisationKind::provider));
    CHECK(logs_in_by_phone(kind) == (kind == OrganisationKind::provider || kind == OrganisationKind::property));
  }
}
