#include "protocols/modbus/explain.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "protocols/modbus/errc.hpp"
#include "protocols/modbus/rtu.hpp"
#include "protocols/modbus/tcp.hpp"
#include "tests/unit/protocols/modbus/vectors.hpp"

using namespace anju::modbus;
using anju::base::Bytes;
using anju::base::ByteView;
using anju::base::from_hex;
using vectors::fact;

namespace {

Bytes bytes(std::string_view hex) { return from_hex(hex).value(); }

}  // namespace

TEST_CASE("explain: every published frame is told with exactly its facts") {
  for (const auto& vector : vectors::valid()) {
    CAPTURE(vector.name);
    const Explanation told = explain(vector.bytes);
    CHECK_FALSE(told.refused.has_value());
    CHECK(told.remarks.empty());
    CHECK(told.consumed == vector.bytes.size());
    CHECK(vectors::lines(told) == vector.facts);
  }
}

TEST_CASE("explain: what a receiver has to refuse is refused with its reason") {
  for (const auto& vector : vectors::all()) {
    if (vector.valid) continue;
    CAPTURE(vector.name);
    const Explanation told = explain(vector.bytes);
    REQUIRE(told.refused.has_value());
    CHECK(told.refused->code == vector.error);
    CHECK(vectors::lines(told) == vector.facts);
    CHECK(told.consumed == 0);
  }
}

TEST_CASE("explain: with the request known, a reply's registers have addresses and bits have a number") {
  const Frame registers = make_request(0x11, Read{Function::read_holding_registers, 0x6B, 3}).value();
  const Explanation three = explain_reply(bytes("110306AE415652434049AD"), registers);
  CHECK(fact(three, "register_address") == "107");
  CHECK(fact(three, "registers") == R"(["AE41","5652","4340"])");
  const Frame coils = make_request(0x11, Read{Function::read_discrete_inputs, 0xC4, 22}).value();
  const Explanation bits = explain_reply(bytes("110203ACDB352018"), coils);
  CHECK(fact(bits, "count") == "22");
  CHECK(fact(bits, "bits") == R"(["0","0","1","1","0","1","0","1","1","1","0","1","1","0","1","1","1","0","1","0","1","1"])");
  const Explanation other = explain_reply(bytes("110306AE415652434049AD"), coils);
  CHECK(other.refused->is(Errc::no_frame));
  CHECK(fact(other, "error") == R"("no_frame")");
}

TEST_CASE("explain: noise in front and bytes behind are counted") {
  const Explanation told = explain(bytes("FFFE" "0A8102B053" "00"));
  CHECK(fact(told, "leading_noise_bytes") == "2");
  CHECK(fact(told, "trailing_bytes") == "1");
  CHECK(fact(told, "exception") == R"("illegal_data_address")");
  CHECK(told.consumed == 7);
}

TEST_CASE("explain: a frame of a function we do not speak is named, with a remark") {
  // Read exception status, the example of Modbus over Serial Line V1.02, 6.2.2.
  const Explanation told = explain(bytes("02074112"));
  CHECK_FALSE(told.refused.has_value());
  CHECK(fact(told, "function_code") == R"("07")");
  REQUIRE(told.remarks.size() == 1);
  CHECK(told.remarks[0].is(Errc::unknown_function));
  CHECK(told.consumed == 4);
}

TEST_CASE("explain: a whole frame that no device would accept says why") {
  const auto wire = rtu::encode(Frame{1, bytes("030000007E")}).value();  // 126 registers
  const Explanation told = explain(wire);
  CHECK_FALSE(told.refused.has_value());
  REQUIRE(told.remarks.size() == 1);
  CHECK(told.remarks[0].is(Errc::illegal_data_value));
  CHECK(fact(told, "data_wire") == R"("0000007E")");
}

TEST_CASE("explain: nothing, noise and the begin of a frame") {
  CHECK(explain({}).refused->is(Errc::need_more));
  CHECK(explain(bytes("FFFFFF")).refused->is(Errc::no_frame));
  CHECK(explain(bytes("1103006B00")).refused->is(Errc::need_more));
}

TEST_CASE("explain: Modbus TCP") {
  const Explanation asked = explain_tcp(bytes("1501000000061103006B0003"));
  CHECK(vectors::lines(asked) == std::vector<std::string>{"protocol=\"modbus-tcp\"", "transaction=5377", "unit=17", "direction=\"master\"",
                                                          "function=\"read_holding_registers\"", "function_code=\"03\"", "register_address=107",
                                                          "register_address_hex=\"006B\"", "count=3"});
  const Explanation answered = explain_tcp(bytes("15010000000511" "0302002A" "FF"));
  CHECK(fact(answered, "registers") == R"(["002A"])");
  CHECK(fact(answered, "trailing_bytes") == "1");
  CHECK(explain_tcp(bytes("150100010006")).refused->is(Errc::wrong_protocol));
  CHECK(explain_tcp(bytes("1501")).refused->is(Errc::need_more));
}

TEST_CASE("explain: the answer of Modbus TCP by its question, past those to earlier ones") {
  const auto request = tcp::find(bytes("15010000000611" "03006B0001"))->message;
  const Bytes answer = bytes("15010000000511" "0302002A"), late = bytes("14FF0000000511" "03020007"), other_unit = bytes("15010000000512" "03020007");
  const auto joined = [](std::initializer_list<Bytes> parts) {
    Bytes all;
    for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
    return all;
  };
  const Explanation told = explain_tcp_reply(answer, request);
  CHECK_FALSE(told.refused);
  CHECK(told.consumed == answer.size());
  CHECK(fact(told, "protocol") == R"("modbus-tcp")");
  CHECK(fact(told, "direction") == R"("device")");
  CHECK(fact(told, "registers") == R"(["002A"])");
  CHECK(fact(told, "register_address") == "107");  // as of an RTU answer whose question is known
  const Explanation behind = explain_tcp_reply(joined({late, other_unit, answer, late}), request);
  CHECK_FALSE(behind.refused);
  CHECK(fact(behind, "late_answers") == "2");
  CHECK(fact(behind, "registers") == R"(["002A"])");
  CHECK(fact(behind, "trailing_bytes") == std::to_string(late.size()));
  CHECK(explain_tcp_reply(late, request).refused->is(Errc::need_more));
  CHECK(explain_tcp_reply({}, request).refused->is(Errc::need_more));
  CHECK(explain_tcp_reply(joined({late, bytes("1501" "0001" "0005")}), request).refused->is(Errc::wrong_protocol));
  const Explanation no = explain_tcp_reply(bytes("15010000000311" "8302"), request);
  CHECK_FALSE(no.refused);
  CHECK(fact(no, "direction") == R"("device")");
}
