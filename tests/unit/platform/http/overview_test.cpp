// The home page through the whole API.

#include <map>
#include <string>

#include "tests/unit/platform/http/office.hpp"

using namespace anju;
using namespace anju::platform;

TEST_CASE("al-home, dv-alarm-home: home counts the active alarms by their kind, and one that was cleared no more") {
  Office office;
  // A meter that is wanted closed and was opened at the meter, and what the gateway could not use, twice.
  const auto say = [&](wire::Event event) {
    office.site.ledger->take(1, "e1", ++office.site.seq, std::vector{std::move(event)}, office.now);
    office.site.commit();
  };
  say(wire::StatusEvent{base::DeviceId("m3"), office.now, true, wire::Relay::open, false, {}});
  for (const char* stranger : {"x1", "x2"}) say(wire::StatusEvent{base::DeviceId(stranger), office.now, true, wire::Relay::open, false, {}});

  using Counts = std::map<std::string, std::int64_t>;
  const auto listed = [&] {
    const auto page = office.ask(Method::get, "/alarms?active=true&page_size=100", {}, 200);
    REQUIRE(page.at("total").as_int64() <= 100);
    Counts counts;
    for (const auto& row : page.at("rows").as_array()) ++counts[std::string(row.at("code").as_string())];
    return counts;
  };
  const auto counted = [&] {
    Counts counts;
    const auto home = office.ask(Method::get, "/home", {}, 200);
    for (const auto& kind : home.at("alarms").as_array()) {
      CHECK(counts.emplace(std::string(kind.at("code").as_string()), kind.at("count").as_int64()).second);
    }
    return counts;
  };
  const Counts before = counted();
  CHECK(before == listed());
  CHECK(before.size() >= 2);

  const auto active = office.ask(Method::get, "/alarms?active=true&page_size=100", {}, 200);
  for (const auto& row : active.at("rows").as_array()) {
    if (!row.at("clearable").as_bool()) continue;
    office.ask(Method::post, "/alarms/" + number(row.at("id").as_int64()) + "/clear", R"({"note":"看过了"})", 200);
    Counts after = before;
    if (--after[std::string(row.at("code").as_string())] == 0) after.erase(std::string(row.at("code").as_string()));
    CHECK(counted() == after);
    CHECK(listed() == after);
    return;
  }
  FAIL("nothing that could be cleared");
}
