#pragma once

// A place in a byte stream that is (or nearly was) a frame of CJ/T188. Private to the link layer and explain.cpp.

#include "protocols/base/frame_search.hpp"
#include "protocols/cjt188/frame.hpp"

namespace anju::cjt188 {

/// 68 T A0..A6 C L DATA CS 16.
inline constexpr base::FrameLayout kLayout{.second_start_at = 0, .length_at = 10, .max_data = kMaxData};

/// The frame's fields of a candidate that is whole (checksum, end_byte or good).
[[nodiscard]] Frame fields_of(base::ByteView bytes, const base::Candidate& candidate);

}  // namespace anju::cjt188
