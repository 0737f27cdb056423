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
