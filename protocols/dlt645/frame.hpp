#pragma once

// The link layer of DL/T645-1997 and -2007: [FE…] 68 A0..A5 68 C L DATA CS 16. Bytes in, frames out; no identifier, no
// meaning. Source: shared reference meters.md 1.1, vectors dlt645.json.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/base/bytes.hpp"
#include "protocols/base/frame_search.hpp"
#include "protocols/base/result.hpp"
#include "protocols/dlt645/errc.hpp"

namespace anju::dlt645 {

inline constexpr std::size_t kMaxData = 200;             ///< L of a read; a write has at most 50
inline constexpr std::size_t kMaxFrame = 12 + kMaxData;  ///< without preamble
using base::kMaxPreamble;

/// Six bytes in wire order (low byte first). Digits are BCD; AA is the wildcard of abbreviated addresses.
struct Address {
  std::array<std::uint8_t, 6> wire{};
  auto operator<=>(const Address&) const = default;

  /// 12 characters in reading order: decimal digits, or AA pairs at the high end. Error: bad_address.
  [[nodiscard]] static base::Result<Address> parse(std::string_view text);
  [[nodiscard]] std::string text() const;
  /// True when every digit is 0..9: the address of one meter (the broadcast address included).
  [[nodiscard]] bool is_exact() const;
  [[nodiscard]] bool is_broadcast() const;
  /// True when a meter of address `exact` has to answer a request to this (possibly abbreviated) address.
  [[nodiscard]] bool matches(const Address& exact) const;
};

inline constexpr Address kWildcard{{0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA}};
inline constexpr Address kBroadcast{{0x99, 0x99, 0x99, 0x99, 0x99, 0x99}};

struct Frame {
  Address address;
  std::uint8_t control = 0;  ///< D7 from the meter, D6 error reply, D5 more follows, D4..D0 function
  base::Bytes data;          ///< after - 33H, at most kMaxData
  bool operator==(const Frame&) const = default;
};

/// The bytes to send, with `preamble` (0..4) FE in front. Error: bad_length (data above kMaxData, preamble above 4).
[[nodiscard]] base::Result<base::Bytes> encode(const Frame& frame, std::size_t preamble);

struct Found {
  Frame frame;
  std::size_t preamble = 0;  ///< FE bytes right in front of the first 68 (at most kMaxPreamble are counted)
  std::size_t skipped = 0;   ///< bytes in front of those that belong to no frame
  std::size_t consumed = 0;  ///< bytes of the input up to and including the 16
};

/// Searches the first whole frame in what has arrived so far; total over any bytes. A candidate that fails costs one
/// byte, never the buffer, so noise, a stray 68 or half a frame in front do no harm, and a whole frame is found even
/// behind the beginning of one that never ended. Only the last kMaxFrame + kMaxPreamble bytes can matter: a caller may
/// drop what is older. Errors: need_more (keep the bytes and wait: a frame may have begun, and that outweighs a broken
/// one in front of it), no_frame (nothing here can become one), or the reason of the first candidate that looked whole:
/// checksum ("expected 68, found EB"), end_byte, bad_length.
[[nodiscard]] base::Result<Found> find_frame(base::ByteView bytes);

/// The same when no further byte will come (the deadline has passed, a person pasted the bytes): what looked whole and
/// was not is named before need_more, so that a bad checksum is counted as one and not as silence.
[[nodiscard]] base::Result<Found> find_frame_at_end(base::ByteView bytes);

}  // namespace anju::dlt645
