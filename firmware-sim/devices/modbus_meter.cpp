#include "firmware-sim/devices/modbus_meter.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "protocols/modbus/rtu.hpp"

namespace anju::sim {
namespace {

using base::UtcMillis;
using modbus::Function;

constexpr std::int64_t kMilliVolts = 229'800, kMilliHertz = 49'980, kFullPowerFactor = 1000, kTemperature = 3150, kTarget = 5000, kBattery = 3600;
constexpr std::int64_t kOneAsRatio = 100;  // ratios are kept in hundredths
constexpr std::uint8_t kIllegalFunction = 1, kIllegalAddress = 2, kIllegalValue = 3;

/// Every register or bit from the first to the last of two points that lie close enough together.
void allow(std::map<std::pair<Function, std::uint16_t>, bool>& readable, const ModbusMap& map, Function function) {
  std::set<std::pair<std::size_t, std::size_t>> spans;
  for (const ModbusPoint& point : map.points) {
    if (point.function == function) spans.insert({point.address, point.address + point.size()});
  }
  std::size_t end = 0;
  for (const auto& [first, last] : spans) {
    const std::size_t begin = end != 0 && first > end && first - end <= map.max_gap ? end : first;
    for (std::size_t at = begin; at < last; ++at) readable[{function, static_cast<std::uint16_t>(at)}] = true;
    end = std::max(end, last);
  }
  for (const ModbusHole& hole : map.unreadable) {
    for (std::size_t at = hole.first; at <= hole.last && hole.function == function; ++at) readable.erase({function, static_cast<std::uint16_t>(at)});
  }
}

int bcd(int number) {
  return number / 10 << 4 | number % 10;
}

std::vector<std::uint16_t> clock_words(ModbusClock clock, const base::CivilTime& now) {
  const bool long_year = clock == ModbusClock::yyyy_first;
  std::array<int, 6> fields{long_year ? now.year : now.year % 100, now.month, now.day, now.hour, now.minute, now.second};
  if (clock == ModbusClock::yy_last) std::ranges::reverse(fields);
  std::vector<std::uint16_t> words;
  if (clock != ModbusClock::bytes && clock != ModbusClock::bcd) {
    for (const int field : fields) words.push_back(static_cast<std::uint16_t>(field));
    return words;
  }
  for (std::size_t i = 0; i < fields.size(); i += 2) {
    const auto byte = [&](int field) { return clock == ModbusClock::bcd ? bcd(field) : field; };
    words.push_back(static_cast<std::uint16_t>(byte(fields[i]) << 8 | byte(fields[i + 1])));
  }
  return words;
}

}  // namespace

std::size_t ModbusPoint::size() const {
  if (const auto* number = std::get_if<modbus::Type>(&type)) return modbus::registers_of(*number);
  const auto* clock = std::get_if<ModbusClock>(&type);
  if (clock == nullptr) return 1;
  return *clock == ModbusClock::bytes || *clock == ModbusClock::bcd ? 3 : 6;
}

ModbusMeter::ModbusMeter(ModbusSetup setup, UtcMillis start)
    : setup_(std::move(setup)), registers_(RegisterBlock{.total = setup_.start, .tariffs = {}}), plan_(setup_.faults, start), advanced_to_(start) {
  for (const auto function : {Function::read_coils, Function::read_discrete_inputs, Function::read_holding_registers, Function::read_input_registers}) {
    allow(readable_, setup_.map, function);
  }
  const auto tell = [&](const char* point, const char* supplied, const char* cut) { states_[point] = setup_.supplied ? supplied : cut; };
  tell("relay", "closed", "open"), tell("valve", "open", "closed");
  states_["temperature_valve"] = "closed", states_["automatic"] = "on", states_["pipe"] = "full";
}

std::string ModbusMeter::state_of(const std::string& point) const {
  const bool has = std::ranges::any_of(setup_.map.points, [&](const ModbusPoint& one) { return one.name == point; });
  const auto state = states_.find(point);
  return has && state != states_.end() ? state->second : std::string();
}

bool ModbusMeter::is_supplied() const {
  const std::string relay = state_of("relay"), valve = state_of("valve");
  return relay != "open" && valve != "closed";
}

void ModbusMeter::advance(UtcMillis now) {
  while (const auto change = plan_.take(now)) {
    run(change->at);
    if (change->begins) begin(change->fault);
    if (!change->begins) end(change->fault.kind);
  }
  run(now);
}

void ModbusMeter::run(UtcMillis until) {
  while (advanced_to_ < until) {
    const auto next = std::ranges::min_element(moves_, {}, &Move::at);
    const UtcMillis to = next == moves_.end() ? until : std::clamp(next->at, advanced_to_, until);
    const std::int64_t watts = is_supplied() ? setup_.watts * setup_.energy_factor : 0;
    registers_.add(watts * (to - advanced_to_).value, Tariff::flat);
    advanced_to_ = to;
    if (next == moves_.end() || next->at > until) continue;
    states_[next->point] = next->state;
    moves_.erase(next);
  }
}

std::optional<ReplyFaults::Shaped> ModbusMeter::on_frame(const modbus::Frame& request, UtcMillis now) {
  if (request.unit != setup_.unit || request.pdu.empty()) return std::nullopt;
  advance(now);
  ++statistics_.requests;
  if (reply_faults_.swallows_request()) return std::nullopt;
  const auto reply = reply_to(request.pdu, now);
  if (!reply) return std::nullopt;
  if (std::holds_alternative<modbus::ExceptionReply>(*reply)) ++statistics_.exceptions;
  const std::uint8_t next_unit = setup_.unit == modbus::kLastUnit ? 1 : static_cast<std::uint8_t>(setup_.unit + 1);
  const auto frame = modbus::make_reply(hits(wrong_unit_) ? next_unit : setup_.unit, *reply);
  auto bytes = frame ? modbus::rtu::encode(*frame) : base::Result<base::Bytes>(base::pass(frame));
  if (!bytes) return std::nullopt;
  return reply_faults_.shape(*std::move(bytes), setup_.response_delay, setup_.unit);
}

std::optional<modbus::Reply> ModbusMeter::reply_to(base::ByteView pdu, UtcMillis now) {
  const auto function = modbus::function_of(base::to_u8(pdu.front()));
  if (function && hits(exception_)) return modbus::ExceptionReply{*function, static_cast<std::uint8_t>(exception_->value)};
  const auto decoded = modbus::decode_request(pdu);
  if (decoded) return answer(*decoded, now);
  const auto code = modbus::exception_of(decoded.error());
  if (!function || !code) return std::nullopt;
  return modbus::ExceptionReply{*function, *code};
}

bool ModbusMeter::hits(const std::optional<Fault>& fault) const {
  return fault && statistics_.requests % std::max(fault->every, 1) == 0;
}

void ModbusMeter::begin(const Fault& fault) {
  switch (fault.kind) {
    case FaultKind::silent:
    case FaultKind::silent_first:
    case FaultKind::late:
    case FaultKind::wrong_checksum:
    case FaultKind::noise:
    case FaultKind::half_frame: static_cast<void>(reply_faults_.set(fault)); return;
    case FaultKind::relay_stuck: stuck_ = true, moves_.clear(); return;
    case FaultKind::clock_adrift: clock_ahead_ = base::seconds(fault.value); return;
    case FaultKind::register_jump: {
      RegisterBlock block = registers_.block();
      block.total.e4 = std::max<std::int64_t>(block.total.e4 - fault.value, 0);
      registers_.set(block);
      return;
    }
    case FaultKind::exception: exception_ = fault, exception_->value = std::clamp<std::int64_t>(fault.value, 1, kMaxException); return;
    case FaultKind::wrong_unit: wrong_unit_ = fault; return;
    case FaultKind::words_swapped: words_swapped_ = true; return;
  }
}

void ModbusMeter::end(std::optional<FaultKind> kind) {
  const auto gone = [kind](FaultKind one) { return !kind || *kind == one; };
  reply_faults_.clear(kind);
  if (gone(FaultKind::relay_stuck)) stuck_ = false;
  if (gone(FaultKind::clock_adrift)) clock_ahead_ = base::Millis(0);
  if (gone(FaultKind::exception)) exception_.reset();
  if (gone(FaultKind::wrong_unit)) wrong_unit_.reset();
  if (gone(FaultKind::words_swapped)) words_swapped_ = false;
}

void ModbusMeter::set_fault(const Fault& fault, UtcMillis now) {
  advance(now);
  begin(fault);
}

void ModbusMeter::clear_fault(std::optional<FaultKind> kind, UtcMillis now) {
  advance(now);
  end(kind);
}

bool ModbusMeter::has_fault() const {
  return reply_faults_.any() || exception_ || wrong_unit_ || words_swapped_ || stuck_ || clock_ahead_.value != 0;
}

void ModbusMeter::set_load(std::int64_t watts, UtcMillis now) {
  advance(now);
  setup_.watts = watts;
}

void ModbusMeter::set_total(base::Quantity total, UtcMillis now) {
  advance(now);
  RegisterBlock block = registers_.block();
  block.total = total;
  registers_.set(block);
}

modbus::Reply ModbusMeter::answer(const modbus::Request& request, UtcMillis now) {
  if (const auto* asked = std::get_if<modbus::Read>(&request)) return read(*asked, now);
  return write(request, now);
}

modbus::Reply ModbusMeter::read(const modbus::Read& request, UtcMillis now) const {
  const auto refuse = [&](std::uint8_t code) { return modbus::ExceptionReply{request.function, code}; };
  const bool knows = std::ranges::any_of(setup_.map.points, [&](const ModbusPoint& point) { return point.function == request.function; });
  if (!knows) return refuse(kIllegalFunction);
  for (std::size_t i = 0; i < request.count; ++i) {
    if (!readable_.contains({request.function, static_cast<std::uint16_t>(request.address + i)})) return refuse(kIllegalAddress);
  }
  std::vector<std::uint16_t> words(request.count, 0);
  for (const ModbusPoint& point : setup_.map.points) {
    const bool asked = point.function == request.function && point.address < request.address + request.count && request.address < point.address + point.size();
    if (!asked) continue;
    const auto has = words_of(point, now);
    for (std::size_t i = 0; i < has.size(); ++i) {
      const std::size_t at = point.address + i;
      // A state and alarms may share a register, each with bits of its own.
      if (at >= request.address && at < std::size_t{request.address} + request.count) words[at - request.address] |= has[i];
    }
  }
  if (modbus::reads_registers(request.function)) return modbus::RegistersReply{request.function, std::move(words)};
  modbus::BitsReply bits{request.function, base::Bytes((words.size() + 7) / 8)};
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] != 0) bits.packed[i / 8] |= std::byte(1U << (i % 8));
  }
  return bits;
}

modbus::Reply ModbusMeter::write(const modbus::Request& request, UtcMillis now) {
  const Function function = modbus::function_of(request);
  const auto writes = [&](const ModbusOrder& order) { return std::ranges::find(order.writes, request) != order.writes.end(); };
  const auto order = std::ranges::find_if(setup_.map.orders, writes);
  if (order == setup_.map.orders.end()) {
    const auto same_function = [&](const ModbusOrder& one) {
      return std::ranges::any_of(one.writes, [&](const modbus::Request& write) { return modbus::function_of(write) == function; });
    };
    if (std::ranges::none_of(setup_.map.orders, same_function)) return modbus::ExceptionReply{function, kIllegalFunction};
    // The right register with a value that means nothing, or another register.
    const auto address = std::visit([](const auto& one) { return one.address; }, request);
    const bool right = std::ranges::any_of(setup_.map.orders, [&](const ModbusOrder& one) {
      return std::ranges::any_of(one.writes, [&](const modbus::Request& write) { return std::visit([](const auto& w) { return w.address; }, write) == address; });
    });
    return modbus::ExceptionReply{function, right ? kIllegalValue : kIllegalAddress};
  }
  ++statistics_.writes;
  if (order->writes.back() == request) {
    std::erase_if(moves_, [&](const Move& move) { return move.point == order->point; });
    if (!stuck_) moves_.push_back({now + setup_.relay_delay, order->point, order->state});
  }
  modbus::WriteReply reply{function, 0, 0};
  if (const auto* coil = std::get_if<modbus::WriteCoil>(&request)) reply.address = coil->address, reply.word = coil->on ? 0xFF00 : 0;
  if (const auto* one = std::get_if<modbus::WriteRegister>(&request)) reply.address = one->address, reply.word = one->value;
  if (const auto* coils = std::get_if<modbus::WriteCoils>(&request)) reply.address = coils->address, reply.word = static_cast<std::uint16_t>(coils->on.size());
  if (const auto* many = std::get_if<modbus::WriteRegisters>(&request)) {
    reply.address = many->address, reply.word = static_cast<std::uint16_t>(many->values.size());
  }
  return reply;
}

std::int64_t ModbusMeter::value_of(const std::string& name) const {
  const std::int64_t watts = is_supplied() ? setup_.watts : 0;
  const std::map<std::string_view, std::int64_t> values{
      {"energy_total", total().e4}, {"volume_total", total().e4}, {"energy_flat", total().e4}, {"voltage_a", kMilliVolts}, {"voltage_b", kMilliVolts},
      {"voltage_c", kMilliVolts}, {"current_a", watts * 1'000'000 / kMilliVolts}, {"power", watts * 10}, {"power_a", watts * 10}, {"flow", watts * 10},
      {"frequency", kMilliHertz}, {"power_factor", kFullPowerFactor}, {"temperature", kTemperature}, {"temperature_target", kTarget}, {"battery", kBattery},
      {"current_ratio", kOneAsRatio}, {"voltage_ratio", kOneAsRatio}};
  const auto found = values.find(name);
  return found == values.end() ? 0 : found->second;
}

std::vector<std::uint16_t> ModbusMeter::words_of(const ModbusPoint& point, UtcMillis now) const {
  if (const auto* clock = std::get_if<ModbusClock>(&point.type)) return clock_words(*clock, base::to_civil(now + clock_ahead_, setup_.utc_offset_minutes));
  const auto* type = std::get_if<modbus::Type>(&point.type);
  const auto words = [&](std::int64_t value, std::int64_t factor) {
    auto encoded = modbus::encode_value(*type, point.order, value, factor).value_or(std::vector<std::uint16_t>(point.size(), 0));
    if (words_swapped_) std::ranges::reverse(encoded);
    return encoded;
  };
  std::int64_t value = 0;
  if (!point.states.empty()) {
    const auto state = states_.find(point.name);
    const auto raw = std::ranges::find_if(point.states, [&](const auto& one) { return state != states_.end() && one.second == state->second; });
    value = static_cast<std::int64_t>(raw == point.states.end() ? point.states.front().first : raw->first);
    if (type == nullptr) return {static_cast<std::uint16_t>(value)};
    return words(value, 1);
  }
  if (type == nullptr) return {0};
  value = value_of(point.name);
  // A register without a point shows whole units: the rest is not shown.
  if (*type != modbus::Type::float32 && *type != modbus::Type::float64) value -= value % point.factor;
  return words(value, point.factor);
}

}  // namespace anju::sim
