// Households through the whole API, the ledger and the real store, with the verification of the books at the end.

#include "platform/domain/points.hpp"
#include "tests/unit/platform/http/office.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

std::string opening(const std::string& key) {
  return R"({"id":")" + key + R"(","customer":"罗先生","mobile":"18698557165","unit":"远洋心里","settlement_method":"cash","voltage":"交流220V",)"
         R"("opened_on":1493654400000,"area":"江干区","address":"杭州市江干区远洋心里3-2-901","price_plan":1,"mode":"prepaid","alarm_1":"20","alarm_2":"10",)"
         R"("overdraft":"5","auto_trip":true})";
}

}  // namespace

TEST_CASE("em-checkout-calc, em-settle, em-refund-adjust: from moving out to moving in, and the books stay right") {
  Office office;
  auto calculation = office.ask(Method::get, "/meters/1/calculation", {}, 200);
  CHECK(calculation.at("opening").is_null());
  CHECK_FALSE(calculation.at("today").as_array().empty());
  const std::string balance(calculation.at("balance").as_string());
  const std::string reading = number(calculation.at("reading").as_int64());

  // What the clerk saw is what is paid.
  const auto settlement = [&](const std::string& key, const std::string& of, bool close) {
    return R"({"id":")" + key + R"(","reading":)" + reading + R"(,"balance":")" + of + R"(","method":"cash","close":)" + (close ? "true" : "false") + R"(,"note":"退租"})";
  };
  const auto stale = office.ask(Method::post, "/meters/1/settlements", settlement("s0", "0.01", false), 409);
  CHECK(stale.at("field").as_string() == "balance");
  const auto made = office.ask(Method::post, "/meters/1/settlements", settlement("s1", balance, false), 201);
  CHECK(made.at("refund").as_string() == balance);
  CHECK(made.at("kwh").as_string() == calculation.at("kwh").as_string());
  CHECK(made.at("fee").as_string() == calculation.at("fee").as_string());
  CHECK(office.ask(Method::post, "/meters/1/settlements", settlement("s1", balance, false), 201).at("id") == made.at("id"));
  calculation = office.ask(Method::get, "/meters/1/calculation", {}, 200);
  CHECK(calculation.at("balance").as_string() == "0.00");
  CHECK(calculation.at("kwh").as_string() == "0.00");

  // The next household moves in.
  const auto opened = office.ask(Method::post, "/meters/1/openings", opening("o1"), 201);
  CHECK(opened.at("customer").as_string() == "罗先生");
  CHECK(opened.at("start").at("total") == calculation.at("to").at("total"));
  CHECK(office.ask(Method::post, "/meters/1/openings", opening("o2"), 409).at("field").as_string() == "opening");
  CHECK(office.ask(Method::get, "/meters/1", {}, 200).at("overdraft").as_string() == "5.00");
  office.ask(Method::post, "/meters/1/recharges", R"({"id":"r-new","amount":"50","method":"wechat"})", 201);
  const auto given = office.ask(Method::post, "/meters/1/adjustments", R"({"id":"a1","amount":"-1.5","balance":"50.00","note":"多充"})", 201);
  CHECK(given.at("balance").as_string() == "48.50");
  CHECK(office.ask(Method::post, "/meters/1/adjustments", R"({"id":"a2","amount":"-1.5","balance":"50.00","note":"多充"})", 409).at("field").as_string() == "balance");
  calculation = office.ask(Method::get, "/meters/1/calculation", {}, 200);
  CHECK(calculation.at("recharged").as_string() == "50.00");
  CHECK(calculation.at("adjusted").as_string() == "-1.50");
  CHECK(calculation.at("opening").at("mobile").as_string() == "18698557165");

  office.ask(Method::post, "/meters/1/settlements", settlement("s2", "48.5", true), 201);
  const auto openings = office.ask(Method::get, "/meters/1/openings", {}, 200).at("rows");
  CHECK(openings.at(0).as_object().contains("closed_at"));
  const auto settlements = office.ask(Method::get, "/meters/1/settlements", {}, 200).at("rows");
  REQUIRE(settlements.as_array().size() == 2);
  CHECK(settlements.at(0).at("customer").as_string() == "罗先生");
  CHECK(settlements.at(0).at("closed").as_bool());
  CHECK(office.ask(Method::get, "/meters/1/adjustments", {}, 200).at("rows").as_array().size() == 1);
  office.check_books();
}

TEST_CASE("em-params: limits as energy are set, shown with the money they are worth, and go when money is said") {
  Office office;
  auto meter = office.ask(Method::put, "/meters/1/settings",
                          R"({"name":"m","mode":"prepaid","auto_trip":true,"limits_kwh":{"alarm_1":"20","alarm_2":"10","overdraft":"3"}})", 200);
  CHECK(meter.at("limits_kwh").at("overdraft").as_string() == "3.00");
  CHECK(meter.at("overdraft").as_string() != "0.00");
  meter = office.ask(Method::put, "/meters/1/settings", R"({"name":"m","mode":"prepaid","auto_trip":true,"alarm_1":"20","alarm_2":"10","overdraft":"0"})", 200);
  CHECK_FALSE(meter.as_object().contains("limits_kwh"));
  office.refused(Method::put, "/meters/1/settings",
                 R"({"name":"m","mode":"prepaid","auto_trip":true,"limits_kwh":{"alarm_1":"10","alarm_2":"10","overdraft":"3"}})", 400, "bad_field",
                 "limits_kwh.alarm_1");
  office.refused(Method::put, "/meters/1/settings",
                 R"({"name":"m","mode":"prepaid","auto_trip":true,"overdraft":"1","limits_kwh":{"alarm_1":"20","alarm_2":"10","overdraft":"3"}})", 400, "bad_field",
                 "overdraft");
  office.check_books();
}

TEST_CASE("openings: whoever may not see personal data sees masks, and cannot write them back") {
  Office office;
  office.ApiFixture::add("clerk", 1, {"meter:read", "meter:open"}, false, false);
  const auto calculation = office.ask(Method::get, "/meters/1/calculation", {}, 200);
  office.ask(Method::post, "/meters/1/settlements", R"({"id":"s1","reading":)" + number(calculation.at("reading").as_int64()) + R"(,"balance":")" +
                                                        std::string(calculation.at("balance").as_string()) + R"(","method":"cash","close":false})", 201);
  office.ask(Method::post, "/meters/1/openings", opening("o1"), 201);
  const Session clerk = office.log_in("clerk");
  const auto seen = ApiFixture::json(office.call(Method::get, "/meters/1/openings", {}, clerk)).at("rows").at(0);
  CHECK(seen.at("mobile").as_string() == "186****7165");
  CHECK(seen.at("customer").as_string() != "罗先生");
  std::string masked = opening("o9");
  masked.replace(masked.find("18698557165"), 11, "186****7165");
  office.refused(Method::post, "/meters/1/openings", masked, 400, "bad_field", "mobile");
}
