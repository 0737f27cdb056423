#include "protocols/dlt645/block_join.hpp"

#include <doctest/doctest.h>

using namespace anju::dlt645;
using anju::base::Bytes;
using anju::base::from_hex;
using anju::base::to_hex;

namespace {

const DataId kBlock = DataId::parse("0001FF00").value();
Bytes bytes(std::string_view hex) {
  return from_hex(hex).value();
}

}  // namespace

TEST_CASE("block: a reply without more is complete at once") {
  const auto state = join(BlockJoin::begin(kBlock), ReadReply{kBlock, bytes("0102")}).value();
  CHECK(state.complete);
  CHECK(to_hex(state.value) == "0102");
  CHECK_FALSE(next_request(state));
}

TEST_CASE("block: B1, then 12 and B2, then 12 and 92 are joined in the order of SEQ") {
  auto state = BlockJoin::begin(kBlock);
  CHECK_FALSE(next_request(state));
  state = join(state, ReadReply{kBlock, bytes("01"), true}).value();
  CHECK(next_request(state) == ReadFollowUp{kBlock, 1});
  state = join(state, ReadReply{kBlock, bytes("02"), true, true, 1}).value();
  CHECK(next_request(state) == ReadFollowUp{kBlock, 2});
  state = join(state, ReadReply{kBlock, bytes("03"), false, true, 2}).value();
  CHECK(state.complete);
  CHECK(to_hex(state.value) == "010203");
  CHECK_FALSE(next_request(state));
}

TEST_CASE("block: a repeated, skipped, foreign or surplus frame is refused and leaves the state as it was") {
  const auto begun = join(BlockJoin::begin(kBlock), ReadReply{kBlock, bytes("01"), true}).value();
  CHECK(join(begun, ReadReply{kBlock, bytes("01"), true}).error().is(Errc::out_of_range));
  CHECK(join(begun, ReadReply{kBlock, bytes("03"), false, true, 2}).error().is(Errc::out_of_range));
  CHECK(join(begun, ReadReply{kBlock, bytes("03"), false, true, 0}).error().is(Errc::out_of_range));
  CHECK(join(begun, ReadReply{DataId::parse("0002FF00").value(), bytes("02"), true, true, 1})
            .error()
            .is(Errc::unknown_identifier));
  CHECK(join(BlockJoin::begin(kBlock), ReadReply{kBlock, bytes("02"), true, true, 1}).error().is(Errc::out_of_range));
  const auto done = join(begun, ReadReply{kBlock, bytes("02"), false, true, 1}).value();
  CHECK(join(done, ReadReply{kBlock, bytes("02"), false, true, 1}).error().is(Errc::out_of_range));
}

TEST_CASE("block: the edition of 1997 numbers nothing and is joined in order of arrival") {
  const DataId block = DataId::parse("901F").value();
  auto state = join(BlockJoin::begin(block), ReadReply{block, bytes("01"), true}).value();
  CHECK(next_request(state)->di == block);
  state = join(state, ReadReply{block, bytes("02"), true, true}).value();
  state = join(state, ReadReply{block, bytes("03"), false, true}).value();
  CHECK(to_hex(state.value) == "010203");
}

TEST_CASE("block: a meter that never ends is refused after the limit") {
  auto state = join(BlockJoin::begin(kBlock), ReadReply{kBlock, bytes("01"), true}).value();
  for (std::uint8_t seq = 1; seq < kMaxFollowUps; ++seq) {
    state = join(state, ReadReply{kBlock, bytes("01"), true, true, seq}).value();
  }
  CHECK(join(state, ReadReply{kBlock, bytes("01"), true, true, kMaxFollowUps}).error().is(Errc::bad_length));
  CHECK(join(state, ReadReply{kBlock, bytes("01"), false, true, kMaxFollowUps}).value().complete);
}
