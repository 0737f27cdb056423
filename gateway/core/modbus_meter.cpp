#include "gateway/core/modbus_meter.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <utility>

#include "gateway/core/errc.hpp"
#include "gateway/core/point_plan.hpp"
#include "gateway/core/point_value.hpp"
#include "protocols/modbus/reply.hpp"
#include "protocols/modbus/request.hpp"
#include "protocols/modbus/tcp.hpp"

namespace anju::gateway {
namespace {

constexpr std::array kTariffs{PointName::energy_sharp, PointName::energy_peak, PointName::energy_flat, PointName::energy_valley};

PointName total_of(const DeviceProfile& profile) {
  return profile.kind == wire::MeterKind::electricity ? PointName::energy_total : PointName::volume_total;
}

/// Where a trip shows: what its action is verified by, or what the device has where it cannot be tripped.
std::optional<PointName> supply_point(const DeviceProfile& profile) {
  if (const auto* trip = profile.find(ActionName::trip)) return trip->verify.point;
  for (const auto name : {PointName::relay, PointName::valve}) {
    if (profile.find(name) != nullptr) return name;
  }
  return std::nullopt;
}

/// What an item is read from; the state of supply travels with the registers, which saves an exchange. Empty: the profile, or the device, lacks what it is about.
std::vector<PointName> points_of(const ModbusMeter& meter, Item item) {
  const auto& profile = *meter.profile;
  std::vector<PointName> points;
  const auto supply = supply_point(profile);
  switch (item) {
    case Item::energy: points.assign(kTariffs.begin(), kTariffs.end()); [[fallthrough]];
    case Item::energy_total:
      points.push_back(total_of(profile));
      if (supply) points.push_back(*supply);
      break;
    case Item::status:
      if (supply) points.push_back(*supply);
      break;
    case Item::voltage: points.push_back(PointName::voltage_a); break;
    case Item::current: points.push_back(PointName::current_a); break;
    case Item::power: points.push_back(PointName::power); break;
    case Item::clock_day:
    case Item::clock_time:
    case Item::freeze_time:
    case Item::freeze: break;
  }
  // A reading counts without the state of supply; anything else that is missing leaves nothing of its item.
  const bool reading = item == Item::energy || item == Item::energy_total;
  if (reading && supply && meter.lacks.contains(*supply)) points.pop_back();
  for (const auto name : points) {
    // Of the contact itself only the model decides: an order always looks, and finds out when a device has it after all.
    if (profile.find(name) == nullptr || (item != Item::status && meter.lacks.contains(name))) return {};
  }
  return points;
}

base::Result<std::vector<modbus::Frame>> frames_of(const ModbusMeter& meter, const std::vector<modbus::Request>& requests) {
  std::vector<modbus::Frame> frames;
  for (const auto& request : requests) {
    auto frame = meter.network ? modbus::tcp::make_request(meter.unit, request) : modbus::make_request(meter.unit, request);
    if (!frame) return base::pass(frame);
    frames.push_back(std::move(*frame));
  }
  return frames;
}

base::Result<ModbusRound> round_of(const ModbusMeter& meter, const std::vector<modbus::Request>& requests) {
  auto frames = frames_of(meter, requests);
  if (!frames) return base::pass(frames);
  ModbusRound round{std::move(*frames), {}, {}, {}};
  if (meter.network) round.transaction = 0;  // the line has the numbers
  return round;
}

bool holds(const modbus::Read& block, const modbus::Read& part) {
  return block.function == part.function && block.address <= part.address && part.address + part.count <= block.address + block.count;
}

struct Refused {
  modbus::Read block;
  base::Error why;
};

struct ReadBack {
  ReadRegisters registers;
  std::vector<Refused> refused;  ///< blocks that it did not give, in the order of asking
};

/// Everything that was read. Errors: an exception that is not about its block alone (busy); bad_reply.
base::Result<ReadBack> registers_in(const Outcome& outcome) {
  if (!outcome) return base::pass(outcome);
  const auto* round = std::get_if<ModbusRound>(&*outcome);
  if (round == nullptr) return base::fail(ProfileErrc::bad_reply);
  ReadBack read;
  for (std::size_t i = 0; i < round->heard.size(); ++i) {
    const auto request = modbus::decode_request(round->asked[i].pdu);
    if (!request) return base::pass(request);
    const auto reply = modbus::decode_reply(round->heard[i].pdu);
    if (!reply) return base::pass(reply);
    const auto* block = std::get_if<modbus::Read>(&*request);
    if (block == nullptr) return base::fail(ProfileErrc::bad_reply);
    if (refuses_block(round->asked[i], round->heard[i])) {
      read.refused.push_back({*block, std::get<modbus::ExceptionReply>(*reply).error()});
    } else if (auto put = read.registers.put(*block, *reply); !put) {
      return base::pass(put);
    }
  }
  return read;
}

base::Result<PointValue> value_of(const DeviceProfile& profile, PointName name, const ReadBack& read) {
  auto value = decode_point(profile, name, read.registers);
  if (value || !value.error().is(ProfileErrc::not_read)) return value;
  // What it was refused with last is nearest: its block came before its own registers.
  const auto own = read_apart(profile, std::array{name});
  for (auto refused = read.refused.rbegin(); refused != read.refused.rend(); ++refused) {
    if (std::ranges::none_of(own, [&](const modbus::Read& part) { return holds(refused->block, part); })) continue;
    auto why = refused->why;
    const std::string place(to_string(name));
    why.where = why.is(modbus::Errc::unknown_exception) ? place + ": " + why.where : place;  // which has the code
    return tl::unexpected(std::move(why));
  }
  return value;
}

base::Result<base::Quantity> quantity(const DeviceProfile& profile, PointName name, const ReadBack& read) {
  const auto value = value_of(profile, name, read);
  if (!value) return base::pass(value);
  return base::Quantity(std::get<Measured>(*value).units);  // energy and volume are kept in 1/10 000, as Quantity is
}

}  // namespace

base::Result<ModbusMeter> make_modbus_meter(std::string_view address, const wire::MeterProfile& profile, const Profiles& profiles, bool network) {
  unsigned unit = 0;
  const auto parsed = std::from_chars(address.data(), address.data() + address.size(), unit);
  const bool number = parsed.ec == std::errc() && parsed.ptr == address.data() + address.size();
  const bool one_of_line = unit >= 1 && unit <= modbus::kLastUnit;
  if (!number || !(one_of_line || (network && modbus::tcp::is_direct(unit)))) {
    return base::fail(Errc::bad_address, network ? "unit 1 to 247, or 255 or 0 for the device at the address itself" : "unit 1 to 247 on a serial line");
  }
  const auto found = profiles.find(profile.model);
  if (found != profiles.end()) return ModbusMeter{static_cast<std::uint8_t>(unit), found->second, network};
  const auto refused = profiles.refused.find(profile.model);
  if (refused != profiles.refused.end()) return base::fail(ProfileErrc::bad_profile, refused->second);
  return base::fail(Errc::unknown_profile, profile.model);
}

bool has_valve(const ModbusMeter& meter) {
  return supply_point(*meter.profile) == PointName::valve;
}

bool knows_tariffs(const ModbusMeter& meter) {
  return std::ranges::all_of(kTariffs, [&](PointName name) { return meter.profile->find(name) != nullptr; });
}

bool tells_supply(const ModbusMeter& meter) {
  return supply_point(*meter.profile).has_value();
}

/// A device that was starting up may have said that it lacks what it answers now. True when it had.
static bool has_after_all(ModbusMeter& meter, const modbus::Frame& asked) {
  const auto request = modbus::decode_request(asked.pdu);
  const auto* block = request ? std::get_if<modbus::Read>(&*request) : nullptr;
  bool forgot = false;
  if (block == nullptr) return forgot;
  for (const auto& point : meter.profile->points) {
    const modbus::Read own{point.function, point.address, static_cast<std::uint16_t>(point.size())};
    if (own == *block) forgot = meter.lacks.erase(point.name) > 0 || forgot;
  }
  return forgot;
}

static bool is_exception(const modbus::Frame& heard) {
  return !heard.pdu.empty() && (static_cast<unsigned>(heard.pdu.front()) & modbus::kExceptionBit) != 0;
}

bool learn(ModbusMeter& meter, const Outcome& outcome) {
  const auto* round = outcome ? std::get_if<ModbusRound>(&*outcome) : nullptr;
  if (round == nullptr) return false;
  // Only of a device that answered something else in the same breath: one that refuses everything may be starting up.
  if (std::ranges::all_of(round->heard, is_exception)) return false;
  const auto billed = read_apart(*meter.profile, std::array{total_of(*meter.profile)});
  bool learned = false;
  for (std::size_t i = 0; i < round->heard.size(); ++i) {
    if (!is_exception(round->heard[i])) {
      learned = has_after_all(meter, round->asked[i]) || learned;
      continue;
    }
    if (!refuses_block(round->asked[i], round->heard[i])) continue;
    const auto block = std::get<modbus::Read>(*modbus::decode_request(round->asked[i].pdu));
    // A failure (04) may be over at the next reading, and what a device means by other codes is its maker's: 01 and 02 say that it has none.
    const bool lacks = lacks_register(round->asked[i], round->heard[i]);
    bool single = false;
    for (const auto& point : meter.profile->points) {
      const modbus::Read own{point.function, point.address, static_cast<std::uint16_t>(point.size())};
      if (own != block) continue;
      single = true;
      if (lacks && std::ranges::find(billed, own) == billed.end()) learned = meter.lacks.insert(point.name).second || learned;
    }
    if (!single) learned = !std::exchange(meter.apart, true) || learned;
  }
  return learned;
}

void forget_lacking(ModbusMeter& meter) {
  meter.lacks.clear();
  meter.apart = false;
}

bool has(const ModbusMeter& meter, Item item) {
  const auto supply = supply_point(*meter.profile);
  if (item == Item::status && supply && meter.lacks.contains(*supply)) return false;
  return !points_of(meter, item).empty();
}

base::Millis travel_of(const ModbusMeter& meter) {
  return has_valve(meter) ? meter.profile->travel : base::Millis(0);
}

base::Result<LineFrame> read_request(const ModbusMeter& meter, Item item) {
  const auto points = points_of(meter, item);
  if (points.empty()) return base::fail(Errc::not_supported, meter.profile->name);
  const auto parts = read_apart(*meter.profile, points);
  if (meter.apart) return round_of(meter, {parts.begin(), parts.end()});
  const auto blocks = plan_blocks(*meter.profile, points);
  if (!blocks) return base::pass(blocks);
  auto round = round_of(meter, {blocks->begin(), blocks->end()});
  if (!round) return base::pass(round);
  for (const auto& block : *blocks) {
    std::vector<modbus::Request> within;
    std::ranges::copy_if(parts, std::back_inserter(within), [&](const auto& part) { return holds(block, part) && part != block; });
    auto frames = frames_of(meter, within);
    if (!frames) return base::pass(frames);
    round->apart.push_back(std::move(*frames));
  }
  return *std::move(round);
}

base::Result<Registers> registers_of(const ModbusMeter& meter, const Outcome& outcome) {
  const auto read = registers_in(outcome);
  if (!read) return base::pass(read);
  const auto total = quantity(*meter.profile, total_of(*meter.profile), *read);
  if (!total) return base::pass(total);
  Registers made{*total, std::nullopt};
  std::array<base::Quantity, kTariffs.size()> tariffs;
  for (std::size_t i = 0; i < kTariffs.size(); ++i) {
    const auto one = meter.profile->find(kTariffs[i]) == nullptr ? base::Result<base::Quantity>(base::fail(ProfileErrc::unknown_point))
                                                                  : quantity(*meter.profile, kTariffs[i], *read);
    if (!one) return made;  // the total counts without them
    tariffs[i] = *one;
  }
  made.tariffs = tariffs;
  return made;
}

base::Result<SupplyState> supply_of(const ModbusMeter& meter, const Outcome& outcome) {
  const auto name = supply_point(*meter.profile);
  if (!name) return base::fail(Errc::not_supported, meter.profile->name);
  if (meter.lacks.contains(*name)) return base::fail(modbus::Errc::illegal_data_address, std::string(to_string(*name)));
  const auto read = registers_in(outcome);
  if (!read) return base::pass(read);
  const auto value = value_of(*meter.profile, *name, *read);
  if (!value) return base::pass(value);
  const auto state = std::get<State>(*value);
  if (state == State::moving) return SupplyState{.moving = true};
  const auto supplied = supplies(*name, state);
  if (!supplied) return base::fail(Errc::valve_fault, std::string(to_string(state)));
  return SupplyState{.open = !*supplied};
}

base::Result<std::string> momentary_of(const ModbusMeter& meter, Item item, const Outcome& outcome) {
  const auto read = registers_in(outcome);
  if (!read) return base::pass(read);
  const auto points = points_of(meter, item);
  if (points.empty()) return base::fail(Errc::not_supported, meter.profile->name);
  const auto value = value_of(*meter.profile, points.front(), *read);
  if (!value) return base::pass(value);
  return text_of(*value);
}

base::Result<> ack_of(const ModbusMeter&, const Outcome& outcome) {
  if (!outcome) return base::pass(outcome);
  const auto* round = std::get_if<ModbusRound>(&*outcome);
  if (round == nullptr || round->heard.empty()) return base::fail(ProfileErrc::bad_reply);
  const auto reply = modbus::decode_reply(round->heard.back().pdu);
  if (!reply) return base::pass(reply);
  if (const auto* refused = std::get_if<modbus::ExceptionReply>(&*reply)) return tl::unexpected(refused->error());
  if (!std::holds_alternative<modbus::WriteReply>(*reply)) return base::fail(ProfileErrc::bad_reply);
  return {};
}

base::Result<LineFrame> switch_request(const ModbusMeter& meter, Switch what) {
  if (what != Switch::trip && what != Switch::close_direct) return base::fail(Errc::not_supported, "trip and close are all a profile knows");
  const auto* action = meter.profile->find(what == Switch::trip ? ActionName::trip : ActionName::close);
  if (action == nullptr || !supply_point(*meter.profile)) return base::fail(Errc::not_supported, meter.profile->name);
  const auto writes = writes_of(*action, {});
  if (!writes) return base::pass(writes);
  auto round = round_of(meter, *writes);
  if (!round) return base::pass(round);
  return *std::move(round);
}

}  // namespace anju::gateway
