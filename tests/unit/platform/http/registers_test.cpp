// Water, registers, schedules and fees through the whole API, the ledger and the real store.

#include "platform/domain/points.hpp"
#include "tests/unit/platform/http/office.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

std::string plus(const boost::json::value& total, std::int64_t hundredths) {
  const auto sum = base::parse_quantity(std::string(total.as_string()));
  REQUIRE(sum);
  return format(*sum + base::Quantity(hundredths * 100));
}

}  // namespace

TEST_CASE("em-mode-reading, rp-clear-records: a register typed by hand, and another meter in its place") {
  Office office;
  office.now = office.now + base::minutes(20);
  const auto last = office.ask(Method::get, "/meters/1/calculation", {}, 200).at("to").at("total");
  const std::string typed = plus(last, 150);
  const auto row = office.ask(Method::post, "/meters/1/register-changes", R"({"id":"g1","kind":"typed","last":{"total":")" + typed + R"("},"note":"抄表"})", 201);
  CHECK(row.at("kind").as_string() == "typed");
  CHECK(row.at("kwh").as_string() == "1.50");
  CHECK(row.at("fee").as_string() != "0.00");
  CHECK(office.ask(Method::post, "/meters/1/register-changes", R"({"id":"g1","kind":"typed","last":{"total":")" + typed + R"("}})", 201).at("id") == row.at("id"));
  CHECK(office.ask(Method::post, "/meters/1/register-changes", R"({"id":"g2","kind":"typed","last":{"total":"0"}})", 409).at("field").as_string() == "at");
  office.now = office.now + base::minutes(1);
  CHECK(office.ask(Method::post, "/meters/1/register-changes", R"({"id":"g2","kind":"typed","last":{"total":"0"}})", 400).at("field").as_string() == "last");
  CHECK(office.ask(Method::post, "/meters/1/register-changes", R"({"id":"g2","kind":"clear","last":{"total":"0"}})", 400).at("field").as_string() == "kind");
  CHECK(office.ask(Method::post, "/meters/1/register-changes", R"({"id":"g2","kind":"replace","last":{"total":")" + typed + R"("}})", 400).at("field").as_string() == "start");
  office.ask(Method::post, "/meters/1/register-changes",
             R"({"id":"g3","kind":"replace","last":{"total":")" + typed + R"("},"start":{"total":"7.00"},"address":"202311000777","note":"坏了"})", 201);
  CHECK(office.ask(Method::get, "/meters/1", {}, 200).at("address").as_string() == "202311000777");
  const auto rows = office.ask(Method::get, "/meters/1/register-changes", {}, 200).at("rows").as_array();
  REQUIRE(rows.size() == 2);
  CHECK(rows.at(0).at("to").at("total").as_string() == "7.00");
  CHECK(rows.at(0).at("by").as_string() == rows.at(1).at("by").as_string());
  office.check_books();
}

TEST_CASE("wm-add-scan, wm-unit-price, wm-params: a water meter is registered with a plan of its own, and told apart in lists") {
  Office office;
  const auto plan = office.ask(Method::post, "/price-plans", R"({"name":"民用水","kind":"total","total":"3.5","utility":"water"})", 201);
  CHECK(plan.at("utility").as_string() == "water");
  const std::string id = number(plan.at("id").as_int64());
  CHECK(office.ask(Method::put, "/price-plans/" + id, R"({"name":"民用水","kind":"total","total":"4","utility":"water"})", 400).at("field").as_string() == "utility");
  CHECK(office.ask(Method::post, "/price-plans", R"({"name":"x","kind":"tou","sharp":"1","peak":"1","flat":"1","valley":"1","utility":"water"})", 400).at("field").as_string() == "slots");
  const auto meter = [&](const std::string& device, const std::string& more) {
    return R"({"device":")" + device + R"(","name":"厨房水表","address":"0000000009)" + device.substr(device.size() - 2) +
           R"(","gateway":"gw","line":"l1","start_reading":{"total":"0"},"mode":"prepaid","alarm_1":"20","alarm_2":"10","overdraft":"0","auto_trip":true,"profile":{"dialect":"mqtt"})" + more + "}";
  };
  CHECK(office.ask(Method::post, "/meters", meter("w01", R"(,"price_plan":1,"kind":"water")"), 400).at("field").as_string() == "price_plan");
  CHECK(office.ask(Method::post, "/meters", meter("w01", R"(,"price_plan":)" + id + R"(,"kind":"hot_water","valve":false)"), 400).at("field").as_string() == "valve");
  const auto blind = office.ask(Method::post, "/meters", meter("w01", R"(,"price_plan":)" + id + R"(,"kind":"water","valve":false)"), 201);
  CHECK(blind.at("kind").as_string() == "water");
  CHECK_FALSE(blind.at("valve").as_bool());
  CHECK(blind.at("hot_water").is_null());
  const std::string path = "/meters/" + number(blind.at("id").as_int64());
  CHECK(office.ask(Method::post, path + "/commands", R"({"id":"c1","kind":"trip"})", 409).at("code").as_string() == "no_valve");
  CHECK(office.ask(Method::post, path + "/commands", R"({"id":"c1","kind":"temperature_valve_open"})", 409).at("code").as_string() == "not_for_kind");
  CHECK(office.ask(Method::get, "/meters?kind=water", {}, 200).at("total").as_int64() == 1);
  CHECK(office.ask(Method::get, "/meters?kind=electricity", {}, 200).at("total").as_int64() >= 1);
  CHECK(office.ask(Method::get, "/meters?kind=gas", {}, 400).at("field").as_string() == "kind");
  CHECK(office.ask(Method::get, "/energy?utility=water", {}, 200).at("total").at("kwh").as_string() == "0.00");
}

TEST_CASE("em-timed-switch: a week of switching is set and shown, and what is none is refused by field") {
  Office office;
  const auto set = [&](const std::string& schedule, int status) { return office.ask(Method::put, "/meters/1/switch-schedule", R"({"schedule":)" + schedule + "}", status); };
  const auto shown = set(R"([{"days":[1,7],"off":"22:00","on":"06:30"}])", 200).at("schedule").as_array();
  REQUIRE(shown.size() == 1);
  CHECK(shown.at(0).at("days").as_array().size() == 2);
  CHECK(shown.at(0).at("off").as_string() == "22:00");
  CHECK(shown.at(0).at("on").as_string() == "06:30");
  CHECK(set(R"([{"days":[],"off":"22:00","on":"06:30"}])", 400).at("field").as_string() == "schedule[0].days");
  CHECK(set(R"([{"days":[1],"off":"24:00","on":"06:30"}])", 400).at("field").as_string() == "schedule[0].off");
  CHECK(set(R"([{"days":[1],"off":"6:30","on":"06:30"}])", 400).at("field").as_string() == "schedule[0].off");
  CHECK(set(R"([{"days":[1],"off":"06:30","on":"06:30"}])", 400).at("field").as_string() == "schedule[0].on");
  CHECK(set(R"([{"days":[8],"off":"06:30","on":"07:30"}])", 400).at("field").as_string() == "schedule[0].days");
  CHECK(set("[]", 200).at("schedule").as_array().empty());
}

TEST_CASE("wc-annual-fee, dv-annual-fee: the fee is set, runs out, is paid once per id, and the balance is what it was") {
  Office office;
  const auto balance = office.ask(Method::get, "/meters/1", {}, 200).at("balance");
  CHECK(office.ask(Method::post, "/meters/1/annual-fees", R"({"id":"f1","yearly":"120","paid_until":"2025-11-01","years":1,"method":"cash"})", 409).at("field").as_string() == "annual_fee");
  const auto due = office.ask(Method::put, "/meters/1/annual-fee", R"({"yearly":"120","paid_until":"2025-11-01"})", 200);
  CHECK(due.at("annual_fee").at("paid_until").as_string() == "2025-11-01");
  CHECK(due.at("wanted_reason").as_string() == "fee");
  CHECK(office.ask(Method::put, "/meters/1/annual-fee", R"({"yearly":"120"})", 400).at("field").as_string() == "paid_until");
  CHECK(office.ask(Method::put, "/meters/1/annual-fee", R"({"yearly":"-1","paid_until":"2025-11-01"})", 400).at("field").as_string() == "yearly");
  // What was seen has to be said, and to hold.
  CHECK(office.ask(Method::post, "/meters/1/annual-fees", R"({"id":"f1","years":2,"method":"wechat"})", 400).at("field").as_string() == "yearly");
  CHECK(office.ask(Method::post, "/meters/1/annual-fees", R"({"id":"f1","yearly":"100","paid_until":"2025-11-01","years":2,"method":"wechat"})", 409).at("field").as_string() == "yearly");
  const auto paid = office.ask(Method::post, "/meters/1/annual-fees", R"({"id":"f1","yearly":"120","paid_until":"2025-11-01","years":2,"method":"wechat","note":"两年"})", 201);
  CHECK(paid.at("amount").as_string() == "240.00");
  CHECK(paid.at("paid_until").as_string() == "2027-11-01");
  CHECK(office.ask(Method::post, "/meters/1/annual-fees", R"({"id":"f1","yearly":"120","paid_until":"2025-11-01","years":2,"method":"wechat"})", 201).at("id") == paid.at("id"));
  CHECK(office.ask(Method::post, "/meters/1/annual-fees", R"({"id":"f2","yearly":"120","paid_until":"2025-11-01","years":2,"method":"cash"})", 409).at("field").as_string() == "paid_until");
  CHECK(office.ask(Method::get, "/meters/1/annual-fees", {}, 200).at("rows").as_array().size() == 1);
  const auto after = office.ask(Method::get, "/meters/1", {}, 200);
  CHECK(after.at("balance") == balance);
  CHECK(after.at("wanted_reason").as_string() == "none");
  CHECK(office.ask(Method::put, "/meters/1/annual-fee", R"({"yearly":null})", 200).at("annual_fee").is_null());
  office.check_books();
}

TEST_CASE("rights: whether a refused step is paid for, and until when a fee counts as paid, is decided by who settles, not by who installs") {
  Office office;
  office.ApiFixture::add("installer", 1, {"meter:read", "meter:create", "meter:edit", "meter:switch"}, false, false);
  office.ApiFixture::add("settler", 1, {"meter:read", "meter:settle"}, false, false);
  const Session installer = office.log_in("installer"), settler = office.log_in("settler");
  const auto status = [&](Method method, const std::string& path, const std::string& body, const Session& who) { return office.call(method, path, body, who).status; };
  const std::string accept = "/meters/1/readings/999999/accept", word = R"({"billed":"0","register_at":0})";
  CHECK(status(Method::post, accept, word, installer) == 403);
  CHECK(status(Method::post, accept, word, settler) == 404);
  const std::string fee = R"({"yearly":"120","paid_until":"2079-01-01"})";
  CHECK(status(Method::put, "/meters/1/annual-fee", fee, installer) == 403);
  CHECK(status(Method::put, "/meters/1/annual-fee", fee, settler) == 200);
}

TEST_CASE("a refused reading is accepted from the register that was seen, and money is moved for the household that was seen") {
  Office office;
  const auto read = [&office](std::int64_t more) {
    office.now = office.site.now = office.now + base::minutes(15);
    office.admin = office.log_in("admin");  // sessions end meanwhile
    const base::Quantity total = office.site.ledger->meter(1)->metering.last.total + base::Quantity(more);
    office.site.ledger->take(1, "e1", ++office.site.seq, std::vector<wire::Event>{wire::ReadingsEvent{{{base::DeviceId("m1"), office.now, wire::ReadingKind::interval, total, {}}}}}, office.now);
    office.site.commit();
    return office.site.ledger->meter(1)->metering.newest_reading;
  };
  const std::int64_t first = read(90'000'0000), second = read(90'001'0000);
  const auto at = [&office] { return office.ask(Method::get, "/meters/1", {}, 200).at("last_reading").at("at").as_int64(); };
  const std::int64_t seen = at();
  const auto accept = [&](std::int64_t reading, const std::string& billed, std::int64_t register_at, int status) {
    return office.ask(Method::post, "/meters/1/readings/" + number(reading) + "/accept", R"({"billed":")" + billed + R"(","register_at":)" + number(register_at) + R"(,"note":"x"})", status);
  };
  accept(first, "90000", seen, 200);
  const auto stale = accept(second, "90001", seen, 409);
  CHECK(stale.at("field").as_string() == "register_at");
  CHECK(std::string(stale.at("message").as_string()).find("load the meter again") != std::string::npos);
  accept(second, "1", at(), 200);
  CHECK(office.ask(Method::post, "/meters/1/recharges", R"({"id":"r-seen","amount":"1","method":"cash","opening":7})", 409).at("field").as_string() == "opening");
  CHECK(office.ask(Method::post, "/meters/1/adjustments", R"({"id":"a-seen","amount":"1","balance":"0","note":"x","opening":7})", 409).at("field").as_string() == "opening");
  office.ask(Method::post, "/meters/1/recharges", R"({"id":"r-seen","amount":"1","method":"cash","opening":0})", 201);
  office.check_books();
}
