#include "protocols/cjt188/frame.hpp"

#include <doctest/doctest.h>

using namespace anju::cjt188;
using anju::base::Bytes;
using anju::base::from_hex;
using anju::base::to_hex;

namespace {

// Vectors "read metering data, meter 78330011223344" and its reply, without preamble.
constexpr const char* kRequest = "68104433221100337801031F90008016";
constexpr const char* kReply = "68104433221100337881161F9000007766552C007766552C3101221105152021841316";

Bytes bytes(std::string_view hex) {
  return from_hex(hex).value();
}
Bytes operator+(Bytes a, const Bytes& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

}  // namespace

TEST_CASE("cjt188 address: fourteen hex digits in reading order, low byte first on the wire, vendor code last") {
  const Address address = Address::parse("78330011223344").value();
  CHECK(to_hex(std::as_bytes(std::span(address.wire))) == "44332211003378");
  CHECK(address.text() == "78330011223344");
  CHECK(address.reversed().text() == "44332211003378");
  CHECK(Address::parse("AAAAAAAAAAAAAA").value() == kWildcard);
  CHECK(Address::parse("00000000ee0001").value().text() == "00000000EE0001");  // a vendor code need not be decimal
}

TEST_CASE("cjt188 address: what is not fourteen hex digits is refused") {
  for (const char* bad : {"", "161", "7833001122334", "783300112233445", "7833001122334G", "78 33 00 11 22", "7833001122 3344"}) {
    CAPTURE(bad);
    REQUIRE_FALSE(Address::parse(bad));
    CHECK(Address::parse(bad).error().is(Errc::bad_address));
  }
}

TEST_CASE("cjt188 address: only the whole wildcard means every meter; AA in a part of it is a number like any other") {
  const Address meter = Address::parse("78330011223344").value();
  CHECK(kWildcard.matches(meter));
  CHECK(meter.matches(meter));
  CHECK_FALSE(Address::parse("AAAAAAAAAA3344").value().matches(meter));
  CHECK_FALSE(Address::parse("AAAAAAAAAA3344").value().is_wildcard());
  CHECK_FALSE(meter.matches(kWildcard));
}

TEST_CASE("cjt188 frame: a request is written as published, with 0 to 4 FE in front and nothing added to the data") {
  const Frame frame{kColdWater, Address::parse("78330011223344").value(), 0x01, bytes("1F9000")};
  std::string wake_up;
  for (std::size_t preamble = 0; preamble <= 4; ++preamble, wake_up += "FE") {
    CHECK(to_hex(encode(frame, preamble).value()) == wake_up + kRequest);
  }
  CHECK(encode(frame, 5).error().is(Errc::bad_length));
  CHECK(encode(Frame{kColdWater, {}, 0x81, Bytes(101)}, 0).error().is(Errc::bad_length));
  CHECK(encode(Frame{kColdWater, {}, 0x81, Bytes(100)}, 4).value().size() == kMaxFrame + kMaxPreamble);
}

TEST_CASE("cjt188 frame: every data byte passes unchanged, 68, 16 and FE too") {
  for (unsigned first = 0; first < 256; first += 64) {
    Frame frame{.meter_type = kGas, .address = Address::parse("16681668166816").value(), .control = 0x81, .data = {}};
    for (unsigned b = 0; b < 64; ++b) frame.data.push_back(static_cast<std::byte>(first + b));
    const Bytes wire = encode(frame, 0).value();
    CHECK(wire[11] == static_cast<std::byte>(first));
    CHECK(find_frame(wire).value().frame == frame);
    CHECK(find_frame(bytes("68") + wire).value().frame == frame);
  }
}

TEST_CASE("cjt188 frame: noise in front costs only itself: FF, a stray 68, half a frame, a long frame that never ended") {
  const Bytes reply = bytes(kReply);
  for (const char* noise : {"FF", "FFFF00", "68", "6868", "16", "6810443322110033", "68104433221100337801", "FEFE68104433221100337881161F90",
                            "6810443322110033788164", "68686868686868686868", "FE00"}) {
    CAPTURE(noise);
    const auto found = find_frame(bytes(noise) + reply);
    REQUIRE(found);
    CHECK(found->skipped == bytes(noise).size());
    CHECK(found->preamble == 0);
    CHECK(found->consumed == bytes(noise).size() + reply.size());
    CHECK(found->frame.control == 0x81);
  }
}

TEST_CASE("cjt188 frame: 0 to 4 FE are counted, a fifth is noise") {
  for (std::size_t count = 0; count <= 5; ++count) {
    const auto found = find_frame(Bytes(count, std::byte{0xFE}) + bytes(kReply));
    REQUIRE(found);
    CHECK(found->preamble == std::min<std::size_t>(count, 4));
    CHECK(found->skipped == count - found->preamble);
  }
}

TEST_CASE("cjt188 frame: two frames in one read come out one after the other") {
  const Bytes both = bytes("FEFE") + bytes(kRequest) + bytes("FEFEFEFE") + bytes(kReply);
  const auto first = find_frame(both);
  REQUIRE(first);
  CHECK(first->frame.control == 0x01);
  const auto second = find_frame(anju::base::ByteView(both).subspan(first->consumed));
  REQUIRE(second);
  CHECK(second->frame.control == 0x81);
  CHECK(second->preamble == 4);
  CHECK(first->consumed + second->consumed == both.size());
}

TEST_CASE("cjt188 frame: what may still become a frame waits, what cannot does not") {
  for (const char* begun : {"", "FE", "FEFEFEFE", "68", "6810", "68104433221100337801031F", "00FE", "FF68", "6861010000000000"}) {
    CAPTURE(begun);
    CHECK(find_frame(bytes(begun)).error().is(Errc::need_more));
  }
  for (const char* never : {"00", "FE00", "1616", "1044332211"}) {
    CAPTURE(never);
    CHECK(find_frame(bytes(never)).error().is(Errc::no_frame));
  }
}

TEST_CASE("cjt188 frame: a broken frame is refused with the reason, and never hides a good one behind it") {
  struct Case {
    const char* hex;
    Errc errc;
    const char* where;
  };
  for (const auto& c : {Case{"68104433221100337801031F90008116", Errc::checksum, "expected 80, found 81"},
                        Case{"68104433221100337801031F90008017", Errc::end_byte, "expected 16, found 17"},
                        Case{"68104433221100337801651F90008016", Errc::bad_length, "L 101 is above 100"}}) {
    CAPTURE(c.hex);
    const auto refused = find_frame(bytes(c.hex));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().is(c.errc));
    CHECK(refused.error().where == c.where);
    CHECK(find_frame(bytes(c.hex) + bytes(kReply)).value().frame.control == 0x81);
    // While something behind it may still become a frame, that is waited for; at the end the reason is told.
    CHECK(find_frame(bytes(c.hex) + bytes("6810")).error().is(Errc::need_more));
    CHECK(find_frame_at_end(bytes(c.hex) + bytes("6810")).error().is(c.errc));
  }
  CHECK(find_frame_at_end(bytes("6810")).error().is(Errc::need_more));
  CHECK(find_frame_at_end(bytes("00")).error().is(Errc::no_frame));
  CHECK(find_frame_at_end(bytes(kReply)).value().consumed == 35);
}
