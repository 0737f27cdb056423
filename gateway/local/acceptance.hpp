#pragma once

// The acceptance of a whole site: every device of the archive is read three times by its own address and judged, relays and valves are tested where the
// installer allowed it for that device, and at the end the platform has to confirm that it has what was read. Pure: outcomes of local commands, readings
// and facts in, orders out; the running gateway carries them out as it does those of anybody who looks. Ends by itself: every order has an end, and so
// has every wait.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/core/gateway.hpp"
#include "gateway/core/switch_test.hpp"
#include "gateway/local/accepted.hpp"

namespace anju::gateway {

inline constexpr int kAcceptanceReadings = 3;
/// Lines that are read at one time, a device of each; the others wait.
inline constexpr std::size_t kMostLinesTogether = 8;
/// For clocks that are still to be read, and for the platform's confirmation.
inline constexpr base::Millis kSettle = base::seconds(45);
/// For a connection that is just being made again.
inline constexpr base::Millis kReconnect = base::seconds(10);
/// A device that somebody else orders about is asked again so often, after so long.
inline constexpr int kMostBusyTries = 12;
inline constexpr base::Millis kBusyAgain = base::seconds(5);
/// DL/T645-2007 5.3.3: a reply begins within 500 ms. The others say nothing as clear.
inline constexpr base::Millis kSlowAnswer(500);
/// Below this a radio link is lost now and then (802.11; what installers of gateways go by).
inline constexpr int kWeakSignal_dbm = -80;
inline constexpr std::size_t kMostInstaller = 60;  ///< bytes of a name

/// What an acceptance asks for now.
struct AcceptanceWants {
  std::vector<wire::Command> orders;
  std::vector<base::DeviceId> clocks;  ///< to be read (ClockWanted)
  std::optional<base::DeviceId> test;  ///< a switch test of this one begins; tested() says how it ended
};

class Acceptance {
 public:
  /// name: of its orders, an id of at most 40 characters. may_switch: those of the archive whose relay or valve may be tested.
  Acceptance(const Gateway& gateway, std::string name, std::string installer, const std::set<base::DeviceId>& may_switch, std::vector<UnknownMeter> unknown,
             base::UtcMillis now);

  /// What to do now; called again after every input, and about once a second. facts are looked at while it settles only.
  [[nodiscard]] AcceptanceWants step(const Gateway& gateway, const LocalFacts& facts, base::UtcMillis now);
  void heard(const wire::CommandEvent& event, const Gateway& gateway, base::UtcMillis now);
  void seen(const wire::Reading& reading);
  /// A switch test that is over, or left its device open: the report says what was so when it was tested, not what a later try came to.
  void tested(const TestState& test);
  /// A switch test that is under way goes on to its end by itself.
  void cancel(const Gateway& gateway, const LocalFacts& facts, base::UtcMillis now);

  [[nodiscard]] AcceptanceStep at() const { return report_.step; }
  [[nodiscard]] bool is_done() const { return report_.step == AcceptanceStep::done; }
  [[nodiscard]] const AcceptanceReport& report() const { return report_; }

 private:
  struct Reading {
    std::size_t device = 0;
    base::CommandId order;
    std::optional<base::UtcMillis> again;  ///< it was busy
    int busy = 0;
    Counts before;
  };
  void read(const Gateway& gateway, base::UtcMillis now, AcceptanceWants& wants);
  void begin(Reading& reading, const Gateway& gateway, base::UtcMillis now, AcceptanceWants& wants);
  void order(Reading& reading, base::UtcMillis now, AcceptanceWants& wants);
  void close(const Reading& reading, const Gateway& gateway);
  void test_next(AcceptanceWants& wants);
  void settle(const Gateway& gateway, const LocalFacts& facts, base::UtcMillis now);
  [[nodiscard]] bool is_settled(const Gateway& gateway, const LocalFacts& facts, base::UtcMillis now) const;
  void judge(AcceptedDevice& device, const Gateway& gateway);
  void finish(const Gateway& gateway, const LocalFacts& facts, base::UtcMillis now);
  void judge_site();

  std::string name_;
  AcceptanceReport report_;
  std::map<base::LineId, Reading> reading_;  ///< a device of each line that is read now
  std::map<base::LineId, std::size_t> next_;  ///< where its next device is looked for
  std::map<base::DeviceId, std::optional<base::UtcMillis>> clocks_before_;
  std::set<base::DeviceId> clocks_;  ///< that are to be read
  std::optional<std::size_t> testing_;
  std::optional<base::UtcMillis> settle_until_;
  std::int64_t target_seq_ = 0;
  std::uint64_t orders_ = 0;
};

}  // namespace anju::gateway
