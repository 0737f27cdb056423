#pragma once

// Frames of the protocols that share a line, told apart by their type: how a question becomes bytes, which bytes are its answer, and when an
// answer is only a part of one. What a frame means is the device's business (meter.hpp).

#include <cstddef>
#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "gateway/core/modbus_round.hpp"
#include "protocols/base/bytes.hpp"
#include "protocols/base/result.hpp"
#include "protocols/cjt188/frame.hpp"
#include "protocols/dlt645/block_join.hpp"
#include "protocols/dlt645/frame.hpp"

namespace anju::gateway {

using LineFrame = std::variant<dlt645::Frame, cjt188::Frame, ModbusRound>;

/// How the bytes of a frame are to be read.
enum class FrameProtocol : std::uint8_t { dlt645, cjt188, modbus_rtu, modbus_tcp };
[[nodiscard]] FrameProtocol protocol_of(const LineFrame& frame);

/// FE bytes in front of a request that needs to wake its meter up; each protocol limits them, Modbus has none.
inline constexpr std::size_t kMostPreamble = dlt645::kMaxPreamble;

/// Error: bad_length.
[[nodiscard]] base::Result<base::Bytes> encode(const LineFrame& frame, std::size_t preamble);
/// Makes a question unlike the one before it where the protocol has a place for that (SER of CJ/T188), so that a late answer to another is known for what it is.
void number(LineFrame& question, std::uint64_t id);
/// The same for every sending of Modbus TCP: of a question in several parts, an answer to the part before would else be taken for that of the next.
void stamp(LineFrame& question, std::uint16_t transaction);
/// Its answers come through a connection in which each says where it ends (Modbus TCP): no byte may be dropped, or the place is lost.
[[nodiscard]] bool keeps_place(const LineFrame& question);
/// Nothing in an answer tells which question it belongs to (Modbus RTU): a late one to another would be taken for it.
[[nodiscard]] bool is_anonymous(const LineFrame& question);
/// Bytes of encode()'s result.
[[nodiscard]] std::size_t size_of(const LineFrame& frame, std::size_t preamble);
/// Bytes of the longest answer to this question, preamble included.
[[nodiscard]] std::size_t longest_answer(const LineFrame& asked);
/// True when this is the answer to that, whatever it says.
[[nodiscard]] bool answers(const LineFrame& asked, const LineFrame& heard);
/// Said in the device's place: a gateway in between heard nothing of it (Modbus 0B).
[[nodiscard]] bool says_nobody(const LineFrame& answer);
/// A read that the device answers with an exception about these registers alone: 01 to 04, and whatever else its maker chose. What lies elsewhere can be
/// read all the same. Not: busy (05, 06), and what a gateway in between says (0A, 0B). Source: Modbus Application Protocol V1.1b3, 7.
[[nodiscard]] bool refuses_block(const modbus::Frame& asked, const modbus::Frame& heard);
/// One that it answers with 01 or 02: it has no such function, or no such register, or not all of them.
[[nodiscard]] bool lacks_register(const modbus::Frame& asked, const modbus::Frame& heard);
/// An answer that says no.
[[nodiscard]] bool is_refusal(const LineFrame& answer);

/// What a search in the bytes that arrived so far came to.
struct Search {
  enum class Verdict {
    found,
    more,     ///< a frame may have begun
    nothing,  ///< none of these bytes belongs to a frame: they can be dropped
    broken,   ///< looked like a whole frame and is none
  };
  Verdict verdict = Verdict::nothing;
  LineFrame frame;           ///< found
  std::size_t skipped = 0;   ///< found: bytes in front that belong to no frame
  std::size_t consumed = 0;  ///< found: bytes up to and including the frame's last
};

/// The first whole frame of the protocol that `asked` belongs to; it may be another device's. Total over any bytes.
[[nodiscard]] Search find_frame(base::ByteView bytes, const LineFrame& asked);

/// An answer that comes in several frames, each asked for by itself: blocks of DL/T645, rounds of Modbus.
class Parts {
 public:
  /// What to ask next after this answer; nullopt when nothing more is to come, or when it does not fit those before.
  [[nodiscard]] std::optional<LineFrame> next(const LineFrame& request, const LineFrame& answer);
  /// The answer as if it had come in one frame; `last` itself where there was only one, or where the rest did not come.
  [[nodiscard]] LineFrame whole(const LineFrame& request, LineFrame last) const;

 private:
  [[nodiscard]] std::optional<LineFrame> next_of_round(const ModbusRound& round, const ModbusRound& answer);
  [[nodiscard]] std::optional<LineFrame> next_block(const dlt645::Frame& asked, const dlt645::Frame& frame);

  std::optional<dlt645::BlockJoin> block_;
  std::vector<modbus::Frame> asked_, heard_;
};

}  // namespace anju::gateway
