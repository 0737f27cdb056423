#include "protocols/dlt645/frame.hpp"

#include <doctest/doctest.h>

using namespace anju::dlt645;
using anju::base::Bytes;
using anju::base::from_hex;
using anju::base::to_hex;

namespace {

// meters.md 1.9: read 00010000 of meter 000000000161, and its answer 0.26 kWh.
constexpr const char* kRequest = "68610100000000681104333334331416";
constexpr const char* kReply = "6861010000000068910833333433593333338A16";

Bytes bytes(std::string_view hex) {
  return from_hex(hex).value();
}
Bytes operator+(Bytes a, const Bytes& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

}  // namespace

TEST_CASE("address: twelve digits in reading order, low byte first on the wire") {
  const Address address = Address::parse("000000000161").value();
  CHECK(to_hex(std::as_bytes(std::span(address.wire))) == "610100000000");
  CHECK(address.text() == "000000000161");
  CHECK(address.is_exact());
  CHECK_FALSE(address.is_broadcast());
  CHECK(Address::parse("999999999999").value().is_broadcast());
  CHECK(Address::parse("AAAAAAAAAAAA").value() == kWildcard);
  CHECK_FALSE(kWildcard.is_exact());
}

TEST_CASE("address: what is not twelve digits, or AA behind a digit, is refused") {
  for (const char* bad : {"", "161", "0000000001611", "00000000016", "00000000016A", "AA000000000A", "00AA00000161",
                          "AAAAAAAA01AA", "B00000000161", "00 00 00 00 161", "A00000000161"}) {
    CAPTURE(bad);
    REQUIRE_FALSE(Address::parse(bad));
    CHECK(Address::parse(bad).error().is(Errc::bad_address));
  }
}

TEST_CASE("address: an abbreviated address means every meter whose low digits agree; broadcast means no answer") {
  const Address meter = Address::parse("000000000161").value();
  struct Case {
    const char* request;
    bool answers;
  };
  for (const auto& c :
       {Case{"000000000161", true}, Case{"AAAAAAAAAAAA", true}, Case{"AAAAAAAAAA61", true}, Case{"AAAAAAAA0161", true},
        Case{"AAAAAAAAAA62", false}, Case{"000000000162", false}, Case{"999999999999", false}}) {
    CAPTURE(c.request);
    CHECK(Address::parse(c.request).value().matches(meter) == c.answers);
  }
}

TEST_CASE("frame: a request is written as the standard's example, with 0 to 4 FE in front") {
  const Frame frame{.address = Address::parse("000000000161").value(), .control = 0x11, .data = bytes("00000100")};
  std::string wake_up;
  for (std::size_t preamble = 0; preamble <= 4; ++preamble, wake_up += "FE") {
    CHECK(to_hex(encode(frame, preamble).value()) == wake_up + kRequest);
  }
  CHECK(encode(frame, 5).error().is(Errc::bad_length));
  CHECK(encode(Frame{{}, 0x11, Bytes(201)}, 0).error().is(Errc::bad_length));
  CHECK(encode(Frame{{}, 0x11, Bytes(200)}, 4).value().size() == kMaxFrame + kMaxPreamble);
}

TEST_CASE("frame: FE is no part of the checksum, and any number of FE from 0 on is accepted") {
  for (std::size_t count = 0; count <= 6; ++count) {
    CAPTURE(count);
    const auto found = find_frame(Bytes(count, std::byte{0xFE}) + bytes(kReply));
    REQUIRE(found);
    CHECK(found->preamble == std::min<std::size_t>(count, 4));
    CHECK(found->skipped == (count > 4 ? count - 4 : 0));
    CHECK(found->consumed == count + 20);
    CHECK(to_hex(found->frame.data) == "0000010026000000");
  }
}

TEST_CASE("frame: every data byte survives + 33H and - 33H, CD to FF included") {
  for (unsigned first = 0; first < 256; first += 128) {
    Frame frame{.address = Address::parse("000000000001").value(), .control = 0x91, .data = {}};
    for (unsigned b = 0; b < 128; ++b) frame.data.push_back(static_cast<std::byte>(first + b));
    const Bytes wire = encode(frame, 0).value();
    CHECK(wire[10] == static_cast<std::byte>(first + 0x33));
    CHECK(find_frame(wire).value().frame == frame);
  }
}

TEST_CASE("frame: 68 and 16 inside address, data and checksum end nothing and begin nothing") {
  const auto checksum_68 = find_frame(bytes("68129078563412681104333334336816"));
  CHECK(checksum_68.value().frame.address.text() == "123456789012");
  const Frame frame{
      .address = Address::parse("166816681668").value(), .control = 0x91, .data = bytes("35E3E3353535E335")};
  const Bytes wire = encode(frame, 0).value();  // 35 travels as 68, E3 as 16
  CHECK(find_frame(wire).value().frame == frame);
  CHECK(find_frame(bytes("6868") + wire).value().frame == frame);
}

TEST_CASE("frame: noise in front costs only itself: FF, a stray 68, half a frame, a long frame that never ended") {
  const Bytes reply = bytes(kReply);
  for (const char* noise : {"FF", "FFFF00", "68", "6868", "16", "6861010000000068", "68610100000000681104333334",
                            "FEFE68610100000000681104", "686101000000006891C8333334", "68686868686868686868"}) {
    CAPTURE(noise);
    const auto found = find_frame(bytes(noise) + reply);
    REQUIRE(found);
    CHECK(found->skipped == bytes(noise).size());
    CHECK(found->consumed == bytes(noise).size() + reply.size());
    CHECK(found->frame.control == 0x91);
  }
}

TEST_CASE("frame: two frames in one read come out one after the other") {
  const Bytes both = bytes("FEFE") + bytes(kRequest) + bytes("FEFEFEFE") + bytes(kReply);
  const auto first = find_frame(both);
  REQUIRE(first);
  CHECK(first->frame.control == 0x11);
  const auto second = find_frame(anju::base::ByteView(both).subspan(first->consumed));
  REQUIRE(second);
  CHECK(second->frame.control == 0x91);
  CHECK(second->preamble == 4);
  CHECK(first->consumed + second->consumed == both.size());
}

TEST_CASE("frame: what may still become a frame waits, what cannot does not") {
  for (const char* begun : {"", "FE", "FEFEFEFE", "68", "686101", "68610100000000681104", "00FE", "FF68"}) {
    CAPTURE(begun);
    CHECK(find_frame(bytes(begun)).error().is(Errc::need_more));
  }
  for (const char* never : {"00", "FE00", "6861010000000000", "1616"}) {
    CAPTURE(never);
    CHECK(find_frame(bytes(never)).error().is(Errc::no_frame));
  }
}

TEST_CASE("frame: a broken frame is refused with the reason, and never hides a good one behind it") {
  struct Case {
    const char* hex;
    Errc errc;
    const char* where;
  };
  for (const auto& c : {Case{"68610100000000681104333334331516", Errc::checksum, "expected 14, found 15"},
                        Case{"68610100000000681104333334331417", Errc::end_byte, "expected 16, found 17"},
                        Case{"686101000000006811C9333334331416", Errc::bad_length, "L 201 is above 200"}}) {
    CAPTURE(c.hex);
    const auto refused = find_frame(bytes(c.hex));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().is(c.errc));
    CHECK(refused.error().where == c.where);
    CHECK(find_frame(bytes(c.hex) + bytes(kReply)).value().frame.control == 0x91);
    // While something behind it may still become a frame, that is waited for; at the end the reason is told.
    CHECK(find_frame(bytes(c.hex) + bytes("6861")).error().is(Errc::need_more));
    CHECK(find_frame_at_end(bytes(c.hex) + bytes("6861")).error().is(c.errc));
  }
  CHECK(find_frame_at_end(bytes("6861")).error().is(Errc::need_more));
  CHECK(find_frame_at_end(bytes("00")).error().is(Errc::no_frame));
  CHECK(find_frame_at_end(bytes(kReply)).value().consumed == 20);
}
