// How gateways are heard: their state, who went silent, and a stream that is not the one before.

#include <algorithm>
#include <utility>

#include "platform/domain/ledger_impl.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {
namespace {

/// Counters and versions that a gateway claims are followed up to here. Honest ones are milliseconds since 1970 and small numbers; what
/// lies above would use up the range of the wire, and no command could be sent any more, not even after its key was changed.
constexpr std::int64_t kGreatestClaim = wire::kMaxInteger / 2;

}  // namespace

bool Ledger::Impl::hear_state(GatewayState& gateway, const wire::GatewayState& state, base::UtcMillis now) {
  // A last will carries the time of its connection: it is never older than that connection's own words, and never newer.
  const bool newer = state.at > gateway.word_at;
  if (state.online && (state.at < gateway.word_at || (gateway.silent && !newer))) return false;  // said before, repeated by the broker
  // A clock that ran ahead and was set right must not make its gateway unheard until then.
  gateway.word_at = std::max(gateway.word_at, std::min(state.at, now + kClockTolerance));
  if (newer) {
    gateway.heard = now;
    gateway.silent = false;
  }
  gateway.changed = true;
  if (state.last_counter > gateway.row.counter && state.last_counter < kGreatestClaim) {
    gateway.row.counter = state.last_counter;
    gateway.dirty = true;
  }
  if (state.online && state.archive_version != gateway.row.archive_version) {
    if (state.archive_version > gateway.row.archive_version && state.archive_version < kGreatestClaim) {
      // This database is older than what the gateway holds (a restored backup): only a higher version replaces that.
      gateway.row.archive_version = state.archive_version + 1;
      gateway.said_archive = -state.archive_version;
      gateway.dirty = true;
    }
    gateway.archive_due = true;
  }
  if (state.online && state.archive_version <= gateway.row.archive_version) {
    if (state.archive_version > -gateway.said_archive) gateway.said_archive = state.archive_version;
    gateway.said_epoch = state.epoch;
    gateway.said_seq = state.last_seq;
    note_archive(gateway);
  }
  if (state.online) compare_stream(gateway, state, now);
  if (state.online && state.upgrade) hear_upgrade(gateway, *state.upgrade, now);
  if (state.online == gateway.row.online) return true;
  if (!state.online) {
    go_offline(gateway, "", now);
    return true;
  }
  note_connection(gateway, 0, true, now);
  gateway.row.online = true;
  gateway.row.since = now;
  gateway.dirty = true;
  clear("gateway_offline", gateway.row.id, 0, "", 0, now);
  for (auto& [id, open] : commands) {
    if (meters[open.meter].gateway == gateway.row.id && open.command.state == CommandState::sent) open.command.next_try = now;
  }
  for (auto& [index, at] : watch) {
    if (meters[index].gateway == gateway.row.id) at = now;
  }
  return true;
}

void Ledger::Impl::note_connection(const GatewayState& gateway, std::int64_t meter, bool online, base::UtcMillis at) {
  batch.connections.push_back({++newest.connection, gateway.row.owner, gateway.row.id, meter, at, online});
}

void Ledger::Impl::go_offline(GatewayState& gateway, std::string why, base::UtcMillis now) {
  note_connection(gateway, 0, false, now);
  gateway.row.online = false;
  gateway.row.since = now;
  gateway.dirty = gateway.changed = true;
  raise(gateway.row.owner, "gateway_offline", true, gateway.row.id, 0, "", 0, std::move(why), now);
}

/// A broker that hands on the words of a gateway and withholds its events would give its meters electricity for nothing.
void Ledger::Impl::compare_stream(GatewayState& gateway, const wire::GatewayState& state, base::UtcMillis now) {
  const std::int64_t stored = state.epoch == gateway.stream.epoch ? gateway.stream.last_seq : 0;
  if (state.last_seq <= stored) {
    gateway.behind_since = {};
    return clear("stream_behind", gateway.row.id, 0, "", 0, now);
  }
  if (gateway.behind_since.value == 0) gateway.behind_since = now;
  if (now - std::max(gateway.behind_since, gateway.row.last_event) < kBehind) return clear("stream_behind", gateway.row.id, 0, "", 0, now);
  raise(gateway.row.owner, "stream_behind", true, gateway.row.id, 0, "", 0,
        wire::detail({{"newest", std::to_string(state.last_seq)}, {"stored", std::to_string(stored)}}), now);
}

void Ledger::Impl::tick_silence(base::UtcMillis now) {
  for (const auto& gateway : gateways) {
    if (!gateway->row.online) continue;
    if (gateway->heard.value == 0) gateway->heard = now;  // from before this start
    if (now - gateway->heard < kSilence) continue;
    gateway->silent = true;
    go_offline(*gateway, wire::detail({{"silent_minutes", std::to_string(kSilence.value / 60'000)}}), now);
  }
}

}  // namespace anju::platform
