// The report as a page of paper: the style stands in it, and nothing is loaded.

#include <cstdio>
#include <initializer_list>

#include "gateway/local/acceptance_report.hpp"
#include "gateway/local/line_causes.hpp"

namespace anju::gateway {
namespace {

constexpr std::string_view kHead = R"(<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<style>
@page { size: A4 landscape; margin: 12mm; }
:root { --ink: #14181f; --dim: #51596a; --edge: #b9c1cd; --ground: #fff; --good: #1a7f42; --slow: #a35200; --bad: #c22530; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #eef1f6; --dim: #a9b3c4; --edge: #3a4352; --ground: #0e1116; --good: #52c97c; --slow: #f0a04b; --bad: #ff7b81; }
}
body { margin: 0 auto; padding: 12px; max-width: 1120px; background: var(--ground); color: var(--ink); font: 13px/1.4 system-ui, "Noto Sans CJK SC", sans-serif; }
h1 { font-size: 22px; margin: 0 0 4px; } h2 { font-size: 16px; margin: 18px 0 6px; }
.verdict { font-size: 20px; font-weight: 700; border: 2px solid; border-radius: 8px; padding: 6px 12px; margin: 10px 0; }
.passed { color: var(--good); } .remarks, .incomplete { color: var(--slow); } .failed { color: var(--bad); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; } th, td { border: 1px solid var(--edge); padding: 3px 6px; text-align: start; vertical-align: top; }
th { font-weight: 600; } td.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead { display: table-header-group; } tr { break-inside: avoid; }
.dim { color: var(--dim); } .address { font-family: ui-monospace, "DejaVu Sans Mono", monospace; }
td > div + div, p + div, table + div { margin-top: 4px; }
.sign { display: flex; gap: 40px; margin-top: 34px; break-inside: avoid; } .sign div { flex: 1; border-top: 1px solid var(--ink); padding-top: 4px; }
</style>
)";

std::string when(base::UtcMillis at, int utc_offset_minutes) {
  const auto time = base::to_civil(at, utc_offset_minutes);
  char text[80];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d:%02d", time.year, time.month, time.day, time.hour, time.minute, time.second);
  return text;
}

std::string_view name_of(AcceptanceVerdict verdict) {
  switch (verdict) {
    case AcceptanceVerdict::passed: return "通过 Passed";
    case AcceptanceVerdict::remarks: return "通过，有备注 Passed with remarks";
    case AcceptanceVerdict::failed: return "未通过 Failed";
    case AcceptanceVerdict::incomplete: return "未完成 Incomplete";
  }
  return {};
}

std::string_view name_of(TestResult result) {
  switch (result) {
    case TestResult::passed: return "通过 passed";
    case TestResult::refused: return "未执行 not done";
    case TestResult::failed: return "未通过 failed";
    case TestResult::left_open: return "未恢复 left open";
    case TestResult::running: return "…";
  }
  return {};
}

/// Escapes what it adds; html() is for what is written here.
class Page {
 public:
  Page& html(std::string_view text) {
    text_ += text;
    return *this;
  }
  Page& add(std::string_view text) {
    text_ += escape_html(text);
    return *this;
  }
  void row(std::string_view label, std::string_view value) { html("<tr><th>").add(label).html("</th><td>").add(value).html("</td></tr>\n"); }
  void cell(std::string_view value) { html("<td>").add(value).html("</td>"); }
  void number(std::string_view value) { html("<td class=\"number\">").add(value).html("</td>"); }
  void head(std::initializer_list<std::string_view> labels) {
    html("<div class=\"wide\"><table><thead><tr>");
    for (const auto label : labels) html("<th>").add(label).html("</th>");
    html("</tr></thead>\n<tbody>\n");
  }
  void end() { html("</tbody></table></div>\n"); }
  void found(const std::vector<Found>& found) {
    for (const auto& one : found) {
      const auto& text = text_of(one.finding);
      html("<div class=\"").html(text.fails ? "failed" : "remarks").html("\">").add(text.text[0]).html("<br>").add(text.text[1]);
      if (!one.detail.empty()) html(" (").add(one.detail).html(")");
      html("</div>");
    }
  }
  void causes(const AcceptedLine& line) {
    html("<td>");
    for (const auto& one : line.causes) html("<div class=\"remarks\">").add(sentence(one, 0)).html("<br>").add(sentence(one, 1)).html("</div>");
    html(line.causes.empty() ? "–</td>" : "</td>");
  }
  [[nodiscard]] std::string take() && { return std::move(text_); }

 private:
  std::string text_;
};

std::string uplink_text(const LocalFacts& facts) {
  auto text = std::string(facts.connected ? "已连接 connected" : "未连接 not connected");
  if (!facts.connected && !facts.broker_why.empty()) text += ": " + facts.broker_why;
  text += "; " + std::to_string(facts.through) + " / " + std::to_string(facts.last_seq) + " 条已确认 events confirmed";
  if (facts.acknowledged_ago) text += "; " + std::to_string(facts.acknowledged_ago->value / 1000) + " s 前 ago";
  return text;
}

std::string network_text(const LocalFacts& facts) {
  std::string text;
  for (const auto& one : facts.network) {
    text += (text.empty() ? "" : "; ") + one.name + (one.up ? "" : " (无连接 no link)");
    for (const auto& address : one.addresses) text += " " + address;
    if (one.signal_dbm) text += " " + std::to_string(*one.signal_dbm) + " dBm";
  }
  return text.empty() ? "–" : text;
}

std::string_view synchronised_text(const LocalFacts& facts) {
  if (!facts.clock_synchronised) return "未知 unknown";
  return *facts.clock_synchronised ? "已校时 synchronised" : "没有校时 not synchronised";
}

std::string test_text(const AcceptedDevice& device) {
  if (!device.entry.valve) return "–";
  if (!device.test) return device.may_switch ? "未完成 not finished" : "未测 not tested";
  std::string text(name_of(*device.test));
  const auto seconds = [](base::Millis span) { return std::to_string(span.value / 1000) + "." + std::to_string(span.value % 1000 / 100) + " s"; };
  if (*device.test == TestResult::passed) text += " (" + seconds(device.opened_after) + " / " + seconds(device.closed_after) + ")";
  return text;
}

void add_device(Page& page, const AcceptedDevice& device, std::size_t number) {
  const auto& entry = device.entry;
  const auto readings = [&] {
    std::string text;
    for (const auto& reading : device.readings) text += (text.empty() ? "" : " · ") + base::format(reading.total);
    return text.empty() ? std::string("–") : text + " " + device.unit;
  };
  page.html("<tr data-device=\"").add(entry.id.value).html("\">");
  page.number(std::to_string(number));
  page.html("<td class=\"address\">").add(entry.address).html("<div class=\"dim\">").add(entry.id.value).html("</div></td>");
  page.cell(entry.profile.dialect + (entry.profile.model.empty() ? "" : " " + entry.profile.model));
  page.cell(entry.line.value + (device.format.empty() ? "" : ", " + device.format));
  page.number(readings());
  page.cell(device.state.empty() ? "–" : device.switch_name + " " + device.state);
  page.number(device.readings.empty() ? "–" : std::to_string(device.p50_ms) + " / " + std::to_string(device.p99_ms));
  page.number(std::to_string(device.ok) + " / " + std::to_string(device.timeouts) + " / " + std::to_string(device.bad_frames));
  page.number(device.clock_offset_s ? std::to_string(*device.clock_offset_s) + " s" : "–");
  page.cell(test_text(device));
  page.html("<td><strong class=\"").html(to_string(device.verdict())).html("\">").add(name_of(device.verdict())).html("</strong>");
  page.found(device.found);
  page.html("</td></tr>\n");
}

void add_unknown(Page& page, const std::vector<UnknownMeter>& unknown) {
  page.html("<h2>扫描发现，档案外 Found by a scan, not in the archive</h2>\n");
  page.head({"表号 Address", "规约 Protocol", "线路 Line", "表底 Register", "状态 State"});
  for (const auto& one : unknown) {
    page.html("<tr data-unknown=\"").add(one.address).html("\"><td class=\"address\">").add(one.address).html("</td>");
    page.cell(one.dialect), page.cell(one.line + ", " + one.format), page.number(one.total.empty() ? "–" : one.total + " " + one.unit);
    page.cell(one.state.empty() ? "–" : one.state);
    page.html("</tr>\n");
  }
  page.end();
}

void add_changed(Page& page, std::string_view what, const ChangedDevices& devices) {
  if (devices.count == 0) return;
  page.html("<div>").add(what).add(" " + std::to_string(devices.count) + ": ");
  std::string_view between;
  for (const auto& one : devices.named) {
    page.add(between).html("<span class=\"address\" data-changed=\"").add(one.id).html("\">").add(one.address).html("</span>").add(" (" + one.id + ")");
    between = ", ";
  }
  page.html(devices.count > devices.named.size() ? " …</div>\n" : "</div>\n");
}

/// Above everything else, and on paper, too.
void add_changes(Page& page, const ChangesSince& changes) {
  page.html("<div class=\"verdict failed\" data-testid=\"changed\">")
      .add("档案此后已更改，本报告不适用于现在的配置 The archive has changed since: this report does not speak for what is there now");
  page.html("<div class=\"dim\">").add("现档案版本 Archive version now " + std::to_string(changes.archive_version)).html("</div>\n");
  add_changed(page, "新增，未验收 Added, not accepted", changes.added);
  add_changed(page, "已移除 Taken away", changes.removed);
  add_changed(page, "已更改，未验收 Altered, not accepted", changes.altered);
  page.html("</div>\n");
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\'': escaped += "&#39;"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

std::string report_html(const AcceptanceReport& report, const ChangesSince& changes) {
  const auto& facts = report.facts;
  const auto offset = report.utc_offset_minutes;
  const auto verdict = report.verdict();
  Page page;
  page.html(kHead).html("<title>").add("验收报告 Acceptance " + facts.site + " " + facts.gateway).html("</title>\n</head>\n<body>\n");
  page.html("<h1>现场验收报告 Acceptance report</h1>\n");
  if (changes.any()) add_changes(page, changes);
  // What passed then is no good sign of what is there now.
  const bool outdated = changes.any() && verdict == AcceptanceVerdict::passed;
  page.html("<p class=\"verdict ").html(outdated ? to_string(AcceptanceVerdict::remarks) : to_string(verdict)).html("\">").add(name_of(verdict));
  page.add(", " + when(report.ended, offset)).html("</p>\n<table><tbody>\n");
  page.row("小区 Site", facts.site);
  page.row("网关 Gateway", facts.gateway + ", " + facts.software);
  page.row("验收人 Accepted by", report.installer);
  page.row("时间 Time", when(report.began, offset) + " – " + (report.step == AcceptanceStep::done ? when(report.ended, offset) : "…"));
  page.row("档案版本 Archive version", std::to_string(report.archive_version));
  page.row("平台 Platform", uplink_text(facts));
  page.row("缓存 Spool", std::to_string(facts.used_bytes / 1024) + " KiB" + (facts.full ? ", 已满 full" : ""));
  page.row("网关时钟 Clock", synchronised_text(facts));
  page.row("网络 Network", network_text(facts));
  page.html("</tbody></table>\n");
  page.found(report.found);
  page.html("<h2>线路 Lines</h2>\n");
  page.head({"线路 Line", "端口 Port", "状态 State", "正常 / 超时 / 校验错 good / timeout / checksum", "线路诊断 What it looks like"});
  for (const auto& line : report.lines) {
    page.html("<tr>");
    page.cell(line.entry.id.value), page.cell(line.entry.uri), page.cell(line.up ? "通 up" : "断开 down: " + line.why);
    page.number(std::to_string(line.ok) + " / " + std::to_string(line.timeouts) + " / " + std::to_string(line.bad_frames));
    page.causes(line);
    page.html("</tr>\n");
  }
  page.end();
  page.html("<h2>设备 Devices</h2>\n");
  page.head({"#", "表号 Address", "规约型号 Protocol, model", "线路 Line", "表底 Register", "状态 State", "应答 p50 / p99 ms", "正常 / 超时 / 校验错 good / timeout / checksum",
             "表钟 Clock", "开关测试 Switch test", "结论 Verdict"});
  std::size_t number = 0;
  for (const auto& device : report.devices) add_device(page, device, ++number);
  page.end();
  if (!report.unknown.empty()) add_unknown(page, report.unknown);
  page.html("<div class=\"sign\"><div>安装 Installed by</div><div>接收 Received by</div><div>日期 Date</div></div>\n</body>\n</html>\n");
  return std::move(page).take();
}

}  // namespace anju::gateway
