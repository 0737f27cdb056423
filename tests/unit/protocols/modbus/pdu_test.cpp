#include <doctest/doctest.h>

#include <array>
#include <string>

#include "protocols/modbus/message.hpp"

using namespace anju::modbus;
using anju::base::Bytes;
using anju::base::from_hex;
using anju::base::to_hex;

namespace {

Bytes bytes(std::string_view hex) { return from_hex(hex).value(); }

std::string encoded(const Request& request) {
  const auto pdu = encode(request);
  return pdu ? to_hex(*pdu) : std::string(pdu.error().code);
}
std::string encoded_reply(const Reply& reply) {
  const auto pdu = encode(reply);
  return pdu ? to_hex(*pdu) : std::string(pdu.error().code);
}
std::string refusal(std::string_view hex) {
  const auto request = decode_request(bytes(hex));
  return request ? "taken" : std::string(request.error().code);
}
std::string reply_refusal(std::string_view hex) {
  const auto reply = decode_reply(bytes(hex));
  return reply ? "taken" : std::string(reply.error().code);
}

}  // namespace

TEST_CASE("pdu: the requests of the specification's examples") {
  // Modbus Application Protocol V1.1b3, 6.1 to 6.6, 6.11, 6.12.
  const std::array<std::pair<Request, const char*>, 8> examples{{
      {Read{Function::read_coils, 0x13, 0x13}, "0100130013"},
      {Read{Function::read_discrete_inputs, 0xC4, 0x16}, "0200C40016"},
      {Read{Function::read_holding_registers, 0x6B, 3}, "03006B0003"},
      {Read{Function::read_input_registers, 8, 1}, "0400080001"},
      {WriteCoil{0xAC, true}, "0500ACFF00"},
      {WriteRegister{1, 3}, "0600010003"},
      {WriteCoils{0x13, {true, false, true, true, false, false, true, true, true, false}}, "0F0013000A02CD01"},
      {WriteRegisters{1, {0x000A, 0x0102}}, "100001000204000A0102"},
  }};
  for (const auto& [request, hex] : examples) {
    CAPTURE(hex);
    CHECK(encoded(request) == hex);
    CHECK(decode_request(bytes(hex)).value() == request);
  }
}

TEST_CASE("pdu: the replies of the specification's examples") {
  const std::array<std::pair<Reply, const char*>, 9> examples{{
      {BitsReply{Function::read_coils, bytes("CD6B05")}, "0103CD6B05"},
      {BitsReply{Function::read_discrete_inputs, bytes("ACDB35")}, "0203ACDB35"},
      {RegistersReply{Function::read_holding_registers, {0x022B, 0x0000, 0x0064}}, "0306022B00000064"},
      {RegistersReply{Function::read_input_registers, {0x000A}}, "0402000A"},
      {WriteReply{Function::write_coil, 0xAC, 0xFF00}, "0500ACFF00"},
      {WriteReply{Function::write_register, 1, 3}, "0600010003"},
      {WriteReply{Function::write_coils, 0x13, 0x0A}, "0F0013000A"},
      {WriteReply{Function::write_registers, 1, 2}, "1000010002"},
      {ExceptionReply{Function::read_coils, 0x02}, "8102"},
  }};
  for (const auto& [reply, hex] : examples) {
    CAPTURE(hex);
    CHECK(encoded_reply(reply) == hex);
    CHECK(decode_reply(bytes(hex)).value() == reply);
  }
  const BitsReply coils{Function::read_coils, bytes("CD6B05")};
  CHECK(coils.bit(0));          // coil 20 of the example is on
  CHECK_FALSE(coils.bit(1));    // 21 is off
  CHECK(coils.bit(18));         // 38 is on
  CHECK_FALSE(coils.bit(24));   // there is no such bit
}

TEST_CASE("pdu: a count above the specification's limit is refused, the limit itself is not") {
  const auto taken = [](const Request& request) { return encode(request).has_value(); };
  for (const auto &[function, most] : {std::pair{Function::read_coils, 2000}, {Function::read_discrete_inputs, 2000},
                                      {Function::read_holding_registers, 125}, {Function::read_input_registers, 125}}) {
    CAPTURE(most);
    CHECK(taken(Read{function, 0, static_cast<std::uint16_t>(most)}));
    CHECK(encoded(Read{function, 0, static_cast<std::uint16_t>(most + 1)}) == "illegal_data_value");
    CHECK(encoded(Read{function, 0, 0}) == "illegal_data_value");
  }
  CHECK(encode(WriteCoils{0, std::vector<bool>(1968, true)}).value().size() == 6 + 246);
  CHECK(encoded(WriteCoils{0, std::vector<bool>(1969, true)}) == "illegal_data_value");
  CHECK(encoded(WriteCoils{0, {}}) == "illegal_data_value");
  CHECK(encode(WriteRegisters{0, std::vector<std::uint16_t>(123)}).value().size() == 6 + 246);
  CHECK(encoded(WriteRegisters{0, std::vector<std::uint16_t>(124)}) == "illegal_data_value");
  CHECK(encoded(WriteRegisters{0, {}}) == "illegal_data_value");
  CHECK(encode(BitsReply{Function::read_coils, Bytes(250)}).value().size() == 252);
  CHECK(encoded_reply(BitsReply{Function::read_coils, Bytes(251)}) == "illegal_data_value");
  CHECK(encode(RegistersReply{Function::read_holding_registers, std::vector<std::uint16_t>(125)}).value().size() == 252);
  CHECK(encoded_reply(RegistersReply{Function::read_holding_registers, std::vector<std::uint16_t>(126)}) == "illegal_data_value");
}

TEST_CASE("pdu: nothing runs past the last register") {
  CHECK(encoded(Read{Function::read_holding_registers, 65535, 1}) == "03FFFF0001");
  CHECK(encoded(Read{Function::read_holding_registers, 65535, 2}) == "illegal_data_address");
  CHECK(encoded(WriteRegisters{65535, {1, 2}}) == "illegal_data_address");
  CHECK(encoded(WriteCoils{65535, {true, true}}) == "illegal_data_address");
  CHECK(refusal("03FFFF0002") == "illegal_data_address");
}

TEST_CASE("pdu: a shape goes with its own functions only") {
  CHECK(encoded(Read{Function::write_register, 0, 1}) == "illegal_function");
  CHECK(encoded_reply(BitsReply{Function::read_holding_registers, bytes("00")}) == "illegal_function");
  CHECK(encoded_reply(RegistersReply{Function::read_coils, {1}}) == "illegal_function");
  CHECK(encoded_reply(WriteReply{Function::read_coils, 0, 0}) == "illegal_function");
  CHECK(encoded_reply(WriteReply{Function::write_coil, 0, 0x1234}) == "illegal_data_value");
  CHECK(encoded_reply(WriteReply{Function::write_registers, 0, 124}) == "illegal_data_value");
}

TEST_CASE("pdu: what a device has to refuse is refused with the reason it answers") {
  const std::array<std::pair<const char*, const char*>, 12> bad{{
      {"2B0E0100", "illegal_function"},       // device identification: not spoken here
      {"8302", "illegal_function"},           // a reply is no request
      {"0300000000", "illegal_data_value"},   // none
      {"030000007E", "illegal_data_value"},   // 126
      {"050000FF01", "illegal_data_value"},   // neither on nor off
      {"0F0000000101FE", "illegal_data_value"},    // padding bits that are set
      {"0F000000090101", "illegal_data_value"},    // nine coils in one byte
      {"1000000002020001", "illegal_data_value"},  // two registers in two bytes
      {"03000000", "bad_length"},
      {"030000000100", "bad_length"},
      {"10000000010200", "bad_length"},
      {"", "bad_length"},
  }};
  for (const auto& [hex, error] : bad) {
    CAPTURE(hex);
    CHECK(refusal(hex) == error);
  }
  const auto code = [](std::string_view hex) { return exception_of(decode_request(bytes(hex)).error()); };
  CHECK(code("2B0E0100") == 0x01);
  CHECK(code("03FFFF0002") == 0x02);
  CHECK(code("030000007E") == 0x03);
  CHECK_FALSE(code("03000000").has_value());  // no whole request: a device says nothing
}

TEST_CASE("pdu: a reply that is not what it says is refused") {
  const std::array<std::pair<const char*, const char*>, 10> bad{{
      {"", "bad_length"},
      {"03", "bad_length"},
      {"030400000000FF", "bad_length"},
      {"0304000000", "bad_length"},
      {"0300", "illegal_data_value"},
      {"0303000000", "illegal_data_value"},  // one register and a half
      {"060001", "bad_length"},
      {"050000FF01", "illegal_data_value"},
      {"8302FF", "bad_length"},
      {"1102FF", "unknown_function"},  // report server id
  }};
  for (const auto& [hex, error] : bad) {
    CAPTURE(hex);
    CHECK(reply_refusal(hex) == error);
  }
}

TEST_CASE("pdu: every exception has its name, and what is not named keeps its code") {
  const auto name = [](std::uint8_t code) { return ExceptionReply{Function::write_register, code}.error(); };
  const std::array<const char*, 11> names{"illegal_function", "illegal_data_address", "illegal_data_value", "server_device_failure", "acknowledge",
                                          "server_device_busy", "negative_acknowledge", "memory_parity_error", "unknown_exception",
                                          "gateway_path_unavailable", "gateway_target_failed_to_respond"};
  for (std::size_t i = 0; i < names.size(); ++i) CHECK(std::string(name(static_cast<std::uint8_t>(i + 1)).code) == names[i]);
  CHECK(name(2).where == "write_register");
  CHECK(name(0x0C).is(Errc::unknown_exception));
  CHECK(name(0x0C).where == "write_register: code 0C");
  CHECK(name(0).is(Errc::unknown_exception));
}

TEST_CASE("message: a broadcast can write and cannot read") {
  CHECK(make_request(kBroadcast, WriteRegister{0, 1}).has_value());
  CHECK(make_request(kBroadcast, Read{}).error().is(Errc::bad_unit));
}

TEST_CASE("message: a reply answers a request of its unit, function and length") {
  const Frame request = make_request(17, Read{Function::read_holding_registers, 0x6B, 3}).value();
  const auto reply = [](std::uint8_t unit, std::string_view hex) { return Frame{unit, bytes(hex)}; };
  CHECK(answers(request, reply(17, "0306022B00000064")));
  CHECK(answers(request, reply(17, "8302")));
  CHECK_FALSE(answers(request, reply(18, "0306022B00000064")));
  CHECK_FALSE(answers(request, reply(17, "0406022B00000064")));
  CHECK_FALSE(answers(request, reply(17, "0304022B0000")));
  CHECK_FALSE(answers(request, reply(17, "0306022B000000")));
  CHECK_FALSE(answers(request, reply(17, "8402")));
  CHECK_FALSE(answers(request, reply(17, "83")));
  CHECK_FALSE(answers(request, Frame{17, {}}));
  CHECK_FALSE(answers(Frame{17, bytes("2B0E0100")}, reply(17, "2B0E0100")));
}

TEST_CASE("message: nothing in a reply to a read tells which registers it is about") {
  const Frame one = make_request(10, Read{Function::read_holding_registers, 0x0000, 2}).value();
  const Frame other = make_request(10, Read{Function::read_holding_registers, 0x0100, 2}).value();
  const Frame reply{10, bytes("030400000000")};  // telegraf issue 9253
  CHECK(answers(one, reply));
  CHECK(answers(other, reply));
}

TEST_CASE("message: the answer to a write repeats what was written where") {
  const Frame coil = make_request(17, WriteCoil{0xAC, true}).value();
  CHECK(answers(coil, Frame{17, bytes("0500ACFF00")}));
  CHECK(answers(coil, coil));  // a line that echoes looks like a device that obeys
  CHECK_FALSE(answers(coil, Frame{17, bytes("0500AC0000")}));
  CHECK_FALSE(answers(coil, Frame{17, bytes("0500ADFF00")}));
  const Frame many = make_request(17, WriteRegisters{1, {0x000A, 0x0102}}).value();
  CHECK(answers(many, Frame{17, bytes("1000010002")}));
  CHECK_FALSE(answers(many, many));
  CHECK_FALSE(answers(many, Frame{17, bytes("1000010001")}));
}
