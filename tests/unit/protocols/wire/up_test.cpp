#include "protocols/wire/up.hpp"

#include <doctest/doctest.h>

#include <random>

#include "protocols/wire/envelope.hpp"
#include "protocols/wire/errc.hpp"

using namespace anju;
using namespace anju::wire;

namespace {

UpBatch every_kind_of_event() {
  using base::Quantity;
  const base::DeviceId meter("m-0001");
  const base::UtcMillis at(1'763'687'758'123);
  UpBatch batch{"e-1", 41, {}};
  batch.events.emplace_back(ReadingsEvent{{{meter, at, ReadingKind::interval, Quantity(1'523'000),
                                            std::array{Quantity(1), Quantity(2), Quantity(3), Quantity(4)}},
                                           {meter, at, ReadingKind::daily_freeze, Quantity(0), {}},
                                           {meter, at, ReadingKind::on_demand, Quantity(999'999'9999), {}}}});
  batch.events.emplace_back(StatusEvent{meter, at, true, Relay::awaiting_button, true, -3});
  batch.events.emplace_back(StatusEvent{meter, at, false, Relay::unknown, false, {}});
  batch.events.emplace_back(
      CommandEvent{base::CommandId("c1"), meter, at, CommandPhase::refused, "not_authorised", Relay::open});
  batch.events.emplace_back(AlarmEvent{"spool_full", meter, base::LineId("l1"), at, true, "8 MB \"full\"\n安居"});
  batch.events.emplace_back(AlarmEvent{"bad_mac", {}, {}, at, false, ""});
  return batch;
}

std::string event(std::string_view fields) {
  return R"({"epoch":"e","seq":1,"events":[)" + std::string(fields) + "]}";
}
std::string reading(std::string_view fields) {
  return event(R"({"type":"readings","readings":[{"device":"a","at":1,"total":"1.00"},{)" + std::string(fields) +
               "}]}");
}

struct Bad {
  std::string body;
  Errc errc;
  const char* where;
};

}  // namespace

TEST_CASE("up: every kind of event is written and read back") {
  const UpBatch batch = every_kind_of_event();
  const std::string text = encode(batch);
  const auto decoded = decode_up(text);
  REQUIRE(decoded);
  CHECK(*decoded == batch);
}

TEST_CASE("up: a batch joined of encoded events is the batch encoded at once") {
  const UpBatch batch = every_kind_of_event();
  std::vector<std::string> events;
  for (const Event& one : batch.events) {
    events.push_back(encode(one));
    const auto decoded = decode_event(events.back());
    REQUIRE(decoded);
    CHECK(*decoded == one);
  }
  CHECK(join_up(batch.epoch, batch.seq, events) == encode(batch));
}

TEST_CASE("up: the usual reading is compact") {
  const UpBatch batch{
      "e", 7, {ReadingsEvent{{{base::DeviceId("m1"), base::UtcMillis(5), {}, base::Quantity(12'300), {}}}}}};
  CHECK(encode(batch) ==
        R"({"epoch":"e","seq":7,"events":[{"type":"readings","readings":[{"device":"m1","at":5,"total":"1.23"}]}]})");
}

TEST_CASE("up: unknown fields are ignored, because a newer gateway may send more") {
  const auto decoded = decode_up(
      R"({"epoch":"e","seq":1,"new":[{"x":1.5}],"events":[{"type":"alarm","code":"c","at":1,"active":true,"n":null}]})");
  REQUIRE(decoded);
  CHECK(decoded->events.size() == 1);
}

TEST_CASE("up: the first bad field is named with its path") {
  const std::string good = R"("device":"b","at":2,"total":"1.00")";
  const std::string place = "events[0].readings[1].";
  for (const Bad& row : std::vector<Bad>{
           {"", Errc::not_json, nullptr},
           {"[]", Errc::not_json, nullptr},
           {"{}x", Errc::not_json, nullptr},
           {R"({"epoch":"e","seq":1,"events":[)", Errc::not_json, nullptr},
           {std::string(20, '['), Errc::not_json, nullptr},
           {"{\"epoch\":\"\xff\"}", Errc::not_json, nullptr},
           {std::string(kMaxPayload + 1, ' '), Errc::too_large, nullptr},
           {"{}", Errc::missing_field, "epoch"},
           {R"({"epoch":"a b","seq":1,"events":[]})", Errc::bad_field, "epoch"},
           {R"({"epoch":"e","seq":0,"events":[]})", Errc::bad_field, "seq"},
           {R"({"epoch":"e","seq":1.0,"events":[]})", Errc::bad_field, "seq"},
           {R"({"epoch":"e","seq":"1","events":[]})", Errc::bad_field, "seq"},
           {R"({"epoch":"e","seq":9007199254740992,"events":[]})", Errc::bad_field, "seq"},
           {R"({"epoch":"e","seq":99999999999999999999,"events":[]})", Errc::bad_field, "seq"},
           {R"({"epoch":"e","seq":1,"events":{}})", Errc::bad_field, "events"},
           {event("1"), Errc::bad_field, "events[0]"},
           {event("{}"), Errc::missing_field, "events[0].type"},
           {event(R"({"type":"door"})"), Errc::unknown_kind, "events[0].type"},
           {event(R"({"type":"alarm","code":"c","at":1})"), Errc::missing_field, "events[0].active"},
           {event(R"({"type":"status","device":"d","at":1,"reachable":true,"relay":"molten","keep_power":false})"),
            Errc::bad_field, "events[0].relay"},
           {event(R"({"type":"readings","readings":[null]})"), Errc::bad_field, "events[0].readings[0]"},
           {reading(R"("at":2,"total":"1.00")"), Errc::missing_field, "events[0].readings[1].device"},
           {reading(R"("device":"b","at":-2,"total":"1.00")"), Errc::bad_field, "events[0].readings[1].at"},
           {reading(R"("device":"b","at":2,"total":1.00)"), Errc::bad_field, "events[0].readings[1].total"},
           {reading(R"("device":"b","at":2,"total":1)"), Errc::bad_field, "events[0].readings[1].total"},
           {reading(R"("device":"b","at":2,"total":"1.00001")"), Errc::bad_field, "events[0].readings[1].total"},
           {reading(R"("device":"b","at":2,"total":"1e3")"), Errc::bad_field, "events[0].readings[1].total"},
           {reading(good + R"(,"kind":"guessed")"), Errc::bad_field, "events[0].readings[1].kind"},
           {reading(good + R"(,"kind":null)"), Errc::bad_field, "events[0].readings[1].kind"},
           {reading(good + R"(,"tariffs":["1","2","3"])"), Errc::bad_field, "events[0].readings[1].tariffs"},
           {reading(good + R"(,"tariffs":["1","2","3",4])"), Errc::bad_field, "events[0].readings[1].tariffs[3]"}}) {
    CAPTURE(row.body.substr(0, 200));
    const auto decoded = decode_up(row.body);
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().code == to_string(row.errc));
    if (row.where != nullptr) CHECK(decoded.error().where == row.where);
  }
}

TEST_CASE("up: more items than the limit are too_large") {
  std::string events, readings;
  for (std::size_t i = 0; i <= kMaxEvents; ++i) events += std::string(i ? "," : "") + R"({"type":"x"})";
  for (std::size_t i = 0; i <= kMaxReadingsPerEvent; ++i) readings += std::string(i ? "," : "") + "{}";
  CHECK(decode_up(event(events)).error().is(Errc::too_large));
  const auto many = decode_up(event(R"({"type":"readings","readings":[)" + readings + "]}"));
  CHECK(many.error().is(Errc::too_large));
  CHECK(many.error().where == "events[0].readings");
}

TEST_CASE("up: free text is counted in characters, cut by the encoder and cleaned of what is no UTF-8") {
  std::string long_text;
  for (std::size_t i = 0; i < kMaxText; ++i) long_text += "安";
  Event alarm = AlarmEvent{"c", {}, {}, base::UtcMillis(1), true, long_text + "居"};
  auto decoded = decode_event(encode(alarm));
  REQUIRE(decoded);
  CHECK(std::get<AlarmEvent>(*decoded).detail == long_text);
  const std::string too_long = R"({"type":"alarm","code":"c","at":1,"active":true,"detail":")" + long_text + "x\"}";
  CHECK(decode_event(too_long).error().is(Errc::too_large));

  std::get<AlarmEvent>(alarm).detail = "\xff\xc0\xaf\xe5\xae\x01\xed\xa0\x80 ok";
  decoded = decode_event(encode(alarm));
  REQUIRE(decoded);
  CHECK(std::get<AlarmEvent>(*decoded).detail == "?????\x01??? ok");
}

TEST_CASE("state: the whole message and the last will") {
  GatewayState state{true, "0.1.0", "e-1", 77, 5, 3, base::UtcMillis(1), base::UtcMillis(2), {}, {}};
  state.lines.push_back({base::LineId("l1"), "serial:///dev/ttyS1?baud=2400&format=8E1", true, 1, 2, 3, 400});
  state.devices.push_back({base::DeviceId("m1"), true, base::UtcMillis(9), 1, 2, 3, 40, 50});
  auto decoded = decode_state(encode(state));
  REQUIRE(decoded);
  CHECK(*decoded == state);

  const auto will = decode_state(R"({"online":false,"epoch":"e-1","last_seq":77,"at":2})");
  REQUIRE(will);
  CHECK_FALSE(will->online);
  CHECK(will->lines.empty());

  const auto bad = decode_state(
      R"({"online":true,"epoch":"e","last_seq":0,"at":1,"lines":[{"id":"l1","uri":"x","up":true,"busy_permille":1001}]})");
  CHECK(bad.error().is(Errc::bad_field));
  CHECK(bad.error().where == "lines[0].busy_permille");
}

TEST_CASE("live: values are decimal strings, and those the meter does not have are left out") {
  const LiveValues values{base::DeviceId("m1"), base::UtcMillis(3), "220.1", "-0.325", {}, "152.30", Relay::closed};
  const std::string text = encode(values);
  CHECK(text ==
        R"({"device":"m1","at":3,"voltage_v":"220.1","current_a":"-0.325","energy_kwh":"152.30","relay":"closed"})");
  const auto decoded = decode_live(text);
  REQUIRE(decoded);
  CHECK(*decoded == values);
  CHECK(decode_live(R"({"device":"m1","at":3,"voltage_v":220.1})").error().where == "voltage_v");
  CHECK(decode_live(R"({"device":"m1","at":3,"power_kw":"much"})").error().where == "power_kw");
}

TEST_CASE("up: any damage to a message gives a value or an error, never anything else") {
  const unsigned seed = 20261121;
  CAPTURE(seed);
  std::mt19937 random(seed);
  const std::string good = encode(every_kind_of_event());
  for (int round = 0; round < 3000; ++round) {
    std::string text = good;
    const int changes = 1 + static_cast<int>(random() % 4);
    for (int i = 0; i < changes; ++i) {
      const std::size_t at = random() % text.size();
      switch (random() % 3) {
        case 0: text[at] = static_cast<char>(random() % 256); break;
        case 1: text.erase(at, random() % 30); break;
        case 2: text.insert(at, text.substr(random() % text.size(), random() % 30)); break;
      }
      if (text.empty()) text = "{";
    }
    const auto decoded = decode_up(text);
    if (!decoded) {
      CHECK_FALSE(decoded.error().code.empty());
      continue;
    }
    const auto again = decode_up(encode(*decoded));
    REQUIRE(again);
    CHECK(*again == *decoded);
  }
}
