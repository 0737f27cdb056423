#include "platform/domain/bound_users.hpp"

#include <doctest/doctest.h>

using namespace anju;
using namespace anju::platform;

TEST_CASE("em-user-balance, wm-user-balance: what a balance is worth is said where one price says it, and otherwise why not") {
  Prices total{PlanKind::total, base::Price(50'000), {}};
  CHECK(worth_for_user(base::Money(21'000'000), total).quantity == base::Quantity(420'000));
  CHECK(worth_for_user(base::Money(21'000'000), total).why.empty());
  CHECK(worth_for_user(base::Money(0), total).why == "nothing_left");
  CHECK(worth_for_user(base::Money(-1), total).why == "nothing_left");
  Prices free{PlanKind::total, base::Price(0), {}};
  CHECK(worth_for_user(base::Money(1), free).why == "free");
  Prices four{PlanKind::tou, {}, {base::Price(4), base::Price(3), base::Price(2), base::Price(1)}};
  CHECK(worth_for_user(base::Money(1), four).why == "tariffs");
  Prices steps = total;
  steps.step_period = StepPeriod::month;
  steps.steps = {{base::Quantity(1'000'000), base::Price(10'000)}};
  CHECK(worth_for_user(base::Money(1), steps).why == "steps");
  CHECK_FALSE(worth_for_user(base::Money(1), steps).quantity);
}

TEST_CASE("em-user-balance: the price of now is the slot's, and is not said of steps or registers") {
  Prices total{PlanKind::total, base::Price(50'000), {}};
  CHECK(price_at(total, 0) == base::Price(50'000));
  Prices slots{PlanKind::tou, {}, {base::Price(4), base::Price(3), base::Price(2), base::Price(1)}, {{0, 3}, {480, 1}, {1320, 3}}};
  CHECK(price_at(slots, 0) == base::Price(1));
  CHECK(price_at(slots, 479) == base::Price(1));
  CHECK(price_at(slots, 480) == base::Price(3));
  CHECK(price_at(slots, 1439) == base::Price(1));
  slots.slots.clear();
  CHECK_FALSE(price_at(slots, 0));
  total.steps = {{base::Quantity(1), base::Price(1)}};
  CHECK_FALSE(price_at(total, 0));
}

TEST_CASE("em-share-qr: a meter's number is shown to a stranger without its middle") {
  CHECK(masked_address("202411070001") == "202*****0001");
  CHECK(masked_address("123456") == "1***56");
  CHECK(masked_address("12345") == "****5");
  CHECK(masked_address("").empty());
}
