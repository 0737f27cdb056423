#include "protocols/cjt188/explain.hpp"

#include <doctest/doctest.h>

#include "protocols/cjt188/message.hpp"
#include "tests/unit/protocols/cjt188/vectors.hpp"
#include "tests/unit/protocols/noise.hpp"

using namespace anju::cjt188;
using anju::base::Explanation;
using anju::base::from_hex;
using vectors::fact;
using vectors::lines;

namespace {

Explanation explain_hex(std::string_view hex) {
  return explain(from_hex(hex).value());
}

/// The frame of meter 78330011223344 with this control byte and data.
Explanation explain_data(int control, std::string_view data, std::uint8_t meter_type = kColdWater) {
  const Frame frame{meter_type, Address::parse("78330011223344").value(), static_cast<std::uint8_t>(control), from_hex(data).value()};
  return explain(encode(frame, 0).value());
}

}  // namespace

TEST_CASE("cjt188 explain: every published frame is told with exactly the expected facts, or refused for the stated reason") {
  for (const auto& vector : vectors::all()) {
    CAPTURE(vector.name);
    const Explanation told = explain(vector.bytes);
    CHECK(lines(told) == vector.facts);
    CHECK(told.remarks.empty());
    CHECK(told.refused.has_value() == !vector.valid);
    if (told.refused) CHECK(told.refused->code == vector.error);
    if (!told.refused) CHECK(told.consumed == vector.bytes.size());
  }
}

TEST_CASE("cjt188 explain: a meter whose clock was never set has no time") {
  // cnblogs.com/cj94/p/18534598
  const Explanation told = explain_hex("FEFEFEFE681018021220200000 8116 901F00 000200002C 000200002C 00000000000000 00FF 8516");
  CHECK(fact(told, "total") == R"("2.00")");
  CHECK(fact(told, "time") == "(absent)");
  CHECK(fact(told, "status_wire") == R"("00FF")");
  CHECK(told.remarks.empty());
}

TEST_CASE("cjt188 explain: every other function has its facts") {
  CHECK(fact(explain_data(0x16, "A01601563412002C"), "base_value") == R"("1234.56")");
  CHECK(fact(explain_data(0x16, "16A001563412002C"), "di_order") == R"("low_byte_first")");
  CHECK(fact(explain_data(0x15, "A0180145332211003378"), "new_address") == R"("78330011223345")");
  CHECK(fact(explain_data(0x04, "A011012501"), "value_wire") == R"("2501")");
  CHECK(fact(explain_data(0x09, "810601"), "function") == R"("read_key_version")");
  CHECK(fact(explain_data(0x81, "901F01785634122C00"), "total") == R"("123456.78")");
  CHECK(fact(explain_data(0x81, "901F01785634122C00", kGas), "total") == R"("123456.78")");
  CHECK(fact(explain_data(0x81, "D1200101020304"), "value_wire") == R"("01020304")");
  const Explanation error = explain_data(0xC1, "070400");
  CHECK(fact(error, "error_reply") == "true");
  CHECK(fact(error, "ser") == R"("07")");
  CHECK(fact(error, "di") == "(absent)");
  CHECK(fact(error, "status_wire") == R"("0400")");
}

TEST_CASE("cjt188 explain: 901F of a heat meter holds something else and is told as bytes") {
  const Explanation told = explain_data(0x81, "901F01785634122C00", 0x20);
  CHECK(fact(told, "total") == "(absent)");
  CHECK(fact(told, "value_wire") == R"("785634122C00")");
}

TEST_CASE("cjt188 explain: what is doubtful in a sound frame is a remark and no fact") {
  struct Case {
    int control;
    const char* data;
    Errc errc;
    const char* missing;
  };
  for (const auto& c : {Case{0x81, "901F01785A34122C00", Errc::not_bcd, "total"}, Case{0x81, "901F01FFFFFFFF2C00", Errc::no_value, "total"},
                        Case{0x81, "901F01785634122D00", Errc::unknown_unit, "total"},
                        Case{0x81, "901F01785634122C", Errc::unexpected_length, "total"}, Case{0x81, "850A01", Errc::unknown_identifier, "di"},
                        Case{0x81, "90", Errc::bad_length, "ser"}, Case{0x04, "A0170156", Errc::out_of_range, "valve_action"},
                        Case{0x04, "A017015500", Errc::bad_length, "valve_byte"}, Case{0x02, "901F01", Errc::unknown_function, "function"},
                        Case{0x83, "901F01", Errc::unknown_identifier, "status_wire"}, Case{0xC1, "0704", Errc::bad_length, "status_wire"}}) {
    CAPTURE(c.data);
    const Explanation told = explain_data(c.control, c.data);
    CHECK_FALSE(told.refused);
    REQUIRE(told.remarks.size() == 1);
    CHECK(told.remarks[0].is(c.errc));
    CHECK(fact(told, c.missing) == "(absent)");
  }
  CHECK(fact(explain_data(0x81, "901F01785A34122C00"), "value_wire") == R"("785A34122C00")");
  CHECK(explain(encode(Frame{kColdWater, kWildcard, 0x81, from_hex("901F01785634122C00").value()}, 0).value()).remarks.at(0).is(Errc::bad_address));
}

TEST_CASE("cjt188 explain: noise in front and bytes behind are counted, what is no frame has a reason") {
  const Explanation told = explain_hex("FF00 FEFE 68104433221100337801031F90008016 AABB");
  CHECK(fact(told, "leading_noise_bytes") == "2");
  CHECK(fact(told, "preamble_fe") == "2");
  CHECK(fact(told, "trailing_bytes") == "2");
  CHECK(told.consumed == 20);
  CHECK(explain_hex("").refused->is(Errc::need_more));
  CHECK(explain_hex("0011").refused->is(Errc::no_frame));
  CHECK(explain_hex("6810443322110033780103").refused->is(Errc::need_more));
  CHECK(explain_hex("6810443322110033780165").refused->is(Errc::bad_length));
  CHECK(explain_hex("68104433221100337801031F90008017").refused->is(Errc::end_byte));
}

TEST_CASE("cjt188 explain: a line set to 8N1 instead of 8E1 is said to be one, a broken or foreign frame is not") {
  int seen = 0, hinted = 0;
  for (const auto& vector : vectors::all()) {
    CAPTURE(vector.name);
    CHECK_FALSE(looks_like_parity_mismatch(vector.bytes));
    for (std::size_t length = 0; length < vector.bytes.size(); ++length) {
      CHECK_FALSE(looks_like_parity_mismatch(anju::base::ByteView(vector.bytes).first(length)));
    }
    if (!vector.valid || vector.bytes.front() != std::byte{0xFE}) continue;
    const auto garbled = anju::noise::received_as_8n1(vector.bytes);
    const Explanation told = explain(garbled);
    CHECK(told.refused);
    ++seen;
    if (looks_like_parity_mismatch(garbled)) {
      ++hinted;
      CHECK(told.refused->where.find("parity mismatch") != std::string::npos);
    }
  }
  // The control byte's place may hold a control code by chance: no hint then.
  CHECK(seen >= 5);
  CHECK(hinted * 10 >= seen * 8);
  for (const char* hex : {"", "FEFEFEFE", "FEFE001122", "00112233445566778899", "FEFEFEFE68943521908855681C10353333", "FEFEFEFE6810443322110033780103"}) {
    CAPTURE(hex);
    CHECK_FALSE(looks_like_parity_mismatch(from_hex(hex).value()));
  }
}
