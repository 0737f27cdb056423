#pragma once

// A paced RS485 line with scripted meters behind it, in virtual time. It answers what the codec says was asked, at the
// line's rate, after the meter's own delay, with faults on request; two answers at once become garbage. It checks that
// two requests never overlap.

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/core/line.hpp"
#include "protocols/cjt188/message.hpp"
#include "protocols/cjt188/metering.hpp"
#include "protocols/dlt645/clock.hpp"
#include "protocols/dlt645/message.hpp"
#include "protocols/modbus/reply.hpp"
#include "protocols/modbus/rtu.hpp"

namespace anju::gateway::testing {

inline base::Bytes bytes_of(std::string_view hex) {
  return *base::from_hex(hex);
}

struct FakeMeter {
  dlt645::Address address;
  dlt645::Edition edition = dlt645::Edition::y2007;
  std::int64_t delay_ms = 100;
  std::map<std::uint32_t, std::string> values;  ///< identifier -> value bytes on the wire in hex
  bool relay_open = false, off_commanded = false, keep_power = false;
  std::int64_t clock_offset_s = 0;
  // faults
  bool silent = false;
  bool wrong_sum = false;                    ///< every reply has a bad checksum
  int lose_replies = 0;                      ///< so many answers are lost; the meter acts all the same
  bool relay_stuck = false;                  ///< acknowledges, does nothing
  std::optional<std::uint8_t> refuse_relay;  ///< error byte of DC
  std::string noise;                         ///< hex in front of each reply
  std::optional<std::uint8_t> refuse_clear;  ///< error byte of DA
  bool clear_stuck = false;                  ///< acknowledges 1A, does nothing
  int deaf_to_clears = 0, silent_clears = 0;  ///< so many 1A are not heard; are carried out without an answer
  // what it has seen
  int relay_commands = 0, requests = 0, clear_commands = 0;
  std::optional<base::CivilTime> last_valid_until;

  [[nodiscard]] std::optional<dlt645::Frame> answer(const dlt645::Frame& frame, base::UtcMillis now);
};

inline std::optional<dlt645::Frame> FakeMeter::answer(const dlt645::Frame& frame, base::UtcMillis now) {
  if ((frame.control & dlt645::kFromMeter) != 0 || !frame.address.matches(address)) return std::nullopt;
  const auto received = dlt645::decode_request(frame);
  if (!received || received->edition != edition) {
    if (!received || !std::holds_alternative<dlt645::ReadAddress>(received->request)) return std::nullopt;
  }
  ++requests;
  if (silent) return std::nullopt;
  const auto civil = base::to_civil(now + base::seconds(clock_offset_s), 480);
  auto reply = [&](const dlt645::Reply& what) { return *dlt645::make_reply(edition, address, what); };
  if (std::holds_alternative<dlt645::ReadAddress>(received->request)) return reply(dlt645::AddressReply{address});
  if (const auto* read = std::get_if<dlt645::ReadData>(&received->request)) {
    const auto di = read->di.value;
    if (di == 0x04000503) {
      const unsigned word = (relay_open ? 0x10U : 0U) | (off_commanded ? 0x40U : 0U) | (keep_power ? 0x1000U : 0U);
      base::Bytes value{std::byte(word & 0xFFU), std::byte(word >> 8U)};
      return reply(dlt645::ReadReply{read->di, value});
    }
    if (di == 0x04000101) {
      return reply(
          dlt645::ReadReply{read->di, *dlt645::encode_day({civil.year, civil.month, civil.day, base::weekday(civil)})});
    }
    if (di == 0x04000102) {
      return reply(dlt645::ReadReply{read->di, *dlt645::encode_time_of_day({civil.hour, civil.minute, civil.second})});
    }
    const auto found = values.find(di);
    if (found == values.end()) return reply(dlt645::ErrorReply{dlt645::Function::read_data, 0x02});
    return reply(dlt645::ReadReply{read->di, bytes_of(found->second)});
  }
  if (const auto* relay = std::get_if<dlt645::RelayControl>(&received->request)) {
    ++relay_commands;
    last_valid_until = relay->valid_until;
    if (refuse_relay) return reply(dlt645::ErrorReply{dlt645::Function::relay_control, *refuse_relay});
    if (relay->valid_until && *relay->valid_until < civil) {
      return reply(dlt645::ErrorReply{dlt645::Function::relay_control, 0x01});
    }
    if (!relay_stuck) {
      switch (relay->action) {
        case dlt645::RelayAction::trip: relay_open = off_commanded = true; break;
        case dlt645::RelayAction::close_permit: off_commanded = false; break;
        case dlt645::RelayAction::close_direct: relay_open = off_commanded = false; break;
        case dlt645::RelayAction::keep_power_on: keep_power = true; break;
        case dlt645::RelayAction::keep_power_off: keep_power = false; break;
        case dlt645::RelayAction::alarm_on:
        case dlt645::RelayAction::alarm_off: break;
      }
    }
    return reply(dlt645::Ack{dlt645::Function::relay_control, {}});
  }
  if (std::holds_alternative<dlt645::ClearMeter>(received->request)) {
    ++clear_commands;
    if (deaf_to_clears > 0) return --deaf_to_clears, std::nullopt;
    if (refuse_clear) return reply(dlt645::ErrorReply{dlt645::Function::clear_meter, *refuse_clear});
    if (!clear_stuck) {
      for (const std::uint32_t di : {0x0001FF00U, 0x00010000U}) {
        if (values.contains(di)) values[di].assign(values[di].size(), '0');
      }
    }
    if (silent_clears > 0) return --silent_clears, std::nullopt;
    return reply(dlt645::Ack{dlt645::Function::clear_meter, {}});
  }
  if (const auto* write = std::get_if<dlt645::WriteData>(&received->request)) {
    if (write->di.value == 0x04000102) clock_offset_s = 0;  // good enough: the fake's day is always right
    return reply(dlt645::Ack{dlt645::Function::write_data, {}});
  }
  return std::nullopt;
}

/// A water meter of CJ/T188 with a valve that takes its time.
struct FakeWater {
  cjt188::Address address;
  cjt188::Options options;  ///< its own, whatever it is asked with
  base::Quantity total;
  std::int64_t delay_ms = 100;
  base::Millis travel = base::seconds(8);
  bool closed = false;
  std::optional<base::UtcMillis> arrives;  ///< while the valve moves
  bool stuck = false, silent = false, broken = false, refuses = false;
  bool refuses_moving = false;  ///< no order is taken while the valve is on its way
  bool bad_clock = false;  ///< it says that today is the 39th
  int lose_acks = 0;       ///< so many orders are obeyed without a word
  int valve_commands = 0, requests = 0;

  [[nodiscard]] std::optional<cjt188::Frame> answer(const cjt188::Frame& frame, base::UtcMillis now) {
    const auto received = cjt188::decode_request(frame, options.di_order);
    if (!received || !frame.address.matches(address)) return std::nullopt;
    ++requests;
    if (silent) return std::nullopt;
    if (arrives && now >= *arrives) arrives.reset();
    auto reply = [&](const cjt188::Reply& what) { return *cjt188::make_reply(options, address, received->ser, what); };
    const auto state = broken ? cjt188::ValveState::fault : arrives ? cjt188::ValveState::moving : closed ? cjt188::ValveState::closed : cjt188::ValveState::open;
    const auto status = cjt188::status_word(state, false, options.status_map).value_or(cjt188::StatusWord{{0x84, 0x21}});
    if (const auto* valve = std::get_if<cjt188::Valve>(&received->request)) {
      ++valve_commands;
      if (refuses || (refuses_moving && arrives)) return reply(cjt188::ErrorReply{cjt188::Function::write, status});
      if (!stuck && (valve->code == options.valve_close) != closed) closed = !closed, arrives = now + travel;
      if (lose_acks > 0) return --lose_acks, std::nullopt;
      return reply(cjt188::Ack{cjt188::Function::write, cjt188::kValve, status});
    }
    auto value = *cjt188::encode_metering({total, total, std::nullopt, status});
    if (bad_clock) value[13] = std::byte{0x39};
    return reply(cjt188::ReadReply{cjt188::kMetering, value});
  }
};

/// A Modbus device: registers, and what a write to one of them does.
struct FakeModbus {
  std::uint8_t unit = 1;
  std::map<std::uint16_t, std::uint16_t> registers;  ///< what is not here is answered with an exception
  std::map<std::uint16_t, bool> coils;
  std::int64_t delay_ms = 30;
  std::map<std::uint16_t, std::int64_t> delays;  ///< of questions that begin at this register; -1: never answered
  std::function<void(FakeModbus&, std::uint16_t address, std::uint16_t value)> written;
  std::function<std::optional<std::uint8_t>(FakeModbus&, const modbus::Request&)> refuses;  ///< the exception it says instead, if any
  int requests = 0, writes = 0;
  SerialFormat asked_with;

  [[nodiscard]] std::optional<modbus::Frame> answer(const modbus::Frame& frame) {
    const auto request = modbus::decode_request(frame.pdu);
    if (!request || frame.unit != unit) return std::nullopt;
    ++requests;
    const auto refuse = [&](std::uint8_t code = 2) { return modbus::make_reply(unit, modbus::ExceptionReply{modbus::function_of(*request), code}); };
    if (const auto code = refuses ? refuses(*this, *request) : std::nullopt) return *refuse(*code);
    if (const auto* read = std::get_if<modbus::Read>(&*request)) {
      modbus::RegistersReply reply{read->function, {}};
      for (unsigned i = 0; i < read->count; ++i) {
        const auto found = registers.find(static_cast<std::uint16_t>(read->address + i));
        if (found == registers.end()) return *refuse();
        reply.values.push_back(found->second);
      }
      return *modbus::make_reply(unit, reply);
    }
    ++writes;
    if (const auto* one = std::get_if<modbus::WriteRegister>(&*request)) {
      if (written) written(*this, one->address, one->value);
      return *modbus::make_reply(unit, modbus::WriteReply{modbus::Function::write_register, one->address, one->value});
    }
    if (const auto* coil = std::get_if<modbus::WriteCoil>(&*request)) {
      const std::uint16_t word = coil->on ? 0xFF00 : 0;
      if (written) written(*this, coil->address, word);
      return *modbus::make_reply(unit, modbus::WriteReply{modbus::Function::write_coil, coil->address, word});
    }
    return *refuse();
  }
};

class FakeBus {
 public:
  std::vector<FakeMeter> meters;
  std::vector<FakeModbus> devices;
  std::vector<FakeWater> waters;
  SerialFormat format;
  int overlaps = 0;
  std::vector<dlt645::Frame> requests;

  FakeMeter& meter(std::string_view address) {
    const auto wanted = *dlt645::Address::parse(address);
    return *std::ranges::find(meters, wanted, &FakeMeter::address);
  }

  void write(const base::Bytes& bytes, base::UtcMillis now) {
    if (now < busy_until_) ++overlaps;
    const auto heard = now + line_time(bytes.size(), format);
    busy_until_ = heard;
    struct Answer {
      base::UtcMillis from;
      base::Bytes bytes;
    };
    std::vector<Answer> answers;
    if (const auto water = cjt188::find_frame(bytes)) {
      for (auto& meter : waters) {
        const auto frame = meter.answer(water->frame, heard);
        if (frame) answers.push_back({heard + base::Millis(meter.delay_ms), *cjt188::encode(*frame, 2)});
      }
    }
    // A frame of another protocol ends in no CRC of theirs.
    if (const auto asked = modbus::rtu::find_request_at_end(bytes); asked && asked->skipped == 0 && asked->consumed == bytes.size()) {
      for (auto& device : devices) {
        const auto frame = device.answer(asked->frame);
        if (!frame) continue;
        device.asked_with = format;
        const auto request = modbus::decode_request(asked->frame.pdu);
        const auto* read = std::get_if<modbus::Read>(&*request);
        const auto own = read == nullptr ? device.delays.end() : device.delays.find(read->address);
        const auto delay = own == device.delays.end() ? device.delay_ms : own->second;
        if (delay >= 0) answers.push_back({heard + base::Millis(delay), *modbus::rtu::encode(*frame)});
      }
    }
    const auto found = dlt645::find_frame(bytes);
    if (found) requests.push_back(found->frame);
    for (auto& meter : meters) {
      if (!found) break;
      const auto frame = meter.answer(found->frame, heard);
      if (!frame) continue;
      if (meter.lose_replies > 0) {
        --meter.lose_replies;
        continue;
      }
      auto reply = *dlt645::encode(*frame, 4);
      if (meter.wrong_sum) reply[reply.size() - 2] ^= std::byte{0x01};
      const auto noise = bytes_of(meter.noise);
      reply.insert(reply.begin(), noise.begin(), noise.end());
      answers.push_back({heard + base::Millis(meter.delay_ms), std::move(reply)});
    }
    if (answers.size() > 1) {
      // Everybody drives the line at once: what is heard is nobody's.
      for (auto& byte : answers.front().bytes) byte ^= std::byte{0x5A};
      answers.resize(1);
    }
    for (auto& answer : answers) send(answer.bytes, answer.from);
  }

  /// The first byte at once, the rest when the last one has come.
  void send(const base::Bytes& bytes, base::UtcMillis from) {
    const auto end = from + line_time(bytes.size(), format);
    arrivals_.push_back({from, base::Bytes(bytes.begin(), bytes.begin() + 1)});
    arrivals_.push_back({end, base::Bytes(bytes.begin() + 1, bytes.end())});
    std::ranges::stable_sort(arrivals_, {}, &Arrival::at);
    // A reply after the deadline is the meter's fault, not the line owner's.
    if (from - busy_until_ <= base::Millis(700)) busy_until_ = std::max(busy_until_, end);
  }

  [[nodiscard]] std::optional<base::UtcMillis> next() const {
    if (arrivals_.empty()) return std::nullopt;
    return arrivals_.front().at;
  }
  [[nodiscard]] base::Bytes take() {
    auto bytes = std::move(arrivals_.front().bytes);
    arrivals_.pop_front();
    return bytes;
  }

 private:
  struct Arrival {
    base::UtcMillis at;
    base::Bytes bytes;
  };
  std::deque<Arrival> arrivals_;
  base::UtcMillis busy_until_;
};

inline FakeMeter make_fake(std::string_view address) {
  FakeMeter meter;
  meter.address = *dlt645::Address::parse(address);
  meter.values[0x0001FF00] = "5634120001000000020000000300000050341200";
  meter.values[0x00010000] = "56341200";
  meter.values[0x02010100] = "0023";
  meter.values[0x02020100] = "005000";
  meter.values[0x02030000] = "001100";
  return meter;
}

/// A Line on a FakeBus, run in virtual time.
class LineBench {
 public:
  Line line;
  FakeBus bus;
  base::UtcMillis now{1'800'000'000'000};
  std::vector<Done> done;

  LineBench() { happen(PortOpened{}); }

  void happen(LineEvent event) {
    for (auto& action : line.step(std::move(event), now)) {
      if (auto* write = std::get_if<Write>(&action)) bus.write(write->bytes, now);
      if (auto* format = std::get_if<SetFormat>(&action)) bus.format = format->format;
      if (auto* finished = std::get_if<Done>(&action)) done.push_back(std::move(*finished));
    }
  }

  /// Runs until `end`, or earlier when nothing is left to happen.
  void run_until(base::UtcMillis end) {
    while (true) {
      const auto arrival = bus.next();
      const auto wake = line.wake();
      auto at = end;
      if (arrival) at = std::min(at, *arrival);
      if (wake) at = std::min(at, *wake);
      now = std::max(now, at);
      if (arrival && *arrival <= now) {
        happen(Received{bus.take()});
      } else if (wake && *wake <= now) {
        happen(Tick{});
      } else {
        return;
      }
      if (now >= end && !(bus.next() && *bus.next() <= end)) return;
    }
  }
  void run_for(base::Millis span) { run_until(now + span); }

  Exchange read(std::string_view address, std::uint32_t di, std::uint64_t id, Priority priority = Priority::poll) {
    Exchange exchange;
    exchange.id = id;
    exchange.device = base::DeviceId("m" + std::string(address));
    exchange.request =
        *dlt645::make_request(dlt645::Edition::y2007, *dlt645::Address::parse(address),
                              dlt645::ReadData{dlt645::DataId{di, dlt645::Edition::y2007}, std::nullopt});
    exchange.priority = priority;
    return exchange;
  }
  void submit(Exchange exchange) { happen(Submit{std::move(exchange)}); }

  [[nodiscard]] const Done* find(std::uint64_t id) const {
    const auto found = std::ranges::find(done, id, &Done::id);
    return found == done.end() ? nullptr : &*found;
  }
};

}  // namespace anju::gateway::testing
