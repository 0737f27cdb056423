#include "protocols/dlt645/message.hpp"

#include <doctest/doctest.h>

#include <array>
#include <optional>

#include "protocols/dlt645/baud.hpp"

using namespace anju::dlt645;
using anju::base::Bytes;
using anju::base::CivilTime;
using anju::base::from_hex;
using anju::base::to_hex;

namespace {

Bytes bytes(std::string_view hex) {
  return from_hex(hex).value();
}
Address meter(std::string_view text) {
  return Address::parse(text).value();
}
DataId di(std::string_view text) {
  return DataId::parse(text).value();
}
Frame frame(std::string_view hex) {
  return find_frame(bytes(hex)).value().frame;
}

const Address kMeter = meter("000000000161");
const Authority kAuthority{.access_level = 0x02, .password = {0x11, 0x22, 0x33}, .operator_code = {1, 2, 3, 4}};
const CivilTime kUntil{2099, 12, 31, 23, 59, 59};

struct Row {
  const char* name;
  Edition edition;
  Request request;
  const char* control_and_data;  // after - 33H
};

const std::array kRequests{
    Row{"broadcast time, seconds first", Edition::y2007, BroadcastTime{{2017, 6, 5, 10, 22, 51}}, "08 512210050617"},
    Row{"read", Edition::y2007, ReadData{di("00010000"), {}}, "11 00000100"},
    Row{"read of load curve blocks", Edition::y2007, ReadData{di("06010001"), LoadCurve{12, {}}}, "11 0100010612"},
    Row{"read of a load curve from a minute on", Edition::y2007,
        ReadData{di("06010001"), LoadCurve{1, CivilTime{2026, 11, 21, 1, 15, 0}}}, "11 01000106011501211126"},
    Row{"follow-up", Edition::y2007, ReadFollowUp{di("0001FF00"), 2}, "12 00FF010002"},
    Row{"read address", Edition::y2007, ReadAddress{}, "13 "},
    Row{"write", Edition::y2007, WriteData{di("04000102"), kAuthority, bytes("563412")},
        "14 02010004 02112233 01020304 563412"},
    Row{"write address", Edition::y2007, WriteAddress{meter("131078563412")}, "15 123456781013"},
    Row{"freeze every day at 23:30", Edition::y2007, Freeze{{}, {}, 23, 30}, "16 30239999"},
    Row{"freeze now", Edition::y2007, Freeze{{}, {}, {}, {}}, "16 99999999"},
    Row{"change baud", Edition::y2007, ChangeBaud{baud_word(9600).value()}, "17 20"},
    Row{"change password", Edition::y2007, ChangePassword{di("04000C03"), 4, {1, 2, 3}, 2, {4, 5, 6}},
        "18 030C0004 04010203 02040506"},
    Row{"clear demand", Edition::y2007, ClearDemand{kAuthority}, "19 02112233 01020304"},
    Row{"clear meter", Edition::y2007, ClearMeter{kAuthority}, "1A 02112233 01020304"},
    Row{"clear all events", Edition::y2007, ClearEvents{kAuthority, kAllEvents}, "1B 02112233 01020304 FFFFFFFF"},
    Row{"trip, long form", Edition::y2007, RelayControl{kAuthority, RelayAction::trip, 1, kUntil},
        "1C 02112233 01020304 1A 01 595923311299"},
    Row{"close direct, short form", Edition::y2007, RelayControl{kAuthority, RelayAction::close_direct, 0, {}},
        "1C 02112233 01020304 1C"},
    Row{"keep power on", Edition::y2007, RelayControl{kAuthority, RelayAction::keep_power_on, 0, kUntil},
        "1C 02112233 01020304 3A 00 595923311299"},
    Row{"security", Edition::y2007, Security{bytes("0102")}, "03 0102"},
    Row{"1997 read", Edition::y1997, ReadData{di("9010"), {}}, "01 1090"},
    Row{"1997 follow-up", Edition::y1997, ReadFollowUp{di("901F"), 1}, "02 1F90"},
    Row{"1997 write", Edition::y1997, WriteData{di("C011"), {}, bytes("563412")}, "04 11C0 563412"},
    Row{"1997 write address", Edition::y1997, WriteAddress{meter("000000000161")}, "0A 610100000000"},
    Row{"1997 change baud", Edition::y1997, ChangeBaud{0x08}, "0C 08"},
    Row{"1997 change password", Edition::y1997, ChangePassword{{0, Edition::y1997}, 4, {1, 2, 3}, 2, {4, 5, 6}},
        "0F 04010203 02040506"},
    Row{"1997 clear demand", Edition::y1997, ClearDemand{}, "10 "},
};

}  // namespace

TEST_CASE("request: every function of both editions is written as the standard says, and read back the same") {
  for (const Row& row : kRequests) {
    CAPTURE(row.name);
    const auto made = make_request(row.edition, kMeter, row.request);
    REQUIRE(made);
    Bytes expected = bytes(row.control_and_data);
    CHECK(made->control == anju::base::to_u8(expected.front()));
    expected.erase(expected.begin());
    CHECK(to_hex(made->data) == to_hex(expected));
    const auto decoded = decode_request(*made);
    REQUIRE(decoded);
    CHECK(decoded->edition == row.edition);
    CHECK(decoded->request == row.request);
  }
}

TEST_CASE("request: a function the edition does not have is refused, so clear demand of 2007 is 19 and never 10") {
  CHECK(make_request(Edition::y1997, kMeter, ReadAddress{}).error().is(Errc::unknown_function));
  CHECK(make_request(Edition::y1997, kMeter, RelayControl{kAuthority, RelayAction::trip, 0, kUntil})
            .error()
            .is(Errc::unknown_function));
  CHECK(make_request(Edition::y2007, kMeter, ClearDemand{kAuthority}).value().control == 0x19);
  CHECK(make_request(Edition::y1997, kMeter, ClearDemand{}).value().control == 0x10);
  for (const int control : {0x00, 0x05, 0x07, 0x09, 0x0B, 0x1D, 0x1F, 0x31, 0x51, 0x91}) {
    CAPTURE(control);
    CHECK(decode_request(Frame{kMeter, static_cast<std::uint8_t>(control), bytes("00000100")})
              .error()
              .is(Errc::unknown_function));
  }
}

TEST_CASE("request: control 11 with an identifier of two bytes is neither edition and is refused") {
  CHECK(decode_request(frame("6867452301000068110244E9E016")).error().is(Errc::bad_length));
  CHECK(make_request(Edition::y2007, kMeter, ReadData{di("B611"), {}}).error().is(Errc::unknown_identifier));
  CHECK(make_request(Edition::y1997, kMeter, ReadData{di("00010000"), {}}).error().is(Errc::unknown_identifier));
}

TEST_CASE("request: a length that does not fit the function is refused for every function") {
  const auto fits = [](const Row& row, std::size_t length) {
    const Frame made = make_request(row.edition, kMeter, row.request).value();
    const bool is_2007 = row.edition == Edition::y2007;
    switch (function_of(row.request)) {
      case Function::read_data:
        return length == made.data.size() || (is_2007 && (length == 4 || length == 5 || length == 10));
      case Function::relay_control: return length == 9 || length == 16;
      case Function::write_data: return length >= (is_2007 ? 12U : 2U) && length <= kMaxWriteData;
      default: return length == made.data.size();
    }
  };
  for (const Row& row : kRequests) {
    if (std::holds_alternative<Security>(row.request)) continue;  // not interpreted
    CAPTURE(row.name);
    Frame other = make_request(row.edition, kMeter, row.request).value();
    for (std::size_t length = 0; length <= kMaxData; ++length) {
      CAPTURE(length);
      other.data.assign(length, std::byte{0x01});
      const auto decoded = decode_request(other);
      CHECK((!decoded && decoded.error().is(Errc::bad_length)) != fits(row, length));
    }
  }
}

TEST_CASE("request: valid-until is BCD, so a binary one with a minute above 09 is refused") {
  const Frame good = frame("FEFEFEFE68943521908855681C1035333333333333334D338C8C563C3A54A516");
  const auto decoded = decode_request(good).value();
  CHECK(std::get<RelayControl>(decoded.request).valid_until == CivilTime{2021, 7, 9, 23, 59, 59});
  Frame binary = good;
  binary.data[11] = std::byte{0x3B};  // 59 in binary
  CHECK(decode_request(binary).error().is(Errc::bad_time));
  CHECK(make_request(Edition::y2007, kMeter,
                     RelayControl{kAuthority, RelayAction::trip, 0, CivilTime{2100, 1, 1, 0, 0, 0}})
            .error()
            .is(Errc::bad_time));
}

TEST_CASE("request: a time with the year first is refused by its ranges") {
  CHECK(decode_request(frame("FEFEFEFE689999999999996808065844354567897A16")).error().is(Errc::bad_time));
}

TEST_CASE("request: an unknown relay action is refused, and 1B is not 1C") {
  Frame relay =
      make_request(Edition::y2007, kMeter, RelayControl{kAuthority, RelayAction::close_permit, 0, kUntil}).value();
  CHECK(std::get<RelayControl>(decode_request(relay).value().request).action == RelayAction::close_permit);
  relay.data[8] = std::byte{0x55};
  CHECK(decode_request(relay).error().is(Errc::out_of_range));
}

TEST_CASE("request: what cannot be written is refused before it is sent") {
  CHECK(make_request(Edition::y2007, kMeter, WriteData{di("04000102"), kAuthority, Bytes(39)})
            .error()
            .is(Errc::bad_length));
  CHECK(make_request(Edition::y2007, kMeter, WriteData{di("04000102"), {}, Bytes(3)}).error().is(Errc::out_of_range));
  CHECK(make_request(Edition::y2007, kMeter, WriteAddress{kWildcard}).error().is(Errc::bad_address));
  CHECK(make_request(Edition::y2007, kMeter, WriteAddress{kBroadcast}).error().is(Errc::bad_address));
  CHECK(make_request(Edition::y2007, kMeter, Freeze{{}, {}, 24, 0}).error().is(Errc::out_of_range));
  CHECK(
      make_request(Edition::y2007, kMeter, ReadData{di("06010001"), LoadCurve{0, {}}}).error().is(Errc::out_of_range));
  CHECK(decode_request(Frame{kMeter, 0x11, bytes("0100010600")}).error().is(Errc::out_of_range));
  CHECK(decode_request(Frame{kMeter, 0x11, bytes("010001060A")}).error().is(Errc::not_bcd));
  CHECK(decode_request(Frame{kMeter, 0x16, bytes("60239999")}).error().is(Errc::bad_time));
  CHECK(decode_request(Frame{kMeter, 0x15, bytes("1234567810FF")}).error().is(Errc::bad_address));
  CHECK(make_request(Edition::y2007, kMeter, BroadcastTime{{2026, 2, 29, 0, 0, 0}}).error().is(Errc::bad_time));
}

TEST_CASE("request: authority is written in the order of the wire, as the profile's texts give it") {
  const auto authority = Authority::parse("02", "112233", "01020304");
  REQUIRE(authority);
  CHECK(*authority == kAuthority);
  CHECK(Authority::parse("2", "112233", "01020304").error().where == "access_level");
  CHECK(Authority::parse("02", "11223", "01020304").error().where == "password");
  CHECK(Authority::parse("02", "112233", "0102030G").error().where == "operator_code");
}

TEST_CASE("reply: every shape is written and read back the same") {
  struct Case {
    const char* name;
    Edition edition;
    Reply reply;
    const char* control_and_data;
  };
  const std::array cases{
      Case{"read", Edition::y2007, ReadReply{di("00010000"), bytes("26000000")}, "91 0000010026000000"},
      Case{"read, more follows", Edition::y2007, ReadReply{di("0001FF00"), bytes("01"), true}, "B1 00FF010001"},
      Case{"follow-up", Edition::y2007, ReadReply{di("0001FF00"), bytes("02"), true, true, 1}, "B2 00FF01000201"},
      Case{"last follow-up", Edition::y2007, ReadReply{di("0001FF00"), bytes("03"), false, true, 2}, "92 00FF01000302"},
      Case{"address", Edition::y2007, AddressReply{kMeter}, "93 610100000000"},
      Case{"write accepted", Edition::y2007, Ack{Function::write_data, {}}, "94"},
      Case{"address written", Edition::y2007, Ack{Function::write_address, {}}, "95"},
      Case{"frozen", Edition::y2007, Ack{Function::freeze, {}}, "96"},
      Case{"baud changes", Edition::y2007, Ack{Function::change_baud, bytes("20")}, "97 20"},
      Case{"password changed", Edition::y2007, Ack{Function::change_password, bytes("02040506")}, "98 02040506"},
      Case{"demand cleared", Edition::y2007, Ack{Function::clear_demand, {}}, "99"},
      Case{"meter cleared", Edition::y2007, Ack{Function::clear_meter, {}}, "9A"},
      Case{"events cleared", Edition::y2007, Ack{Function::clear_events, {}}, "9B"},
      Case{"relay accepted", Edition::y2007, Ack{Function::relay_control, {}}, "9C"},
      Case{"read refused", Edition::y2007, ErrorReply{Function::read_data, 0x02}, "D1 02"},
      Case{"relay refused", Edition::y2007, ErrorReply{Function::relay_control, 0x04}, "DC 04"},
      Case{"1997 read", Edition::y1997, ReadReply{di("B611"), bytes("0001")}, "81 11B60001"},
      Case{"1997 follow-up has no SEQ", Edition::y1997, ReadReply{di("901F"), bytes("0001"), false, true},
           "82 1F900001"},
      Case{"1997 write accepted", Edition::y1997, Ack{Function::write_data, {}}, "84"},
      Case{"1997 read refused", Edition::y1997, ErrorReply{Function::read_data, 0x02}, "C1 02"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.name);
    const auto made = make_reply(c.edition, kMeter, c.reply);
    REQUIRE(made);
    Bytes expected = bytes(c.control_and_data);
    CHECK(made->control == anju::base::to_u8(expected.front()));
    expected.erase(expected.begin());
    CHECK(to_hex(made->data) == to_hex(expected));
    const auto decoded = decode_reply(*made);
    REQUIRE(decoded);
    CHECK(decoded->edition == c.edition);
    CHECK(decoded->reply == c.reply);
  }
}

TEST_CASE("reply: an acknowledgement of 1C is only accepted: it carries no relay state and answers no status read") {
  const Frame ack = frame("FEFEFEFE68943521908855689C00C316");
  const auto decoded = decode_reply(ack).value();
  REQUIRE(std::holds_alternative<Ack>(decoded.reply));
  CHECK(std::get<Ack>(decoded.reply).data.empty());
  const Address address = meter("558890213594");
  const RelayControl trip{kAuthority, RelayAction::trip, 0, kUntil};
  CHECK(answers(make_request(Edition::y2007, address, trip).value(), ack));
  CHECK_FALSE(answers(make_request(Edition::y2007, address, ReadData{di("04000503"), {}}).value(), ack));
}

TEST_CASE("reply: more-follows belongs to reads only, an error reply never has it") {
  CHECK(decode_reply(Frame{kMeter, 0xBC, {}}).error().is(Errc::unknown_function));
  CHECK(decode_reply(Frame{kMeter, 0xF1, bytes("02")}).error().is(Errc::unknown_function));
}

TEST_CASE("reply: what is no reply is refused") {
  CHECK(decode_reply(Frame{kMeter, 0x11, bytes("00000100")}).error().is(Errc::unknown_function));
  CHECK(decode_reply(Frame{kMeter, 0x9F, {}}).error().is(Errc::unknown_function));
  CHECK(decode_reply(Frame{kMeter, 0x88, {}}).error().is(Errc::unknown_function));
  CHECK(decode_reply(Frame{kMeter, 0x91, bytes("000001")}).error().is(Errc::bad_length));
  CHECK(decode_reply(Frame{kMeter, 0x92, bytes("00000100")}).error().is(Errc::bad_length));
  CHECK(decode_reply(Frame{kMeter, 0xD1, bytes("")}).error().is(Errc::bad_length));
  CHECK(decode_reply(Frame{kMeter, 0xD1, bytes("0401")}).error().is(Errc::bad_length));
  CHECK(decode_reply(Frame{kMeter, 0x93, bytes("6101000000")}).error().is(Errc::bad_length));
  CHECK(decode_reply(Frame{kMeter, 0x93, bytes("6101000000FF")}).error().is(Errc::bad_address));
  CHECK(make_reply(Edition::y2007, kMeter, ReadReply{di("00010000"), Bytes(197)}).error().is(Errc::bad_length));
  CHECK(make_reply(Edition::y2007, kMeter, ReadReply{di("9010"), {}}).error().is(Errc::unknown_identifier));
  CHECK(make_reply(Edition::y2007, kMeter, Ack{Function::read_data, {}}).error().is(Errc::unknown_function));
  CHECK(make_reply(Edition::y1997, kMeter, Ack{Function::relay_control, {}}).error().is(Errc::unknown_function));
}

TEST_CASE("reply: each error bit has its code, and what must not be retried is named before the rest") {
  struct Case {
    unsigned bits;
    Errc errc;
    const char* where;
  };
  for (const auto& c :
       {Case{0x01, Errc::other_error, "other_error"}, Case{0x02, Errc::no_such_data, "no_such_data"},
        Case{0x04, Errc::not_authorised, "password_wrong_or_not_authorised"},
        Case{0x08, Errc::baud_not_changeable, "baud_not_changeable"},
        Case{0x10, Errc::too_many_year_zones, "too_many_year_zones"},
        Case{0x20, Errc::too_many_day_slots, "too_many_day_slots"},
        Case{0x40, Errc::too_many_tariffs, "too_many_tariffs"}, Case{0x00, Errc::other_error, ""},
        Case{0x80, Errc::other_error, "reserved_bit_7"},
        Case{0x07, Errc::not_authorised, "other_error no_such_data password_wrong_or_not_authorised"}}) {
    CAPTURE(c.bits);
    const auto error = ErrorReply{Function::read_data, static_cast<std::uint8_t>(c.bits)}.error();
    CHECK(error.is(c.errc));
    CHECK(error.where == c.where);
  }
}

TEST_CASE("answers: a reply is matched by address, function and identifier; everything else is discarded") {
  const Frame request = make_request(Edition::y2007, kMeter, ReadData{di("00010000"), {}}).value();
  const auto reply = [](std::string_view address, const Reply& r) {
    return make_reply(Edition::y2007, meter(address), r).value();
  };
  const Reply value = ReadReply{di("00010000"), bytes("26000000")};
  CHECK(answers(request, reply("000000000161", value)));
  CHECK(answers(request, reply("000000000161", ReadReply{di("00010000"), bytes("26"), true})));
  CHECK(answers(request, reply("000000000161", ErrorReply{Function::read_data, 2})));
  CHECK_FALSE(answers(request, reply("000000000162", value)));
  CHECK_FALSE(answers(request, reply("000000000161", ReadReply{di("00010100"), bytes("26000000")})));
  CHECK_FALSE(answers(request, reply("000000000161", ReadReply{di("00010000"), bytes("26"), false, true, 1})));
  CHECK_FALSE(answers(request, reply("000000000161", ErrorReply{Function::write_data, 2})));
  CHECK_FALSE(answers(request, reply("000000000161", Ack{Function::relay_control, {}})));
  CHECK_FALSE(answers(request, request));  // an adapter that echoes what was sent
  CHECK_FALSE(answers(reply("000000000161", value), reply("000000000161", value)));
  CHECK_FALSE(answers(request, frame("68030000000000688104 44E93334EC16")));  // the other edition
}

TEST_CASE("answers: a late follow-up with another SEQ belongs to another request") {
  const Frame request = make_request(Edition::y2007, kMeter, ReadFollowUp{di("0001FF00"), 2}).value();
  const auto reply = [](std::uint8_t seq) {
    return make_reply(Edition::y2007, kMeter, ReadReply{di("0001FF00"), bytes("26"), false, true, seq}).value();
  };
  CHECK(answers(request, reply(2)));
  CHECK_FALSE(answers(request, reply(1)));
}

TEST_CASE("answers: an abbreviated address is answered by the real one; AA in a reply counts point to point only") {
  const Frame request = frame("68AAAAAAAAAAAA68110433343435B116");
  CHECK(answers(request, make_reply(Edition::y2007, kMeter, ReadReply{di("02010100"), bytes("0000")}).value()));
  const Frame echoed = frame("68AAAAAAAAAAAA6891063334343533339916");
  CHECK_FALSE(answers(request, echoed));
  CHECK(answers(request, echoed, Bus::point_to_point));
  const Frame low = make_request(Edition::y2007, meter("AAAAAAAAAA61"), ReadData{di("02010100"), {}}).value();
  CHECK(answers(low, make_reply(Edition::y2007, kMeter, ReadReply{di("02010100"), bytes("0000")}).value()));
  CHECK_FALSE(answers(
      low, make_reply(Edition::y2007, meter("000000000162"), ReadReply{di("02010100"), bytes("0000")}).value()));
}

TEST_CASE("answers: a broadcast has no answer, and a new address may answer for the old one") {
  const Frame freeze = make_request(Edition::y2007, kBroadcast, Freeze{}).value();
  CHECK_FALSE(answers(freeze, make_reply(Edition::y2007, kMeter, Ack{Function::freeze, {}}).value()));
  CHECK_FALSE(answers(freeze, make_reply(Edition::y2007, kBroadcast, Ack{Function::freeze, {}}).value()));
  const Frame write = make_request(Edition::y2007, kMeter, WriteAddress{meter("000000000162")}).value();
  const auto ack = [](std::string_view address) {
    return make_reply(Edition::y2007, meter(address), Ack{Function::write_address, {}}).value();
  };
  CHECK(answers(write, ack("000000000161")));
  CHECK(answers(write, ack("000000000162")));
  CHECK_FALSE(answers(write, ack("000000000163")));
}
