#include "protocols/cjt188/request.hpp"

#include <span>
#include <string>
#include <utility>

#include "protocols/cjt188/fields.hpp"
#include "protocols/cjt188/metering.hpp"

namespace anju::cjt188 {
namespace {

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

base::Result<> check_new_address(const Address& address) {
  // AA in a part of it may be a vendor code; the whole of it is nobody's.
  if (address.is_wildcard()) return base::fail(Errc::bad_address, "the wildcard is no address of a meter");
  return {};
}

/// What stands behind DI and SER.
base::Result<base::Bytes> value_of(const Request& request) {
  using Value = base::Result<base::Bytes>;
  return std::visit(Overloaded{
                        [](const ReadData&) -> Value { return base::Bytes{}; },
                        [](const ReadAddress&) -> Value { return base::Bytes{}; },
                        [](const ReadKeyVersion&) -> Value { return base::Bytes{}; },
                        [](const Valve& r) -> Value { return base::Bytes{std::byte{r.code}}; },
                        [](const WriteData& r) -> Value {
                          if (r.di == kValve) return base::fail(Errc::unknown_identifier, "A017 is written as a valve code");
                          return r.value;
                        },
                        [](const WriteBase& r) -> Value { return encode_register(r.base); },
                        [](const WriteAddress& r) -> Value {
                          if (const auto sound = check_new_address(r.address); !sound) return base::pass(sound);
                          return copy(std::as_bytes(std::span(r.address.wire)));
                        },
                    },
                    request);
}

base::Result<Request> decode_write(const DataId& di, base::ByteView value) {
  if (value.size() + kLead > kMaxWriteData) return wrong_length(Function::write, value.size() + kLead);
  if (di != kValve) return WriteData{.di = di, .value = copy(value)};
  if (value.size() != 1) return wrong_length(Function::write, value.size() + kLead);
  return Valve{.code = base::to_u8(value[0])};
}

base::Result<Request> decode_base(base::ByteView value) {
  if (value.size() != kRegisterBytes + 1) return wrong_length(Function::write_base, value.size() + kLead);
  const auto base = decode_register(value);
  if (!base) return base::pass(base);
  return WriteBase{.base = *base};
}

base::Result<Request> decode_new_address(base::ByteView value) {
  WriteAddress write;
  if (value.size() != write.address.wire.size()) return wrong_length(Function::write_address, value.size() + kLead);
  for (std::size_t i = 0; i < value.size(); ++i) write.address.wire[i] = base::to_u8(value[i]);
  if (const auto sound = check_new_address(write.address); !sound) return base::pass(sound);
  return write;
}

/// The one identifier of a function that has only one; `di` where any will do.
DataId only_di(Function function, const DataId& di) {
  switch (function) {
    case Function::read_address: return kReadAddress;
    case Function::write_address: return kWriteAddress;
    case Function::write_base: return kBaseValue;
    case Function::read_data:
    case Function::write:
    case Function::read_key_version: break;
  }
  return di;
}

base::Result<Request> decode_body(Function function, const DataId& di, base::ByteView value) {
  if (di != only_di(function, di)) {
    return base::fail(Errc::unknown_identifier, di.text() + " in " + std::string(to_string(function)));
  }
  switch (function) {
    case Function::write: return decode_write(di, value);
    case Function::write_base: return decode_base(value);
    case Function::write_address: return decode_new_address(value);
    case Function::read_data:
    case Function::read_address:
    case Function::read_key_version: break;
  }
  if (!value.empty()) return wrong_length(function, value.size() + kLead);
  if (function == Function::read_address) return ReadAddress{};
  if (function == Function::read_key_version) return ReadKeyVersion{.di = di};
  return ReadData{.di = di};
}

}  // namespace

Function function_of(const Request& request) {
  return std::visit(Overloaded{
                        [](const ReadData&) { return Function::read_data; },
                        [](const ReadAddress&) { return Function::read_address; },
                        [](const Valve&) { return Function::write; },
                        [](const WriteData&) { return Function::write; },
                        [](const WriteBase&) { return Function::write_base; },
                        [](const WriteAddress&) { return Function::write_address; },
                        [](const ReadKeyVersion&) { return Function::read_key_version; },
                    },
                    request);
}

DataId di_of(const Request& request) {
  return std::visit(Overloaded{
                        [](const ReadData& r) { return r.di; },
                        [](const ReadAddress&) { return kReadAddress; },
                        [](const Valve&) { return kValve; },
                        [](const WriteData& r) { return r.di; },
                        [](const WriteBase&) { return kBaseValue; },
                        [](const WriteAddress&) { return kWriteAddress; },
                        [](const ReadKeyVersion& r) { return r.di; },
                    },
                    request);
}

base::Result<Frame> make_request(const Options& options, const Address& address, std::uint8_t ser, const Request& request) {
  const auto value = value_of(request);
  if (!value) return base::pass(value);
  const Function function = function_of(request);
  Frame frame{.meter_type = options.meter_type,
              .address = address,
              .control = static_cast<std::uint8_t>(function),
              .data = lead(di_of(request), options.di_order, ser)};
  append(frame.data, *value);
  if (frame.data.size() > kMaxWriteData) return wrong_length(function, frame.data.size());
  return frame;
}

base::Result<ReceivedRequest> decode_request(const Frame& frame, DiOrder order) {
  const auto control = parse_control(frame.control);
  if (!control) return base::pass(control);
  if (control->from_meter) return base::fail(Errc::unknown_function, "a reply, not a request");
  if (frame.data.size() < kLead) return wrong_length(control->function, frame.data.size());
  const base::ByteView data = frame.data;
  auto request = decode_body(control->function, read_di(data, order), data.subspan(kLead));
  if (!request) return base::pass(request);
  return ReceivedRequest{.ser = base::to_u8(data[2]), .request = *std::move(request)};
}

}  // namespace anju::cjt188
