#pragma once

// A place in a byte stream that is (or nearly was) a frame of DL/T645. Private to the link layer: frame.cpp searches with it, explain.cpp
// says what is wrong with a frame that nearly was one.

#include "protocols/base/frame_search.hpp"
#include "protocols/dlt645/frame.hpp"

namespace anju::dlt645 {

/// 68 A0..A5 68 C L DATA CS 16.
inline constexpr base::FrameLayout kLayout{.second_start_at = 7, .length_at = 9, .max_data = kMaxData};

/// The frame's fields of a candidate that is whole (checksum, end_byte or good), data after - 33H.
[[nodiscard]] Frame fields_of(base::ByteView bytes, const base::Candidate& candidate);

}  // namespace anju::dlt645
