#include "tests/unit/firmware-sim/station/station_bench.hpp"

#include <algorithm>

using namespace anju;
using namespace anju::sim;
using namespace anju::sim::test;

namespace {

const std::string kA = "000000000011", kB = "000000000012";
using Kind = wire::CommandKind;

/// A station whose first readings and status have arrived.
Bench ready(std::vector<WaterSetup> devices) {
  Bench b(std::move(devices));
  b.connect();
  b.run(base::seconds(1));
  return b;
}

}  // namespace

TEST_CASE("station: registers come at the slots of the site's clock, of the devices that the archive and the station have") {
  Bench b({water(kA), water(kB)});
  b.archive.devices[1].address = "000000000099";  // not here
  b.connect();
  b.run(base::minutes(30));  // from 10:01: at once, 10:15, 10:30
  const auto readings = b.readings(kA);
  REQUIRE(readings.size() == 3);
  CHECK(readings[1].at.value - b.now.value == -16 * 60'000);
  CHECK(base::format(readings[1].total) == "100.84");  // 14 minutes at 3.6 m3 an hour
  CHECK(b.readings(kB).empty());
  CHECK(b.station->id_of(kB).value.empty());
}

TEST_CASE("station: a device of one name and another number is somebody else's; with an id of its own it takes no other") {
  WaterSetup named = water(kA);
  named.id = "w-7";
  Bench b({named});
  b.connect();
  b.run(base::seconds(1));
  CHECK(b.applied.empty());
  b.archive.version = 2;
  b.archive.devices[0].id = base::DeviceId("w-7");
  b.send_archive();
  b.run(base::seconds(1));
  CHECK(b.station->id_of(kA).value == "w-7");
}

TEST_CASE("station: nothing is sent before the platform has said how far it stands, or three seconds have passed") {
  Bench b({water(kA)});
  b.now = kTen;
  b.answers = false;
  b.start();
  // Without bench.connect(), which says it.
  const auto out = b.station->connected(b.now);
  CHECK(out.publish.size() == 1);  // the state
  b.send_archive();
  b.run(base::seconds(2));
  CHECK(b.batches == 0);
  b.run(base::seconds(2));
  CHECK(b.batches >= 1);
}

TEST_CASE("station: lost batches come again, every event takes effect once, and the window bounds what is on its way") {
  Bench b = ready({water(kA)});
  const auto known = b.applied.size();
  const auto said = b.published;
  b.loses_up = true;
  for (int i = 0; i < 40; ++i) {
    b.command(kA, Kind::read);
    b.run(base::seconds(1));
  }
  CHECK(b.applied.size() == known);
  CHECK(b.published - said <= 20);  // four batches, and again after 5, 15 and 35 seconds
  CHECK(b.station->stream().last_seq() - b.station->stream().through() >= 80);
  b.loses_up = false;
  b.run(base::minutes(2));
  CHECK(b.station->stream().through() == b.station->stream().last_seq());
  CHECK(b.last == b.station->stream().last_seq());
  CHECK(static_cast<std::int64_t>(b.applied.size()) == b.last);
}

TEST_CASE("station: a restored platform gets the stream again from where it stands") {
  Bench b = ready({water(kA)});
  for (int i = 0; i < 5; ++i) b.command(kA, Kind::read);
  const std::int64_t all = b.last;
  b.last = 2;
  b.applied.resize(2);
  b.say({b.epoch, 2, true, false});
  b.run(base::seconds(1));
  CHECK(b.last == all);
}

TEST_CASE("station: an epoch that the platform ended is left, what was not acknowledged is numbered from one") {
  Bench b = ready({water(kA)});
  const std::string before = b.epoch;
  b.answers = false;
  b.loses_up = true;
  const auto read = b.command(kA, Kind::read);
  b.loses_up = false;
  b.answers = true;
  b.say({before, b.last, false, true});
  b.run(base::seconds(5));
  CHECK(b.epoch != before);
  CHECK(b.epoch == b.station->stream().epoch());
  CHECK(b.story(read) == "verified");
  CHECK(b.station->stream().through() == b.station->stream().last_seq());
  // Not again and again: two stations under one name would never end.
  const std::string now = b.epoch;
  b.say({now, b.last, false, true});
  b.run(base::minutes(1));
  CHECK(b.station->stream().epoch() == now);
}

TEST_CASE("wm-valve: an order is acknowledged, and verified only when the valve was seen there; the status says so") {
  Bench b = ready({water(kA)});
  const auto trip = b.command(kA, Kind::trip);
  CHECK(b.story(trip) == "acked");
  b.run(base::seconds(4));
  CHECK(b.story(trip) == "acked verified");
  CHECK_FALSE(b.device().main_valve().is_open());
  CHECK(b.statuses(kA).back().relay == wire::Relay::open);
  const auto close = b.command(kA, Kind::close);
  b.run(base::seconds(4));
  CHECK(b.story(close) == "acked verified");
  CHECK(b.statuses(kA).back().relay == wire::Relay::closed);
}

TEST_CASE("wm-valve: a stuck valve is contradicted, a meter without one refuses, a silent one is given up") {
  WaterSetup bare = water(kB);
  bare.valve = false;
  Bench b = ready({water(kA), bare});
  b.device().set_fault(WaterFault::valve_stuck, 0, b.now);
  const auto stuck = b.command(kA, Kind::trip);
  const auto none = b.command(kB, Kind::trip);
  const auto temperature = b.command(kA, Kind::automatic_on, 450);
  b.run(base::seconds(30));
  CHECK(b.story(stuck) == "acked failed:contradicted");
  CHECK(b.story(none) == "refused:not_supported");
  CHECK(b.story(temperature) == "refused:not_supported");
  b.device().set_fault(WaterFault::silent, 0, b.now);
  const auto silent = b.command(kA, Kind::read);
  b.run(base::seconds(30));
  CHECK(b.story(silent) == "failed:no_answer");
  CHECK_FALSE(b.statuses(kA).back().reachable);
}

TEST_CASE("station: a command is carried out once: repeated, old, expired and overtaken ones change nothing") {
  Bench b = ready({water(kA)});
  const auto trip = b.order(kA, Kind::trip);
  auto late = b.order(kA, Kind::close);
  auto old = b.order(kA, Kind::close);
  old.counter = trip.counter;
  late.counter = trip.counter + 100;
  late.expires = b.now;
  for (int i = 0; i < 5; ++i) {
    for (const auto& command : {trip, old, late}) b.send(command);
    b.run(base::seconds(2));
  }
  CHECK(b.story(trip) == "acked verified");
  CHECK(b.story(old) == "refused:old_counter");
  CHECK(b.story(late) == "expired:expired");
  CHECK_FALSE(b.device().main_valve().is_open());
  const auto first = b.command(kA, Kind::close);
  const auto second = b.command(kA, Kind::trip);
  b.run(base::seconds(5));
  CHECK(b.story(first) == "acked failed:superseded");
  CHECK(b.story(second) == "acked verified");
}

TEST_CASE("station: who knows no key commands nothing") {
  Bench b = ready({water(kA)});
  const std::string topic = b.station->topic(wire::Channel::command);
  const auto forged = wire::derive_keys(std::string(64, '8'));
  const std::string payload = wire::seal(forged->down, topic, wire::encode(b.order(kA, Kind::trip)));
  (void)b.station->message(topic, payload, b.now);
  b.run(base::seconds(5));
  CHECK(b.device().main_valve().is_open());
  CHECK(b.station->statistics().bad_messages == 1);
}

TEST_CASE("wm-clear: a reading, the clearing, verified, a reading from zero, with nothing in between") {
  Bench b = ready({water(kA)});
  b.now = base::UtcMillis(b.now.value / 900'000 * 900'000 + 900'000);  // in the very moment of a slot
  const auto before = b.readings(kA).size();
  const auto clear = b.command(kA, Kind::clear);
  b.run(base::seconds(5));
  CHECK(b.story(clear) == "acked verified");
  const auto readings = b.readings(kA);
  std::vector<std::string> kinds;
  for (const auto& event : b.applied) {
    if (const auto* together = std::get_if<wire::ReadingsEvent>(&event)) {
      kinds.push_back("reading " + base::format(together->readings.at(0).total));
    }
    if (const auto* said = std::get_if<wire::CommandEvent>(&event)) kinds.emplace_back(wire::to_string(said->phase));
  }
  REQUIRE(readings.size() >= before + 2);
  const auto acked = std::ranges::find(kinds, "acked");
  REQUIRE(acked != kinds.end());
  CHECK(*(acked - 1) == "reading " + base::format(readings[before].total));
  CHECK(*(acked + 1) == "verified");
  CHECK(*(acked + 2) == "reading 0.00");
  CHECK(readings[before].kind == wire::ReadingKind::on_demand);
}

TEST_CASE("wc-read-temp: a change of a degree is told, less is not") {
  Bench b = ready({hot(kA)});
  REQUIRE(b.statuses(kA).size() == 1);
  CHECK(b.statuses(kA)[0].hot_water->temperature_dc == 300);
  b.device().boiler()->set_temperature(309);
  b.run(base::seconds(1));
  CHECK(b.statuses(kA).size() == 1);
  b.device().boiler()->set_temperature(311);
  b.run(base::seconds(1));
  REQUIRE(b.statuses(kA).size() == 2);
  CHECK(b.statuses(kA)[1].hot_water->temperature_dc == 311);
}

TEST_CASE("wc-auto-control: a target is set, the temperature valve opens by itself and closes when it is warm") {
  Bench b = ready({hot(kA)});
  const auto on = b.command(kA, Kind::automatic_on, 400);
  b.run(base::minutes(30));
  CHECK(b.story(on) == "acked verified");
  const auto told = b.statuses(kA);
  const auto open = std::ranges::count_if(
      told, [](const auto& status) { return status.hot_water->temperature_valve == wire::Valve::open; });
  CHECK(open > 0);
  CHECK(told.back().hot_water->automatic);
  CHECK(told.back().hot_water->target_dc == 400);
  CHECK(std::abs(told.back().hot_water->temperature_dc - 400) <= 20);
  const auto off = b.command(kA, Kind::automatic_off);
  b.run(base::seconds(5));
  CHECK(b.story(off) == "acked verified");
  CHECK_FALSE(b.statuses(kA).back().hot_water->automatic);
}

TEST_CASE("wc-temp-valve: it is opened and closed by hand, verified by its position") {
  Bench b = ready({hot(kA)});
  const auto open = b.command(kA, Kind::temperature_valve_open);
  CHECK(b.story(open) == "acked");
  b.run(base::seconds(4));
  CHECK(b.story(open) == "acked verified");
  CHECK(b.statuses(kA).back().hot_water->temperature_valve == wire::Valve::open);
  const auto close = b.command(kA, Kind::temperature_valve_close);
  b.run(base::seconds(4));
  CHECK(b.story(close) == "acked verified");
}

TEST_CASE("wc-main-valve: the main pipe is cut off and stays so while the temperature is kept") {
  Bench b = ready({hot(kA)});
  b.command(kA, Kind::automatic_on, 450);
  const auto trip = b.command(kA, Kind::trip);
  b.run(base::seconds(10));
  CHECK(b.story(trip) == "acked verified");
  const base::Quantity cut = b.device().total();
  b.run(base::minutes(20));
  CHECK(b.device().total() == cut);
  CHECK(b.statuses(kA).back().relay == wire::Relay::open);
  CHECK(b.device().boiler()->temperature_dc() > 400);
}

TEST_CASE("station: momentary values while somebody looks, and no longer; set_clock brings the clock right") {
  WaterSetup late = water(kA);
  late.clock_offset = base::minutes(-10);
  Bench b = ready({late});
  CHECK(b.statuses(kA)[0].clock_offset_s == -600);
  const auto live = b.command(kA, Kind::live);
  b.run(base::minutes(2));
  CHECK(b.story(live) == "verified");
  CHECK(b.lives.size() == 7);
  CHECK(b.lives[0].energy_kwh.has_value());
  const auto clock = b.command(kA, Kind::set_clock);
  b.run(base::seconds(5));
  CHECK(b.story(clock) == "acked verified");
  CHECK(b.statuses(kA).back().clock_offset_s == 0);
  const auto alarms = std::ranges::count_if(b.applied, [](const wire::Event& event) {
    const auto* alarm = std::get_if<wire::AlarmEvent>(&event);
    return alarm != nullptr && alarm->code == "clock_adrift";
  });
  CHECK(alarms == 2);  // raised, and over
}

TEST_CASE("station: killed at any line of its records it goes on: one epoch, no gap, each order once, register and valve as they were") {
  Bench whole = ready({water(kA), hot(kB)});
  const auto trip = whole.command(kA, Kind::trip);
  const auto warm = whole.command(kB, Kind::automatic_on, 450);
  const auto clear = whole.command(kB, Kind::clear);
  whole.run(base::seconds(10));
  const std::string file = whole.file;
  int restarts = 0;
  for (std::size_t end = 0; end <= file.size(); end = end == file.size() ? end + 1 : std::min(file.find('\n', end) + 1, file.size())) {
    for (const std::size_t torn : {std::size_t{0}, std::size_t{7}}) {
      CAPTURE(end);
      CAPTURE(torn);
      std::string kept = file.substr(0, std::min(end + torn, file.size()));
      kept.resize(whole_size(kept));  // what the file's owner cuts off
      const auto memory = read_memory(kept);
      REQUIRE(memory);
      // The platform can have what was kept, or any less of it.
      Bench b = whole;
      b.file = kept;
      b.epoch = memory->epoch;
      b.last = static_cast<std::int64_t>(memory->events.size());
      b.applied.resize(static_cast<std::size_t>(b.last));
      b.start();
      b.connect();
      for (const auto& command : {trip, warm, clear}) b.send(command);  // the platform repeats what it heard nothing of
      b.run(base::seconds(30));
      if (!memory->epoch.empty()) CHECK(b.station->stream().epoch() == "epoch1");
      CHECK(b.station->stream().through() == b.station->stream().last_seq());
      for (const auto& command : {trip, warm, clear}) {
        const std::string story = b.story(command);
        CAPTURE(story);
        CHECK(std::count(story.begin(), story.end(), 'v') <= 1);  // verified once, if it was not too old for a new epoch
        if (!memory->epoch.empty()) CHECK(story.ends_with("verified"));
      }
      if (!memory->epoch.empty()) CHECK_FALSE(b.device(0).main_valve().is_open());
      if (!memory->epoch.empty()) CHECK(b.device(1).total() < base::Quantity(1'000'000));
      ++restarts;
    }
  }
  CHECK(restarts > 40);
}

TEST_CASE("station: the snapshot says the same as all records before it") {
  Bench b = ready({water(kA), hot(kB)});
  b.command(kA, Kind::trip);
  b.command(kB, Kind::automatic_on, 450);
  b.run(base::minutes(20));
  b.file = b.station->snapshot();
  const auto kept = b.device(1).kept();
  const std::int64_t last = b.station->stream().last_seq(), through = b.station->stream().through();
  b.start();
  CHECK(b.station->stream().last_seq() == last);
  CHECK(b.station->stream().through() == through);
  CHECK(b.device(1).kept() == kept);
  CHECK(b.station->archive_version() == 1);
  CHECK_FALSE(read_memory("nonsense 7\nend\n"));
  CHECK(read_memory("nonsense 7\n"));  // without its end it never was
}

TEST_CASE("station: its state names version, counter, archive and devices; the end says offline") {
  Bench b = ready({water(kA)});
  const auto trip = b.command(kA, Kind::trip);
  b.run(base::minutes(2));
  REQUIRE(b.states.size() >= 2);
  const auto& state = b.states.back();
  CHECK(state.online);
  CHECK(state.last_counter == trip.counter);
  CHECK(state.archive_version == 1);
  REQUIRE(state.devices.size() == 1);
  CHECK(state.devices[0].reachable);
  const auto out = b.station->stop(b.now);
  REQUIRE(out.publish.size() == 1);
  CHECK(out.publish[0].retained);
}
