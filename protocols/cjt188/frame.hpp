#pragma once

// The link layer of CJ/T188-2004 and -2018: [FE…] 68 T A0..A6 C L DATA CS 16, DATA as it is (no + 33H). Bytes in, frames out; no
// identifier, no meaning. Source: shared reference meters.md 2.1, vectors cjt188.json.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "protocols/base/bytes.hpp"
#include "protocols/base/frame_search.hpp"
#include "protocols/base/result.hpp"
#include "protocols/cjt188/errc.hpp"

namespace anju::cjt188 {

/// L of a read is at most 64H (CJ/T188-2004, as told by cnblogs.com/cj94/p/18534595). What claims more is noise.
inline constexpr std::size_t kMaxData = 100;
inline constexpr std::size_t kMaxWriteData = 50;         ///< L of a write is at most 32H (same source)
inline constexpr std::size_t kMaxFrame = 13 + kMaxData;  ///< without preamble
using base::kMaxPreamble;

/// Seven bytes in wire order (low byte first): five of the number, two of the vendor. The vendor's two need not be decimal, so an address
/// is hex text everywhere and never a number.
struct Address {
  std::array<std::uint8_t, 7> wire{};
  auto operator<=>(const Address&) const = default;

  /// 14 hex digits in reading order (A6 first), either case. Error: bad_address.
  [[nodiscard]] static base::Result<Address> parse(std::string_view text);
  /// 14 characters in reading order, upper case: "78330011223344".
  [[nodiscard]] std::string text() const;
  /// The same address for somebody who typed it in wire order, as some vendors' tools show it: a page offers it as "reverse".
  [[nodiscard]] Address reversed() const;
  [[nodiscard]] bool is_wildcard() const;
  /// True when a meter of address `exact` has to answer a request to this address.
  [[nodiscard]] bool matches(const Address& exact) const { return is_wildcard() || *this == exact; }
};

/// Every meter answers to it, so it is of use with one meter on the line only.
inline constexpr Address kWildcard{{0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA}};

// Meter types. 10..19 water, 20..29 heat, 30..39 gas, 40..49 others.
inline constexpr std::uint8_t kColdWater = 0x10;
inline constexpr std::uint8_t kHotWater = 0x11;
inline constexpr std::uint8_t kDrinkingWater = 0x12;
inline constexpr std::uint8_t kReclaimedWater = 0x13;
inline constexpr std::uint8_t kGas = 0x30;
inline constexpr std::uint8_t kAnyType = 0xAA;  ///< in a request; some meters answer to it, with their real type
/// Counts m3 of water, or is not said.
constexpr bool may_be_water(std::uint8_t type) { return type == kAnyType || (type >= 0x10 && type <= 0x19); }

struct Frame {
  std::uint8_t meter_type = kColdWater;
  Address address;
  std::uint8_t control = 0;  ///< D7 from the meter, D6 error reply, D5..D0 function
  base::Bytes data;          ///< at most kMaxData
  bool operator==(const Frame&) const = default;
};

/// The bytes to send, with `preamble` (0..4) FE in front. Error: bad_length (data above kMaxData, preamble above 4).
[[nodiscard]] base::Result<base::Bytes> encode(const Frame& frame, std::size_t preamble);

struct Found {
  Frame frame;
  std::size_t preamble = 0;  ///< FE bytes right in front of the 68 (at most kMaxPreamble are counted)
  std::size_t skipped = 0;   ///< bytes in front of those that belong to no frame
  std::size_t consumed = 0;  ///< bytes of the input up to and including the 16
};

/// Searches the first whole frame in what has arrived so far; total over any bytes. A candidate that fails costs one byte, never the
/// buffer. Only the last kMaxFrame + kMaxPreamble bytes can matter: a caller may drop what is older. There is no second 68 to tell
/// a start from a 68 in an address or in data, so need_more is more common than with DL/T645: a deadline ends the wait, not this function.
/// Errors: need_more (a frame may have begun, and that outweighs a broken one in front of it), no_frame, or the reason of the first
/// candidate that looked whole: checksum ("expected 13, found 08"), end_byte, bad_length.
[[nodiscard]] base::Result<Found> find_frame(base::ByteView bytes);

/// The same when no further byte will come (the deadline has passed, a person pasted the bytes): what looked whole and was not is named
/// before need_more.
[[nodiscard]] base::Result<Found> find_frame_at_end(base::ByteView bytes);

}  // namespace anju::cjt188
