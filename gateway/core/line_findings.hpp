#pragma once

// What a noisy line looks like: from its last tries and from what came unasked, the likely causes with their evidence in numbers. Says nothing on too
// little evidence: a line that answers, and one whose devices are merely silent, have no finding. Why each kind of evidence speaks for its cause
// stands at each rule in the .cpp. Pure; bounded by the ring of traces.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string_view>
#include <vector>

#include "gateway/core/line_statistics.hpp"
#include "protocols/base/id.hpp"
#include "protocols/base/time.hpp"

namespace anju::gateway {

enum class LineCause : std::uint8_t {
  second_master,  ///< somebody else asks on this line
  same_address,   ///< one question was answered twice
  parity,         ///< even parity is sent and none is read
  other_rate,     ///< something speaks at half our rate or slower
  reversed_pair,  ///< A and B are exchanged, or the line is held at the level of a 0
  no_bias,        ///< nobody holds the line at rest between frames: 00 and FF come out of nothing
  echo,           ///< the adapter hears what it sends itself
  breaks_off,     ///< answers begin well and end too soon, or only the long ones are damaged
  one_device,     ///< the answers of one device are damaged and the others' are not
  interference,   ///< bytes come out of nothing, and answers are damaged
  termination,    ///< answers are damaged, of several devices, and the line is still between them
};
/// The enumerator's name: the code of a finding.
[[nodiscard]] std::string_view to_string(LineCause cause);

enum class Confidence : std::uint8_t {
  possible,  ///< fits, and so would other causes: the text names them
  likely,    ///< fits this cause and hardly another
  certain,   ///< seen itself: whole frames with right sums
};
[[nodiscard]] std::string_view to_string(Confidence confidence);

struct LineFinding {
  LineCause cause = LineCause::termination;
  Confidence confidence = Confidence::possible;
  base::DeviceId device{};  ///< whose answers show it; empty: the line's
  int seen = 0;             ///< tries, or bursts of unasked bytes, that show it
  int of = 0;               ///< among so many
  bool operator==(const LineFinding&) const = default;
};

/// Older tries say what was, not what is: whoever mends a cable wants to see it.
inline constexpr base::Millis kFindingsWindow = base::hours(1);
/// Whole frames with right sums do not come by chance, but one may be left of a handheld tool that was just unplugged.
inline constexpr int kLeastWhole = 2;
/// Of damage: fewer happen on a good line in an hour of a hundred tries.
inline constexpr int kLeastDamaged = 5;

/// traces: of one line, oldest first, unasked bursts among them. Most certain first, at most one per cause. Tries of Modbus TCP say nothing of wires
/// and are left out.
[[nodiscard]] std::vector<LineFinding> find_causes(const std::deque<Trace>& traces, base::UtcMillis now);

}  // namespace anju::gateway
