#include "protocols/dlt645/explain.hpp"

#include <doctest/doctest.h>

#include "protocols/dlt645/errc.hpp"
#include "protocols/dlt645/message.hpp"
#include "tests/unit/protocols/dlt645/vectors.hpp"
#include "tests/unit/protocols/noise.hpp"

using namespace anju::dlt645;
using anju::base::Bytes;
using anju::base::from_hex;
using vectors::fact;
using vectors::lines;

namespace {

Explanation explain_hex(std::string_view hex) {
  return explain(from_hex(hex).value());
}

/// The frame of meter 000000000161 with this control byte and data (after - 33H).
Explanation explain_data(int control, std::string_view data) {
  const Frame frame{Address::parse("000000000161").value(), static_cast<std::uint8_t>(control), from_hex(data).value()};
  return explain(encode(frame, 0).value());
}

}  // namespace

TEST_CASE("explain: every published frame is told with exactly the expected facts, or refused for the stated reason") {
  for (const auto& vector : vectors::all()) {
    CAPTURE(vector.name);
    const Explanation told = explain(vector.bytes);
    CHECK(lines(told) == vector.facts);
    CHECK(told.refused.has_value() == !vector.valid);
    if (told.refused) CHECK(told.refused->code == vector.error);
    if (!told.refused) CHECK(told.consumed == vector.bytes.size());
  }
}

TEST_CASE("explain: a published reply answers the request it names, and no other with another meter or identifier") {
  const auto frame_of = [](const vectors::Vector& vector) { return find_frame(vector.bytes).value().frame; };
  for (const auto& reply : vectors::valid()) {
    if (reply.reply_to.empty()) continue;
    CAPTURE(reply.name);
    for (const auto& request : vectors::valid()) {
      if (request.name != reply.reply_to) continue;
      // The one reply that still carries AA counts point to point only.
      const bool exact = frame_of(reply).address.is_exact();
      CHECK(answers(frame_of(request), frame_of(reply)) == exact);
      CHECK(answers(frame_of(request), frame_of(reply), Bus::point_to_point));
      Frame other = frame_of(request);
      other.address.wire = {1, 2, 3, 4, 5, 6};
      CHECK_FALSE(answers(other, frame_of(reply)));
    }
  }
}

TEST_CASE("explain: what is doubtful in a sound frame is a remark and no fact") {
  struct Case {
    const char* hex;
    Errc errc;
    const char* missing;
  };
  for (const auto& c : {Case{"FEFEFEFE689999999999996808065844354567897A16", Errc::bad_time, "time"},
                        Case{"FEFEFEFE68010000000000689109333334336A593333349516", Errc::unexpected_length, "value"},
                        Case{"6867452301000068110244E9E016", Errc::bad_length, "di"},
                        Case{"68AAAAAAAAAAAA6891063334343533339916", Errc::bad_address, "no such key"}}) {
    CAPTURE(c.hex);
    const Explanation told = explain_hex(c.hex);
    CHECK_FALSE(told.refused);
    REQUIRE(told.remarks.size() == 1);
    CHECK(told.remarks[0].is(c.errc));
    CHECK(fact(told, c.missing) == "(absent)");
  }
  CHECK(explain_data(0x1F, "").remarks.at(0).is(Errc::unknown_function));
  CHECK(explain_data(0x91, "0101600426000000").remarks.at(0).is(Errc::unknown_identifier));
  CHECK(fact(explain_data(0x91, "0101600426000000"), "value_wire") == "\"26000000\"");
  CHECK(explain_data(0x91, "00000100FFFFFFFF").remarks.at(0).is(Errc::no_value));
}

TEST_CASE("explain: blocks, status words and dates are told in words") {
  const Explanation block = explain_data(0x91, "00FF0102 4822 0023 FFFF");
  CHECK(fact(block, "values") == R"(["224.8","230.0",""])");
  CHECK(fact(block, "unit") == R"("V")");
  const Explanation status = explain_data(0x91, "03050004 5010");
  CHECK(fact(status, "value") == R"("1050")");
  CHECK(fact(status, "relay") == R"("open")");
  CHECK(fact(status, "keep_power") == "true");
  const Explanation date = explain_data(0x91, "01010004 06211126");
  CHECK(fact(date, "value") == R"("2026-11-21")");
  CHECK(fact(date, "weekday") == "6");
  CHECK(fact(explain_data(0x91, "01070004 08"), "value") == R"("2400")");
  CHECK(fact(explain_data(0x91, "01040004 610100000000"), "address_read") == R"("000000000161")");
}

TEST_CASE("explain: every other function has its facts") {
  CHECK(fact(explain_data(0x16, "30239999"), "freeze") == R"("**-** 23:30")");
  CHECK(fact(explain_data(0x17, "20"), "baud") == "9600");
  CHECK(fact(explain_data(0x17, "32"), "baud") == "(absent)");
  CHECK(fact(explain_data(0x97, "20"), "baud") == "9600");
  CHECK(fact(explain_data(0x0C, "20"), "baud") == "(absent)");
  CHECK(fact(explain_data(0x12, "00FF010002"), "seq") == "2");
  CHECK(fact(explain_data(0xB1, "00FF010001"), "more_follows") == "true");
  CHECK(fact(explain_data(0xB1, "00FF010001"), "value_wire") == R"("01")");
  CHECK(fact(explain_data(0x92, "00FF01000102"), "seq") == "2");
  CHECK(fact(explain_data(0x11, "01000106011501211126"), "from") == R"("2026-11-21T01:15:00")");
  CHECK(fact(explain_data(0x11, "0100010612"), "blocks") == "12");
  CHECK(fact(explain_data(0x18, "030C0004 04010203 02040506"), "old_password_wire") == R"("010203")");
  CHECK(fact(explain_data(0x19, "02112233 01020304"), "password_wire") == R"("112233")");
  CHECK(fact(explain_data(0x1A, "02112233 01020304"), "operator_wire") == R"("01020304")");
  CHECK(fact(explain_data(0x1B, "02112233 01020304 FFFFFFFF"), "di") == R"("FFFFFFFF")");
  CHECK(fact(explain_data(0x1C, "02112233 01020304 3A"), "relay_action") == R"("keep_power_on")");
  CHECK(fact(explain_data(0x94, ""), "ack") == "true");
  CHECK(fact(explain_data(0x03, "01"), "function") == R"("security")");
  CHECK(fact(explain_data(0xD1, "03"), "error_bits") == R"(["other_error","no_such_data"])");
}

TEST_CASE("explain: noise in front and bytes behind are counted, what is no frame has a reason") {
  const Explanation told = explain_hex("FF68 FEFE 68610100000000681104333334331416 AABB");
  CHECK(fact(told, "leading_noise_bytes") == "2");
  CHECK(fact(told, "preamble_fe") == "2");
  CHECK(fact(told, "trailing_bytes") == "2");
  CHECK(told.consumed == 20);
  CHECK(explain_hex("").refused->is(Errc::need_more));
  CHECK(explain_hex("0011").refused->is(Errc::no_frame));
  CHECK(explain_hex("68610100000000681104").refused->is(Errc::need_more));
  CHECK(explain_hex("686101000000006811C9").refused->is(Errc::bad_length));
  CHECK(explain_hex("68610100000000681104333334331417").refused->is(Errc::end_byte));
}

TEST_CASE("explain: a line set to 8N1 instead of 8E1 leaves FE intact and garbles the body, and that is said") {
  int seen = 0;
  for (const auto& vector : vectors::valid()) {
    CHECK_FALSE(looks_like_parity_mismatch(vector.bytes));
    if (vector.bytes.front() != std::byte{0xFE}) continue;
    CAPTURE(vector.name);
    const Bytes garbled = anju::noise::received_as_8n1(vector.bytes);
    CHECK(anju::base::to_hex(garbled).starts_with("FEFEFEFE68"));
    CHECK(looks_like_parity_mismatch(garbled));
    const Explanation told = explain(garbled);
    REQUIRE(told.refused);
    CHECK(told.refused->where.find("parity mismatch") != std::string::npos);
    ++seen;
  }
  CHECK(seen > 20);
  for (const char* hex : {"", "FEFEFEFE", "FEFE001122", "00112233445566778899", "FEFEFEFE68943521908855681C",
                          "FEFEFEFE68610100000000681104333334331516"}) {
    CAPTURE(hex);
    CHECK_FALSE(looks_like_parity_mismatch(from_hex(hex).value()));
  }
}
