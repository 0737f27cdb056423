#include <doctest/doctest.h>

#include <algorithm>
#include <utility>

#include "platform/store/queries.hpp"
#include "tests/unit/platform/store/scratch_database.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

CursorPage<NoticeRow> page_of(Queries& queries, std::int64_t meter, Cursor cursor) {
  auto page = queries.notices(Scope{1}, meter, cursor);
  REQUIRE_MESSAGE(page, (page ? std::string() : page.error().where));
  REQUIRE(*page);
  return std::move(**page);
}

}  // namespace

TEST_CASE("queries: the pages of a meter's notices hold every one of its warnings once, newest first") {
  StoredSite site;
  site.live_a_day(7);
  const auto queries = open_queries(site.url(), 1);
  REQUIRE(queries);
  std::int64_t all = 0, second = 0, most = 0;
  for (std::int64_t meter = 1; meter <= 3; ++meter) {
    CAPTURE(meter);
    std::int64_t seen = 0;
    Cursor cursor{std::nullopt, 1};
    for (bool more = true; more;) {
      const auto page = page_of(**queries, meter, cursor);
      for (const NoticeRow& row : page.rows) {
        CHECK(row.id < cursor.before.value_or(row.id + 1));
        CHECK(row.balance < row.threshold);
        CHECK(row.at <= site.now);
        CHECK((row.kind == "alarm_1" || row.kind == "alarm_2"));
        second += row.kind == "alarm_2" ? 1 : 0;
        ++seen;
      }
      more = page.next.has_value();
      if (more) CHECK(*page.next == page.rows.back().id);
      cursor.before = page.next;
    }
    all += seen;
    most = std::max(most, seen);
  }
  CHECK(most > 1);
  CHECK(all == site.count("SELECT count(*) FROM notice"));
  CHECK(second == site.count("SELECT count(*) FROM notice WHERE kind = 'alarm_2'"));
}

TEST_CASE("queries: the notices of another organisation's meter are not there") {
  StoredSite site;
  site.live_a_day(7);
  const auto queries = open_queries(site.url(), 1);
  REQUIRE(queries);
  for (const auto& [scope, meter] : {std::pair{Scope{2}, std::int64_t{1}}, std::pair{Scope{1}, std::int64_t{999}}}) {
    const auto none = (*queries)->notices(scope, meter, {});
    REQUIRE(none);
    CHECK_FALSE(*none);
  }
}
