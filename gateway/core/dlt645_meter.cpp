#include "gateway/core/dlt645_meter.hpp"

#include <variant>

#include "gateway/core/errc.hpp"
#include "protocols/dlt645/message.hpp"
#include "protocols/dlt645/value.hpp"

namespace anju::gateway {
namespace {

struct ItemRow {
  Item item;
  std::uint32_t y2007;
  std::uint32_t y1997;  ///< 0: the edition has none
};

/// Source: shared reference meters.md 1.6 and 1.8. D113 (status word 3 of 1997) is one vendor's and not asked.
constexpr std::array<ItemRow, kItems> kItemRows{{
    {Item::energy, 0x0001FF00, 0x901F},
    {Item::energy_total, 0x00010000, 0x9010},
    {Item::status, 0x04000503, 0},
    {Item::clock_day, 0x04000101, 0xC010},
    {Item::clock_time, 0x04000102, 0xC011},
    {Item::freeze_time, 0x05060001, 0},
    {Item::freeze, 0x05060101, 0},
    {Item::voltage, 0x02010100, 0xB611},
    {Item::current, 0x02020100, 0xB621},
    {Item::power, 0x02030000, 0xB630},
}};

base::Result<base::Bytes> value_of_length(const Outcome& outcome, std::size_t length) {
  auto reply = read_reply_of(outcome);
  if (!reply) return base::pass(reply);
  if (reply->value.size() != length) return base::fail(dlt645::Errc::unexpected_length, base::to_hex(reply->value));
  return std::move(reply->value);
}

tl::unexpected<base::Error> not_in(dlt645::Edition edition) {
  return base::fail(Errc::not_supported, std::string(dlt645::to_string(edition)));
}

dlt645::RelayAction action_of(Switch what) {
  switch (what) {
    case Switch::trip: break;
    case Switch::close_direct: return dlt645::RelayAction::close_direct;
    case Switch::close_permit: return dlt645::RelayAction::close_permit;
    case Switch::keep_power_on: return dlt645::RelayAction::keep_power_on;
    case Switch::keep_power_off: return dlt645::RelayAction::keep_power_off;
  }
  return dlt645::RelayAction::trip;
}

base::Result<LineFrame> write_request(const Dlt645Meter& meter, Item item, base::Result<base::Bytes> value) {
  if (!value) return base::pass(value);
  const auto di = identifier(item, meter.edition);
  if (!di) return base::pass(di);
  std::optional<dlt645::Authority> authority;
  if (meter.edition == dlt645::Edition::y2007) authority = meter.authority;
  return dlt645::make_request(meter.edition, meter.address, dlt645::WriteData{*di, authority, std::move(*value)});
}

}  // namespace

base::Result<Dlt645Meter> make_dlt645_meter(std::string_view address, const wire::MeterProfile& profile) {
  const auto parsed = dlt645::Address::parse(address);
  if (!parsed) return base::pass(parsed);
  const auto edition = dlt645::parse_edition(profile.dialect);
  if (!edition) return base::pass(edition);
  const auto authority = dlt645::Authority::parse(profile.access_level, profile.password, profile.operator_code);
  if (!authority) return base::pass(authority);
  return Dlt645Meter{*parsed, *edition, *authority, profile.short_relay_command};
}

base::Result<dlt645::DataId> identifier(Item item, dlt645::Edition edition) {
  for (const auto& row : kItemRows) {
    const auto value = edition == dlt645::Edition::y2007 ? row.y2007 : row.y1997;
    if (row.item == item && value != 0) return dlt645::DataId{value, edition};
  }
  return not_in(edition);
}

bool has(const Dlt645Meter& meter, Item item) {
  return identifier(item, meter.edition).has_value();
}

bool can_clear(const Dlt645Meter& meter) {
  return meter.edition == dlt645::Edition::y2007;
}

base::Result<LineFrame> read_request(const Dlt645Meter& meter, Item item) {
  const auto di = identifier(item, meter.edition);
  if (!di) return base::pass(di);
  return dlt645::make_request(meter.edition, meter.address, dlt645::ReadData{*di, std::nullopt});
}

base::Result<dlt645::ReadReply> read_reply_of(const Outcome& outcome) {
  if (!outcome) return base::pass(outcome);
  const auto* frame = std::get_if<dlt645::Frame>(&*outcome);
  if (frame == nullptr) return base::fail(dlt645::Errc::unknown_function);
  auto reply = dlt645::decode_reply(*frame);
  if (!reply) return base::pass(reply);
  if (const auto* refused = std::get_if<dlt645::ErrorReply>(&reply->reply)) return tl::unexpected(refused->error());
  auto* read = std::get_if<dlt645::ReadReply>(&reply->reply);
  if (read == nullptr) return base::fail(dlt645::Errc::unknown_function);
  if (read->more) return base::fail(dlt645::Errc::unexpected_length, "a part of a block");
  return std::move(*read);
}

base::Result<Registers> registers_of(const Dlt645Meter&, const Outcome& outcome) {
  const auto reply = read_reply_of(outcome);
  if (!reply) return base::pass(reply);
  const auto energy = dlt645::decode_energy(reply->di, reply->value);
  if (!energy) return base::pass(energy);
  return Registers{energy->total, energy->tariffs};
}

base::Result<SupplyState> supply_of(const Dlt645Meter&, const Outcome& outcome) {
  const auto reply = read_reply_of(outcome);
  if (!reply) return base::pass(reply);
  const auto status = dlt645::decode_status_word_3(reply->value);
  if (!status) return base::pass(status);
  return SupplyState{status->relay_open, status->off_commanded, status->keep_power};
}

base::Result<dlt645::CalendarDay> day_of(const Dlt645Meter&, const Outcome& outcome) {
  const auto value = value_of_length(outcome, 4);
  if (!value) return base::pass(value);
  return dlt645::decode_day(*value);
}

base::Result<dlt645::TimeOfDay> time_of(const Dlt645Meter&, const Outcome& outcome) {
  const auto value = value_of_length(outcome, 3);
  if (!value) return base::pass(value);
  return dlt645::decode_time_of_day(*value);
}

base::Result<base::CivilTime> freeze_time_of(const Dlt645Meter&, const Outcome& outcome) {
  const auto value = value_of_length(outcome, 5);
  if (!value) return base::pass(value);
  return dlt645::decode_minute(*value);
}

base::Result<std::string> momentary_of(const Dlt645Meter&, const Outcome& outcome) {
  const auto reply = read_reply_of(outcome);
  if (!reply) return base::pass(reply);
  const auto value = dlt645::decode_value(reply->di, reply->value);
  if (!value) return base::pass(value);
  if (value->items.empty() || !value->items.front()) return base::fail(dlt645::Errc::no_value);
  return dlt645::text_of(*value->items.front());
}

base::Result<> ack_of(const Dlt645Meter&, const Outcome& outcome) {
  if (!outcome) return base::pass(outcome);
  const auto* frame = std::get_if<dlt645::Frame>(&*outcome);
  if (frame == nullptr) return base::fail(dlt645::Errc::unknown_function);
  const auto reply = dlt645::decode_reply(*frame);
  if (!reply) return base::pass(reply);
  if (const auto* refused = std::get_if<dlt645::ErrorReply>(&reply->reply)) return tl::unexpected(refused->error());
  if (!std::holds_alternative<dlt645::Ack>(reply->reply)) return base::fail(dlt645::Errc::unknown_function);
  return {};
}

base::Result<LineFrame> switch_request(const Dlt645Meter& meter, Switch what, const base::CivilTime& valid_until) {
  if (meter.edition != dlt645::Edition::y2007) return not_in(meter.edition);
  dlt645::RelayControl control{meter.authority, action_of(what), 0, valid_until};
  if (meter.short_relay_command) control.valid_until.reset();
  return dlt645::make_request(meter.edition, meter.address, control);
}

base::Result<LineFrame> clear_request(const Dlt645Meter& meter) {
  if (meter.edition != dlt645::Edition::y2007) return not_in(meter.edition);
  return dlt645::make_request(meter.edition, meter.address, dlt645::ClearMeter{meter.authority});
}

base::Result<LineFrame> write_day_request(const Dlt645Meter& meter, const base::CivilTime& time) {
  return write_request(meter, Item::clock_day,
                       dlt645::encode_day({time.year, time.month, time.day, base::weekday(time)}));
}

base::Result<LineFrame> write_time_request(const Dlt645Meter& meter, const base::CivilTime& time) {
  return write_request(meter, Item::clock_time, dlt645::encode_time_of_day({time.hour, time.minute, time.second}));
}

}  // namespace anju::gateway
