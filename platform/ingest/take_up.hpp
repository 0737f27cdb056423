#pragma once

// One `up` message from its text into the ledger. Pure but for the ledger it is given; the ledger thread and the scenarios use it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/domain/ledger.hpp"

namespace anju::platform {

struct TakenUp {
  std::string epoch;
  Taken taken;
  std::int64_t undecodable = 0;  ///< events that nobody can read: quarantined whole, so that they do not block the stream
};

/// body: behind its code, which was checked. Nothing: a text without epoch and seq, which cannot be acknowledged.
[[nodiscard]] std::optional<TakenUp> take_up(Ledger& ledger, std::int64_t gateway, std::string_view body, base::UtcMillis now);

/// The acknowledgement that follows; nothing where none is due.
[[nodiscard]] std::optional<wire::Ack> ack_of(const TakenUp& up);

}  // namespace anju::platform
