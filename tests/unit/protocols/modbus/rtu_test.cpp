#include "protocols/modbus/rtu.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>

#include "protocols/modbus/crc.hpp"

using namespace anju::modbus;
using anju::base::Bytes;
using anju::base::ByteView;
using anju::base::from_hex;
using anju::base::to_hex;

namespace {

Bytes bytes(std::string_view hex) { return from_hex(hex).value(); }
void append(Bytes& to, ByteView more) { to.insert(to.end(), more.begin(), more.end()); }
std::string code(const anju::base::Result<rtu::Found>& found) { return found ? "found" : std::string(found.error().code); }

const Frame kRequest{0x11, from_hex("03006B0003").value()};
constexpr const char* kReply = "110306AE415652434049AD";  // tests/data/modbus.json

}  // namespace

TEST_CASE("crc: the check value of CRC-16/MODBUS and the specification's example") {
  CHECK(crc16(std::as_bytes(std::span("123456789", 9))) == 0x4B37);
  CHECK(crc16(bytes("0207")) == 0x1241);  // Modbus over Serial Line V1.02, 6.2.2: travels as 41 12
  CHECK(crc16(bytes("02074112")) == 0);
  CHECK(crc16({}) == 0xFFFF);
}

TEST_CASE("rtu: unit, PDU, CRC low byte first; reserved units and empty or long PDUs are refused") {
  CHECK(to_hex(rtu::encode(kRequest).value()) == "1103006B00037687");
  CHECK(rtu::encode(Frame{247, bytes("0300000001")}).has_value());
  CHECK(rtu::encode(Frame{248, bytes("0300000001")}).error().is(Errc::bad_unit));
  CHECK(rtu::encode(Frame{1, {}}).error().is(Errc::bad_length));
  CHECK(rtu::encode(Frame{1, Bytes(253)}).value().size() == rtu::kMaxFrame);
  CHECK(rtu::encode(Frame{1, Bytes(254)}).error().is(Errc::bad_length));
}

TEST_CASE("rtu: the search for a reply is led by the request") {
  const auto found = rtu::find_reply(bytes(kReply), kRequest);
  REQUIRE(found);
  CHECK(to_hex(found->frame.pdu) == "0306AE4156524340");
  CHECK(found->frame.unit == 0x11);
  CHECK(found->skipped == 0);
  CHECK(found->consumed == 11);
  // Another unit, function or length cannot be the answer, however whole it is.
  const auto asked = [](std::uint8_t unit, const Request& request) { return code(rtu::find_reply(bytes(kReply), make_request(unit, request).value())); };
  CHECK(asked(0x12, Read{Function::read_holding_registers, 0x6B, 3}) == "no_frame");
  CHECK(asked(0x11, Read{Function::read_input_registers, 0x6B, 3}) == "no_frame");
  CHECK(asked(0x11, Read{Function::read_holding_registers, 0x6B, 2}) == "no_frame");
}

TEST_CASE("rtu: an exception is an answer") {
  const auto found = rtu::find_reply(bytes("0A8102B053"), make_request(10, Read{Function::read_coils, 0x4A1, 1}).value());
  REQUIRE(found);
  CHECK(to_hex(found->frame.pdu) == "8102");
  CHECK(found->consumed == 5);
}

TEST_CASE("rtu: the echo of the request in front of the reply is noise") {
  const auto both = bytes(std::string("1103006B00037687") + kReply);
  const auto found = rtu::find_reply(both, kRequest);
  REQUIRE(found);
  CHECK(found->skipped == 8);
  // The echo of a read from 06xx begins like the reply to three registers, so it is waited for until its CRC is known to be wrong.
  const Frame at_0600 = make_request(0x11, Read{Function::read_holding_registers, 0x0600, 3}).value();
  Bytes echoed = rtu::encode(at_0600).value();
  CHECK(code(rtu::find_reply(echoed, at_0600)) == "need_more");
  append(echoed, bytes(kReply));
  CHECK(rtu::find_reply(echoed, at_0600).value().skipped == 8);
}

TEST_CASE("rtu: a broken frame costs one byte, never the buffer") {
  const auto begun_twice = bytes(std::string("110306AE") + kReply);  // a reply that broke off, and its repetition
  CHECK(rtu::find_reply(begun_twice, kRequest).value().skipped == 4);
  const auto broken = bytes("110306AE415652434049AC");
  CHECK(code(rtu::find_reply(broken, kRequest)) == "checksum");
  CHECK(rtu::find_reply(broken, kRequest).error().where == "expected AD49, found AC49");
  // With the begin of another one behind it there is hope as long as bytes may come.
  const auto hope = bytes("110306AE415652434049AC1103");
  CHECK(code(rtu::find_reply(hope, kRequest)) == "need_more");
  CHECK(code(rtu::find_reply_at_end(hope, kRequest)) == "checksum");
  CHECK(code(rtu::find_reply_at_end(bytes("1103"), kRequest)) == "need_more");
}

TEST_CASE("rtu: silence waits, noise does not") {
  CHECK(code(rtu::find_reply({}, kRequest)) == "need_more");
  CHECK(code(rtu::find_reply(bytes("FFFFFF00"), kRequest)) == "no_frame");
  CHECK(code(rtu::find_reply(bytes("FFFF11"), kRequest)) == "need_more");
  CHECK(code(rtu::find_request({})) == "need_more");
  CHECK(code(rtu::find_request(bytes("FFF8F9FA"))) == "no_frame");
}

TEST_CASE("rtu: nobody answers a broadcast, or a request that is none") {
  const Frame broadcast = make_request(kBroadcast, WriteRegister{0, 1}).value();
  CHECK(code(rtu::find_reply(rtu::encode(broadcast).value(), broadcast)) == "no_frame");
  CHECK(code(rtu::find_reply(bytes(kReply), Frame{0x11, bytes("2B0E0100")})) == "no_frame");
}

TEST_CASE("rtu: a device finds every request it may be asked, a master's own included, in any company") {
  for (const Request& request : std::array<Request, 8>{Read{Function::read_coils, 0, 2000}, Read{Function::read_discrete_inputs, 7, 1},
                                                       Read{Function::read_holding_registers, 0x2000, 125}, Read{Function::read_input_registers, 65535, 1},
                                                       WriteCoil{3, true}, WriteRegister{9, 65535}, WriteCoils{1, std::vector<bool>(1968, true)},
                                                       WriteRegisters{5, std::vector<std::uint16_t>(123, 0x1103)}}) {
    const Frame frame = make_request(247, request).value();
    Bytes stream = bytes("FFFE00");
    append(stream, rtu::encode(frame).value());
    stream.push_back(std::byte{0xFF});
    const auto found = rtu::find_request(stream);
    REQUIRE(found);
    CHECK(found->frame == frame);
    CHECK(found->skipped == 3);
    CHECK(found->consumed == stream.size() - 1);
  }
  CHECK(rtu::find_request(rtu::encode(make_request(kBroadcast, WriteCoil{0, false}).value()).value()).has_value());
  CHECK(code(rtu::find_request_at_end(bytes("1103006B00037688"))) == "checksum");
}
