#pragma once

// What an acceptance may find: a code for programs, whether it fails what it is about, and for people in both languages what it means and what to do.

#include <array>
#include <string>
#include <string_view>

namespace anju::gateway {

enum class Finding {
  // of a device
  bad_entry,          ///< the archive describes it in a way that is not understood
  line_down,          ///< its line is not open
  no_answer,          ///< not one of the readings came
  lost_readings,      ///< fewer than kAcceptanceReadings came
  runs_backwards,     ///< a later reading was smaller than an earlier one
  disturbed,          ///< some tries were not answered, or damaged
  slow,               ///< 99 % of its answers took longer than the standard allows
  clock_unread,       ///< it has a clock that could not be read
  clock_adrift,       ///< that is far from the gateway's
  profile_unconfirmed,
  tariffs_unread,     ///< the archive wants four tariffs, and no reading had them
  state_unread,       ///< it can cut off, and does not say how that stands
  switch_failed,
  switch_left_open,
  switch_not_done,    ///< the test was asked for and not carried out
  not_checked,        ///< the acceptance was ended before
  // of the site
  no_devices,
  broker_down,
  not_acknowledged,   ///< the platform has not confirmed what was read
  clock_not_set,
  clock_alone,        ///< no time server sets it
  clock_unknown,      ///< the system does not say whether one does
  spool_full,
  weak_signal,
  line_closed,        ///< a line of the archive is not open
  not_in_archive,     ///< a scan found meters that the archive does not have
};

struct FindingText {
  Finding finding = Finding::not_checked;
  std::string_view code;
  bool fails = false;  ///< otherwise a remark
  std::array<std::string_view, 2> text{};  ///< Chinese, English: what it is, and what to do
};

/// Total; of a value that is none, an empty one.
[[nodiscard]] const FindingText& text_of(Finding finding);
/// By its code; null: no finding has it.
[[nodiscard]] const FindingText* find_finding(std::string_view code);

struct Found {
  Finding finding = Finding::not_checked;
  std::string detail{};  ///< a code, a number with its unit, or what a port said; it may come from outside and is escaped where it is shown
  bool operator==(const Found&) const = default;
};

}  // namespace anju::gateway
