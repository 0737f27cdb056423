#include "gateway/core/framing.hpp"

#include <doctest/doctest.h>

#include "protocols/cjt188/message.hpp"
#include "protocols/cjt188/metering.hpp"
#include "protocols/dlt645/message.hpp"

using namespace anju;
using namespace anju::gateway;

namespace {

const auto kWater = *cjt188::Address::parse("78330011223344");

LineFrame water_question(std::uint64_t id) {
  LineFrame question = *cjt188::make_request({}, kWater, 0, cjt188::ReadData{});
  number(question, id);
  return question;
}

LineFrame water_answer(const LineFrame& question) {
  const auto received = *cjt188::decode_request(std::get<cjt188::Frame>(question), cjt188::DiOrder::high_byte_first);
  const auto value = *cjt188::encode_metering({base::Quantity(123'400), std::nullopt, std::nullopt, std::nullopt});
  return *cjt188::make_reply({}, kWater, received.ser, cjt188::ReadReply{cjt188::kMetering, value});
}

LineFrame power_question() {
  return *dlt645::make_request(dlt645::Edition::y2007, *dlt645::Address::parse("000000000001"),
                               dlt645::ReadData{dlt645::DataId{0x00010000, dlt645::Edition::y2007}, std::nullopt});
}

}  // namespace

TEST_CASE("framing: the answer to the question before is not the answer to this one, though all else is the same") {
  const auto before = water_question(41), now = water_question(42);
  CHECK(answers(before, water_answer(before)));
  CHECK_FALSE(answers(now, water_answer(before)));
  CHECK(answers(now, water_answer(now)));
}

TEST_CASE("framing: a frame of one protocol never answers a question of another") {
  CHECK_FALSE(answers(power_question(), water_answer(water_question(1))));
  CHECK_FALSE(answers(water_question(1), power_question()));
}

TEST_CASE("framing: a question is found again in its own bytes, and takes as many as it says") {
  for (const auto& question : {power_question(), water_question(7)}) {
    const auto bytes = *encode(question, 2);
    CHECK(bytes.size() == size_of(question, 2));
    const auto found = find_frame(bytes, question);
    REQUIRE(found.verdict == Search::Verdict::found);
    CHECK(found.frame == question);
    CHECK(found.consumed == bytes.size());
    CHECK(find_frame(base::ByteView(bytes).first(bytes.size() - 1), question).verdict == Search::Verdict::more);
    auto broken = bytes;
    broken[broken.size() - 2] ^= std::byte{1};
    CHECK(find_frame(broken, question).verdict == Search::Verdict::broken);
    CHECK(find_frame(base::Bytes(5), question).verdict == Search::Verdict::nothing);
  }
}
