#pragma once

// The report of an acceptance, to hand over and to keep: JSON for programs, one page of HTML for people and paper. Whatever came from outside (names,
// addresses, what a port said) is escaped there.
//
// JSON: {
//   "format": "anju-acceptance-1",        another number when a field changes its meaning; readers skip fields that they do not know
//   "verdict", "step": codes,             of AcceptanceVerdict and AcceptanceStep; "incomplete" until step is "done"
//   "site", "gateway", "software", "installer": text, "archive_version": number,
//   "began", "ended": milliseconds UTC or null, "utc_offset_minutes",
//   "progress": {"devices", "devices_done", "tests", "tests_done"},
//   "uplink": {"connected", "why", "last_seq", "through", "unacknowledged", "acknowledged_ago_ms"},  null: not since the gateway's start
//   "spool": {"used_bytes", "full"},
//   "clock_synchronised": true, false or null (the system does not tell),
//   "network": [{"name", "up", "addresses", "signal_dbm"}],
//   "found": [{"code", "fails", "detail", "text": [Chinese, English]}],  of the site
//   "unknown": [{"line", "address", "dialect", "format", "total", "unit", "state"}],  found by a scan before, not in the archive; texts, empty: not told
//   "lines": [{"id", "uri", "up", "why", "ok", "timeouts", "bad_frames", "causes": as causes_json() (line_causes.hpp)}],
//   "devices": [{"id", "address", "line", "baud", "format", "dialect", "model", "profile", "kind", "unit", "readings": [{"at", "total"}], "asked", "ok", "timeouts",
//     "bad_frames", "p50_ms", "p99_ms", "has_switch", "may_switch", "switch", "state", "clock_offset_s", "test": null or {"result", "reason", "opened_after_ms", "closed_after_ms"},
//     "verdict", "found"}]}
// Registers are decimal text in the unit; asked counts readings, ok, timeouts and bad_frames tries; baud: null where it is the line's; profile: the text of
// wire/profile.hpp without passwords. Free text is cut at wire::kMaxText characters.
//
// Whoever asks the gateway for it gets one field more, "changed": null, or what the archive has that was not accepted, and the other way round:
// {"archive_version", "added": {"count", "devices": [{"id", "address"}]}, "removed": …, "altered": …}, with the first kMostNamed of each.

#include <string>
#include <string_view>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "gateway/local/acceptance_changes.hpp"
#include "gateway/local/accepted.hpp"
#include "protocols/base/result.hpp"

namespace anju::gateway {

/// Bytes of a report that is kept: some 5000 devices that all have findings.
inline constexpr std::size_t kMostReport = 8 * 1024 * 1024;
/// Devices, lines and unknown meters of a report that is read again, each.
inline constexpr std::size_t kMostReported = 20'000;

[[nodiscard]] boost::json::object report_json(const AcceptanceReport& report);
/// Without devices and lines: what a page that waits asks for again and again.
[[nodiscard]] boost::json::object progress_json(const AcceptanceReport& report);
/// The field "changed".
[[nodiscard]] boost::json::value changes_json(const ChangesSince& changes);
/// A report that was over, as report_json() wrote it. Any bytes are taken. Errors (wire::Errc, with the field's path): not_json, too_large, missing_field,
/// bad_field, also where a verdict does not follow from the findings beside it.
[[nodiscard]] base::Result<AcceptanceReport> decode_report(std::string_view text);
/// Chinese and English beside each other, for A4 across. It loads nothing. changes: what it does not speak for stands above everything else.
[[nodiscard]] std::string report_html(const AcceptanceReport& report, const ChangesSince& changes);
/// Text as it may stand in HTML, also between quotes.
[[nodiscard]] std::string escape_html(std::string_view text);

}  // namespace anju::gateway
