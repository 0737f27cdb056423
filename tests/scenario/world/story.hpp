#pragma once

// A history before it happens: the site, and everything that people do and that goes wrong, each thing with its moment and with
// chance of its own. Leaving one out changes none of the others, so a story that ends badly can be made shorter.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/time.hpp"

namespace anju::scenario {

/// What can happen. The order is that of kWhatNames.
enum class What : std::uint8_t {
  // Faults, each kind on or off in a story.
  weather,         ///< the broker loses, repeats, delays and truncates, for `span`
  gateway_kill,    ///< right before or after its next commit; back after `span`
  platform_kill,   ///< likewise
  gateway_full,    ///< the disk of a gateway takes nothing, for `span`
  platform_full,   ///< the disk of the platform
  clock,           ///< a gateway's clock is put `value` ms ahead, and right again after `span`
  network,         ///< a gateway reaches no broker, for `span`
  line_cut,        ///< a line is away, for `span`
  meter_fault,     ///< of its replies, its clock or its relay, for `span`
  meter_jump,      ///< its register goes back, far ahead, or is cleared
  old_card,        ///< a gateway's disk is replaced by a copy that is `value` ms old; off for `span`
  box_swap,        ///< another box with an empty disk in the gateway's place; off for `span`
  restore,         ///< the platform goes on from tables that are `value` ms old
  // People.
  recharge,
  order,      ///< trip, release, read, keep-power, clock, momentary values
  cancel,     ///< of an order given a moment before
  price,      ///< a plan gets other prices
  plan,       ///< a meter gets the other plan
  settings,   ///< thresholds, mode, whether it is cut off
  accept,     ///< a refused reading counts after all
};
inline constexpr std::size_t kFaults = static_cast<std::size_t>(What::recharge);
[[nodiscard]] std::string_view to_string(What what);

struct Happening {
  base::Millis at;          ///< since the beginning
  What what = What::recharge;
  int whom = 0;             ///< number of the meter, gateway or line, from 1 on; 0: the platform, the broker
  base::Millis span;
  std::int64_t value = 0;
  std::uint64_t dice = 0;   ///< whatever else is drawn for it
};

struct Story {
  std::uint64_t seed = 0;
  int gateways = 2, lines = 2, meters_per_line = 6;
  std::set<int> meters;  ///< numbers of those that are there, 1 .. gateways x lines x meters_per_line; empty: all
  base::Millis length = base::hours(12);
  std::int64_t reading_minutes = 30;
  std::vector<Happening> happenings;  ///< in the order of their moments
  /// What the broker may do to a message, by the message's number; nothing: whatever the weather says.
  std::optional<std::set<std::uint64_t>> message_faults = {};
};

}  // namespace anju::scenario
