#pragma once

// What a meter answers: one struct per shape, and their way into a frame and back. The gateway decodes, the simulator
// builds. Whether a reply belongs to a request is answers() in message.hpp. Source: meters.md 1.2, 1.4.

#include <cstdint>
#include <variant>

#include "protocols/base/bytes.hpp"
#include "protocols/dlt645/data_id.hpp"
#include "protocols/dlt645/frame.hpp"
#include "protocols/dlt645/function.hpp"

namespace anju::dlt645 {

/// 91 / B1 to a read, 92 / B2 to a follow-up (1997: 81 / A1, 82 / A2).
struct ReadReply {
  DataId di;
  base::Bytes value;       ///< what stands behind the identifier, as long as the frame says; see value.hpp
  bool more = false;       ///< ask again with ReadFollowUp
  bool follow_up = false;  ///< the answer to a follow-up
  std::uint8_t seq = 0;    ///< of a follow-up of 2007, echoed; 0 otherwise
  bool operator==(const ReadReply&) const = default;
};

/// 93: the address stands in the data as well.
struct AddressReply {
  Address address;
  bool operator==(const AddressReply&) const = default;
};

/// Accepted, nothing more: whether the meter did it is read back. `data` is empty for most functions; 97 repeats the
/// baud word, 98 the new level and password, 83 is the security module's business.
struct Ack {
  Function function = Function::write_data;
  base::Bytes data;
  bool operator==(const Ack&) const = default;
};

/// D1..DC: the error byte, several bits may be set.
struct ErrorReply {
  Function function = Function::read_data;
  std::uint8_t bits = 0;
  bool operator==(const ErrorReply&) const = default;

  /// The bit that decides what to do next, as an error: not_authorised (never retry, a meter may lock) before
  /// no_such_data (a property of the model), then the others; other_error when no known bit is set. `where` names all
  /// bits.
  [[nodiscard]] base::Error error() const;
};

/// Name of an error bit 0..7, e.g. "password_wrong_or_not_authorised".
[[nodiscard]] std::string_view error_bit_name(int bit);

using Reply = std::variant<ReadReply, AddressReply, Ack, ErrorReply>;

/// The frame a meter sends. `address` is its own, exact address.
/// Errors: unknown_function (this edition has none for it, or a function that is answered otherwise),
/// unknown_identifier (of the other edition), bad_length (above kMaxData).
[[nodiscard]] base::Result<Frame> make_reply(Edition edition, const Address& address, const Reply& reply);

struct ReceivedReply {
  Edition edition = Edition::y2007;
  Reply reply;
  bool operator==(const ReceivedReply&) const = default;
};

/// Errors: unknown_function (also a frame that comes from a master), bad_length (too short for the function, or an
/// error reply that is not one byte), bad_address (the address in a 93 is not one).
[[nodiscard]] base::Result<ReceivedReply> decode_reply(const Frame& frame);

}  // namespace anju::dlt645
