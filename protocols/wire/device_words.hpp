#pragma once

// The words of a device and its profile, once: in archives (schema/archive.schema.json), in REST (platform/http/openapi.json), on command lines and in
// the console's forms, which a test compares with these lists.

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace anju::wire {

/// MeterProfile::dialect. The last one, mqtt, is no line's: the device speaks this wire itself.
inline constexpr std::array<std::string_view, 5> kDialects{"dlt645-2007", "dlt645-1997", "cjt188", "modbus", "mqtt"};
inline constexpr std::span<const std::string_view> kLineDialects = std::span(kDialects).first<4>();
/// MeterProfile::status_map; the names of cjt188::StatusMap.
inline constexpr std::array<std::string_view, 4> kStatusMaps{"none", "closed_01", "closed_10", "high_bits"};
/// Indexed by CloseMethod.
inline constexpr std::array<std::string_view, 2> kCloseMethods{"direct", "permit"};
/// Indexed by MeterKind.
inline constexpr std::array<std::string_view, 3> kMeterKinds{"electricity", "water", "hot_water"};

inline constexpr std::int64_t kMostPreamble = 4;    ///< FE bytes in front of a request
inline constexpr std::int64_t kMostTravel_s = 120;  ///< that a valve may take to move

}  // namespace anju::wire
