#pragma once

// The report of an acceptance, to hand over: JSON for programs, one page of HTML for people and paper. Whatever came from outside (names, addresses,
// what a port said) is escaped there.
//
// JSON: {
//   "format": "anju-acceptance-1",        another number when a field changes its meaning; readers skip fields that they do not know
//   "verdict", "step": codes,             of AcceptanceVerdict and AcceptanceStep; "incomplete" until step is "done"
//   "site", "gateway", "software", "installer": text, "archive_version": number,
//   "began", "ended": milliseconds UTC or null, "utc_offset_minutes",
//   "progress": {"devices", "devices_done", "tests", "tests_done"},
//   "uplink": {"connected", "why", "last_seq", "through", "unacknowledged", "acknowledged_ago_ms"},  null: not since the gateway's start
//   "clock_synchronised": true, false or null (the system does not tell),
//   "network": [{"name", "up", "addresses", "signal_dbm"}],
//   "found": [{"code", "fails", "detail", "text": [Chinese, English]}],  of the site
//   "unknown": [{"line", "address", "dialect", "format", "total", "unit", "state"}],  found by a scan before, not in the archive; texts, empty: not told
//   "lines": [{"id", "uri", "up", "why", "ok", "timeouts", "bad_frames", "causes": as causes_json() (line_causes.hpp)}],
//   "devices": [{"id", "address", "line", "format", "dialect", "model", "kind", "unit", "readings": [{"at", "total"}], "asked", "ok", "timeouts",
//     "bad_frames", "p50_ms", "p99_ms", "switch", "state", "clock_offset_s", "test": null or {"result", "reason", "opened_after_ms", "closed_after_ms"},
//     "verdict", "found"}]}
// Registers are decimal text in the unit; asked counts readings, ok, timeouts and bad_frames tries.

#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "gateway/local/acceptance.hpp"

namespace anju::gateway {

[[nodiscard]] boost::json::object report_json(const Acceptance& acceptance);
/// Without devices and lines: what a page that waits asks for again and again.
[[nodiscard]] boost::json::object progress_json(const Acceptance& acceptance);
/// Chinese and English beside each other, for A4 across. It loads nothing.
[[nodiscard]] std::string report_html(const Acceptance& acceptance);
/// Text as it may stand in HTML, also between quotes.
[[nodiscard]] std::string escape_html(std::string_view text);

}  // namespace anju::gateway
