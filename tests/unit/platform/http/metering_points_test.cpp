// The life of a metering point through the whole API, the ledger and the real store: a meter of electricity, one of water and a hot-water controller.

#include "tests/unit/platform/http/office.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

/// One meter at two yuan a unit, that may go 3.32 below zero.
struct Point : Office {
  std::int64_t id = 0, hundredths = 0;
  std::string path;

  explicit Point(const std::string& kind) {
    const std::string utility = kind == "electricity" ? "electricity" : "water";
    const auto plan = ask(Method::post, "/price-plans", R"({"name":"二元","kind":"total","total":"2","utility":")" + utility + "\"}", 201);
    const auto made = ask(Method::post, "/meters",
                          R"({"device":"p1","name":"101","address":"000000004711","gateway":"gw","line":"l1","start_reading":{"total":"0"},"mode":"prepaid","alarm_1":"2","alarm_2":"1",)"
                          R"("overdraft":"3.32","auto_trip":true,"price_plan":)" + number(plan.at("id").as_int64()) + R"(,"kind":")" + kind + "\"" +
                              (kind == "electricity" ? std::string() : std::string(R"(,"profile":{"dialect":"mqtt"})")) + "}",
                          201);
    id = made.at("id").as_int64();
    path = "/meters/" + number(id);
    status(wire::Relay::closed);
    site.inbox.clear();
  }

  void event(wire::Event what) {
    site.now = now;
    site.ledger->take(1, "e1", ++site.seq, std::vector{std::move(what)}, now);
    site.commit();
  }
  void status(wire::Relay relay, bool keep_power = false, bool reachable = true) { event(wire::StatusEvent{base::DeviceId("p1"), now, reachable, relay, keep_power, {}}); }
  void use(std::int64_t more, base::Millis span, wire::ReadingKind kind = wire::ReadingKind::interval) {
    now = now + span;
    admin = log_in("admin");  // sessions end meanwhile
    hundredths += more;
    event(wire::ReadingsEvent{{{base::DeviceId("p1"), now, kind, base::Quantity(hundredths * 100), {}}}});
  }
  /// What was sent last is carried out.
  wire::Command carried_out(wire::CommandKind kind, wire::Relay relay) {
    REQUIRE_FALSE(site.inbox.empty());
    const wire::Command command = site.inbox.back();
    CHECK(command.kind == kind);
    event(wire::CommandEvent{command.id, command.device, now, wire::CommandPhase::verified, "", relay});
    return command;
  }
  boost::json::value recharge(const std::string& key, const std::string& yuan, const std::string& method) {
    return ask(Method::post, path + "/recharges", R"({"id":")" + key + R"(","amount":")" + yuan + R"(","method":")" + method + R"(","note":"前台"})", 201);
  }
  boost::json::value command(const std::string& key, const std::string& kind, int answered = 202) {
    return ask(Method::post, path + "/commands", R"({"id":")" + key + R"(","kind":")" + kind + "\"}", answered);
  }
  boost::json::value meter() { return ask(Method::get, path, {}, 200); }
  std::string text(const char* field) { return std::string(meter().at(field).as_string()); }
};

constexpr std::array<const char*, 3> kKinds{"electricity", "water", "hot_water"};

}  // namespace

TEST_CASE("em-mode-prepaid, em-overdraft-trip, em-admin-recharge-free, wm-admin-recharge-free, wc-admin-recharge-free, wc-unit-price: "
          "what is paid is used up at the unit price, at the overdraft the meter is cut off, and a recharge at the desk connects it again") {
  for (const std::string kind : kKinds) {
    CAPTURE(kind);
    Point point(kind);
    CHECK(point.recharge("r1", "10", "free").at("balance").as_string() == "10.00");  // nobody paid for it
    point.use(665, base::hours(6));
    CHECK(point.text("balance") == "-3.30");
    CHECK(point.text("wanted") == "closed");
    point.use(1, base::minutes(30));
    CHECK(point.text("balance") == "-3.32");
    CHECK(point.text("wanted_reason") == "arrears");
    point.carried_out(wire::CommandKind::trip, wire::Relay::open);
    CHECK(point.text("reported") == "open");
    const auto paid = point.recharge("r2", "3.33", "cash");
    CHECK(paid.at("balance").as_string() == "0.01");
    CHECK(paid.at("reconnecting").as_bool());
    point.carried_out(wire::CommandKind::close, wire::Relay::closed);
    CHECK(point.text("reported") == "closed");
    point.check_books();
  }
}

TEST_CASE("em-recharge-records, wm-recharge-records, em-recharge-detail: each recharge is listed once with balance, method, note and who took it") {
  for (const std::string kind : kKinds) {
    CAPTURE(kind);
    Point point(kind);
    point.recharge("r1", "10", "free");
    point.now = point.now + base::minutes(1);
    point.recharge("r2", "2.5", "wechat");
    point.recharge("r2", "2.5", "wechat");
    point.use(100, base::hours(1));
    const auto rows = point.ask(Method::get, point.path + "/ledger?kind=recharge", {}, 200).at("rows").as_array();
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].at("amount").as_string() == "2.50");
    CHECK(rows[0].at("balance").as_string() == "12.50");
    CHECK(rows[0].at("method").as_string() == "wechat");
    CHECK(rows[0].at("note").as_string() == "前台");
    CHECK(rows[0].at("by").as_string() == "admin");
    CHECK(rows[1].at("method").as_string() == "free");
  }
}

TEST_CASE("em-force-trip, em-remote-switch-protect: tripped by hand a meter stays off through recharges until it is released; keep-power forbids the trip") {
  Point point("electricity");
  point.recharge("r1", "10", "cash");
  point.command("c1", "trip");
  CHECK(point.text("wanted_reason") == "forced");
  point.carried_out(wire::CommandKind::trip, wire::Relay::open);
  CHECK_FALSE(point.recharge("r2", "50", "cash").at("reconnecting").as_bool());
  CHECK(point.text("wanted") == "open");
  point.command("c2", "release");
  point.carried_out(wire::CommandKind::close, wire::Relay::closed);
  CHECK(point.text("wanted") == "closed");

  point.command("c3", "keep_power_on");
  point.carried_out(wire::CommandKind::keep_power_on, wire::Relay::closed);
  CHECK(point.meter().at("keep_power").as_bool());
  CHECK(point.command("c4", "trip", 409).at("code").as_string() == "keep_power_on");
  point.command("c5", "keep_power_off");
  point.carried_out(wire::CommandKind::keep_power_off, wire::Relay::closed);
  CHECK_FALSE(point.meter().at("keep_power").as_bool());
  point.command("c6", "trip");
  point.carried_out(wire::CommandKind::trip, wire::Relay::open);
  const auto orders = point.ask(Method::get, point.path + "/commands", {}, 200).at("rows").as_array();
  REQUIRE(orders.size() == 5);
  for (const auto& order : orders) CHECK(order.at("state").as_string() == "verified");
}

TEST_CASE("em-read-now, em-read-records, wc-read-usage: a meter is read at once, and every reading is kept with its time") {
  for (const std::string kind : kKinds) {
    CAPTURE(kind);
    Point point(kind);
    point.recharge("r1", "10", "cash");
    point.use(150, base::hours(1));
    point.command("c1", "read");
    REQUIRE_FALSE(point.site.inbox.empty());
    CHECK(point.site.inbox.back().kind == wire::CommandKind::read);
    point.use(25, base::minutes(2), wire::ReadingKind::on_demand);
    point.carried_out(wire::CommandKind::read, wire::Relay::closed);
    const auto rows = point.ask(Method::get, point.path + "/readings", {}, 200).at("rows").as_array();
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].at("total").as_string() == "1.75");
    CHECK(rows[0].at("used").as_string() == "0.25");
    CHECK(rows[0].at("at").as_int64() == point.now.value);
    CHECK(rows[1].at("total").as_string() == "1.50");
  }
}

TEST_CASE("em-terminal-online, wm-detail: what is known of a meter: its number, whether it is reached, its register, switch and keep-power") {
  for (const std::string kind : kKinds) {
    CAPTURE(kind);
    Point point(kind);
    point.use(123, base::hours(1));
    auto meter = point.meter();
    CHECK(meter.at("kind").as_string() == kind);
    CHECK(meter.at("address").as_string() == "000000004711");
    CHECK(meter.at("reachable").as_bool());
    CHECK(meter.at("reported").as_string() == "closed");
    CHECK(meter.at("last_reading").at("total").as_string() == "1.23");
    CHECK_FALSE(meter.at("keep_power").as_bool());
    point.status(wire::Relay::open, kind == "electricity", false);
    meter = point.meter();
    CHECK_FALSE(meter.at("reachable").as_bool());
    CHECK(meter.at("reported").as_string() == "open");
    CHECK(meter.at("keep_power").as_bool() == (kind == "electricity"));
  }
}

TEST_CASE("wm-usage-analysis, wc-usage-analysis: what was used and paid by days and hours, beside the sums of all meters of water") {
  for (const std::string kind : {"water", "hot_water"}) {
    CAPTURE(kind);
    Point point(kind);
    const std::int64_t from = point.now.value;
    point.use(100, base::hours(1));
    point.use(250, base::hours(24));
    point.use(50, base::hours(1));
    const auto usage = [&](const std::string& step) {
      return point.ask(Method::get, point.path + "/consumption?step=" + step + "&from=" + number(from - 86'400'000) + "&to=" + number(point.now.value + 86'400'000), {}, 200).at("points").as_array();
    };
    for (const std::string step : {"day", "hour"}) {
      std::int64_t used = 0, paid = 0;
      for (const auto& at : usage(step)) {
        used += base::parse_quantity(std::string(at.at("kwh").as_string()))->e4;
        paid += base::parse_money(std::string(at.at("money").as_string()))->micro_yuan;
      }
      CHECK(used == 40'000);
      CHECK(paid == 8'000'000);
    }
    CHECK(point.ask(Method::get, "/energy?utility=water&step=day", {}, 200).at("total").at("kwh").as_string() != "0.00");
  }
}

TEST_CASE("wc-add-scan, wc-settle: a controller is found by its number, settled with its household, and the rest is refunded") {
  Point point("hot_water");
  CHECK(point.ask(Method::get, "/meters?search=000000004711", {}, 200).at("total").as_int64() == 1);
  CHECK(point.ask(Method::get, "/meters?kind=hot_water", {}, 200).at("rows").at(0).at("id").as_int64() == point.id);
  point.recharge("r1", "10", "cash");
  point.use(150, base::hours(1));
  const auto due = point.ask(Method::get, point.path + "/calculation", {}, 200);
  CHECK(due.at("kwh").as_string() == "1.50");
  CHECK(due.at("fee").as_string() == "3.00");
  const auto settled = point.ask(Method::post, point.path + "/settlements",
                                 R"({"id":"s1","reading":)" + number(due.at("reading").as_int64()) + R"(,"balance":"7.00","method":"cash","close":false,"note":"退房"})", 201);
  CHECK(settled.at("refund").as_string() == "7.00");
  CHECK(point.text("balance") == "0.00");
  CHECK(point.ask(Method::get, point.path + "/settlements", {}, 200).at("rows").as_array().size() == 1);
  point.check_books();
}

TEST_CASE("em-recharge-print, em-recharge-records: a slip says what was sold then and to whom, whatever price, plan and household are now") {
  for (const std::string kind : {"electricity", "water"}) {
    CAPTURE(kind);
    Point point(kind);
    const std::string utility = R"(","utility":")" + kind + "\"}";
    const std::string plan = number(point.meter().at("price_plan").at("id").as_int64());
    const auto other = point.ask(Method::post, "/price-plans", R"({"name":"五元","kind":"total","total":"5)" + utility, 201);
    const auto later = [&] {
      point.now = point.now + base::minutes(1);
      point.site.now = point.now;
    };
    const auto open = [&](const std::string& key, const std::string& customer, const std::string& of) {
      later();
      point.ask(Method::post, point.path + "/openings",
                R"({"id":")" + key + R"(","customer":")" + customer + R"(","settlement_method":"cash","opened_on":1493654400000,"price_plan":)" + of +
                    R"(,"mode":"prepaid","alarm_1":"2","alarm_2":"1","overdraft":"3.32","auto_trip":true})",
                201);
    };
    const auto pay = [&](const std::string& key, const std::string& yuan) {
      later();
      point.recharge(key, yuan, "cash");
    };
    pay("r0", "10");  // before anybody has the account
    const auto settle = [&](const std::string& key, const std::string& close) {
      later();
      const auto due = point.ask(Method::get, point.path + "/calculation", {}, 200);
      point.ask(Method::post, point.path + "/settlements",
                R"({"id":")" + key + R"(","reading":)" + number(due.at("reading").as_int64()) + R"(,"balance":")" + std::string(due.at("balance").as_string()) +
                    R"(","method":"cash","close":)" + close + "}",
                201);
    };
    settle("s0", "false");
    open("o1", "罗晓东", plan);
    pay("r1", "10");
    pay("r2", "30");  // behind a recharge, so no deduction says which plan it was
    later();
    point.ask(Method::put, "/price-plans/" + plan, R"({"name":"二元","kind":"total","total":"4"})", 200);
    later();
    point.ask(Method::put, point.path + "/price-plan", R"({"price_plan":)" + number(other.at("id").as_int64()) + "}", 200);
    settle("s1", "true");
    pay("r3", "10");  // nobody's
    settle("s2", "false");
    open("o2", "陈立", number(other.at("id").as_int64()));
    pay("r4", "10");

    struct Sold {
      const char *price, *before, *bought, *after, *customer;
    };
    constexpr std::array kSold{Sold{"5.00", "0.00", "2.00", "2.00", "陈立"}, Sold{"5.00", "0.00", "2.00", "2.00", ""}, Sold{"2.00", "5.00", "15.00", "20.00", "罗晓东"},
                               Sold{"2.00", "0.00", "5.00", "5.00", "罗晓东"}, Sold{"2.00", "0.00", "5.00", "5.00", ""}};
    later();
    const auto rows = point.ask(Method::get, point.path + "/ledger?kind=recharge", {}, 200).at("rows").as_array();
    const auto reported = point.ask(Method::get, "/reports/payments?limit=200&meter=" + number(point.id), {}, 200).at("rows").as_array();
    REQUIRE(rows.size() == kSold.size());
    REQUIRE(reported.size() == kSold.size());
    for (std::size_t i = 0; i < kSold.size(); ++i) {
      CAPTURE(i);
      const auto& sale = rows[i].at("sale");
      CHECK(sale.at("price").as_string() == kSold[i].price);
      CHECK(sale.at("kwh_before").as_string() == kSold[i].before);
      CHECK(sale.at("kwh").as_string() == kSold[i].bought);
      CHECK(sale.at("kwh_after").as_string() == kSold[i].after);
      CHECK(sale.at("customer").as_string() == kSold[i].customer);
      CHECK_FALSE(sale.at("estimate").as_bool());
      CHECK(sale.at("price_plan").at("name").as_string() == (i < 2 ? "五元" : "二元"));
      CHECK(reported[i].at("price") == sale.at("price"));
      CHECK(reported[i].at("before") == sale.at("kwh_before"));
      CHECK(reported[i].at("bought") == sale.at("kwh"));
      CHECK(reported[i].at("after") == sale.at("kwh_after"));
    }
    // The slip of an opening, too: the plan of then.
    const auto openings = point.ask(Method::get, point.path + "/openings", {}, 200).at("rows");
    CHECK(openings.at(0).at("price_plan").at("name").as_string() == "五元");
    CHECK(openings.at(1).at("price_plan").at("name").as_string() == "二元");

    point.ApiFixture::add("clerk", 1, {"meter:read"}, false, false);
    const auto seen = ApiFixture::json(point.call(Method::get, point.path + "/ledger?kind=recharge", {}, point.log_in("clerk"))).at("rows");
    CHECK(seen.at(0).at("sale").at("customer").as_string() == "陈**");
    CHECK(seen.at(1).at("sale").at("customer").as_string().empty());
    point.check_books();
  }
}

TEST_CASE("em-recharge-print: where four prices, slots or steps make the energy an estimate, the sale says so") {
  Point point("electricity");
  const auto sold = [&](const std::string& key, const std::string& prices) {
    point.now = point.now + base::minutes(1);
    const auto plan = point.ask(Method::post, "/price-plans", R"({"name":")" + key + R"(",)" + prices + "}", 201);
    point.ask(Method::put, point.path + "/price-plan", R"({"price_plan":)" + number(plan.at("id").as_int64()) + "}", 200);
    point.now = point.now + base::minutes(1);
    point.recharge(key, "3", "cash");
    return point.ask(Method::get, point.path + "/ledger?kind=recharge&limit=1", {}, 200).at("rows").at(0).at("sale");
  };
  const auto four = sold("r1", R"("kind":"tou","sharp":"1.2","peak":"0.9","flat":"0.6","valley":"0.3","slots":[{"from":"00:00","tariff":"valley"},)"
                               R"({"from":"08:00","tariff":"peak"}])");
  CHECK(four.at("price").as_string() == "0.60");
  CHECK(four.at("kwh").as_string() == "5.00");
  CHECK(four.at("estimate").as_bool());
  CHECK(sold("r2", R"("kind":"total","total":"1.5","step_period":"month","steps":[{"above":"10","add":"0.1"}])").at("estimate").as_bool());
  CHECK_FALSE(sold("r3", R"("kind":"total","total":"1.5")").at("estimate").as_bool());
  CHECK(sold("r4", R"("kind":"total","total":"0")").at("kwh").as_string() == "0.00");  // a price of zero buys nothing countable
}

TEST_CASE("em-settle, em-refund-adjust, dv-annual-fee: among the postings of an account settlements, adjustments and fees are named as what they are") {
  Point point("hot_water");
  const auto later = [&] { point.now = point.now + base::minutes(1); };
  point.recharge("r1", "10", "cash");
  point.use(150, base::hours(1));
  later();
  point.ask(Method::post, point.path + "/adjustments", R"({"id":"a1","amount":"-1","balance":"7.00","note":"多充"})", 201);
  later();
  point.ask(Method::put, point.path + "/annual-fee", R"({"yearly":"120","paid_until":"2025-11-01"})", 200);
  point.ask(Method::post, point.path + "/annual-fees", R"({"id":"f1","yearly":"120","paid_until":"2025-11-01","years":1,"method":"wechat","note":"一年"})", 201);
  later();
  const auto due = point.ask(Method::get, point.path + "/calculation", {}, 200);
  point.ask(Method::post, point.path + "/settlements", R"({"id":"s1","reading":)" + number(due.at("reading").as_int64()) + R"(,"balance":"6.00","method":"transfer","close":false,"note":"退房"})", 201);

  struct Row {
    const char *kind, *document, *amount, *method, *note, *by;
  };
  constexpr std::array kRows{Row{"correction", "settlement", "-6.00", "transfer", "退房", "admin"}, Row{"correction", "fee", "-120.00", "wechat", "一年", "admin"},
                             Row{"correction", "fee", "120.00", "wechat", "一年", "admin"},         Row{"correction", "adjustment", "-1.00", "", "多充", "admin"},
                             Row{"deduction", "", "-3.00", "", "", ""},                             Row{"recharge", "", "10.00", "cash", "前台", "admin"}};
  const auto text = [](const boost::json::value& row, const char* field) {
    const auto* found = row.as_object().if_contains(field);
    return found == nullptr ? std::string() : std::string(found->as_string());
  };
  for (const bool all : {true, false}) {
    const auto rows = point.ask(Method::get, point.path + (all ? "/ledger" : "/ledger?kind=correction"), {}, 200).at("rows").as_array();
    REQUIRE(rows.size() == (all ? kRows.size() : 4));
    for (std::size_t i = 0; i < rows.size(); ++i) {
      CAPTURE(i);
      CHECK(text(rows[i], "kind") == kRows[i].kind);
      CHECK(text(rows[i], "document") == kRows[i].document);
      CHECK(text(rows[i], "amount") == kRows[i].amount);
      CHECK(text(rows[i], "method") == kRows[i].method);
      CHECK(text(rows[i], "note") == kRows[i].note);
      CHECK(text(rows[i], "by") == kRows[i].by);
      CHECK(rows[i].as_object().contains("sale") == (text(rows[i], "kind") == "recharge"));
    }
  }
  point.check_books();
}

TEST_CASE("em-checkout-calc: each calculation of the day has its registers per tariff from the one before: of a reading, an accepted one, a changed register") {
  Point point("electricity");
  const auto later = [&] {
    point.now = point.now + base::minutes(30);
    point.admin = point.log_in("admin");  // sessions end meanwhile
  };
  const auto read = [&](std::int64_t hundredths, std::optional<std::int64_t> part) {
    later();
    std::optional<Tariffs> tariffs;
    if (part) {
      tariffs.emplace();
      tariffs->fill(base::Quantity(*part * 100));
    }
    point.event(wire::ReadingsEvent{{{base::DeviceId("p1"), point.now, wire::ReadingKind::interval, base::Quantity(hundredths * 100), tariffs}}});
  };
  point.recharge("r1", "50", "cash");
  read(100, 25);
  read(180, 45);
  read(200, std::nullopt);  // the four did not come with it
  read(300, 75);
  later();
  point.ask(Method::post, point.path + "/register-changes",
            R"({"id":"g1","kind":"replace","last":{"total":"3.00"},"start":{"total":"9.00","tariffs":["2.20","2.25","2.25","2.30"]},"note":"坏了"})", 201);
  read(940, 235);

  const auto today = point.ask(Method::get, point.path + "/calculation", {}, 200).at("today").as_array();
  REQUIRE(today.size() == 5);
  struct Row {
    const char *total, *previous, *sharp, *valley;  ///< sharp, valley: of the register before; empty: not known
  };
  constexpr std::array kRows{Row{"9.40", "9.00", "2.20", "2.30"}, Row{"3.00", "2.00", "", ""}, Row{"2.00", "1.80", "0.45", "0.45"}, Row{"1.80", "1.00", "0.25", "0.25"},
                             Row{"1.00", "0.00", "", ""}};
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    CAPTURE(i);
    CHECK(today[i].at("total").as_string() == kRows[i].total);
    CHECK(today[i].at("previous_total").as_string() == kRows[i].previous);
    const auto* before = today[i].as_object().if_contains("previous_tariffs");
    REQUIRE((before != nullptr) == (*kRows[i].sharp != 0));
    if (before == nullptr) continue;
    CHECK(before->at(0).as_string() == kRows[i].sharp);
    CHECK(before->at(3).as_string() == kRows[i].valley);
  }
}
