#pragma once

// Joins the value of a block read that arrives in several frames: B1, then 12 -> B2 ... 92. A state machine without IO:
// the caller sends what next_request() asks for and feeds each matching reply to join().

#include <optional>

#include "protocols/dlt645/reply.hpp"
#include "protocols/dlt645/request.hpp"

namespace anju::dlt645 {

/// Frames of one block. Beyond it the meter is refused: no block of the standard needs more.
inline constexpr std::uint8_t kMaxFollowUps = 32;

struct BlockJoin {
  DataId di;
  base::Bytes value;          ///< of all frames so far, in order
  std::uint8_t expected = 0;  ///< SEQ of the next reply; 0: the reply to the read itself
  bool complete = false;
  bool operator==(const BlockJoin&) const = default;

  [[nodiscard]] static BlockJoin begin(const DataId& di) { return {.di = di, .value = {}}; }
};

/// The state after one reply. Errors, with the state unchanged: unknown_identifier (another identifier), out_of_range
/// (not the frame that is due, or nothing is due any more), bad_length (more than kMaxFollowUps).
[[nodiscard]] base::Result<BlockJoin> join(BlockJoin state, const ReadReply& reply);

/// What to ask next; nullopt when complete, or when the read itself has not been answered yet.
[[nodiscard]] std::optional<ReadFollowUp> next_request(const BlockJoin& state);

}  // namespace anju::dlt645
