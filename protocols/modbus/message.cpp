#include "protocols/modbus/message.hpp"

#include <algorithm>

#include "protocols/modbus/fields.hpp"

namespace anju::modbus {

base::Result<Frame> make_request(std::uint8_t unit, const Request& request) {
  if (unit == kBroadcast && reads(function_of(request))) return base::fail(Errc::bad_unit, "0 is the broadcast: nobody answers a read");
  auto pdu = encode(request);
  if (!pdu) return base::pass(pdu);
  return Frame{.unit = unit, .pdu = *std::move(pdu)};
}

base::Result<Frame> make_reply(std::uint8_t unit, const Reply& reply) {
  auto pdu = encode(reply);
  if (!pdu) return base::pass(pdu);
  return Frame{.unit = unit, .pdu = *std::move(pdu)};
}

std::optional<Expected> expected_reply(base::ByteView request_pdu) {
  constexpr std::size_t kEcho = 5;
  const auto request = decode_request(request_pdu);
  if (!request) return std::nullopt;
  const auto* read = std::get_if<Read>(&*request);
  if (read == nullptr) return Expected{.begin = base::Bytes(request_pdu.begin(), request_pdu.begin() + kEcho), .size = kEcho};
  const std::size_t bytes = reads_bits(read->function) ? bytes_of_bits(read->count) : std::size_t{read->count} * 2;
  Expected expected{.begin = {}, .size = 2 + bytes};
  put_byte(expected.begin, code_of(read->function));
  put_byte(expected.begin, bytes);
  return expected;
}

bool answers(const Frame& request, const Frame& reply) {
  const auto expected = expected_reply(request.pdu);
  if (!expected || request.unit != reply.unit || reply.pdu.empty()) return false;
  if (reply.pdu[0] == (request.pdu[0] | std::byte{kExceptionBit})) return reply.pdu.size() == 2;
  return reply.pdu.size() == expected->size && std::ranges::equal(base::ByteView(reply.pdu).first(expected->begin.size()), expected->begin);
}

}  // namespace anju::modbus
