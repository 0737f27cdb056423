#pragma once

// What an acceptance finds out about a site, and in the end its report: plain values, so that it can be kept over a restart.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gateway/core/line_findings.hpp"
#include "gateway/core/switch_test.hpp"
#include "gateway/local/acceptance_finding.hpp"
#include "gateway/local/present.hpp"
#include "protocols/base/money.hpp"
#include "protocols/base/time.hpp"
#include "protocols/wire/down.hpp"

namespace anju::gateway {

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

/// How far it is; once its step is done, the report.
struct AcceptanceReport {
  AcceptanceStep step = AcceptanceStep::reading;
  bool ended_early = false;
  std::string installer{};
  base::UtcMillis began, ended;
  int utc_offset_minutes = 480;
  std::int64_t archive_version = 0;
  std::vector<AcceptedDevice> devices{};  ///< as the archive orders them
  std::vector<AcceptedLine> lines{};
  std::vector<UnknownMeter> unknown{};
  std::vector<Found> found{};  ///< of the site
  LocalFacts facts{};          ///< as they were at the end

  [[nodiscard]] AcceptanceVerdict verdict() const;
  [[nodiscard]] std::size_t devices_done() const;
  /// Switch tests that are over, and all that were asked for.
  [[nodiscard]] std::pair<std::size_t, std::size_t> tests() const;
};

}  // namespace anju::gateway
