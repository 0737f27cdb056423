#include <string>
#include <utility>

#include "protocols/dlt645/clock.hpp"
#include "protocols/dlt645/fields.hpp"
#include "protocols/dlt645/request.hpp"

namespace anju::dlt645 {
namespace {

constexpr int kAny = 99;  // "any month, day, hour or minute" of a freeze

Authority take_authority(Fields& fields) {
  Authority authority;
  authority.access_level = fields.u8();
  authority.password = fields.array<3>();
  authority.operator_code = fields.array<4>();
  return authority;
}

tl::unexpected<base::Error> wrong_length(Function function, std::size_t length) {
  return base::fail(Errc::bad_length, "L " + std::to_string(length) + " in " + std::string(to_string(function)));
}

base::Result<Request> decode_read(Edition edition, Fields fields) {
  const std::size_t length = fields.size();
  ReadData read{.di = fields.di(edition), .load_curve = {}};
  if (length == read.di.size()) return read;
  if (edition != Edition::y2007 || (length != 5 && length != 10)) return wrong_length(Function::read_data, length);
  const auto blocks = base::decode_bcd(fields.take(1));
  if (!blocks) return base::fail(Errc::not_bcd, "blocks");
  if (*blocks == 0) return base::fail(Errc::out_of_range, "blocks");
  read.load_curve = LoadCurve{.blocks = static_cast<int>(*blocks), .from = {}};
  if (length == 5) return read;
  const auto from = decode_minute(fields.rest());
  if (!from) return base::pass(from);
  read.load_curve->from = *from;
  return read;
}

base::Result<Request> decode_write(Edition edition, Fields fields) {
  const std::size_t length = fields.size();
  if (length < (edition == Edition::y2007 ? 12U : 2U) || length > kMaxWriteData) {
    return wrong_length(Function::write_data, length);
  }
  WriteData write;
  write.di = fields.di(edition);
  if (edition == Edition::y2007) write.authority = take_authority(fields);
  write.value = copy(fields.rest());
  return write;
}

base::Result<Request> decode_freeze(Fields fields) {
  const auto field = [&fields](int least, int most, const char* name) -> base::Result<std::optional<int>> {
    const auto value = base::decode_bcd(fields.take(1));
    if (!value) return base::fail(Errc::not_bcd, name);
    if (*value == kAny) return std::nullopt;
    if (*value < least || *value > most) return base::fail(Errc::bad_time, name);
    return static_cast<int>(*value);
  };
  const auto minute = field(0, 59, "minute");
  if (!minute) return base::pass(minute);
  const auto hour = field(0, 23, "hour");
  if (!hour) return base::pass(hour);
  const auto day = field(1, 31, "day");
  if (!day) return base::pass(day);
  const auto month = field(1, 12, "month");
  if (!month) return base::pass(month);
  return Freeze{.month = *month, .day = *day, .hour = *hour, .minute = *minute};
}

base::Result<Request> decode_relay(Fields fields) {
  const bool has_until = fields.size() == 16;
  RelayControl control;
  control.authority = take_authority(fields);
  const auto action = parse_relay_action(fields.u8());
  if (!action) return base::pass(action);
  control.action = *action;
  if (!has_until) return control;
  control.n2 = fields.u8();
  const auto until = decode_moment(fields.rest());
  if (!until) return base::pass(until);
  control.valid_until = *until;
  return control;
}

base::Result<Request> decode_password(Edition edition, Fields fields) {
  ChangePassword change;
  change.di.edition = edition;
  if (edition == Edition::y2007) change.di = fields.di(edition);
  change.old_level = fields.u8();
  change.old_password = fields.array<3>();
  change.new_level = fields.u8();
  change.new_password = fields.array<3>();
  return change;
}

base::Result<Request> decode_new_address(Fields fields) {
  const WriteAddress write{.address = {.wire = fields.array<6>()}};
  if (!write.address.is_exact() || write.address.is_broadcast()) {
    return base::fail(Errc::bad_address, write.address.text());
  }
  return write;
}

/// L of the functions that have exactly one (relay control has two); nullopt where the decoder checks it itself.
std::optional<std::size_t> length_of(Edition edition, Function function) {
  const bool is_2007 = edition == Edition::y2007;
  switch (function) {
    case Function::broadcast_time: return 6;
    case Function::read_follow_up: return is_2007 ? 5 : 2;
    case Function::read_address: return 0;
    case Function::write_address: return 6;
    case Function::freeze: return 4;
    case Function::change_baud: return 1;
    case Function::change_password: return is_2007 ? 12 : 8;
    case Function::clear_demand: return is_2007 ? 8 : 0;
    case Function::clear_meter: return 8;
    case Function::clear_events: return 12;
    case Function::security:
    case Function::read_data:
    case Function::write_data:
    case Function::relay_control: break;
  }
  return std::nullopt;
}

base::Result<Request> decode_fields(Edition edition, Function function, Fields fields) {
  switch (function) {
    case Function::security: return Security{.data = copy(fields.rest())};
    case Function::broadcast_time: {
      const auto time = decode_moment(fields.rest());
      if (!time) return base::pass(time);
      return BroadcastTime{.time = *time};
    }
    case Function::read_data: return decode_read(edition, fields);
    case Function::read_follow_up: {
      ReadFollowUp follow;
      follow.di = fields.di(edition);
      if (edition == Edition::y2007) follow.seq = fields.u8();
      return follow;
    }
    case Function::read_address: return ReadAddress{};
    case Function::write_data: return decode_write(edition, fields);
    case Function::write_address: return decode_new_address(fields);
    case Function::freeze: return decode_freeze(fields);
    case Function::change_baud: return ChangeBaud{.word = fields.u8()};
    case Function::change_password: return decode_password(edition, fields);
    case Function::clear_demand:
      if (edition == Edition::y1997) return ClearDemand{};
      return ClearDemand{.authority = take_authority(fields)};
    case Function::clear_meter: return ClearMeter{.authority = take_authority(fields)};
    case Function::clear_events: {
      const Authority authority = take_authority(fields);
      return ClearEvents{.authority = authority, .which = fields.di(edition)};
    }
    case Function::relay_control:
      if (fields.size() != 9 && fields.size() != 16) return wrong_length(function, fields.size());
      return decode_relay(fields);
  }
  return base::fail(Errc::unknown_function);
}

}  // namespace

base::Result<Authority> Authority::parse(std::string_view access_level, std::string_view password,
                                         std::string_view operator_code) {
  struct Text {
    std::string_view text;
    std::size_t size;
    const char* name;
  };
  base::Bytes all;
  for (const Text& field : {Text{access_level, 1, "access_level"}, Text{password, 3, "password"},
                            Text{operator_code, 4, "operator_code"}}) {
    const auto bytes = base::from_hex(field.text);
    if (!bytes || bytes->size() != field.size) return base::fail(Errc::out_of_range, field.name);
    put(all, base::ByteView(*bytes));
  }
  Fields fields{base::ByteView(all)};
  return take_authority(fields);
}

base::Result<ReceivedRequest> decode_request(const Frame& frame) {
  const auto control = parse_control(frame.control);
  if (!control) return base::pass(control);
  if (control->from_meter) return base::fail(Errc::unknown_function, "a reply, not a request");
  const auto length = length_of(control->edition, control->function);
  if (length && *length != frame.data.size()) return wrong_length(control->function, frame.data.size());
  auto request = decode_fields(control->edition, control->function, Fields(frame.data));
  if (!request) return base::pass(request);
  return ReceivedRequest{.edition = control->edition, .request = *std::move(request)};
}

}  // namespace anju::dlt645
