#include "gateway/core/cjt188_meter.hpp"

#include "gateway/core/errc.hpp"
#include "protocols/cjt188/message.hpp"
#include "protocols/cjt188/metering.hpp"
#include "protocols/dlt645/errc.hpp"

namespace anju::gateway {
namespace {

/// Which one of ours it is does not matter here: the owner of the line numbers what it sends (framing.hpp).
constexpr std::uint8_t kAnySerial = 0;

base::Result<cjt188::Reply> reply_of(const Cjt188Meter& meter, const Outcome& outcome) {
  if (!outcome) return base::pass(outcome);
  const auto* frame = std::get_if<cjt188::Frame>(&*outcome);
  if (frame == nullptr) return base::fail(cjt188::Errc::unknown_function);
  auto received = cjt188::decode_reply(*frame, meter.options);
  if (!received) return base::pass(received);
  if (const auto* refused = std::get_if<cjt188::ErrorReply>(&received->reply)) return tl::unexpected(refused->error());
  return std::move(received->reply);
}

base::Result<cjt188::ReadReply> read_of(const Cjt188Meter& meter, const Outcome& outcome) {
  auto reply = reply_of(meter, outcome);
  if (!reply) return base::pass(reply);
  auto* read = std::get_if<cjt188::ReadReply>(&*reply);
  if (read == nullptr) return base::fail(cjt188::Errc::unknown_function);
  return std::move(*read);
}

}  // namespace

base::Result<Cjt188Meter> make_cjt188_meter(std::string_view address, const wire::MeterProfile& profile) {
  const auto parsed = cjt188::Address::parse(address);
  if (!parsed) return base::pass(parsed);
  // Several answer to it: one trip would close all their valves.
  if (!wire::is_address("cjt188", address)) return base::fail(cjt188::Errc::bad_address, "an address that begins with AA is none of a device");
  const auto type = cjt188::parse_meter_type(profile.meter_type);
  if (!type) return base::pass(type);
  const auto map = cjt188::parse_status_map(profile.status_map);
  if (!map) return base::pass(map);
  const auto open = cjt188::parse_valve_code(profile.valve_open);
  if (!open) return base::pass(open);
  const auto close = cjt188::parse_valve_code(profile.valve_close);
  if (!close) return base::pass(close);
  const auto order = profile.low_byte_first ? cjt188::DiOrder::low_byte_first : cjt188::DiOrder::high_byte_first;
  const cjt188::Options options{*type, order, *map, *open, *close, cjt188::AckForm::any};
  if (const auto checked = cjt188::check(options); !checked) return base::pass(checked);
  return Cjt188Meter{*parsed, options, base::seconds(profile.travel_s)};
}

bool has(const Cjt188Meter& meter, Item item) {
  return item == Item::energy_total || (item == Item::status && meter.options.status_map != cjt188::StatusMap::none);
}

base::Result<LineFrame> read_request(const Cjt188Meter& meter, Item item) {
  if (!has(meter, item)) return base::fail(Errc::not_supported, "cjt188");
  return cjt188::make_request(meter.options, meter.address, kAnySerial, cjt188::ReadData{});
}

base::Result<Registers> registers_of(const Cjt188Meter& meter, const Outcome& outcome) {
  const auto read = read_of(meter, outcome);
  if (!read) return base::pass(read);
  const auto total = cjt188::decode_total(read->value);
  if (!total) return base::pass(total);
  return Registers{*total, std::nullopt};
}

base::Result<SupplyState> supply_of(const Cjt188Meter& meter, const Outcome& outcome) {
  const auto read = read_of(meter, outcome);
  if (!read) return base::pass(read);
  // The two bytes themselves: a meter whose clock shows nonsense has a valve all the same.
  if (read->value.size() != cjt188::kLongForm) return base::fail(dlt645::Errc::no_such_data, "status word");
  const cjt188::StatusWord status{{static_cast<std::uint8_t>(read->value[cjt188::kLongForm - 2]), static_cast<std::uint8_t>(read->value[cjt188::kLongForm - 1])}};
  switch (cjt188::valve_state(status, meter.options.status_map)) {
    case cjt188::ValveState::open: return SupplyState{};
    case cjt188::ValveState::closed: return SupplyState{.open = true};
    case cjt188::ValveState::moving: return SupplyState{.moving = true};
    case cjt188::ValveState::fault: return base::fail(Errc::valve_fault, status.text());
    case cjt188::ValveState::unknown: break;
  }
  return base::fail(cjt188::Errc::out_of_range, "status word " + status.text());
}

base::Result<> ack_of(const Cjt188Meter& meter, const Outcome& outcome) {
  const auto reply = reply_of(meter, outcome);
  if (!reply) return base::pass(reply);
  if (!std::holds_alternative<cjt188::Ack>(*reply)) return base::fail(cjt188::Errc::unknown_function);
  return {};
}

base::Result<LineFrame> switch_request(const Cjt188Meter& meter, Switch what) {
  // Without the state of the valve nobody could say what came of it.
  if (!has(meter, Item::status)) return base::fail(Errc::not_supported, "status map");
  if (what != Switch::trip && what != Switch::close_direct) return base::fail(Errc::not_supported, "trip and close are all a valve knows");
  const auto code = what == Switch::close_direct ? meter.options.valve_open : meter.options.valve_close;
  return cjt188::make_request(meter.options, meter.address, kAnySerial, cjt188::Valve{code});
}

}  // namespace anju::gateway
