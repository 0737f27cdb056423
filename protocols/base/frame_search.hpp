#pragma once

// The frame that DL/T645 and CJ/T188 share, as a place in a stream of bytes: [FE…] 68 … L DATA CS 16. What stands between the 68 and L
// differs and is the protocol's business; how such a frame is found among noise, halves and fragments is one thing and lies here.
// Source: shared reference meters.md 1.1, 1.10, 2.1.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "protocols/base/bytes.hpp"
#include "protocols/base/result.hpp"

namespace anju::base {

inline constexpr std::size_t kMaxPreamble = 4;  ///< FE bytes that a sender puts in front and a receiver counts

/// Where things stand, counted from the first 68. DATA begins right behind L.
struct FrameLayout {
  std::size_t second_start_at = 0;  ///< of a second 68; 0: there is none
  std::size_t length_at = 0;        ///< of L
  std::size_t max_data = 0;         ///< the largest L
};

enum class Shape {
  none,        ///< cannot be a frame: no 68 here, or no second one at its place
  unfinished,  ///< everything so far fits, the end has not arrived
  too_long,    ///< L is above the largest
  checksum,    ///< whole by its length, the sum differs
  end_byte,    ///< whole and the sum is right, but 16 is not at its place
  good,
};

/// One place judged as the start of a frame.
struct Candidate {
  Shape shape = Shape::none;
  std::size_t data = 0;             ///< L; set from too_long on
  std::size_t size = 0;             ///< bytes from the first 68 to the 16; set from too_long on
  std::uint8_t checksum_right = 0;  ///< set for checksum, end_byte and good
  std::uint8_t checksum_found = 0;
  std::uint8_t end_found = 0;
};

/// Judges the bytes that begin at `bytes[0]`; total over any bytes, empty included.
[[nodiscard]] Candidate judge(ByteView bytes, const FrameLayout& layout);

/// FE bytes right in front of position `at`, at most kMaxPreamble.
[[nodiscard]] std::size_t preamble_before(ByteView bytes, std::size_t at);

struct Place {
  std::size_t at = 0;  ///< of the first 68
  Candidate candidate;
};

struct FrameSearch {
  std::optional<Place> found;    ///< the first good one
  std::optional<Place> suspect;  ///< without one: the first that looked whole and was not
  bool unfinished = false;       ///< something here may still become a frame
};

/// A candidate that fails costs one byte, never the buffer: noise, a stray 68 or half a frame in front do no harm, and a whole frame is
/// found even behind the beginning of one that never ended.
[[nodiscard]] FrameSearch search_frame(ByteView bytes, const FrameLayout& layout);

/// Wraps what begins with 68 and ends with the last data byte: `preamble` FE in front, the sum of it (mod 256, without FE) and 16 behind.
[[nodiscard]] Bytes seal_frame(ByteView from_start, std::size_t preamble);

/// "expected 68, found EB" and the like; empty for a shape that is no reason.
[[nodiscard]] std::string reason(const Candidate& candidate, const FrameLayout& layout);

/// The place of the first whole frame, or why there is none, in the words of a protocol's Errc (it has all five names).
/// at_end false: more bytes may come, so need_more outweighs a broken frame in front of what may still become one.
/// at_end true: none will, so what looked whole and was not is named first, and a bad checksum is not counted as silence.
/// Errors: need_more, no_frame, checksum, end_byte, bad_length.
template <class Errc>
[[nodiscard]] Result<Place> find_place(ByteView bytes, const FrameLayout& layout, bool at_end) {
  const FrameSearch search = search_frame(bytes, layout);
  if (search.found) return *search.found;
  if (search.unfinished && (!at_end || !search.suspect)) return fail(Errc::need_more);
  if (!search.suspect) return fail(Errc::no_frame);
  const Candidate& candidate = search.suspect->candidate;
  const Errc errc = candidate.shape == Shape::checksum   ? Errc::checksum
                    : candidate.shape == Shape::end_byte ? Errc::end_byte
                                                         : Errc::bad_length;
  return fail(errc, reason(candidate, layout));
}

}  // namespace anju::base
