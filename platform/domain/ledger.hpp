#pragma once

// The ledger: all state that money depends on, and the decisions about it. One owner, no clock, no IO: `now` and events come in,
// a Batch (to be stored) and Effects (to be let out after the commit) go out. State changes at once and is never taken back:
// when the commit fails the process stops and loads again.

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "platform/domain/desk.hpp"
#include "platform/domain/notify.hpp"
#include "platform/domain/store.hpp"
#include "protocols/wire/down.hpp"
#include "protocols/wire/up.hpp"

namespace anju::platform {

/// One message of a gateway must hold its whole archive (wire::kMaxPayload).
inline constexpr std::size_t kMetersPerGateway = 1000;
inline constexpr std::size_t kLinesPerGateway = 32;

/// A gateway says its state every minute. Nothing new for so long is silence, whatever the broker says: it is called offline.
inline constexpr base::Millis kSilence = base::minutes(5);
/// A gateway has events that do not arrive although it is heard. A backlog that drains is none of that.
inline constexpr base::Millis kBehind = base::minutes(10);

/// To be published after the commit. gateway: row id.
struct Effects {
  struct Send {
    std::int64_t gateway = 0;
    wire::Command command;
  };
  std::vector<Send> commands;
  std::vector<std::int64_t> archives;
  std::vector<Notification> notifications;
};

/// How the ledger took a batch of a stream.
struct Taken {
  std::int64_t through = 0;  ///< stored up to here once the Batch is
  bool resend = false;       ///< there was a gap
  bool over = false;         ///< of an epoch that another one has replaced: nothing was taken, and nothing more will be
  bool ignored = false;      ///< no gateway of ours: no acknowledgement
};

class Ledger {
 public:
  /// archive: look-ups of old idempotency keys; outlives the ledger.
  Ledger(Loaded loaded, Archive& archive);
  ~Ledger();
  Ledger(const Ledger&) = delete;
  Ledger& operator=(const Ledger&) = delete;

  /// Row id of a gateway by its name; 0 when there is none in that site.
  [[nodiscard]] std::int64_t find_gateway(std::string_view site, std::string_view gateway) const;
  [[nodiscard]] std::string gateway_code(std::int64_t gateway) const;
  [[nodiscard]] std::string site_code(std::int64_t gateway) const;
  [[nodiscard]] std::vector<std::int64_t> gateways() const;
  /// How far this stream of the gateway is stored, as its acknowledgement says it.
  [[nodiscard]] wire::Ack position(std::int64_t gateway, const std::string& epoch) const;

  /// The gateway says that it does not keep the events from..next - 1 any more. Those of them that are due next are recorded as
  /// lost (a row in quarantine, an alarm) and count as taken; cumulative registers carry the energy.
  void take_gone(std::int64_t gateway, std::string_view epoch, std::int64_t from, std::int64_t next, base::UtcMillis now);
  /// In order and exactly once: applies last + 1 only, ignores what is older, asks again where there is a gap. A new epoch is
  /// taken only from seq 1 (or from where its gateway has said that the rest is gone). Events that fit no rule go to quarantine
  /// and count as taken.
  Taken take(std::int64_t gateway, std::string_view epoch, std::int64_t seq, std::span<const wire::Event> events,
             base::UtcMillis now);
  /// One event that could not be decoded: quarantined whole, and taken.
  Taken take_poison(std::int64_t gateway, std::string_view epoch, std::int64_t seq, std::string_view reason,
                    std::string_view payload, base::UtcMillis now);

  /// The gateway's own word or last will. Words that were said before are ignored: false.
  bool hear_state(std::int64_t gateway, const wire::GatewayState& state, base::UtcMillis now);
  void hear_live(std::int64_t gateway, const wire::LiveValues& values);

  /// Errors change nothing.
  [[nodiscard]] Outcome decide(const Order& order, base::UtcMillis now);

  /// Everything that depends on time: sends, resends, expiries, escalations, reconciliation. Once a second is enough; also call it
  /// after every group of decisions, so that new commands leave with the commit.
  void tick(base::UtcMillis now);

  [[nodiscard]] std::optional<wire::Archive> archive_of(std::int64_t gateway) const;

  /// Moves out what has changed since the last call. Store it, then let `effects` out.
  void collect(Batch& batch, Effects& effects);

  /// For tests and displays.
  [[nodiscard]] const MeterState* meter(std::int64_t id) const;
  [[nodiscard]] const Account* site_account(std::int64_t site, AccountKind kind) const;
  [[nodiscard]] std::vector<Command> open_commands() const;
  [[nodiscard]] std::size_t readings_waiting() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace anju::platform
