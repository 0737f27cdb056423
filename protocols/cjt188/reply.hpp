#pragma once

// What a meter answers: one struct per shape, and their way into a frame and back. The gateway decodes, the simulator builds. Whether a
// reply belongs to a request is answers() in message.hpp. Source: meters.md 2.1 to 2.3.

#include <cstdint>
#include <optional>
#include <variant>

#include "protocols/base/bytes.hpp"
#include "protocols/cjt188/data_id.hpp"
#include "protocols/cjt188/frame.hpp"
#include "protocols/cjt188/function.hpp"
#include "protocols/cjt188/options.hpp"
#include "protocols/cjt188/status.hpp"

namespace anju::cjt188 {

/// 81, and 89 for the key version.
struct ReadReply {
  DataId di;
  base::Bytes value;  ///< what stands behind SER; metering.hpp decodes that of 901F
  Function function = Function::read_data;
  bool operator==(const ReadReply&) const = default;
};

/// 83: the address, and the real meter type, stand in the frame itself.
struct AddressReply {
  bool operator==(const AddressReply&) const = default;
};

/// 84, 95, 96: accepted, nothing more. The valve has not moved yet: its state is read back from 901F after the travel time, and a status
/// word that comes with the acknowledgement tells where it was.
struct Ack {
  Function function = Function::write;
  DataId di;
  std::optional<StatusWord> status;
  bool operator==(const Ack&) const = default;
};

/// C1, C3, C4, …: SER and a status word, no identifier (L = 03; CJ/T188-2004 as told by cnblogs.com/cj94/p/18534595).
struct ErrorReply {
  Function function = Function::read_data;
  StatusWord status;
  bool operator==(const ErrorReply&) const = default;

  /// refused_by_meter; `where` has the function and the status word.
  [[nodiscard]] base::Error error() const;
};

using Reply = std::variant<ReadReply, AddressReply, Ack, ErrorReply>;

/// The frame a meter sends. `options.meter_type` and `address` are its own, real ones.
/// Errors: unknown_function (one that is answered otherwise); bad_length (above kMaxData, or an acknowledgement that is not of options.ack);
/// bad_address (an address reply with the wildcard).
[[nodiscard]] base::Result<Frame> make_reply(const Options& options, const Address& address, std::uint8_t ser, const Reply& reply);

struct ReceivedReply {
  std::uint8_t ser = 0;
  Reply reply;
  bool operator==(const ReceivedReply&) const = default;
};

/// Of the options the byte order and the form of acknowledgements matter.
/// Errors: unknown_function (also a frame that comes from a master); bad_length (too short, an error reply that is not 3 bytes, an
/// acknowledgement that is not of options.ack); unknown_identifier (an address reply or acknowledgement with another identifier than that of
/// its function, which is also what the other byte order looks like); bad_address (an address reply that still carries the wildcard).
[[nodiscard]] base::Result<ReceivedReply> decode_reply(const Frame& frame, const Options& options);

}  // namespace anju::cjt188
