#include "tests/unit/firmware-sim/devices/meter_fixture.hpp"

using namespace anju;
using namespace anju::sim;
using namespace anju::sim::test;

TEST_CASE("meter: the published exchange, byte by byte") {
  // Shared reference meters.md 1.9: read 00010000 of meter 000000000161, 0.26 kWh.
  MeterSetup setup = plain_setup();
  setup.start.total = base::Quantity(2699);  // the register counts further than the two decimals it shows
  setup.preamble = 0;
  Meter meter(setup, kStart);
  const auto reply = meter.on_request(bytes("68 61 01 00 00 00 00 68 11 04 33 33 34 33 14 16"), kStart);
  REQUIRE(reply.has_value());
  CHECK(base::to_hex(reply->bytes) ==
        base::to_hex(bytes("68 61 01 00 00 00 00 68 91 08 33 33 34 33 59 33 33 33 8A 16")));
  CHECK(reply->delay == base::Millis(60));
}

TEST_CASE("meter: read address answers the published frame") {
  Meter meter(plain_setup("558890213594"), kStart);
  const auto reply = meter.on_request(bytes("FE FE FE FE 68 AA AA AA AA AA AA 68 13 00 DF 16"), kStart);
  REQUIRE(reply.has_value());
  CHECK(base::to_hex(reply->bytes) ==
        base::to_hex(bytes("FE FE FE FE 68 94 35 21 90 88 55 68 93 06 C7 68 54 C3 BB 88 49 16")));
}

TEST_CASE("meter: sends as many preamble bytes as it is set to") {
  for (std::size_t count = 0; count <= 4; ++count) {
    MeterSetup setup = plain_setup();
    setup.preamble = count;
    Meter meter(setup, kStart);
    const auto reply = meter.on_frame(request("000000000161", 0x11, "00000100"), kStart);
    REQUIRE(reply.has_value());
    CHECK(dlt645::find_frame(reply->bytes)->preamble == count);
  }
}

TEST_CASE("meter: an abbreviated address reads, the reply carries the real one") {
  Meter meter(plain_setup("201908143865"), kStart);
  CHECK(reply_to(meter, request("AAAAAAAAAA65", 0x11, "00000100"), kStart).address.text() == "201908143865");
  CHECK(reply_to(meter, request("AAAAAAAA3865", 0x11, "01040004"), kStart).address.text() == "201908143865");
  CHECK_FALSE(meter.on_frame(request("AAAAAAAAAA66", 0x11, "00000100"), kStart));
  CHECK_FALSE(meter.on_frame(request("AAAAAAAAAA65", 0x1C, relay_data("1A")), kStart));
}

TEST_CASE("meter: hears its own address only, and no replies of others") {
  Meter meter(plain_setup(), kStart);
  CHECK_FALSE(meter.on_frame(request("000000000162", 0x11, "00000100"), kStart));
  CHECK_FALSE(meter.on_frame(request("000000000161", 0x91, "0000010026000000"), kStart));
}

TEST_CASE("meter: nothing is answered to a broadcast") {
  Meter meter(plain_setup(), kStart);
  CHECK_FALSE(meter.on_frame(request("999999999999", 0x11, "00000100"), kStart));
  CHECK_FALSE(meter.on_frame(request("999999999999", 0x08, "000012211126"), kStart));
}

TEST_CASE("meter: items of the table of identifiers") {
  MeterSetup setup = plain_setup();
  setup.start = {
      base::Quantity(12'345'678),
      {base::Quantity(1'000'000), base::Quantity(2'000'000), base::Quantity(3'000'000), base::Quantity(6'345'678)}};
  setup.load = LoadProfile::constant(2200);
  struct Row {
    std::string name;
    const char* di_on_wire;
    const char* value;
  };
  // 2200 W sag the line from 235.0 to 232.8 V; at a power factor of 0.98 they are 9.643 A.
  const Row rows[] = {
      {"combined total 1234.56", "00000000", "56341200"},
      {"forward total", "00000100", "56341200"},
      {"sharp 100.00", "00010100", "00000100"},
      {"valley 634.56", "00040100", "56340600"},
      {"block", "00FF0100", "5634120000000100000002000000030056340600"},
      {"reverse total", "00000200", "00000000"},
      {"voltage A 232.8", "00010102", "2823"},
      {"current A", "00010202", "439600"},
      {"power total 2.2 kW", "00000302", "002002"},
      {"power factor", "00000602", "8009"},
      {"date: Saturday 2026-11-21", "01010004", "06211126"},
      {"time 10:00:00", "02010004", "000010"},
      {"address", "01040004", "610100000000"},
      {"status word 3", "03050004", "0000"},
      {"all status words", "FF050004", "0000000000000000000000000000"},
      {"last daily freeze", "01010605", "5634120000000100000002000000030056340600"},
      {"its time", "01000605", "0000211126"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Meter meter(setup, kStart);
    CHECK(ask(meter, 0x11, row.di_on_wire, kStart) == std::string("91 ") + row.di_on_wire + row.value);
  }
}

TEST_CASE("meter: a single-phase meter has no phase B, a three-phase meter shares its load") {
  Meter single(plain_setup(), kStart);
  CHECK(ask(single, 0x11, "00020102", kStart) == "D1 02");
  MeterSetup setup = plain_setup();
  setup.phases = 3;
  setup.load = LoadProfile::constant(3000);
  Meter three(setup, kStart);
  CHECK(ask(three, 0x11, "00FF0302", kStart) ==
        "91 00FF0302"
        "000003"
        "000001"
        "000001"
        "000001");
}

TEST_CASE("meter: what it does not have is refused as no such data") {
  Meter meter(plain_setup(), kStart);
  CHECK(ask(meter, 0x11, "00020109", kStart) == "D1 02");
  CHECK(ask(meter, 0x11, "02010605", kStart) == "D1 02");  // no second freeze yet
  CHECK(ask(meter, 0x11, "0000", kStart) == "D1 01");
  CHECK(meter.statistics().refusals == 3);
}

TEST_CASE("meter: a split block comes in two frames, the second one only when asked for") {
  MeterSetup setup = plain_setup();
  setup.split_blocks = true;
  setup.start = {base::Quantity(10'000),
                 {base::Quantity(1000), base::Quantity(2000), base::Quantity(3000), base::Quantity(4000)}};
  Meter meter(setup, kStart);
  CHECK(ask(meter, 0x12, "00FF010001", kStart) == "D2 02");
  CHECK(ask(meter, 0x11, "00FF0100", kStart) ==
        "B1 00FF0100"
        "00010000"
        "10000000"
        "20000000");
  CHECK(ask(meter, 0x12, "00FF010002", kStart) == "D2 02");
  CHECK(ask(meter, 0x12, "00FF010001", kStart) ==
        "92 00FF0100"
        "30000000"
        "40000000"
        "01");
  CHECK(ask(meter, 0x11, "00000100", kStart) ==
        "91 00000100"
        "00010000");
}

TEST_CASE("meter: the 1997 edition reads with 01 and two-byte identifiers, and knows no 11 or 13") {
  MeterSetup setup = plain_setup("000000000003");
  setup.edition = dlt645::Edition::y1997;
  setup.start.total = base::Quantity(12'345'678);
  Meter meter(setup, kStart);
  CHECK(ask(meter, 0x01, "1090", kStart) ==
        "81 1090"
        "56341200");
  CHECK(ask(meter, 0x01, "11B6", kStart) ==
        "81 11B6"
        "3502");
  CHECK(ask(meter, 0x01, "99C0", kStart) == "C1 02");
  CHECK_FALSE(meter.on_frame(request("000000000003", 0x11, "00000100"), kStart));
  CHECK_FALSE(meter.on_frame(request("AAAAAAAAAAAA", 0x13, ""), kStart));
  Meter newer(plain_setup(), kStart);
  CHECK_FALSE(newer.on_frame(request("000000000161", 0x01, "1090"), kStart));
}
