#include "gateway/core/scan_probe.hpp"

#include <array>
#include <random>

#include <doctest/doctest.h>

#include "tests/unit/protocols/noise.hpp"

namespace anju::gateway {
namespace {

constexpr std::array kDialects{Dialect::dlt645_2007, Dialect::dlt645_1997, Dialect::cjt188_high_first, Dialect::cjt188_low_first, Dialect::modbus};

Probe probe_of(Dialect dialect) {
  Probe probe{.root = {.dialect = dialect, .format = {}}};
  if (dialect == Dialect::modbus) probe.address[0] = 17, probe.digits = 1;
  return probe;
}

}  // namespace

TEST_CASE("scan probe: whatever is asked is a read") {
  for (const auto dialect : kDialects) {
    for (const bool read_address : {false, true}) {
      auto probe = probe_of(dialect);
      probe.read_address = read_address && dialect != Dialect::modbus && dialect != Dialect::dlt645_1997;
      const auto request = request_of(probe);
      if (const auto* frame = std::get_if<dlt645::Frame>(&request)) CHECK((frame->control == 0x11 || frame->control == 0x13 || frame->control == 0x01));
      if (const auto* frame = std::get_if<cjt188::Frame>(&request)) CHECK((frame->control == 0x01 || frame->control == 0x03));
      if (const auto* round = std::get_if<ModbusRound>(&request)) CHECK(round->asked.at(0).pdu.at(0) == std::byte{0x03});
      CHECK_FALSE(bytes_of(probe).empty());
    }
  }
}

TEST_CASE("scan probe: our own echo is nobody's answer, any bytes are counted and named nobody by mistake") {
  const auto seed = noise::seed();
  CAPTURE(seed);
  MESSAGE("ANJU_SEED=" << seed);
  std::mt19937_64 random(seed);
  constexpr std::array kMeaningful{0x68, 0x16, 0xFE, 0xAA, 0x91, 0x81, 0x11, 0x03};
  for (const auto dialect : kDialects) {
    const auto probe = probe_of(dialect);
    CHECK(hear(probe, bytes_of(probe), base::Millis(1)).frames.empty());
    for (int i = 0; i < 400; ++i) {
      auto bytes = noise::bytes(random, 60, kMeaningful);
      if (i % 2 == 0) {
        bytes = bytes_of(probe);
        noise::mutate(bytes, random);
      }
      const auto heard = hear(probe, bytes, base::Millis(1));
      CHECK(heard.strays <= bytes.size());
      CHECK(heard.tail <= bytes.size());
      for (const auto& frame : heard.frames) {
        const auto said = said_in(probe, frame);
        if (said) CHECK(said->address != kEverybody);
      }
    }
  }
}

TEST_CASE("scan probe: an answer in another dialect is none") {
  const cjt188::Frame water{cjt188::kColdWater, cjt188::Address::parse("78330011223344").value(), 0x81, {}};
  CHECK_FALSE(said_in(probe_of(Dialect::dlt645_2007), water));
  CHECK_FALSE(said_in(probe_of(Dialect::modbus), water));
  CHECK_FALSE(said_in(probe_of(Dialect::cjt188_high_first), ModbusRound{{}, {}, {}}));
  CHECK_FALSE(said_in(probe_of(Dialect::modbus), ModbusRound{{}, {}, {}}));
}

}  // namespace anju::gateway
