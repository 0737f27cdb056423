#pragma once

// A scan on a line that a running gateway lends: what is asked next, what was found so far, and why it ended. Gateway plays it between the orders of its
// line (gateway_scan.cpp); polls wait until it is over. Its result stays until the next begins.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/core/scan.hpp"
#include "gateway/core/scan_ear.hpp"
#include "protocols/base/id.hpp"

namespace anju::gateway {

/// Longer no line is lent: its meters are not read meanwhile. 32 meters of three protocols take five minutes.
inline constexpr base::Millis kLongestScan = base::hours(1);

enum class ScanEnd {
  complete,
  cancelled,
  line_down,        ///< the port was lost
  archive_changed,  ///< the line is gone, or is another
  too_long,         ///< kLongestScan
};
[[nodiscard]] std::string_view to_string(ScanEnd end);

class LineScan {
 public:
  LineScan(base::LineId line, LineUri uri, ScanSettings settings, base::UtcMillis now);

  /// The next question, if it is time for it; nullopt: not yet, or all was asked (is_over()).
  [[nodiscard]] std::vector<PortAction> ask(base::UtcMillis now);
  void received(base::ByteView bytes, base::UtcMillis now);
  /// True when an answer was waited for and is over now.
  [[nodiscard]] bool hear(base::UtcMillis now);
  void end(ScanEnd why, base::UtcMillis now);
  /// When ask() or hear() have something to do; nullopt: it is over.
  [[nodiscard]] std::optional<base::UtcMillis> wake() const;

  [[nodiscard]] bool is_over() const { return end_.has_value(); }
  [[nodiscard]] bool is_listening() const { return ear_.is_listening(); }
  [[nodiscard]] const base::LineId& line() const { return line_; }
  [[nodiscard]] const LineUri& uri() const { return uri_; }
  [[nodiscard]] base::UtcMillis began() const { return began_; }
  [[nodiscard]] base::UtcMillis ended() const { return ended_; }
  [[nodiscard]] std::optional<ScanEnd> why() const { return end_; }
  [[nodiscard]] std::size_t asked() const { return scan_ ? scan_->asked() : asked_; }
  [[nodiscard]] base::Millis time_left() const { return scan_ ? scan_->time_left() : base::Millis(0); }
  [[nodiscard]] base::Millis time_left_in_round() const { return scan_ ? scan_->time_left_in_round() : base::Millis(0); }
  [[nodiscard]] bool in_second_round() const { return scan_ && scan_->in_second_round(); }
  /// "dlt645-2007 2400 8E1"; empty when nothing is asked.
  [[nodiscard]] const std::string& trying() const { return trying_; }
  /// The result, in the order in which they were found.
  [[nodiscard]] const std::vector<FoundMeter>& found() const { return scan_ ? scan_->found() : found_; }
  /// Who answers, but never with a whole frame; and branches of several, none of whom could be told apart.
  [[nodiscard]] std::size_t unclear() const { return scan_ ? scan_->clashes().size() + scan_->unresolved().size() : unclear_; }
  [[nodiscard]] bool heard_noise_only() const { return scan_ ? scan_->heard_noise_only() : noise_; }

 private:
  base::LineId line_;
  LineUri uri_;
  base::UtcMillis began_, ended_;
  std::optional<Scan> scan_;  ///< until it is over: then only what it found is kept
  ScanEar ear_;
  std::optional<ScanEnd> end_;
  std::string trying_;
  std::vector<FoundMeter> found_;
  std::size_t asked_ = 0, unclear_ = 0;
  bool noise_ = false;
};

}  // namespace anju::gateway
