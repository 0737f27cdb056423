#include "protocols/modbus/tcp.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <string>

using namespace anju::modbus;
using anju::base::Bytes;
using anju::base::ByteView;
using anju::base::from_hex;
using anju::base::to_hex;

namespace {

Bytes bytes(std::string_view hex) { return from_hex(hex).value(); }
std::string code(std::string_view hex) {
  const auto found = tcp::find(bytes(hex));
  return found ? "found" : std::string(found.error().code);
}

// Modbus Messaging on TCP/IP V1.0b, 3.1.3: header of seven bytes; the length counts the unit and the PDU.
constexpr const char* kWire = "15010000000611" "03006B0003";
const tcp::Message kMessage{0x1501, {0x11, from_hex("03006B0003").value()}};

}  // namespace

TEST_CASE("tcp: the header counts the unit and the PDU") {
  CHECK(to_hex(tcp::encode(kMessage).value()) == kWire);
  const auto found = tcp::find(bytes(kWire));
  REQUIRE(found);
  CHECK(found->message == kMessage);
  CHECK(found->consumed == 12);
}

TEST_CASE("tcp: a message cut anywhere waits, and two in one read come one after the other") {
  const Bytes wire = bytes(kWire);
  for (std::size_t length = 0; length < wire.size(); ++length) CHECK(tcp::find(ByteView(wire).first(length)).error().is(Errc::need_more));
  Bytes both = wire;
  const tcp::Message second{0x1502, {1, bytes("8302")}};
  const Bytes more = tcp::encode(second).value();
  both.insert(both.end(), more.begin(), more.end());
  const auto first = tcp::find(both);
  REQUIRE(first);
  CHECK(tcp::find(ByteView(both).subspan(first->consumed)).value().message == second);
}

TEST_CASE("tcp: another protocol or an impossible length ends the connection as soon as it is seen") {
  CHECK(code("150101") == "wrong_protocol");
  CHECK(code("15010001") == "wrong_protocol");
  CHECK(code("150100000001") == "bad_length");
  CHECK(code("1501000000FF") == "bad_length");
  CHECK(code("1501000001FE") == "bad_length");
  CHECK(code("1501000000FE") == "need_more");
  CHECK(code("15010000000211") == "need_more");
  CHECK(code("1501000000021183") == "found");
}

TEST_CASE("tcp: any unit is allowed, the PDU has the serial line's limits") {
  CHECK(tcp::encode({0, {255, bytes("03")}}).has_value());
  CHECK(tcp::encode({0, {1, Bytes(253)}}).value().size() == tcp::kMaxMessage);
  CHECK(tcp::encode({0, {1, Bytes(254)}}).error().is(Errc::bad_length));
  CHECK(tcp::encode({0, {1, {}}}).error().is(Errc::bad_length));
}

TEST_CASE("tcp: the transaction decides which of two equal questions is answered") {
  const tcp::Message reply{0x1501, {0x11, bytes("0306022B00000064")}};
  CHECK(tcp::answers(kMessage, reply));
  CHECK_FALSE(tcp::answers(kMessage, {0x1500, reply.frame}));
  CHECK_FALSE(tcp::answers(kMessage, {0x1501, {0x12, reply.frame.pdu}}));
}

TEST_CASE("tcp: 0 is a unit like others, and with 255 the device at the address itself; what no device would take is refused as on a line") {
  for (const auto unit : std::array<std::uint8_t, 4>{0, 1, 247, 255}) {
    CAPTURE(unit);
    const auto frame = tcp::make_request(unit, Read{Function::read_holding_registers, 10, 2});
    REQUIRE(frame);
    CHECK(frame->unit == unit);
    CHECK(to_hex(frame->pdu) == "03000A0002");
    CHECK(tcp::is_direct(unit) == (unit == 0 || unit == 255));
  }
  CHECK(tcp::make_request(255, Read{Function::read_holding_registers, 10, 0}).error().is(Errc::illegal_data_value));
  CHECK_FALSE(tcp::is_direct(254));
}
