#pragma once

// Looks on while the world runs, from outside of all programs: at what is committed, at what gateways report, and at
// the true contacts of the meters. What it sees wrong is kept with the moment.

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "tests/scenario/world/audit.hpp"
#include "tests/scenario/world/field.hpp"
#include "tests/scenario/world/gateway_box.hpp"

namespace anju::scenario {

class Watch {
 public:
  Watch(std::uint64_t seed, Timeline& time, Field& field);

  void gateway(const GatewayBox* box) { boxes_[box->code()] = box; }
  /// Lines of the story that people tell afterwards: called with what happens, when it matters.
  void narrate(std::function<void(const std::string&)> tell) { tell_ = std::move(tell); }

  void committed(const Tables& tables, const platform::Batch& batch);
  /// The platform goes on from these tables.
  void restored(const Tables& tables);
  /// Once a minute. on_since: of the platform, which runs.
  void minute(const Tables& tables, base::UtcMillis on_since);
  /// A gateway hears an acknowledgement or a command.
  void heard(const std::string& gateway, const wire::Ack* ack, const wire::Command* command);
  /// The platform has more of this stream than the acknowledgement says: it is an old one.
  [[nodiscard]] bool has_more(const wire::Ack& ack) const;
  void reported(const std::string& gateway, const wire::Event& event);
  /// After an exchange on the device's line.
  void look(const std::string& device);

  void wrong(const std::string& what);
  [[nodiscard]] const Findings& findings() const { return findings_; }

  struct Seen {
    std::int64_t verified = 0, trips = 0, reconnections = 0, crossings = 0, stale_reads = 0, forced = 0;
  };
  [[nodiscard]] const Seen& seen() const { return seen_; }

 private:
  struct Contact {
    bool open = false;
    std::int64_t orders = 0;
  };
  struct Presets {
    std::array<bool, 2> armed{true, true};  ///< the balance was above the preset since the last notice
  };
  struct Waiting {
    std::int64_t meter = 0;
    base::UtcMillis since;
  };
  /// Prints what concerns the device named by ANJU_TRACE.
  void trace(const std::string& device, const std::string& what) const;
  void tell(const std::string& what) const {
    if (tell_) tell_(what);
  }
  void check_new_order(const Tables& tables, const platform::SavedCommand& row);
  void check_books(const Tables& tables, const platform::Batch& batch);
  void check_stream(const Tables& tables, const platform::Batch& batch);
  void check_notices(const Tables& tables, const platform::Batch& batch);
  void follow_supply(const Tables& tables, const platform::Batch& batch);
  void follow_crossings(const platform::Batch& batch);
  void narrate_commit(const Tables& tables, const platform::Batch& batch) const;

  std::uint64_t seed_;
  Timeline& time_;
  Field& field_;
  std::map<std::string, const GatewayBox*> boxes_;
  std::map<std::string, Contact> contacts_;
  std::set<std::int64_t> known_commands_;
  std::map<std::int64_t, base::UtcMillis> forced_since_;  ///< by meter, while a person has tripped it
  std::set<std::string> tripped_by_hand_;                 ///< devices whose forced trip was verified, until the release
  std::map<std::int64_t, base::UtcMillis> newest_used_;   ///< by meter
  Reckoner reckoner_;
  std::map<std::int64_t, std::int64_t> stored_;                 ///< by stream: last_seq
  std::map<std::string, std::int64_t> ever_stored_;             ///< by epoch, also in tables that were given up
  std::set<std::string> sendable_;                              ///< wire ids of stored attempts
  std::map<std::int64_t, Presets> presets_;                     ///< by meter
  std::map<std::int64_t, Waiting> waiting_;                     ///< crossings that have not led to a verified trip
  std::map<std::pair<std::int64_t, std::int64_t>, std::set<std::int64_t>> alarmed_;  ///< active alarms by gateway and meter
  std::function<void(const std::string&)> tell_;
  std::string traced_;
  Findings findings_;
  Seen seen_;
};

}  // namespace anju::scenario
