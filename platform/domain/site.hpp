#pragma once

// A site: what people call a community (小区) or project (项目), and what money, topics and calendars belong to. Plain data.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/time.hpp"

namespace anju::platform {

/// organisation and site of a row.
struct Owner {
  std::int32_t organisation = 0;
  std::int32_t site = 0;
  auto operator<=>(const Owner&) const = default;
};

/// 住宅小区 公寓 写字楼 商业 学校 (ten-scope-uses).
enum class PlaceKind : std::uint8_t { residential, apartment, office, business, school };
inline constexpr int kPlaceKinds = 5;
[[nodiscard]] std::string_view to_string(PlaceKind kind);

/// Millionths of a degree, WGS-84, north and east positive. A tenth of a metre is enough for a gate.
struct Position {
  std::int32_t latitude_e6 = 0, longitude_e6 = 0;
  auto operator<=>(const Position&) const = default;
};
inline constexpr std::int32_t kMostLatitude = 90'000'000, kMostLongitude = 180'000'000;

/// What a person says about a site, and may change.
struct SiteCard {
  std::string name;  ///< once in an organisation
  PlaceKind kind = PlaceKind::residential;
  std::string province, city, address, contact, phone;
  std::optional<Position> position;
  std::int32_t utc_offset_minutes = 480;
  /// Of one meter: a register that grows faster is quarantined. 100 kW is above any meter of a flat or shop; a simulated site whose
  /// clock runs faster needs more.
  std::int64_t greatest_power_w = 100'000;
};
inline constexpr std::int32_t kLeastUtcOffset = -720, kMostUtcOffset = 840;
inline constexpr std::int64_t kMostGreatestPower = 1'000'000'000;
/// GET /sites shows them all.
inline constexpr std::size_t kSitesPerOrganisation = 1000;

struct Site {
  Owner owner;
  std::string code;  ///< the id in topics: never changes
  SiteCard card;
  bool enabled = true;       ///< disabled: nothing new below it; what is there goes on
  std::int64_t version = 1;  ///< counts changes
  base::UtcMillis created, updated;
  std::optional<base::UtcMillis> removed;  ///< its row stays, so that its id is not dealt anew; its code is free again
};

}  // namespace anju::platform
