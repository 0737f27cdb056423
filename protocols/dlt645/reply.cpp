#include "protocols/dlt645/reply.hpp"

#include <array>
#include <string>
#include <utility>

#include "protocols/dlt645/fields.hpp"

namespace anju::dlt645 {
namespace {

struct ErrorBit {
  int bit;
  Errc errc;
};

// In the order in which they matter to whoever decides what to do next.
constexpr std::array kByWeight{
    ErrorBit{2, Errc::not_authorised},      ErrorBit{1, Errc::no_such_data},
    ErrorBit{3, Errc::baud_not_changeable}, ErrorBit{4, Errc::too_many_year_zones},
    ErrorBit{5, Errc::too_many_day_slots},  ErrorBit{6, Errc::too_many_tariffs},
};

bool is_read(Function function) {
  return function == Function::read_data || function == Function::read_follow_up;
}

tl::unexpected<base::Error> wrong_length(Function function, std::size_t length) {
  return base::fail(Errc::bad_length,
                    "L " + std::to_string(length) + " in the reply to " + std::string(to_string(function)));
}

base::Result<Reply> decode_read(const Control& control, Fields fields) {
  const std::size_t length = fields.size();
  ReadReply reply{.di = fields.di(control.edition),
                  .value = {},
                  .more = control.more,
                  .follow_up = control.function == Function::read_follow_up,
                  .seq = 0};
  const bool has_seq = reply.follow_up && control.edition == Edition::y2007;
  if (length < reply.di.size() + (has_seq ? 1 : 0)) return wrong_length(control.function, length);
  reply.value = copy(fields.rest());
  if (has_seq) {  // SEQ stands behind the value
    reply.seq = base::to_u8(reply.value.back());
    reply.value.pop_back();
  }
  return reply;
}

base::Result<Reply> decode_body(const Control& control, Fields fields) {
  if (control.error) {
    if (fields.size() != 1) return wrong_length(control.function, fields.size());
    return ErrorReply{.function = control.function, .bits = fields.u8()};
  }
  if (is_read(control.function)) return decode_read(control, fields);
  if (control.function == Function::broadcast_time) {
    return base::fail(Errc::unknown_function, "a broadcast is never answered");
  }
  if (control.function == Function::read_address) {
    if (fields.size() != 6) return wrong_length(control.function, fields.size());
    const AddressReply reply{.address = {.wire = fields.array<6>()}};
    if (!reply.address.is_exact()) return base::fail(Errc::bad_address, reply.address.text());
    return reply;
  }
  return Ack{.function = control.function, .data = copy(fields.rest())};
}

Function function_of(const Reply& reply) {
  if (const auto* read = std::get_if<ReadReply>(&reply)) {
    return read->follow_up ? Function::read_follow_up : Function::read_data;
  }
  if (const auto* ack = std::get_if<Ack>(&reply)) return ack->function;
  if (const auto* error = std::get_if<ErrorReply>(&reply)) return error->function;
  return Function::read_address;
}

}  // namespace

std::string_view error_bit_name(int bit) {
  constexpr std::array<std::string_view, 8> kNames{
      "other_error",         "no_such_data",        "password_wrong_or_not_authorised",
      "baud_not_changeable", "too_many_year_zones", "too_many_day_slots",
      "too_many_tariffs",    "reserved_bit_7"};
  return bit >= 0 && bit < 8 ? kNames[static_cast<std::size_t>(bit)] : "unknown";
}

base::Error ErrorReply::error() const {
  std::string names;
  for (int bit = 0; bit < 8; ++bit) {
    if ((bits >> bit & 1) == 0) continue;
    if (!names.empty()) names += ' ';
    names += error_bit_name(bit);
  }
  for (const ErrorBit& row : kByWeight) {
    if ((bits >> row.bit & 1) != 0) return {row.errc, std::move(names)};
  }
  return {Errc::other_error, std::move(names)};
}

base::Result<Frame> make_reply(Edition edition, const Address& address, const Reply& reply) {
  const Function function = function_of(reply);
  const auto code = code_of(edition, function);
  if (!code) return base::pass(code);
  Frame frame{.address = address, .control = static_cast<std::uint8_t>(*code | kFromMeter), .data = {}};
  if (const auto* read = std::get_if<ReadReply>(&reply)) {
    if (read->di.edition != edition) return base::fail(Errc::unknown_identifier, read->di.text());
    if (read->more) frame.control |= kMoreFollows;
    put(frame.data, read->di);
    put(frame.data, base::ByteView(read->value));
    if (read->follow_up && edition == Edition::y2007) put(frame.data, read->seq);
  } else if (const auto* own = std::get_if<AddressReply>(&reply)) {
    put(frame.data, own->address.wire);
  } else if (const auto* error = std::get_if<ErrorReply>(&reply)) {
    frame.control |= kErrorReply;
    put(frame.data, error->bits);
  } else if (const auto* ack = std::get_if<Ack>(&reply)) {
    if (is_read(function) || function == Function::read_address || function == Function::broadcast_time) {
      return base::fail(Errc::unknown_function, std::string(to_string(function)) + " has no plain acknowledgement");
    }
    frame.data = ack->data;
  }
  if (frame.data.size() > kMaxData) return wrong_length(function, frame.data.size());
  return frame;
}

base::Result<ReceivedReply> decode_reply(const Frame& frame) {
  const auto control = parse_control(frame.control);
  if (!control) return base::pass(control);
  if (!control->from_meter) return base::fail(Errc::unknown_function, "a request, not a reply");
  if (control->more && !is_read(control->function)) return base::fail(Errc::unknown_function, "more follows no read");
  auto reply = decode_body(*control, Fields(frame.data));
  if (!reply) return base::pass(reply);
  return ReceivedReply{.edition = control->edition, .reply = *std::move(reply)};
}

}  // namespace anju::dlt645
