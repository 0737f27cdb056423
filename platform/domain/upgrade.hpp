#pragma once

// 固件升级 as the books have it: the newest order of each gateway, and what the gateway says of it. The order is a field of the archive until it has
// ended; the outcome stays until the next order.

#include <cstdint>
#include <string>
#include <string_view>

#include "platform/domain/site.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"
#include "protocols/wire/upgrade.hpp"

namespace anju::platform {

struct Upgrade {
  std::int64_t gateway = 0;  ///< row id
  Owner owner;
  std::int64_t release = 0;  ///< row id; it may be deleted since
  wire::ReleaseOrder wanted;
  std::string by;
  base::UtcMillis ordered;
  bool withdrawn = false;
  wire::UpgradeStep step = wire::UpgradeStep::waiting;
  std::string reason{};    ///< an id; empty: nothing to say
  std::int64_t bytes = 0;  ///< of the file that are there
  base::UtcMillis at;      ///< of the newest change, by the platform's clock; a forgotten trial that is withdrawn keeps its own
  auto operator<=>(const Upgrade&) const = default;
};

/// A trial lasts 15 minutes at most, powered. Of one that has said nothing for this long nobody knows any more how it ended: the box is gone, its disk was
/// replaced, or its word was lost. It may be withdrawn, and once it is, it blocks nothing.
inline constexpr base::Millis kTrialForgotten = base::hours(1);

/// It stands in the archive.
[[nodiscard]] bool is_wanted(const Upgrade& upgrade);
/// On trial, and its newest change is kTrialForgotten old or older.
[[nodiscard]] bool is_forgotten_trial(const Upgrade& upgrade, base::UtcMillis now);
/// No other order may take its place: it is wanted, or on trial although it was withdrawn, unless that trial is forgotten.
[[nodiscard]] bool is_under_way(const Upgrade& upgrade, base::UtcMillis now);
/// As people are told: the gateway's word, or withdrawn. A trial of a withdrawn order is shown as a trial until it is forgotten.
[[nodiscard]] std::string_view shown_step(const Upgrade& upgrade, base::UtcMillis now);

/// Takes the gateway's word about this very order; false: it says nothing new. An end stays the end. Of a withdrawn order only a trial that ran on
/// all the same is news, and any end of that trial.
[[nodiscard]] bool follow(Upgrade& upgrade, const wire::UpgradeProgress& said, base::UtcMillis now);

/// What a gateway has said of itself; empty: it has not. Errors: wrong_architecture, not_newer, too_old (wire::ReleaseErrc). What was not said
/// refuses nothing, because the gateway judges for itself.
[[nodiscard]] base::Result<> check_upgrade(const wire::Version& version, const wire::Version& minimum, std::string_view architecture,
                                           std::string_view said_software, std::string_view said_architecture);

}  // namespace anju::platform
