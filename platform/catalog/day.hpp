#pragma once

// A day without a time and a zone, as people write it, and as a number that sorts: days since 1970-01-01 (Gregorian calendar).

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace anju::platform::catalog {

/// text: YYYY-MM-DD, a day that there is, in the years 1900 to 2199. Otherwise nothing.
[[nodiscard]] std::optional<std::int64_t> parse_day(std::string_view text);
[[nodiscard]] std::string format_day(std::int64_t day);

}  // namespace anju::platform::catalog
