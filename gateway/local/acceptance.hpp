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
#include "gateway/core/line_findings.hpp"
#include "gateway/core/switch_test.hpp"
#include "gateway/local/acceptance_finding.hpp"
#include "gateway/local/present.hpp"

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

enum class AcceptanceStep { reading, switching, settling, done };
[[nodiscard]] std::string_view to_string(AcceptanceStep step);

enum class AcceptanceVerdict {
  passed,
  remarks,     ///< passed, and something should be looked at
  failed,
  incomplete,  ///< ended before it was through
};
[[nodiscard]] std::string_view to_string(AcceptanceVerdict verdict);

struct AcceptedReading {
  base::UtcMillis at;
  base::Quantity total;
  bool tariffs = false;  ///< it had all four
};

struct AcceptedDevice {
  wire::ArchiveDevice entry;
  std::string format{}, unit{}, switch_name{};  ///< "9600 8N1", "kWh", "relay"; empty where it cannot be asked
  bool may_switch = false;                      ///< the installer allowed the test
  int asked = 0;
  std::vector<AcceptedReading> readings{};
  std::int64_t ok = 0, timeouts = 0, bad_frames = 0;  ///< tries while it was asked for this
  std::int64_t p50_ms = 0, p99_ms = 0;                ///< of its last 128 answers
  std::string state{};                                ///< of relay or valve, in its own word
  std::optional<std::int64_t> clock_offset_s{};       ///< meter minus gateway, read for this
  std::optional<TestResult> test{};
  std::string test_reason{};
  base::Millis opened_after{}, closed_after{};
  bool done = false;
  std::vector<Found> found{};

  [[nodiscard]] AcceptanceVerdict verdict() const;
};

struct AcceptedLine {
  wire::ArchiveLine entry;
  bool up = false;
  std::string why{};
  std::int64_t ok = 0, timeouts = 0, bad_frames = 0;  ///< since the gateway opened it
  std::vector<LineFinding> causes{};                   ///< what its last tries look like
};

/// Found by a scan before, and not in the archive.
struct UnknownMeter {
  std::string line{}, address{}, dialect{}, format{}, state{};
  std::string total{}, unit{};  ///< decimal text; empty: not told
};

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

  [[nodiscard]] AcceptanceStep at() const { return step_; }
  [[nodiscard]] bool is_done() const { return step_ == AcceptanceStep::done; }
  [[nodiscard]] AcceptanceVerdict verdict() const;
  [[nodiscard]] const std::vector<AcceptedDevice>& devices() const { return devices_; }
  [[nodiscard]] const std::vector<AcceptedLine>& lines() const { return lines_; }
  [[nodiscard]] const std::vector<UnknownMeter>& unknown() const { return unknown_; }
  [[nodiscard]] const std::vector<Found>& found() const { return found_; }  ///< of the site
  [[nodiscard]] const LocalFacts& facts() const { return facts_; }          ///< as they were at the end
  [[nodiscard]] const std::string& installer() const { return installer_; }
  [[nodiscard]] base::UtcMillis began() const { return began_; }
  [[nodiscard]] base::UtcMillis ended() const { return ended_; }
  [[nodiscard]] int utc_offset_minutes() const { return utc_offset_minutes_; }
  [[nodiscard]] std::int64_t archive_version() const { return archive_version_; }
  [[nodiscard]] std::size_t devices_done() const;
  /// Switch tests that are over, and all that were asked for.
  [[nodiscard]] std::pair<std::size_t, std::size_t> tests() const;

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

  std::string name_, installer_;
  base::UtcMillis began_, ended_;
  int utc_offset_minutes_ = 480;
  std::int64_t archive_version_ = 0;
  std::vector<UnknownMeter> unknown_;
  AcceptanceStep step_ = AcceptanceStep::reading;
  bool cancelled_ = false;
  std::vector<AcceptedDevice> devices_;
  std::vector<AcceptedLine> lines_;
  std::map<base::LineId, Reading> reading_;  ///< a device of each line that is read now
  std::map<base::LineId, std::size_t> next_;  ///< where its next device is looked for
  std::map<base::DeviceId, std::optional<base::UtcMillis>> clocks_before_;
  std::set<base::DeviceId> clocks_;  ///< that are to be read
  std::optional<std::size_t> testing_;
  std::optional<base::UtcMillis> settle_until_;
  std::int64_t target_seq_ = 0;
  std::uint64_t orders_ = 0;
  std::vector<Found> found_;
  LocalFacts facts_;
};

}  // namespace anju::gateway
