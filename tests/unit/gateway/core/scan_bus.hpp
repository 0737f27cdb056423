#pragma once

// A pair of wires with meters of all protocols on it, for the tests of the scan: what a question is answered, and what becomes of answers that meet.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "gateway/core/scan.hpp"
#include "protocols/cjt188/abbreviation.hpp"
#include "tests/unit/gateway/core/fake_bus.hpp"

namespace anju::gateway::testing {

struct Hanging {
  FakeMeter meter;
  SerialFormat format{};
  std::size_t preamble = 4;
  int deaf_every = 0;  ///< misses every n-th question that means it; 0: none
  bool knows_read_address = true;
  bool wrong_sum = false;
  int heard = 0;
};

struct HangingWater {
  FakeWater meter;
  SerialFormat format{};
  bool any_type = true, abbreviated = false;
};

struct HangingModbus {
  FakeModbus meter;
  SerialFormat format{.baud = 9600, .parity = 'N'};
  int deaf_every = 0;   ///< misses every n-th question that means it; 0: none
  bool silent = false;  ///< about what it does not have, where others say so
  int heard = 0;
};

/// A line as bytes in time: answers that do not meet are heard one after the other, those that do spoil each other.
struct Bus {
  std::vector<Hanging> meters;
  std::vector<HangingWater> waters;
  std::vector<HangingModbus> devices;
  std::string noise;  ///< hex, heard after every question; a line that is never quiet
  base::Millis spent;
  std::size_t most_probes = 20'000;

  struct Answer {
    std::int64_t delay_ms;
    base::Bytes bytes;
  };

  static constexpr base::UtcMillis kNow{1'800'000'000'000};

  void ask_meters(const Probe& probe, const dlt645::Frame& request, std::vector<Answer>& answers) {
    CHECK((request.control == 0x11 || request.control == 0x13 || request.control == 0x01));  // reads only
    for (auto& [meter, format, preamble, deaf_every, knows_read_address, wrong_sum, heard] : meters) {
      if (probe.root.format != format || (probe.read_address && !knows_read_address)) continue;
      const auto reply = meter.answer(request, kNow);
      if (!reply || (deaf_every > 0 && ++heard % deaf_every == 0)) continue;
      auto bytes = *dlt645::encode(*reply, preamble);
      if (wrong_sum) bytes[bytes.size() - 2] ^= std::byte{1};
      answers.push_back({meter.delay_ms, std::move(bytes)});
    }
  }

  void ask_waters(const Probe& probe, cjt188::Frame request, std::vector<Answer>& answers) {
    CHECK((request.control == 0x01 || request.control == 0x03));
    for (auto& [meter, format, any_type, abbreviated] : waters) {
      const bool type = request.meter_type == meter.options.meter_type || (any_type && request.meter_type == cjt188::kAnyType);
      // A request in the other byte order is one that it never heard of.
      if (probe.root.format != format || !type || cjt188::order_of(request.data) != meter.options.di_order) continue;
      auto asked = request;
      if (abbreviated && cjt188::abbreviates(request.address, meter.address)) asked.address = meter.address;
      const auto reply = meter.answer(asked, kNow);
      if (reply) answers.push_back({meter.delay_ms, *cjt188::encode(*reply, 2)});
    }
  }

  void ask_devices(const Probe& probe, const modbus::Frame& request, std::vector<Answer>& answers) {
    CHECK((request.pdu.at(0) == std::byte{3} || request.pdu.at(0) == std::byte{4} || request.pdu.at(0) == std::byte{1} || request.pdu.at(0) == std::byte{2}));
    for (auto& [meter, format, deaf_every, silent, heard] : devices) {
      if (probe.root.format != format) continue;
      const auto reply = meter.answer(request);
      if (reply && deaf_every > 0 && ++heard % deaf_every == 0) continue;
      if (reply && silent && (reply->pdu.at(0) & std::byte{0x80}) != std::byte{0}) continue;
      if (reply && meter.delay_ms >= 0) answers.push_back({meter.delay_ms, *modbus::rtu::encode(*reply)});
    }
  }

  Heard ask(const Probe& probe) {
    const auto request = request_of(probe);
    const auto& format = probe.root.format;
    std::vector<Answer> answers;
    if (const auto* frame = std::get_if<dlt645::Frame>(&request)) ask_meters(probe, *frame, answers);
    if (const auto* frame = std::get_if<cjt188::Frame>(&request)) ask_waters(probe, *frame, answers);
    if (const auto* round = std::get_if<ModbusRound>(&request)) ask_devices(probe, round->asked.front(), answers);
    std::map<std::int64_t, std::byte> wire;  // by the time a character ends, us after the request
    const auto character = line_time_us(1, format);
    for (const auto& [delay_ms, bytes] : answers) {
      if (delay_ms >= probe.patience.value) continue;  // nobody listens any more
      auto at = delay_ms * 1000;
      for (const auto byte : bytes) {
        at += character;
        const auto met = wire.lower_bound(at - character + 1);
        if (met != wire.end() && met->first < at + character) {
          // In step both drive the pair and the zeros win; otherwise nothing of either is left.
          const bool in_step = std::abs(met->first - at) * 4 <= character;
          met->second &= byte;
          if (!in_step) met->second ^= std::byte{0x95};
        } else {
          wire[at] = byte;
        }
      }
    }
    base::Bytes bytes = testing::bytes_of(noise);
    for (const auto& [at, byte] : wire) bytes.push_back(byte);
    const auto last = wire.empty() ? 0 : wire.rbegin()->first / 1000;
    const bool alone = probe.is_exact() && !wire.empty();
    spent = spent + line_time(gateway::bytes_of(probe).size(), format) +
            (alone ? base::Millis(last) : std::max(probe.patience, base::Millis(wire.empty() ? 0 : last + 60)));
    return bytes.empty() ? Heard{} : hear(probe, bytes, base::Millis(last));
  }

  Scan scan() { return scan(electricity()); }
  Scan scan(ScanSettings settings) {
    Scan scan(std::move(settings));
    while (const auto probe = scan.next()) {
      REQUIRE(scan.asked() < most_probes);
      scan.heard(ask(*probe));
    }
    return scan;
  }

  /// DL/T645 in its own format, at its four rates.
  static ScanSettings electricity(bool second_round = true) {
    ScanChoice choice{.cjt188 = false, .modbus = false};
    choice.formats = {SerialFormat{}};
    return {.roots = roots_of(choice), .second_round = second_round, .profiles = {}};
  }
};

inline Hanging hang(const std::string& address, std::int64_t delay_ms = 60) {
  Hanging one;
  one.meter = make_fake(address);
  one.meter.delay_ms = delay_ms;
  return one;
}

inline std::set<std::string> addresses(const Scan& scan) {
  std::set<std::string> found;
  for (const auto& meter : scan.found()) {
    if (meter.answers) found.insert(meter.text());
  }
  return found;
}

inline const std::vector<std::string> kEight{"000000000161", "558890213594", "201908143865", "560012337765",
                                             "119300004402", "202011250093", "870000120093", "999999999907"};

inline Bus eight() {
  Bus bus;
  for (const auto& address : kEight) bus.meters.push_back(hang(address));
  return bus;
}

}  // namespace anju::gateway::testing
