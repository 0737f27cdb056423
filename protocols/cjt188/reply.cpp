#include "protocols/cjt188/reply.hpp"

#include <span>
#include <string>
#include <utility>

#include "protocols/cjt188/fields.hpp"

namespace anju::cjt188 {
namespace {

constexpr std::size_t kStatus = 2;

bool is_read(Function function) {
  return function == Function::read_data || function == Function::read_key_version;
}

bool fits(AckForm form, bool has_status) {
  return form == AckForm::any || (form == AckForm::with_status) == has_status;
}

StatusWord status_of(base::ByteView two) {
  return {{base::to_u8(two[0]), base::to_u8(two[1])}};
}

/// True when an acknowledgement of this function may carry this identifier.
bool belongs(Function function, const DataId& di) {
  if (function == Function::write_address) return di == kWriteAddress;
  if (function == Function::write_base) return di == kBaseValue;
  return function == Function::write;
}

tl::unexpected<base::Error> foreign(Function function, const DataId& di) {
  return base::fail(Errc::unknown_identifier, di.text() + " in the reply to " + std::string(to_string(function)));
}

tl::unexpected<base::Error> otherwise(Function function) {
  return base::fail(Errc::unknown_function, std::string(to_string(function)) + " is answered otherwise");
}

tl::unexpected<base::Error> nobody() {
  return base::fail(Errc::bad_address, "an address reply tells the meter's own address, not the wildcard");
}

Frame frame_of(const Options& options, const Address& address, std::uint8_t ser, Function function, const DataId& di) {
  return Frame{.meter_type = options.meter_type,
               .address = address,
               .control = static_cast<std::uint8_t>(static_cast<std::uint8_t>(function) | kFromMeter),
               .data = lead(di, options.di_order, ser)};
}

base::Result<Frame> make_ack(const Options& options, const Address& address, std::uint8_t ser, const Ack& ack) {
  if (is_read(ack.function) || ack.function == Function::read_address) return otherwise(ack.function);
  if (!belongs(ack.function, ack.di)) return foreign(ack.function, ack.di);
  if (!fits(options.ack, ack.status.has_value())) return wrong_length(ack.function, kLead + (ack.status ? kStatus : 0));
  Frame frame = frame_of(options, address, ser, ack.function, ack.di);
  if (ack.status) append(frame.data, std::as_bytes(std::span(ack.status->wire)));
  return frame;
}

base::Result<Reply> decode_body(Function function, const DataId& di, base::ByteView value, const Options& options) {
  if (is_read(function)) return ReadReply{.di = di, .value = copy(value), .function = function};
  if (function == Function::read_address) {
    if (di != kReadAddress) return foreign(function, di);
    if (!value.empty()) return wrong_length(function, kLead + value.size());
    return AddressReply{};
  }
  if (!belongs(function, di)) return foreign(function, di);
  const bool has_status = value.size() == kStatus;
  if ((!value.empty() && !has_status) || !fits(options.ack, has_status)) return wrong_length(function, kLead + value.size());
  return Ack{.function = function, .di = di, .status = has_status ? std::optional(status_of(value)) : std::nullopt};
}

}  // namespace

base::Error ErrorReply::error() const {
  return {Errc::refused_by_meter, std::string(to_string(function)) + ", status " + status.text()};
}

base::Result<Frame> make_reply(const Options& options, const Address& address, std::uint8_t ser, const Reply& reply) {
  if (const auto* ack = std::get_if<Ack>(&reply)) return make_ack(options, address, ser, *ack);
  if (std::holds_alternative<AddressReply>(reply)) {
    if (address.is_wildcard()) return nobody();
    return frame_of(options, address, ser, Function::read_address, kReadAddress);
  }
  if (const auto* error = std::get_if<ErrorReply>(&reply)) {
    Frame frame = frame_of(options, address, ser, error->function, {});
    frame.control |= kErrorReply;
    frame.data = {std::byte{ser}};
    append(frame.data, std::as_bytes(std::span(error->status.wire)));
    return frame;
  }
  const auto& read = std::get<ReadReply>(reply);
  if (!is_read(read.function)) return otherwise(read.function);
  Frame frame = frame_of(options, address, ser, read.function, read.di);
  append(frame.data, read.value);
  if (frame.data.size() > kMaxData) return wrong_length(read.function, frame.data.size());
  return frame;
}

base::Result<ReceivedReply> decode_reply(const Frame& frame, const Options& options) {
  const auto control = parse_control(frame.control);
  if (!control) return base::pass(control);
  if (!control->from_meter) return base::fail(Errc::unknown_function, "a request, not a reply");
  const base::ByteView data = frame.data;
  if (data.size() < kLead || (control->error && data.size() != 1 + kStatus)) return wrong_length(control->function, data.size());
  if (control->error) {
    return ReceivedReply{.ser = base::to_u8(data[0]),
                         .reply = ErrorReply{.function = control->function, .status = status_of(data.subspan(1))}};
  }
  if (control->function == Function::read_address && frame.address.is_wildcard()) return nobody();
  auto reply = decode_body(control->function, read_di(data, options.di_order), data.subspan(kLead), options);
  if (!reply) return base::pass(reply);
  return ReceivedReply{.ser = base::to_u8(data[2]), .reply = *std::move(reply)};
}

}  // namespace anju::cjt188
