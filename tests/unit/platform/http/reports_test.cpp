#include "platform/catalog/report.hpp"

#include "platform/http/rows/lists.hpp"
#include "tests/unit/platform/http/api_fixture.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

constexpr std::int64_t kDayMs = 86'400'000;

std::size_t rows_of(const Response& response) { return ApiFixture::json(response).at("rows").as_array().size(); }

}  // namespace

TEST_CASE("reports: a session is told of those that it may read, each with both languages") {
  ApiFixture fixture;
  fixture.add("clerk", 1, {"payment_report:read"}, false, false);
  const auto seen = ApiFixture::json(fixture.call(Method::get, "/reports", "", fixture.log_in("clerk")));
  REQUIRE(seen.at("reports").as_array().size() == 1);
  CHECK(seen.at("reports").at(0).at("name").as_string() == "payments");
  const auto all = ApiFixture::json(fixture.call(Method::get, "/reports", "", fixture.log_in("admin")));
  CHECK(all.at("reports").as_array().size() == catalog::reports().size());
  for (const auto& report : all.at("reports").as_array()) {
    for (const auto& column : report.at("columns").as_array()) {
      CHECK(!column.at("label").at("zh").as_string().empty());
      CHECK(!column.at("label").at("en").as_string().empty());
      CHECK((column.at("type").as_string() != "choice" || column.as_object().contains("choices")));
    }
  }
}

TEST_CASE("reports: the last seven days unless asked otherwise, a year at most, and nothing but a cursor of ours") {
  ApiFixture fixture;
  const std::size_t recent = rows_of(fixture.call(Method::get, "/reports/payments?limit=200", "", fixture.log_in("admin")));
  CHECK(recent > 5);
  fixture.now = fixture.now + base::hours(24 * 7);  // all of it is a week old by now, and so is the session
  const Session admin = fixture.log_in("admin");
  CHECK(rows_of(fixture.call(Method::get, "/reports/payments", "", admin)) < recent);
  const std::string to = std::to_string(fixture.now.value);
  const auto asked = [&](std::int64_t days) {
    return fixture.call(Method::get, "/reports/payments?limit=200&to=" + to + "&from=" + std::to_string(fixture.now.value - days * kDayMs), "", admin);
  };
  CHECK(rows_of(asked(catalog::kMostReportDays)) == recent);
  for (const Response& refused : {asked(catalog::kMostReportDays + 1), asked(0)}) {
    CHECK(refused.status == 400);
    CHECK(ApiFixture::json(refused).at("field").as_string() == "from");
  }
  for (const char* cursor : {"x", "1.", ".1", "1..2", "1.2x", "99999999999999999999"}) {
    CAPTURE(cursor);
    CHECK(fixture.call(Method::get, std::string("/reports/payments?before=") + cursor, "", admin).status == 400);
  }
  CHECK(fixture.call(Method::get, "/reports/payments?state=maybe", "", admin).status == 400);
  CHECK(fixture.call(Method::get, "/reports/payments?site=elsewhere", "", admin).status == 404);
  CHECK(fixture.call(Method::get, "/reports/payments/totals?site=elsewhere", "", admin).status == 404);
}

TEST_CASE("reports: pages by what the page before says, money as decimal text, meters with their number") {
  ApiFixture fixture;
  const Session admin = fixture.log_in("admin");
  const auto first = ApiFixture::json(fixture.call(Method::get, "/reports/payments?limit=3", "", admin));
  REQUIRE(first.at("rows").as_array().size() == 3);
  const auto& row = first.at("rows").at(0);
  CHECK(row.at("meter").at("title").is_string());
  CHECK(row.at("due").is_string());
  CHECK(row.at("fee").as_string() == "0.00");
  CHECK(row.at("user").is_null());
  CHECK(row.at("at").is_int64());
  const std::string next(first.at("next").as_string().c_str());
  const auto second = ApiFixture::json(fixture.call(Method::get, "/reports/payments?limit=3&before=" + next, "", admin));
  CHECK(second.at("rows").at(0).at("key").as_string() != first.at("rows").at(2).at("key").as_string());
  CHECK(second.at("rows").at(0).at("at").as_int64() <= first.at("rows").at(2).at("at").as_int64());
  const auto totals = ApiFixture::json(fixture.call(Method::get, "/reports/payments/totals", "", admin));
  CHECK(totals.at("over").as_bool() == false);
  CHECK(totals.at("sums").at("due").is_string());
}

TEST_CASE("rp-home-counts, en-analysis: by community, and of a period that there is") {
  ApiFixture fixture;
  const Session admin = fixture.log_in("admin");
  const auto home = ApiFixture::json(fixture.call(Method::get, "/home?site=site", "", admin));
  CHECK(home.at("counters").at("communities").as_int64() == 1);
  CHECK(home.at("last_7_days").at(6).as_object().contains("recharges"));
  CHECK(fixture.call(Method::get, "/home?site=elsewhere", "", admin).status == 404);
  CHECK(fixture.call(Method::get, "/energy?site=elsewhere", "", admin).status == 404);
  for (const char* wrong : {"?period=2026", "?period=202613", "?step=month&period=202611", "?step=week"}) {
    CAPTURE(wrong);
    CHECK(fixture.call(Method::get, std::string("/energy") + wrong, "", admin).status == 400);
  }
  const auto energy = ApiFixture::json(fixture.call(Method::get, "/energy?step=month", "", admin));
  CHECK(energy.at("running").as_bool());
  CHECK(energy.at("total").at("kwh").as_string() != "0.00");
}

TEST_CASE("reports: the same question as a spreadsheet, in words and numbers, for who may take it away") {
  ApiFixture fixture;
  fixture.add("clerk", 1, {"payment_report:read"}, false, false);
  const Session admin = fixture.log_in("admin");
  const std::size_t rows = rows_of(fixture.call(Method::get, "/reports/payments?limit=200", "", admin));
  REQUIRE(rows > 0);
  const auto file = fixture.call(Method::get, "/reports/payments/export?lang=en", "", admin);
  CHECK(file.status == 200);
  CHECK(file.body.starts_with("PK"));
  CHECK(fixture.site.count("SELECT count(*) FROM audit WHERE action = 'export_payment_report' AND detail LIKE '%rows=" + std::to_string(rows) + "%'") == 1);
  CHECK(fixture.call(Method::get, "/reports/payments/export?site=elsewhere", "", admin).status == 404);
  CHECK(fixture.call(Method::get, "/reports/payments/export", "", fixture.log_in("clerk")).status == 403);

  // Every report, page by page, says in its sheet what its list says.
  for (const catalog::Report* report : catalog::reports()) {
    CAPTURE(std::string(report->name));
    catalog::ReportAsk ask;
    ask.to = base::UtcMillis(fixture.now.value + 1);
    ask.limit = 5000;
    const auto listed = fixture.reports->page(*report, {1}, ask);
    REQUIRE(listed);
    const auto source = report_rows(*fixture.reports, *report, {{1}, Language::zh, *fixture.queries->sites({1}), fixture.now}, ask);
    std::vector<CellRow> taken;
    for (auto part = source->next(2); part && !part->empty(); part = source->next(2))
      for (CellRow& row : *part) taken.push_back(std::move(row));
    CHECK(taken.size() == listed->rows.size());
    CHECK(source->count() == static_cast<std::int64_t>(taken.size()));
    for (const CellRow& row : taken) CHECK(row.size() == source->columns().size());
  }
}
