#include "protocols/modbus/tcp.hpp"

#include <string>
#include <utility>

#include "protocols/modbus/fields.hpp"

namespace anju::modbus::tcp {
namespace {

constexpr std::size_t kProtocolAt = 2, kLengthAt = 4, kUnitAt = 6, kLeastLength = 2, kMostLength = 1 + kMaxPdu;

}  // namespace

base::Result<Frame> make_request(std::uint8_t unit, const Request& request) {
  auto pdu = modbus::encode(request);
  if (!pdu) return base::pass(pdu);
  return Frame{.unit = unit, .pdu = *std::move(pdu)};
}

base::Result<base::Bytes> encode(const Message& message) {
  const base::Bytes& pdu = message.frame.pdu;
  if (pdu.empty() || pdu.size() > kMaxPdu) return base::fail(Errc::bad_length, std::to_string(pdu.size()) + " bytes of PDU: 1 to 253");
  base::Bytes bytes;
  put_word(bytes, message.transaction);
  put_word(bytes, 0);
  put_word(bytes, static_cast<std::uint16_t>(1 + pdu.size()));
  put_byte(bytes, message.frame.unit);
  bytes.insert(bytes.end(), pdu.begin(), pdu.end());
  return bytes;
}

base::Result<Found> find(base::ByteView bytes) {
  for (std::size_t at = kProtocolAt; at < kLengthAt && at < bytes.size(); ++at) {
    if (bytes[at] != std::byte{0}) return base::fail(Errc::wrong_protocol, "byte " + std::to_string(at) + " is " + hex_byte(base::to_u8(bytes[at])));
  }
  if (bytes.size() < kUnitAt) return base::fail(Errc::need_more);
  const std::size_t length = word_at(bytes, kLengthAt);
  if (length < kLeastLength || length > kMostLength) return base::fail(Errc::bad_length, "length " + std::to_string(length) + ": 2 to 254");
  if (bytes.size() < kUnitAt + length) return base::fail(Errc::need_more);
  const base::ByteView pdu = bytes.subspan(kHeader, length - 1);
  return Found{.message = {.transaction = word_at(bytes, 0), .frame = {.unit = base::to_u8(bytes[kUnitAt]), .pdu = base::Bytes(pdu.begin(), pdu.end())}},
               .consumed = kUnitAt + length};
}

bool answers(const Message& request, const Message& reply) {
  return request.transaction == reply.transaction && modbus::answers(request.frame, reply.frame);
}

}  // namespace anju::modbus::tcp
