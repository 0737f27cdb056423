#include "protocols/dlt645/block_join.hpp"

#include <string>

namespace anju::dlt645 {

base::Result<BlockJoin> join(BlockJoin state, const ReadReply& reply) {
  if (state.complete) return base::fail(Errc::out_of_range, "the block is complete");
  if (reply.di != state.di) return base::fail(Errc::unknown_identifier, reply.di.text() + ", asked " + state.di.text());
  // The edition of 1997 numbers nothing: there only the kind of reply can be checked.
  const bool is_due =
      reply.follow_up == (state.expected != 0) && (state.di.edition == Edition::y1997 || reply.seq == state.expected);
  if (!is_due) {
    return base::fail(Errc::out_of_range,
                      "SEQ " + std::to_string(reply.seq) + ", expected " + std::to_string(state.expected));
  }
  if (reply.more && state.expected >= kMaxFollowUps) return base::fail(Errc::bad_length, "more than 32 follow-ups");
  state.value.insert(state.value.end(), reply.value.begin(), reply.value.end());
  state.complete = !reply.more;
  if (reply.more) ++state.expected;
  return state;
}

std::optional<ReadFollowUp> next_request(const BlockJoin& state) {
  if (state.complete || state.expected == 0) return std::nullopt;
  return ReadFollowUp{.di = state.di, .seq = state.expected};
}

}  // namespace anju::dlt645
