#include "protocols/cjt188/message.hpp"

#include <doctest/doctest.h>

#include <array>

#include "tests/unit/protocols/cjt188/vectors.hpp"

using namespace anju::cjt188;
using anju::base::Bytes;
using anju::base::from_hex;
using anju::base::Quantity;
using anju::base::to_hex;

namespace {

Bytes bytes(std::string_view hex) {
  return from_hex(hex).value();
}
Address meter(std::string_view text) {
  return Address::parse(text).value();
}
Frame frame(std::string_view hex) {
  return find_frame(bytes(hex)).value().frame;
}

const Address kMeter = meter("78330011223344");
const Options kHigh{};
const Options kLow{.di_order = DiOrder::low_byte_first};

struct RequestRow {
  const char* name;
  Request request;
  const char* high;  // C and DATA, high byte first, SER 07
  const char* low;
};

const std::array kRequests{
    RequestRow{"read", ReadData{}, "01 901F07", "01 1F9007"},
    RequestRow{"read of another identifier", ReadData{{0xD120}}, "01 D12007", "01 20D107"},
    RequestRow{"read address", ReadAddress{}, "03 810A07", "03 0A8107"},
    RequestRow{"open the valve", Valve{0x55}, "04 A01707 55", "04 17A007 55"},
    RequestRow{"a vendor's valve code", Valve{0x66}, "04 A01707 66", "04 17A007 66"},
    RequestRow{"write a parameter", WriteData{{0xA011}, bytes("2501")}, "04 A01107 2501", "04 11A007 2501"},
    RequestRow{"base value 1234.56 m3", WriteBase{Quantity(12'345'600)}, "16 A01607 563412002C", "16 16A007 563412002C"},
    RequestRow{"write address", WriteAddress{meter("78330011223345")}, "15 A01807 45332211003378", "15 18A007 45332211003378"},
    RequestRow{"read key version", ReadKeyVersion{{0x8106}}, "09 810607", "09 068107"},
};

struct ReplyRow {
  const char* name;
  Reply reply;
  const char* high;
  const char* low;
};

const std::array kReplies{
    ReplyRow{"read", ReadReply{kMetering, bytes("785634122C01")}, "81 901F07 785634122C01", "81 1F9007 785634122C01"},
    ReplyRow{"key version", ReadReply{{0x8106}, bytes("01"), Function::read_key_version}, "89 810607 01", "89 068107 01"},
    ReplyRow{"address", AddressReply{}, "83 810A07", "83 0A8107"},
    ReplyRow{"valve accepted", Ack{Function::write, kValve, StatusWord{{0x01, 0x02}}}, "84 A01707 0102", "84 17A007 0102"},
    ReplyRow{"accepted without status", Ack{Function::write, kValve, {}}, "84 A01707", "84 17A007"},
    ReplyRow{"address written", Ack{Function::write_address, kWriteAddress, {}}, "95 A01807", "95 18A007"},
    ReplyRow{"base value written", Ack{Function::write_base, kBaseValue, StatusWord{}}, "96 A01607 0000", "96 16A007 0000"},
    ReplyRow{"read refused", ErrorReply{Function::read_data, StatusWord{{0x04, 0x00}}}, "C1 070400", "C1 070400"},
    ReplyRow{"write refused", ErrorReply{Function::write, StatusWord{{0x03, 0x00}}}, "C4 070300", "C4 070300"},
};

/// Control byte and data of a frame in one line.
std::string content(const Frame& made) {
  const std::byte control{made.control};
  return to_hex({&control, 1}) + to_hex(made.data);
}

}  // namespace

TEST_CASE("cjt188 request: every function is written in both byte orders, and read back the same in its own only") {
  for (const RequestRow& row : kRequests) {
    CAPTURE(row.name);
    for (const Options& options : {kHigh, kLow}) {
      const bool high = options.di_order == DiOrder::high_byte_first;
      const auto made = make_request(options, kMeter, 7, row.request);
      REQUIRE(made);
      CHECK(made->meter_type == kColdWater);
      CHECK(content(*made) == to_hex(bytes(high ? row.high : row.low)));
      CHECK(decode_request(*made, options.di_order).value() == ReceivedRequest{7, row.request});
      const auto swapped = decode_request(*made, other(options.di_order));
      CHECK((!swapped || swapped->request != row.request));
    }
  }
}

TEST_CASE("cjt188 request: the published ones are built byte for byte") {
  const auto is = [](std::string_view name, const Options& options, std::string_view address, std::uint8_t ser, const Request& request) {
    for (const auto& vector : vectors::all()) {
      if (vector.name != name) continue;
      const Found found = find_frame(vector.bytes).value();
      return make_request(options, meter(address), ser, request).value() == found.frame;
    }
    return false;
  };
  CHECK(is("read metering data, meter 78330011223344", kLow, "78330011223344", 0, ReadData{}));
  CHECK(is("read metering data, wildcard, high byte first", kHigh, "AAAAAAAAAAAAAA", 1, ReadData{}));
  CHECK(is("read metering data, wildcard, low byte first", kLow, "AAAAAAAAAAAAAA", 1, ReadData{}));
  CHECK(is("read address, wildcard, low byte first", kLow, "AAAAAAAAAAAAAA", 2, ReadAddress{}));
  CHECK(is("read address, wildcard, high byte first", kHigh, "AAAAAAAAAAAAAA", 1, ReadAddress{}));
  CHECK(is("read address, wildcard meter type AA", Options{.meter_type = kAnyType}, "AAAAAAAAAAAAAA", 0, ReadAddress{}));
  CHECK(is("valve open, meter 78331505900569", kHigh, "78331505900569", 1, Valve{kHigh.valve_open}));
  CHECK(is("valve close, meter 78331505900569", kHigh, "78331505900569", 1, Valve{kHigh.valve_close}));
  CHECK(is("valve free open (vendor), meter 19121301", kHigh, "00000019121301", 1, Valve{0x66}));
}

TEST_CASE("cjt188 request: a function with one identifier refuses every other, so the wrong byte order gets no answer") {
  CHECK(decode_request(Frame{kColdWater, kMeter, 0x03, bytes("0A8101")}, DiOrder::high_byte_first).error().is(Errc::unknown_identifier));
  CHECK(decode_request(Frame{kColdWater, kMeter, 0x16, bytes("16A001563412002C")}, DiOrder::high_byte_first)
            .error()
            .is(Errc::unknown_identifier));
  CHECK(decode_request(Frame{kColdWater, kMeter, 0x15, bytes("A0170145332211003378")}, DiOrder::high_byte_first)
            .error()
            .is(Errc::unknown_identifier));
  // A read of any identifier is a request; which exist is the meter's business.
  const auto read = decode_request(Frame{kColdWater, kMeter, 0x01, bytes("1F9001")}, DiOrder::high_byte_first).value();
  CHECK(std::get<ReadData>(read.request).di == DataId{0x1F90});
}

TEST_CASE("cjt188 request: a length that does not fit the function is refused for every function") {
  for (const RequestRow& row : kRequests) {
    CAPTURE(row.name);
    const Frame made = make_request(kHigh, kMeter, 7, row.request).value();
    for (std::size_t length = 0; length <= kMaxData; ++length) {
      Frame other = made;
      other.data.resize(length, std::byte{0x01});
      const bool any_length = std::holds_alternative<WriteData>(row.request) && length >= 3 && length <= kMaxWriteData;
      const auto decoded = decode_request(other, DiOrder::high_byte_first);
      CAPTURE(length);
      CHECK(decoded.has_value() == (any_length || length == made.data.size()));
      if (!decoded) CHECK(decoded.error().is(Errc::bad_length));
    }
  }
}

TEST_CASE("cjt188 request: control codes the protocol does not have, replies and errors in a request are refused") {
  for (const int control : {0x00, 0x02, 0x05, 0x14, 0x17, 0x21, 0x3F, 0x41, 0x44, 0x81, 0xC1}) {
    CAPTURE(control);
    const Frame odd{kColdWater, kMeter, static_cast<std::uint8_t>(control), bytes("901F01")};
    CHECK(decode_request(odd, DiOrder::high_byte_first).error().is(Errc::unknown_function));
  }
}

TEST_CASE("cjt188 request: what cannot be written is refused before it is sent") {
  CHECK(make_request(kHigh, kMeter, 0, WriteAddress{kWildcard}).error().is(Errc::bad_address));
  CHECK(make_request(kHigh, kMeter, 0, WriteData{kValve, bytes("55")}).error().is(Errc::unknown_identifier));
  CHECK(make_request(kHigh, kMeter, 0, WriteData{{0xA011}, Bytes(48)}).error().is(Errc::bad_length));
  CHECK(make_request(kHigh, kMeter, 0, WriteData{{0xA011}, Bytes(47)}).has_value());
  CHECK(make_request(kHigh, kMeter, 0, WriteBase{Quantity(-1)}).error().is(Errc::out_of_range));
  CHECK(decode_request(Frame{kColdWater, kMeter, 0x16, bytes("A01601563A12002C")}, DiOrder::high_byte_first).error().is(Errc::not_bcd));
  CHECK(decode_request(Frame{kColdWater, kMeter, 0x16, bytes("A016015634120029")}, DiOrder::high_byte_first)
            .error()
            .is(Errc::unexpected_unit));
  CHECK(decode_request(Frame{kColdWater, kMeter, 0x15, bytes("A01801AAAAAAAAAAAAAA")}, DiOrder::high_byte_first)
            .error()
            .is(Errc::bad_address));
}

TEST_CASE("cjt188 reply: every shape is written in both byte orders and read back the same") {
  for (const ReplyRow& row : kReplies) {
    CAPTURE(row.name);
    for (const Options& options : {kHigh, kLow}) {
      const auto made = make_reply(options, kMeter, 7, row.reply);
      REQUIRE(made);
      CHECK(content(*made) == to_hex(bytes(options.di_order == DiOrder::high_byte_first ? row.high : row.low)));
      CHECK(made->address == kMeter);
      CHECK(decode_reply(*made, options).value() == ReceivedReply{7, row.reply});
    }
  }
}

TEST_CASE("cjt188 reply: an acknowledgement has the form of the device's option, either form when it has none") {
  const Options bare{.ack = AckForm::bare}, with_status{.ack = AckForm::with_status};
  const Ack without{Function::write, kValve, {}}, with{Function::write, kValve, StatusWord{}};
  CHECK(make_reply(bare, kMeter, 1, with).error().is(Errc::bad_length));
  CHECK(make_reply(with_status, kMeter, 1, without).error().is(Errc::bad_length));
  const Frame short_ack = make_reply(bare, kMeter, 1, without).value();
  const Frame long_ack = make_reply(with_status, kMeter, 1, with).value();
  CHECK(decode_reply(short_ack, with_status).error().is(Errc::bad_length));
  CHECK(decode_reply(long_ack, bare).error().is(Errc::bad_length));
  CHECK(decode_reply(short_ack, kHigh).has_value());
  CHECK(decode_reply(long_ack, kHigh).has_value());
}

TEST_CASE("cjt188 reply: the acknowledgement of a valve is only accepted: what it carries is where the valve was") {
  const Frame open = frame("FEFEFEFE6810690590051533780404A01701555016");
  const Frame ack = frame("FEFEFEFE6810690590051533788405A0170100007C16");
  REQUIRE(answers(open, ack));
  const auto decoded = decode_reply(ack, kHigh).value();
  CHECK(decoded.ser == 1);
  CHECK(std::get<Ack>(decoded.reply) == Ack{Function::write, kValve, StatusWord{{0, 0}}});
  CHECK_FALSE(answers(make_request(kHigh, meter("78331505900569"), 1, ReadData{}).value(), ack));
}

TEST_CASE("cjt188 reply: what is no reply is refused") {
  const auto refused = [](int control, std::string_view data, const Address& address = kMeter) {
    return decode_reply(Frame{kColdWater, address, static_cast<std::uint8_t>(control), bytes(data)}, kHigh).error();
  };
  CHECK(refused(0x01, "901F01").is(Errc::unknown_function));
  CHECK(refused(0x82, "901F01").is(Errc::unknown_function));
  CHECK(refused(0x81, "901F").is(Errc::bad_length));
  CHECK(refused(0x83, "810A0100").is(Errc::bad_length));
  CHECK(refused(0x83, "0A8101").is(Errc::unknown_identifier));
  CHECK(refused(0x83, "810A01", kWildcard).is(Errc::bad_address));
  CHECK(refused(0x84, "A0170100").is(Errc::bad_length));
  CHECK(refused(0x84, "A01701000000").is(Errc::bad_length));
  CHECK(refused(0x95, "A01701").is(Errc::unknown_identifier));
  CHECK(refused(0x96, "16A001").is(Errc::unknown_identifier));
  CHECK(refused(0xC1, "0104").is(Errc::bad_length));
  CHECK(refused(0xC1, "901F010400").is(Errc::bad_length));
  CHECK(make_reply(kHigh, kWildcard, 1, AddressReply{}).error().is(Errc::bad_address));
  CHECK(make_reply(kHigh, kMeter, 1, ReadReply{kMetering, Bytes(98)}).error().is(Errc::bad_length));
  CHECK(make_reply(kHigh, kMeter, 1, ReadReply{kMetering, {}, Function::write}).error().is(Errc::unknown_function));
  CHECK(make_reply(kHigh, kMeter, 1, Ack{Function::read_data, kMetering, {}}).error().is(Errc::unknown_function));
  CHECK(make_reply(kHigh, kMeter, 1, Ack{Function::write_base, kValve, {}}).error().is(Errc::unknown_identifier));
}

TEST_CASE("cjt188 reply: a refusal of the meter says which function and which status") {
  const anju::base::Error error = ErrorReply{Function::write, StatusWord{{0x03, 0x10}}}.error();
  CHECK(error.is(Errc::refused_by_meter));
  CHECK(error.where == "write, status 0310");
}

TEST_CASE("cjt188 answers: a published reply answers the request it names and no other with another meter, type, identifier or SER") {
  int seen = 0;
  for (const auto& reply : vectors::valid()) {
    if (reply.reply_to.empty()) continue;
    CAPTURE(reply.name);
    const Frame answer = find_frame(reply.bytes)->frame;
    for (const auto& vector : vectors::valid()) {
      const Frame request = find_frame(vector.bytes)->frame;
      // An acknowledgement does not repeat the valve code: with one SER for both orders, open and close cannot be told apart.
      const bool twin = reply.name == "valve open acknowledgement" && vector.name == "valve close, meter 78331505900569";
      CHECK(answers(request, answer) == (vector.name == reply.reply_to || twin));
      if (vector.name != reply.reply_to) continue;
      ++seen;
      Frame other = request;
      other.address = meter("01020304050607");
      CHECK_FALSE(answers(other, answer));
      other = request;
      other.meter_type = kGas;
      CHECK_FALSE(answers(other, answer));
      for (std::size_t i = 0; i < 3; ++i) {
        other = request;
        other.data[i] ^= std::byte{1};
        CHECK_FALSE(answers(other, answer));
      }
    }
  }
  CHECK(seen == 4);
}

TEST_CASE("cjt188 answers: a reply in the other byte order, of another function or of another SER is not the answer") {
  const auto asked = [](const Options& options, std::uint8_t ser, const Request& request) {
    return make_request(options, kMeter, ser, request).value();
  };
  const auto said = [](const Options& options, std::uint8_t ser, const Reply& reply) { return make_reply(options, kMeter, ser, reply).value(); };
  const Reply value = ReadReply{kMetering, bytes("785634122C01")};
  CHECK(answers(asked(kHigh, 5, ReadData{}), said(kHigh, 5, value)));
  CHECK(answers(asked(kLow, 5, ReadData{}), said(kLow, 5, value)));
  CHECK_FALSE(answers(asked(kHigh, 5, ReadData{}), said(kLow, 5, value)));
  CHECK_FALSE(answers(asked(kLow, 5, ReadData{}), said(kHigh, 5, value)));
  CHECK_FALSE(answers(asked(kHigh, 6, ReadData{}), said(kHigh, 5, value)));  // a late reply
  CHECK_FALSE(answers(asked(kHigh, 5, ReadData{{0x911F}}), said(kHigh, 5, value)));
  CHECK_FALSE(answers(asked(kHigh, 5, Valve{}), said(kHigh, 5, value)));
  CHECK_FALSE(answers(asked(kHigh, 5, ReadData{}), asked(kHigh, 5, ReadData{})));  // an adapter that echoes what was sent
  CHECK_FALSE(answers(said(kHigh, 5, value), said(kHigh, 5, value)));
  CHECK_FALSE(answers(Frame{kColdWater, kMeter, 0x01, bytes("90")}, said(kHigh, 5, value)));
}

TEST_CASE("cjt188 answers: an error reply has no identifier, so its SER decides") {
  const Frame request = make_request(kHigh, kMeter, 0x90, ReadData{}).value();
  const auto error = [](std::uint8_t ser, Function function) { return make_reply(kHigh, kMeter, ser, ErrorReply{function, {}}).value(); };
  CHECK(answers(request, error(0x90, Function::read_data)));
  CHECK_FALSE(answers(request, error(0x91, Function::read_data)));
  CHECK_FALSE(answers(request, error(0x90, Function::write)));
}

TEST_CASE("cjt188 answers: whoever is asked with a wildcard answers with its real type and address; AA in a reply counts point to point only") {
  const Options any{.meter_type = kAnyType};
  const Frame request = make_request(any, kWildcard, 1, ReadAddress{}).value();
  Frame reply = make_reply(Options{.meter_type = kHotWater}, kMeter, 1, AddressReply{}).value();
  CHECK(answers(request, reply));
  CHECK_FALSE(answers(make_request(kHigh, kWildcard, 1, ReadAddress{}).value(), reply));  // cold water was asked for
  reply.address = kWildcard;
  CHECK_FALSE(answers(request, reply));
  CHECK(answers(request, reply, Bus::point_to_point));
  CHECK_FALSE(answers(make_request(any, kMeter, 1, ReadAddress{}).value(), reply, Bus::point_to_point));
  reply.address = kMeter;
  reply.meter_type = kAnyType;
  CHECK_FALSE(answers(request, reply));
  CHECK(answers(request, reply, Bus::point_to_point));
  CHECK_FALSE(answers(make_request(kHigh, kWildcard, 1, ReadAddress{}).value(), reply, Bus::point_to_point));
}

TEST_CASE("cjt188 answers: a new address may answer for the old one, any other may not") {
  const Frame write = make_request(kHigh, kMeter, 1, WriteAddress{meter("78330011223345")}).value();
  const auto ack = [](std::string_view address) {
    return make_reply(kHigh, meter(address), 1, Ack{Function::write_address, kWriteAddress, {}}).value();
  };
  CHECK(answers(write, ack("78330011223344")));
  CHECK(answers(write, ack("78330011223345")));
  CHECK_FALSE(answers(write, ack("78330011223346")));
}

TEST_CASE("cjt188 answers: a reply of a strange length is the answer all the same, and decoding says what is wrong") {
  const Frame request = make_request(kHigh, kMeter, 1, Valve{}).value();
  const Frame odd{kColdWater, kMeter, 0x84, bytes("A0170100")};
  CHECK(answers(request, odd));
  CHECK(decode_reply(odd, kHigh).error().is(Errc::bad_length));
}
