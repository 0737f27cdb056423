#include "platform/http/event_hub.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "platform/http/event_socket.hpp"
#include "platform/http/routes.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

struct Ear {
  std::vector<std::string> heard;
  std::size_t most = 100'000;
  EventHub::Listener listener() {
    return [this](const EventHub::Message& message) {
      if (heard.size() >= most) return false;
      heard.push_back(*message);
      return true;
    };
  }
  [[nodiscard]] long count(const std::string& part) const {
    return std::count_if(heard.begin(), heard.end(),
                         [&](const std::string& text) { return text.find(part) != std::string::npos; });
  }
};

const Hearing kAll = hearing_of([](std::string_view) { return true; });

Hearing with(std::initializer_list<std::string_view> rights) {
  return hearing_of([&](std::string_view right) { return std::find(rights.begin(), rights.end(), right) != rights.end(); });
}

}  // namespace

TEST_CASE("events: each thing once, only to its organisation") {
  EventHub hub;
  int woken = 0;
  hub.on_wake([&woken] { ++woken; });
  Ear one, two;
  static_cast<void>(hub.subscribe(Scope{1}, kAll, one.listener()));
  static_cast<void>(hub.subscribe(Scope{2}, kAll, two.listener()));
  for (int i = 0; i < 5; ++i)
    hub.changed({{1, 1, MeterChanged{7}}, {1, 1, CommandChanged{"c1", 7}}, {2, 1, AlarmChanged{3}}}, base::UtcMillis(9));
  CHECK(woken == 1);
  hub.flush();
  CHECK(one.heard == std::vector<std::string>{R"({"type":"command","at":9,"id":"c1"})", R"({"type":"home","at":9})",
                                              R"({"type":"meter","at":9,"id":"7"})"});
  CHECK(two.heard == std::vector<std::string>{R"({"type":"alarm","at":9,"id":"3"})", R"({"type":"home","at":9})"});
  hub.changed({{1, 1, MeterChanged{7}}}, base::UtcMillis(10));
  CHECK(woken == 2);
}

TEST_CASE("events: a flood becomes one word per kind") {
  EventHub hub;
  Ear ear;
  static_cast<void>(hub.subscribe(Scope{1}, kAll, ear.listener()));
  std::vector<Notification> flood;
  for (int i = 1; i <= 10'000; ++i) flood.push_back({1, 1, MeterChanged{i}});
  flood.push_back({1, 1, AlarmChanged{1}});
  hub.changed(std::move(flood), base::UtcMillis(9));
  hub.flush();
  CHECK(ear.heard.size() == 3);
  CHECK(ear.count(R"({"type":"meter","at":9})") == 1);
  CHECK(ear.count("alarm") == 1);
}

TEST_CASE("events: of live values only the newest is sent") {
  EventHub hub;
  Ear ear;
  static_cast<void>(hub.subscribe(Scope{1}, kAll, ear.listener()));
  for (const char* voltage : {"220.1", "220.2"}) {
    wire::LiveValues values;
    values.voltage_v = voltage;
    hub.changed({{1, 1, LiveArrived{7, values}}}, base::UtcMillis(9));
  }
  hub.flush();
  REQUIRE(ear.heard.size() == 1);
  CHECK(ear.count("220.2") == 1);
}

TEST_CASE("events: who does not keep up is dropped, the others are not") {
  EventHub hub;
  Ear slow, quick;
  slow.most = 1;
  static_cast<void>(hub.subscribe(Scope{1}, kAll, slow.listener()));
  static_cast<void>(hub.subscribe(Scope{1}, kAll, quick.listener()));
  for (int i = 0; i < 3; ++i) {
    hub.changed({{1, 1, MeterChanged{i}}}, base::UtcMillis(9));
    hub.flush();
  }
  CHECK(slow.heard.size() == 1);
  CHECK(quick.heard.size() == 6);
}

TEST_CASE("events: ten-multi-community-scope: who sees some sites hears of nothing at the others") {
  EventHub hub;
  Ear whole, first, none;
  static_cast<void>(hub.subscribe(Scope{1}, kAll, whole.listener()));
  static_cast<void>(hub.subscribe(Scope{1, std::vector<std::int64_t>{1}}, kAll, first.listener()));
  static_cast<void>(hub.subscribe(Scope{1, std::vector<std::int64_t>{}}, kAll, none.listener()));
  hub.changed({{1, 1, MeterChanged{7}}, {1, 2, MeterChanged{8}}, {1, 2, LiveArrived{8, {}}}, {1, 1, LiveArrived{7, {}}}}, base::UtcMillis(9));
  hub.flush();
  CHECK(whole.heard.size() == 5);
  CHECK(whole.count("home") == 1);
  CHECK(first.heard.size() == 3);
  CHECK(first.count(R"("id":"8")") == 0);
  CHECK(none.heard.empty());
  hub.changed({{1, 2, AlarmChanged{3}}}, base::UtcMillis(10));
  hub.flush();
  CHECK(first.heard.size() == 3);
}

TEST_CASE("events: a flood from many sites is one word per kind for who sees them all, and names no other site") {
  EventHub hub;
  Ear whole, first;
  static_cast<void>(hub.subscribe(Scope{1}, kAll, whole.listener()));
  static_cast<void>(hub.subscribe(Scope{1, std::vector<std::int64_t>{1}}, kAll, first.listener()));
  std::vector<Notification> flood{{1, 1, AlarmChanged{1}}};
  for (int i = 1; i <= 10'000; ++i) flood.push_back({1, 2 + i % 100, MeterChanged{i}});
  hub.changed(std::move(flood), base::UtcMillis(9));
  hub.flush();
  CHECK(whole.heard.size() == 3);
  CHECK(first.heard.size() == 2);
  CHECK(first.count("meter") == 0);
}

TEST_CASE("events: a page of another site cannot open the stream") {
  CHECK(origin_fits("http://anju.example:8080", "anju.example:8080"));
  CHECK(origin_fits("https://Anju.example", "anju.example"));
  CHECK(origin_fits("", "anju.example"));
  CHECK_FALSE(origin_fits("http://evil.example", "anju.example"));
  CHECK_FALSE(origin_fits("http://anju.example.evil.example", "anju.example"));
  CHECK_FALSE(origin_fits("http://anju.example:81", "anju.example"));
  CHECK_FALSE(origin_fits("null", "anju.example"));
}

TEST_CASE("events: who may not read meters hears no momentary values") {
  EventHub hub;
  Ear reader, other;
  static_cast<void>(hub.subscribe(Scope{1}, kAll, reader.listener()));
  static_cast<void>(hub.subscribe(Scope{1}, with({"alarm:read", "home:read"}), other.listener()));
  hub.changed({{1, 1, LiveArrived{7, {}}}, {1, 1, AlarmChanged{3}}}, base::UtcMillis(9));
  hub.flush();
  CHECK(reader.count(R"("type":"live")") == 1);
  CHECK(other.count(R"("type":"live")") == 0);
  CHECK(other.count(R"("type":"alarm")") == 1);
}

TEST_CASE("events: nobody hears of what he may not read, not even its id") {
  const std::vector<Notification> all{{1, 1, MeterChanged{7}}, {1, 1, LedgerChanged{7}}, {1, 1, CommandChanged{"c1", 7}},
                                      {1, 1, GatewayChanged{"g1"}}, {1, 1, AlarmChanged{3}}, {1, 1, LiveArrived{7, {}}}};
  const auto heard = [&](std::initializer_list<std::string_view> rights) {
    EventHub hub;
    Ear ear;
    static_cast<void>(hub.subscribe(Scope{1}, with(rights), ear.listener()));
    hub.changed(all, base::UtcMillis(9));
    hub.flush();
    std::string types;
    for (const EventType& type : kEventTypes)
      if (ear.count(R"("type":")" + std::string(type.name) + '"') > 0) types += std::string(type.name) + " ";
    CHECK(ear.heard.size() == static_cast<std::size_t>(std::count(types.begin(), types.end(), ' ')));
    return types;
  };
  CHECK(heard({"resident:read"}).empty());
  CHECK(heard({"home:read"}) == "home ");
  CHECK(heard({"meter:read"}) == "meter ledger command live ");
  CHECK(heard({"gateway:read"}) == "gateway ");
  CHECK(heard({"alarm:read"}) == "alarm ");
  // A flood of what he must not know is not even a word without ids.
  EventHub hub;
  Ear ear;
  static_cast<void>(hub.subscribe(Scope{1}, with({"alarm:read"}), ear.listener()));
  std::vector<Notification> flood;
  for (int i = 1; i <= 1000; ++i) flood.push_back({1, 1, MeterChanged{i}});
  hub.changed(std::move(flood), base::UtcMillis(9));
  hub.flush();
  CHECK(ear.heard.empty());
}

TEST_CASE("events: every type asks for a right that there is") {
  const auto known = all_permissions();
  // One's own inbox everybody hears.
  for (const EventType& type : kEventTypes) CHECK_MESSAGE((type.right == "self" || std::binary_search(known.begin(), known.end(), type.right)), type.name);
}

TEST_CASE("events: al-inbox: that an inbox changed is heard by its person alone, whatever he has entered") {
  EventHub hub;
  Ear mine, colleague, entered;
  static_cast<void>(hub.subscribe(Scope{1}, kAll, mine.listener(), 7));
  static_cast<void>(hub.subscribe(Scope{1}, kAll, colleague.listener(), 8));
  static_cast<void>(hub.subscribe(Scope{2, std::vector<std::int64_t>{}}, kAll, entered.listener(), 7));
  hub.changed({{1, 0, InboxChanged{7}}, {1, 0, InboxChanged{7}}}, base::UtcMillis(9));
  hub.flush();
  CHECK(mine.heard == std::vector<std::string>{R"({"type":"inbox","at":9})"});
  CHECK(entered.heard == mine.heard);
  CHECK(colleague.heard.empty());
}
