#pragma once

// A column of integers in few bytes: what journal blocks are made of. Pure. Neighbouring values of a column are alike, so each is kept
// as its distance from a typical one, in units of what divides all distances, with as many bits as most of them need; the few that need
// more are listed. A column of equal values costs three bytes whatever its length.
//
//   byte      bits per value, 0..64; + 128: some are listed
//   varint    unit, at least 1
//   varint    the typical value, zigzag
//   [varint   how many are listed; of each: varint places since the one before, varint distance in units, zigzag]
//   bits      distance in units of every value, zigzag, from the lowest bit of the first byte on; those listed are 0 here
//
// varint and zigzag: platform/domain/varint.hpp. Sums and products wrap around at 64 bits.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace anju::platform {

/// No values: no bytes.
void encode_column(std::span<const std::int64_t> values, std::string& out);

/// Takes values.size() of them off the front of `in`. False: the bytes are no such column; `in` and values are then of no use.
[[nodiscard]] bool decode_column(std::string_view& in, std::span<std::int64_t> values);

}  // namespace anju::platform
