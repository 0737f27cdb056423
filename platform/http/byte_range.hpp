#pragma once

// Which part of a file a request asks for. Source: RFC 9110, 14 (Range requests) and 13.1.5 (If-Range).

#include <cstdint>
#include <optional>
#include <string_view>

namespace anju::platform {

/// The fields as they came; empty: not sent.
struct RangeAsk {
  std::string_view range, if_range;
};

struct ByteRange {
  std::uint64_t from = 0, count = 0;
  bool partial = false;  ///< false: the whole file
};

/// etag: strong, with its quotes. Nothing: no byte of the range is there (416). What is malformed, has several parts or another unit, or is of another
/// version of the file, is no range: the whole.
[[nodiscard]] std::optional<ByteRange> range_of(const RangeAsk& asked, std::uint64_t size, std::string_view etag);

}  // namespace anju::platform
