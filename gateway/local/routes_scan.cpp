// A scan on one of the gateway's own lines, as the page asks for it.

#include <algorithm>
#include <utility>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "gateway/core/errc.hpp"
#include "gateway/local/body.hpp"
#include "gateway/local/found.hpp"
#include "gateway/local/routes.hpp"

namespace anju::gateway {
namespace {

/// nullopt: an entry that is no protocol, or none at all.
std::optional<ScanChoice> choice_of(const boost::json::object& body) {
  const auto* protocols = body.if_contains("protocols");
  if (protocols == nullptr || !protocols->is_array() || protocols->as_array().empty()) return std::nullopt;
  ScanChoice choice{.dlt645 = false, .cjt188 = false, .modbus = false};
  for (const auto& one : protocols->as_array()) {
    const std::string_view name = one.is_string() ? std::string_view(one.as_string().data(), one.as_string().size()) : std::string_view();
    bool* wanted = name == "dlt645" ? &choice.dlt645 : name == "cjt188" ? &choice.cjt188 : name == "modbus" ? &choice.modbus : nullptr;
    if (wanted == nullptr) return std::nullopt;
    *wanted = true;
  }
  return choice;
}

}  // namespace

bool LocalRoutes::is_unknown(const FoundMeter& meter) const {
  const auto* archive = gateway_.archive();
  if (archive == nullptr || !meter.answers) return meter.answers;
  const auto address = meter.text();
  return std::ranges::none_of(archive->devices, [&](const wire::ArchiveDevice& device) {
    const auto family = std::string_view(device.profile.dialect).substr(0, 6);
    return device.line == gateway_.scan()->line() && device.address == address && to_string(meter.root.dialect).starts_with(family);
  });
}

std::vector<UnknownMeter> LocalRoutes::unknown_meters() const {
  std::vector<UnknownMeter> unknown;
  if (gateway_.scan() == nullptr) return unknown;
  for (const auto& meter : gateway_.scan()->found()) {
    if (!is_unknown(meter)) continue;
    unknown.push_back({gateway_.scan()->line().value, meter.text(), std::string(to_string(meter.root.dialect)), text_of(meter.root.format), meter.state,
                       meter.total ? base::format(*meter.total) : std::string(), std::string(unit_of(meter, gateway_.profiles()))});
  }
  return unknown;
}

LocalResponse LocalRoutes::scan(const LocalRequest&) {
  scan_seen_ = ports_.steady();
  const auto* scan = gateway_.scan();
  if (scan == nullptr) return answer_json(boost::json::object{{"scan", nullptr}});
  boost::json::object object{{"line", scan->line().value}, {"running", !scan->is_over()}, {"began", scan->began().value}, {"asked", scan->asked()},
                             {"seconds_left", (scan->time_left().value + 999) / 1000},
                             {"round_seconds_left", (scan->time_left_in_round().value + 999) / 1000}, {"second_round", scan->in_second_round()}, {"trying", scan->trying()},
                             {"unclear", scan->unclear()}, {"noise", scan->heard_noise_only()}};
  object["ended"] = scan->is_over() ? boost::json::value(scan->ended().value) : boost::json::value(nullptr);
  object["why"] = scan->why() ? boost::json::value(to_string(*scan->why())) : boost::json::value(nullptr);
  auto& found = object["found"].emplace_array();
  for (const auto& meter : scan->found()) {
    auto entry = found_json(meter, gateway_.profiles());
    entry["unknown"] = is_unknown(meter);
    found.push_back(std::move(entry));
  }
  return answer_json(boost::json::object{{"scan", std::move(object)}});
}

/// `{"line", "protocols": ["dlt645", "cjt188", "modbus"], "quick": "1"}`.
LocalResponse LocalRoutes::begin_scan(const LocalRequest& request) {
  const auto body = object_of(request);
  const auto line = body ? text_field(*body, "line") : std::nullopt;
  if (!line) return refuse_local(400, "bad_request", "line");
  auto choice = choice_of(*body);
  if (!choice) return refuse_local(400, "bad_request", "protocols");
  if (gateway_.line(base::LineId(*line)) == nullptr) return refuse_local(404, "unknown_line");
  if (acceptance_ && !acceptance_->is_done()) return refuse_local(409, "acceptance_running");
  if (is_scanning()) return refuse_local(409, "scan_running", gateway_.scan()->line().value);
  if (const auto refused = gateway_.refuse_scan(base::LineId(*line))) {
    return refuse_local(409, refused->is(Errc::not_supported) ? std::string_view("no_scan_here") : refused->code, refused->where);
  }
  scan_seen_ = ports_.steady();
  ports_.log("installer's page: a scan of line " + *line + " begins, its polls wait");
  ports_.feed(ScanWanted{base::LineId(*line), *std::move(choice), text_field(*body, "quick") == "1"});
  return scan(request);
}

LocalResponse LocalRoutes::cancel_scan(const LocalRequest& request) {
  if (!is_scanning()) return refuse_local(409, "no_scan");
  ports_.feed(ScanUnwanted{});
  return scan(request);
}

LocalResponse LocalRoutes::scan_result(const LocalRequest&) {
  const auto* scan = gateway_.scan();
  if (scan == nullptr) return refuse_local(404, "no_scan");
  const auto& profiles = gateway_.profiles();
  const auto facts = ports_.facts();
  boost::json::object object{{"format", "anju-scan-1"}, {"site", facts.site}, {"gateway", facts.gateway}, {"line", scan->line().value},
                             {"began", scan->began().value}, {"complete", scan->why() == ScanEnd::complete}, {"probes", scan->asked()}};
  auto& meters = object["meters"].emplace_array();
  for (const auto& meter : scan->found()) {
    auto entry = found_json(meter, profiles);
    entry["unknown"] = is_unknown(meter);
    meters.push_back(std::move(entry));
  }
  const auto* archive = gateway_.archive();
  const auto line = archive == nullptr ? std::string() : [&] {
    const auto found = std::ranges::find(archive->lines, scan->line(), &wire::ArchiveLine::id);
    return found == archive->lines.end() ? std::string() : found->uri;
  }();
  const auto entries = archive_of(scan->found(), {scan->line(), line}, scan->uri(), profiles);
  object["archive"] = boost::json::parse(wire::encode(entries.archive));
  object["not_in_archive"] = entries.left_out;
  auto response = answer_json(object);
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"scan-" + facts.gateway + "-" + scan->line().value + ".json\"");
  return response;
}

void LocalRoutes::end_forgotten_scan() {
  if (!is_scanning() || ports_.steady().value - scan_seen_.value < kForgotten.value) return;
  ports_.log("installer's page: nobody looks at the scan any more, it ends with what it has found");
  ports_.feed(ScanUnwanted{});
}

}  // namespace anju::gateway
