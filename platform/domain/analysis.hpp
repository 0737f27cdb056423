#pragma once

// What the console shows in sums: the home page and the analysis of energy. A port beside Queries, under the same rules: the scope of the
// session narrows every answer; blocking; from several threads at once; as fresh as the last commit.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/domain/queries.hpp"
#include "platform/domain/tariff.hpp"

namespace anju::platform {

/// One number of the home page's head. A part of the product adds its own in one place (kCounters of platform/store/analysis.cpp).
struct Counter {
  std::string_view name;
  std::int64_t count = 0;
};

struct RankedMeter {
  std::int64_t meter = 0;
  std::string device, name, room, building;
  base::Quantity used;
  base::Money cost;
};

struct HomePage {
  Home home;
  std::vector<Counter> counters;
  std::vector<std::int64_t> recharges;  ///< how many, on the days of home.last_7_days
  std::string top_span;                 ///< YYYY-MM: of the ranking below; empty: no day has ended yet
  std::vector<RankedMeter> top;         ///< most energy first
};
inline constexpr std::int64_t kHomeTop = 4;  ///< 4:50

struct EnergySum {
  base::Quantity used;
  std::array<base::Quantity, 4> tariffs;  ///< sharp, peak, flat, valley: of `used` what was billed at four prices
  base::Money cost;
};

struct EnergyPoint {
  std::string at;       ///< YYYY-MM-DD, YYYY-MM or YYYY
  EnergySum sum;
  base::Quantity before;  ///< used in the same place of the period before
};

struct SiteEnergy {
  std::string code, name;
  EnergySum sum;
  base::Quantity before;
};

struct BuildingEnergy {
  std::string name;
  std::int64_t meters = 0;
  base::Quantity used;
  base::Money cost;
};

/// Of a month in days, a year in months, or ten years in years.
enum class EnergyStep { day, month, year };

struct EnergyAnalysis {
  std::string span;     ///< YYYY-MM, YYYY, or YYYY of the last year
  bool running = false;  ///< not over yet: then `before` holds the same days of the period before, and no later ones
  EnergySum total, before;
  std::vector<EnergyPoint> points;  ///< oldest first, up to today
  std::vector<SiteEnergy> sites;    ///< most first
  std::vector<RankedMeter> top;     ///< of finished days
  std::optional<std::vector<BuildingEnergy>> buildings;  ///< the same; nullopt: too many meters for one answer
};
inline constexpr std::int64_t kEnergyTop = 20;
inline constexpr std::int64_t kMostMetersOfBuildings = 10'000;

class Analysis {
 public:
  virtual ~Analysis() = default;
  /// site: its code, nullopt: all of the scope. Answers nullopt when it is not in scope; the same below.
  [[nodiscard]] virtual base::Result<std::optional<HomePage>> home(const Scope& scope, const std::optional<std::string>& site,
                                                                   base::UtcMillis now) = 0;
  /// period: YYYYMM for days, YYYY for months and years; 0: the running one.
  [[nodiscard]] virtual base::Result<std::optional<EnergyAnalysis>> energy(const Scope& scope, const std::optional<std::string>& site,
                                                                           EnergyStep step, std::int64_t period, Utility utility, base::UtcMillis now) = 0;
};

}  // namespace anju::platform
