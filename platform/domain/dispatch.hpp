#pragma once

// 数据下发: how far a meter is on its way into, or out of, the archive of its gateway. Only dispatched meters are in the archive. What a person is shown
// follows from versions: that of the archive which first had (or no longer had) the meter, and the newest one that the gateway says it holds. Pure.

#include <cstdint>
#include <string_view>

namespace anju::platform {

/// As the tables have it.
struct Dispatch {
  bool wanted = true;        ///< in the archive; false: prepared in the office, or withdrawn
  std::int64_t version = 0;  ///< of the archive since which that holds; 0: never sent
  auto operator<=>(const Dispatch&) const = default;
};

enum class DispatchState : std::uint8_t {
  prepared,     ///< known to the office only
  dispatched,   ///< sent, the gateway has not taken it yet
  confirmed,    ///< the gateway holds it
  refused,      ///< the gateway holds the archive and cannot use this entry
  withdrawing,  ///< taken back, the gateway may still have it
};

constexpr std::string_view to_string(DispatchState state) {
  switch (state) {
    case DispatchState::prepared: return "prepared";
    case DispatchState::dispatched: return "dispatched";
    case DispatchState::confirmed: return "confirmed";
    case DispatchState::refused: return "refused";
    case DispatchState::withdrawing: return "withdrawing";
  }
  return "prepared";
}

/// acked: the newest archive that the gateway holds. refused: its word about this entry stands.
constexpr DispatchState state_of(const Dispatch& dispatch, std::int64_t acked, bool refused) {
  if (!dispatch.wanted) return dispatch.version > acked ? DispatchState::withdrawing : DispatchState::prepared;
  if (refused) return DispatchState::refused;
  return dispatch.version <= acked && acked > 0 ? DispatchState::confirmed : DispatchState::dispatched;
}

}  // namespace anju::platform
