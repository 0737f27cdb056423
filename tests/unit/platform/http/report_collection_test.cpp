// 采集日志 through the whole API: what was collected at each midnight, what was not, where the meter is, and how much may be asked.

#include <map>

#include "tests/unit/platform/http/office.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

constexpr std::int64_t kDayMs = 86'400'000;

/// Meter m1 is in room A01 of a source in the area East. It alone froze registers: at the midnights that end 24 and 25 November.
struct Collected : Office {
  Collected() {
    const std::string zone = std::to_string(add("areas", R"("name":"East")"));
    const std::string source = std::to_string(add("sources", R"("code":"0000200001","name":"Future city","type":"centralised","zone":)" + zone));
    const std::string room = std::to_string(add("rooms", R"("name":"A01","number":"1","source":)" + source));
    add("concentrators", R"("gateway":"gw","name":"Terminal 1","asset_number":"17000405")");
    ask(Method::put, "/meters/1/room", R"({"room":)" + room + "}", 200);
  }
  boost::json::array rows(const std::string& query) { return ask(Method::get, "/reports/freezes?limit=200" + query, {}, 200).at("rows").as_array(); }
  /// "day meter state" per row.
  std::vector<std::string> said(const std::string& query) {
    std::vector<std::string> all;
    for (const auto& row : rows(query))
      all.push_back(std::string(row.at("day").as_string()).substr(8) + " " + std::string(row.at("meter").at("title").as_string()) + " " + std::string(row.at("state").as_string()));
    return all;
  }
};

std::string decimal(std::int64_t e4) { return format(base::Quantity(e4)); }

}  // namespace

TEST_CASE("em-daily-freeze: every meter and day has a row, with its registers or as not collected; the running day has none") {
  Collected office;
  REQUIRE(office.site.count("SELECT count(*) FROM day_register") == 2);
  using Rows = std::vector<std::string>;
  const Rows all{"26 m3 missing", "26 m2 missing", "26 m1 missing", "25 m3 missing", "25 m2 missing", "25 m1 collected", "24 m1 collected"};
  CHECK(office.said("") == all);
  CHECK(office.said("&state=missing") == Rows{"26 m3 missing", "26 m2 missing", "26 m1 missing", "25 m3 missing", "25 m2 missing"});
  CHECK(office.said("&state=collected") == Rows{"25 m1 collected", "24 m1 collected"});
  CHECK(office.said("&utility=water").empty());
  CHECK(office.said("&meter=2") == Rows{"26 m2 missing", "25 m2 missing"});
  const std::int64_t begin_of_25 = 1'764'000'000'000;
  CHECK(office.said("&from=" + std::to_string(begin_of_25) + "&to=" + std::to_string(begin_of_25 + kDayMs)) == Rows{"25 m3 missing", "25 m2 missing", "25 m1 collected"});
  // Page by page it is the same.
  for (const char* limit : {"1", "2", "3"}) {
    Rows parts;
    for (std::string before;;) {
      const auto page = office.ask(Method::get, std::string("/reports/freezes?limit=") + limit + before, {}, 200);
      for (const auto& row : page.at("rows").as_array())
        parts.push_back(std::string(row.at("day").as_string()).substr(8) + " " + std::string(row.at("meter").at("title").as_string()) + " " + std::string(row.at("state").as_string()));
      if (page.at("next").is_null()) break;
      before = "&before=" + std::string(page.at("next").as_string());
    }
    CHECK(parts == all);
  }
  // A meter that froze nothing by its protocol, and one that was never sent to its gateway, is not missed.
  office.site.ask(PutPricePlan{0, "water", {PlanKind::total, base::Price(350'007), {}}, {}, Utility::water});
  RegisterMeter water;
  water.gateway = "gw";
  water.line = "l1";
  water.device = water.name = "w1";
  water.address = "000000000101";
  water.price_plan = 3;
  water.kind = wire::MeterKind::water;
  water.profile.dialect = "mqtt";
  office.site.ask(water);
  RegisterMeter prepared = water;
  prepared.device = prepared.name = "p1";
  prepared.address = "000000000102";
  prepared.price_plan = 1;
  prepared.kind = wire::MeterKind::electricity;
  prepared.profile = {};
  prepared.dispatch = false;
  office.site.ask(prepared);
  office.site.commit();
  office.now = office.now + base::hours(24);
  office.admin = office.log_in("admin");
  CHECK(office.said("&state=missing").size() == 8);  // three more of 27 November
  // Nobody waits for a meter that was taken away.
  const MeterState& gone = *office.site.ledger->meter(3);
  office.site.ask(Settle{"end", 3, gone.metering.last.at, gone.account.balance, PayMethod::cash, false, ""});
  office.site.ask(RemoveMeter{3});
  office.site.commit();
  for (const std::string& row : office.said("&state=missing")) CHECK(row.find(" m3 ") == std::string::npos);
}

TEST_CASE("em-daily-freeze: the columns of the manual: source, room, terminal with its number of eight digits, five registers, day and moment") {
  Collected office;
  const MeterState& second = *office.site.ledger->meter(2);
  const base::Quantity total = second.metering.last.total;
  const Tariffs parts{base::Quantity(100), base::Quantity(20'000), base::Quantity(30'300), base::Quantity(44'400)};
  const base::UtcMillis midnight = office.site.now;  // begins 27 November
  office.site.now = office.site.now + base::minutes(3);
  const std::vector<wire::Event> events{wire::ReadingsEvent{{{base::DeviceId("m2"), midnight, wire::ReadingKind::daily_freeze, total, parts}}}};
  office.site.ledger->take(1, "e1", ++office.site.seq, events, office.site.now);
  office.site.commit();
  const auto last = office.rows("&state=collected").at(0);
  CHECK(last.at("meter").at("title").as_string() == "m2");
  CHECK(last.at("day").as_string() == "2025-11-26");
  CHECK(last.at("at").as_int64() == office.site.now.value);
  CHECK(last.at("total").as_string() == decimal(total.e4));
  CHECK(last.at("sharp").as_string() == "0.01");
  CHECK(last.at("peak").as_string() == "2.00");
  CHECK(last.at("flat").as_string() == "3.03");
  CHECK(last.at("valley").as_string() == "4.44");
  CHECK(last.at("source").is_null());
  CHECK(last.at("terminal").as_string() == "Terminal 1");
  CHECK(last.at("terminal_number").as_string() == "17000405");
  const auto first = office.rows("&state=collected&meter=1").at(0);
  CHECK(first.at("source").as_string() == "0000200001");
  CHECK(first.at("room").as_string() == "A01");
  CHECK(first.at("total").as_string() == "500.00");
  CHECK(first.at("sharp").is_null());
  const auto missing = office.rows("&state=missing&meter=1").at(0);
  for (const char* column : {"total", "sharp", "peak", "flat", "valley", "at"}) CHECK(missing.at(column).is_null());
  CHECK(missing.at("terminal_number").as_string() == "17000405");

  // 房源编码, 房源名称, 房源区域 are of m1 alone, 终端编号 of all.
  for (const char* words : {"0000200001", "A01", "East"}) {
    CAPTURE(words);
    const auto found = office.rows(std::string("&search=") + words);
    CHECK(found.size() == 3);
    for (const auto& row : found) CHECK(row.at("meter").at("title").as_string() == "m1");
  }
  CHECK(office.rows("&search=17000405").size() == 7);
  CHECK(office.rows("&search=000000000002").size() == 2);
  CHECK(office.rows("&search=17000406").empty());

  // The heads are the manual's, in its order.
  const auto described = office.ask(Method::get, "/reports", {}, 200);
  std::string heads;
  for (const auto& report : described.at("reports").as_array()) {
    if (report.at("name").as_string() != "freezes") continue;
    for (const auto& column : report.at("columns").as_array()) heads += std::string(column.at("label").at("zh").as_string()) + " ";
  }
  CHECK(heads == "房源编码 房源名称 电表编号 电表名称 表计类型 终端名称 终端编号 示值(总) 示值1 示值2 示值3 示值4 计费时间 抄表时间 采集状态 ");
}

TEST_CASE("em-daily-freeze: what reaches more meters and days than the limit is refused by its name, for the list and for the file") {
  Collected office;
  {
    soci::session session;
    REQUIRE(open_session(session, office.site.url()));
    run_script(session,
               "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 1599) INSERT INTO account(id, organisation, site, kind, balance_micro_yuan,"
               " remainder_nano_yuan, newest_transfer) SELECT 10000 + i, 1, 1, 'meter', 0, 0, 0 FROM n;"
               "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 1599) INSERT INTO meter(id, organisation, site, gateway, line, device, name, room,"
               " address, profile, mode, price_plan, alarm_1_micro_yuan, alarm_2_micro_yuan, overdraft_micro_yuan, auto_trip, account, start_total_e4, registered_ms)"
               " SELECT n.i, 1, 1, m.gateway, m.line, 'x' || n.i, 'x', '', '00000000' || (1000 + n.i), m.profile, m.mode, m.price_plan, 0, 0, 0, 1, 10000 + n.i, 0, 0 FROM n, meter m"
               " WHERE m.id = 1");
  }
  const auto asked = [&](std::int64_t days) { return "?to=" + std::to_string(office.now.value) + "&from=" + std::to_string(office.now.value - days * kDayMs); };
  // 1503 meters: 332 days are 498 996, 333 are 500 499.
  office.ask(Method::get, "/reports/freezes" + asked(332), {}, 200);
  office.refused(Method::get, "/reports/freezes" + asked(333), {}, 400, "bad_field", "from");
  office.refused(Method::get, "/reports/freezes/export" + asked(333), {}, 400, "bad_field", "from");
  office.ask(Method::get, "/reports/freezes" + asked(366) + "&meter=1", {}, 200);
}
