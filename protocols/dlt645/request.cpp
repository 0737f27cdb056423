#include "protocols/dlt645/request.hpp"

#include <string>
#include <utility>

#include "protocols/dlt645/clock.hpp"
#include "protocols/dlt645/fields.hpp"

namespace anju::dlt645 {
namespace {

constexpr int kAny = 99;  // "any month, day, hour or minute" of a freeze

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

void put_authority(base::Bytes& out, const Authority& authority) {
  put(out, authority.access_level);
  put(out, authority.password);
  put(out, authority.operator_code);
}

base::Result<std::byte> two_digits(int value, int least, int most, const char* field) {
  if (value < least || value > most) return base::fail(Errc::out_of_range, field);
  return static_cast<std::byte>(value / 10 * 16 + value % 10);
}

base::Result<base::Bytes> data_of(const ReadData& read) {
  base::Bytes data;
  put(data, read.di);
  if (!read.load_curve) return data;
  if (read.di.edition != Edition::y2007) return base::fail(Errc::out_of_range, "load curve");
  const auto blocks = two_digits(read.load_curve->blocks, 1, 99, "blocks");
  if (!blocks) return base::pass(blocks);
  data.push_back(*blocks);
  if (!read.load_curve->from) return data;
  const auto from = encode_minute(*read.load_curve->from);
  if (!from) return base::pass(from);
  put(data, base::ByteView(*from));
  return data;
}

base::Result<base::Bytes> data_of(Edition edition, const WriteData& write) {
  base::Bytes data;
  put(data, write.di);
  if (write.authority.has_value() != (edition == Edition::y2007)) return base::fail(Errc::out_of_range, "authority");
  if (write.authority) put_authority(data, *write.authority);
  put(data, base::ByteView(write.value));
  if (data.size() > kMaxWriteData) return base::fail(Errc::bad_length, "a write above 50 bytes");
  return data;
}

base::Result<base::Bytes> data_of(const Freeze& freeze) {
  base::Bytes data;
  struct Field {
    std::optional<int> value;
    int least, most;
    const char* name;
  };
  for (const Field& field : {Field{freeze.minute, 0, 59, "minute"}, Field{freeze.hour, 0, 23, "hour"},
                             Field{freeze.day, 1, 31, "day"}, Field{freeze.month, 1, 12, "month"}}) {
    const auto digits = field.value ? two_digits(*field.value, field.least, field.most, field.name)
                                    : two_digits(kAny, kAny, kAny, field.name);
    if (!digits) return base::pass(digits);
    data.push_back(*digits);
  }
  return data;
}

base::Bytes data_of(Edition edition, const ChangePassword& change) {
  base::Bytes data;
  if (edition == Edition::y2007) put(data, change.di);
  put(data, change.old_level);
  put(data, change.old_password);
  put(data, change.new_level);
  put(data, change.new_password);
  return data;
}

base::Result<base::Bytes> data_of(const RelayControl& control) {
  base::Bytes data;
  put_authority(data, control.authority);
  put(data, static_cast<std::uint8_t>(control.action));
  if (!control.valid_until) return data;
  put(data, control.n2);
  const auto until = encode_moment(*control.valid_until);
  if (!until) return base::pass(until);
  put(data, base::ByteView(*until));
  return data;
}

base::Result<base::Bytes> data_of(Edition edition, const Request& request) {
  using Data = base::Result<base::Bytes>;
  base::Bytes data;
  return std::visit(Overloaded{
                        [](const BroadcastTime& r) -> Data { return encode_moment(r.time); },
                        [](const ReadData& r) -> Data { return data_of(r); },
                        [&](const ReadFollowUp& r) -> Data {
                          put(data, r.di);
                          if (edition == Edition::y2007) put(data, r.seq);
                          return data;
                        },
                        [&](const ReadAddress&) -> Data { return data; },
                        [&](const WriteData& r) -> Data { return data_of(edition, r); },
                        [&](const WriteAddress& r) -> Data {
                          if (!r.address.is_exact() || r.address.is_broadcast()) {
                            return base::fail(Errc::bad_address, r.address.text());
                          }
                          put(data, r.address.wire);
                          return data;
                        },
                        [](const Freeze& r) -> Data { return data_of(r); },
                        [&](const ChangeBaud& r) -> Data {
                          put(data, r.word);
                          return data;
                        },
                        [&](const ChangePassword& r) -> Data { return data_of(edition, r); },
                        [&](const ClearDemand& r) -> Data {
                          if (r.authority.has_value() != (edition == Edition::y2007)) {
                            return base::fail(Errc::out_of_range, "authority");
                          }
                          if (r.authority) put_authority(data, *r.authority);
                          return data;
                        },
                        [&](const ClearMeter& r) -> Data {
                          put_authority(data, r.authority);
                          return data;
                        },
                        [&](const ClearEvents& r) -> Data {
                          put_authority(data, r.authority);
                          put(data, r.which);
                          return data;
                        },
                        [](const RelayControl& r) -> Data { return data_of(r); },
                        [](const Security& r) -> Data { return r.data; },
                    },
                    request);
}

/// The identifier a request carries on the wire, when it carries one.
std::optional<DataId> identifier_of(Edition edition, const Request& request) {
  if (const auto* read = std::get_if<ReadData>(&request)) return read->di;
  if (const auto* follow = std::get_if<ReadFollowUp>(&request)) return follow->di;
  if (const auto* write = std::get_if<WriteData>(&request)) return write->di;
  if (const auto* events = std::get_if<ClearEvents>(&request)) return events->which;
  if (const auto* password = std::get_if<ChangePassword>(&request); password && edition == Edition::y2007) {
    return password->di;
  }
  return std::nullopt;
}

}  // namespace

Function function_of(const Request& request) {
  return std::visit(Overloaded{
                        [](const BroadcastTime&) { return Function::broadcast_time; },
                        [](const ReadData&) { return Function::read_data; },
                        [](const ReadFollowUp&) { return Function::read_follow_up; },
                        [](const ReadAddress&) { return Function::read_address; },
                        [](const WriteData&) { return Function::write_data; },
                        [](const WriteAddress&) { return Function::write_address; },
                        [](const Freeze&) { return Function::freeze; },
                        [](const ChangeBaud&) { return Function::change_baud; },
                        [](const ChangePassword&) { return Function::change_password; },
                        [](const ClearDemand&) { return Function::clear_demand; },
                        [](const ClearMeter&) { return Function::clear_meter; },
                        [](const ClearEvents&) { return Function::clear_events; },
                        [](const RelayControl&) { return Function::relay_control; },
                        [](const Security&) { return Function::security; },
                    },
                    request);
}

base::Result<Frame> make_request(Edition edition, const Address& address, const Request& request) {
  const auto code = code_of(edition, function_of(request));
  if (!code) return base::pass(code);
  if (const auto di = identifier_of(edition, request); di && di->edition != edition) {
    return base::fail(Errc::unknown_identifier, di->text() + " is not of " + std::string(to_string(edition)));
  }
  auto data = data_of(edition, request);
  if (!data) return base::pass(data);
  return Frame{.address = address, .control = *code, .data = *std::move(data)};
}

}  // namespace anju::dlt645
