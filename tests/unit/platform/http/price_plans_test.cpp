// Price plans through the whole API: slots, steps, moments, and the history of both plans and meters.

#include "platform/domain/points.hpp"
#include "tests/unit/platform/http/office.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

const std::string kFour = R"("name":"分时","kind":"tou","sharp":"1.2","peak":"0.9","flat":"0.6","valley":"0.3")";
const std::string kSlots = R"(,"slots":[{"from":"00:00","tariff":"valley"},{"from":"08:00","tariff":"peak"},{"from":"22:30","tariff":"valley"}])";

}  // namespace

TEST_CASE("em-price-plan: time slots and steps come back as they were given") {
  Office office;
  const auto made = office.ask(Method::post, "/price-plans",
                               "{" + kFour + kSlots + R"(,"step_period":"year","steps":[{"above":"2520","add":"0.05"},{"above":"4800","add":"0.3"}]})", 201);
  CHECK(made.at("slots").as_array().size() == 3);
  CHECK(made.at("slots").at(2).at("from").as_string() == "22:30");
  CHECK(made.at("slots").at(2).at("tariff").as_string() == "valley");
  CHECK(made.at("step_period").as_string() == "year");
  CHECK(made.at("steps").at(1).at("above").as_string() == "4800.00");
  CHECK(made.at("steps").at(1).at("add").as_string() == "0.30");
}

TEST_CASE("price plans: what is wrong with slots, steps or the moment is said by field and rule, and nothing is added") {
  Office office;
  const auto before = office.ask(Method::get, "/price-plans", {}, 200).as_array().size();
  struct Wrong {
    const char *name, *more, *field;
  };
  constexpr Wrong kWrong[] = {
      {"slots that begin late", R"(,"slots":[{"from":"00:30","tariff":"peak"}])", "slots"},
      {"slots at odd minutes", R"(,"slots":[{"from":"00:00","tariff":"peak"},{"from":"07:45","tariff":"flat"}])", "slots"},
      {"slots that go back", R"(,"slots":[{"from":"00:00","tariff":"peak"},{"from":"08:00","tariff":"flat"},{"from":"07:00","tariff":"peak"}])", "slots"},
      {"equal neighbours", R"(,"slots":[{"from":"00:00","tariff":"peak"},{"from":"08:00","tariff":"peak"}])", "slots"},
      {"no time", R"(,"slots":[{"from":"24:00","tariff":"peak"}])", "slots[0].from"},
      {"no tariff", R"(,"slots":[{"from":"00:00","tariff":"night"}])", "slots[0].tariff"},
      {"steps without a period", R"(,"steps":[{"above":"10","add":"0.1"}])", "step_period"},
      {"a period without steps", R"(,"step_period":"month")", "steps"},
      {"steps that fall", R"(,"step_period":"month","steps":[{"above":"10","add":"0.1"},{"above":"10","add":"0.2"}])", "steps"},
      {"a step from nothing", R"(,"step_period":"month","steps":[{"above":"0","add":"0.1"}])", "steps[0].above"},
      {"a step that gives", R"(,"step_period":"month","steps":[{"above":"10","add":"-0.1"}])", "steps[0].add"},
      {"a new plan later", R"(,"from":4102444800000)", "from"},
  };
  for (const Wrong& wrong : kWrong) {
    CAPTURE(wrong.name);
    const auto refused = office.ask(Method::post, "/price-plans", "{" + kFour + wrong.more + "}", 400);
    CHECK(refused.at("field").as_string() == wrong.field);
  }
  CHECK(office.ask(Method::get, "/price-plans", {}, 200).as_array().size() == before);
}

TEST_CASE("em-price-plan: a change with a date is shown as the next, in the history, and can be withdrawn") {
  Office office;
  const std::string tomorrow = number(office.now.value + 86'400'000);
  auto plan = office.ask(Method::put, "/price-plans/1", R"({"name":"one price","kind":"total","total":"0.99","from":)" + tomorrow + "}", 200);
  CHECK(plan.at("total").as_string() != "0.99");
  const std::string present(plan.at("total").as_string());
  CHECK(plan.at("next").at("total").as_string() == "0.99");
  CHECK(number(plan.at("next").at("from").as_int64()) == tomorrow);
  plan = office.ask(Method::put, "/price-plans/1", R"({"name":"one price","kind":"total","total":")" + present + R"(","from":)" + tomorrow + "}", 200);
  CHECK_FALSE(plan.as_object().contains("next"));
  const auto versions = office.ask(Method::get, "/price-plans/1/versions", {}, 200).at("rows");
  REQUIRE(versions.as_array().size() >= 3);
  CHECK_FALSE(versions.at(0).at("replaced").as_bool());
  CHECK(versions.at(1).at("total").as_string() == "0.99");
  CHECK(versions.at(1).at("replaced").as_bool());
  office.ask(Method::get, "/price-plans/99/versions", {}, 404);
  office.ask(Method::put, "/price-plans/1", R"({"name":"one price","kind":"total","total":"0.99","from":1})", 400);
}

TEST_CASE("em-unit-price: a meter's plan changes at a moment, and says which comes next") {
  Office office;
  const std::string tomorrow = number(office.now.value + 86'400'000);
  auto meter = office.ask(Method::put, "/meters/2/price-plan", R"({"price_plan":1,"from":)" + tomorrow + "}", 200);
  CHECK(meter.at("price_plan").at("id").as_int64() == 2);
  CHECK(meter.at("next_price_plan").at("id").as_int64() == 1);
  CHECK(number(meter.at("next_price_plan").at("from").as_int64()) == tomorrow);
  meter = office.ask(Method::put, "/meters/2/price-plan", R"({"price_plan":1})", 200);
  CHECK(meter.at("price_plan").at("id").as_int64() == 1);
  CHECK_FALSE(meter.as_object().contains("next_price_plan"));
  const auto rows = office.ask(Method::get, "/meters/2/price-plans", {}, 200).at("rows");
  REQUIRE(rows.as_array().size() == 2);
  CHECK(rows.at(1).at("replaced").as_bool());
  CHECK_FALSE(rows.at(0).at("replaced").as_bool());
}

TEST_CASE("em-price-plan: plans are found by a part of the name and by what they are for") {
  Office office;
  const auto add = [&](const std::string& name, const std::string& utility) {
    office.ask(Method::post, "/price-plans", R"({"name":")" + name + R"(","kind":"total","total":"1","utility":")" + utility + "\"}", 201);
  };
  add("照明电价 A", "electricity");
  add("照明水价", "water");
  add("商铺", "electricity");
  const auto names = [&](const std::string& query) {
    std::string all;
    const auto plans = office.ask(Method::get, "/price-plans" + query, {}, 200);
    for (const auto& plan : plans.as_array()) all += std::string(plan.at("name").as_string()) + ";";
    return all;
  };
  CHECK(names("?search=%E7%85%A7%E6%98%8E") == "照明电价 A;照明水价;");
  CHECK(names("?search=%E7%85%A7%E6%98%8E&utility=water") == "照明水价;");
  CHECK(names("?search=%20a") == "照明电价 A;");  // letters of either case
  CHECK(names("?utility=water") == "照明水价;");
  CHECK(names("?search=%25").empty());  // no pattern: the sign itself
  CHECK(names("?search=nothing").empty());
  CHECK(names("?search=") == names(""));
  office.refused(Method::get, "/price-plans?utility=gas", {}, 400, "bad_field", "utility");
}
