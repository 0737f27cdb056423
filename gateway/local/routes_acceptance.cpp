// The acceptance of the site, as the page asks for it: it begins, goes on with what the core gives out, and its report.

#include <algorithm>
#include <utility>

#include <boost/json/serialize.hpp>

#include "gateway/local/acceptance_changes.hpp"
#include "gateway/local/acceptance_report.hpp"
#include "gateway/local/body.hpp"
#include "gateway/local/routes.hpp"

namespace anju::gateway {
namespace {

/// A person's name as he writes it: no control characters, not only blanks.
bool is_name(const std::string& text) {
  const bool plain = std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  return plain && !text.empty() && text.size() <= kMostInstaller && text.find_first_not_of(' ') != std::string::npos;
}

}  // namespace

LocalResponse LocalRoutes::acceptance(const LocalRequest&) {
  const auto* report = last_report();
  boost::json::object answer{{"acceptance", nullptr}, {"kept_error", kept_error_}};
  if (report == nullptr) return answer_json(answer);
  auto object = progress_json(*report);
  if (report->step == AcceptanceStep::done) {
    object["kept"] = why_not_kept_.empty(), object["why_not_kept"] = why_not_kept_;
    object["changed"] = changes_json(changes_since(*report, gateway_.archive()));
  }
  answer["acceptance"] = std::move(object);
  return answer_json(answer);
}

/// `{"installer": name, "switches": [{"device", "address"}]}`. As of a single test the address has to be the one of the archive: whoever took the wrong
/// row of a list would leave the wrong people in the dark.
LocalResponse LocalRoutes::begin_acceptance(const LocalRequest& request) {
  const auto body = object_of(request);
  const auto installer = body ? text_field(*body, "installer") : std::nullopt;
  if (!installer || !is_name(*installer)) return refuse_local(400, "bad_request", "installer");
  const auto* switches = body->if_contains("switches");
  if (switches == nullptr || !switches->is_array() || switches->as_array().size() > kMostTests) return refuse_local(400, "bad_request", "switches");
  std::set<base::DeviceId> may_switch;
  for (const auto& one : switches->as_array()) {
    const auto id = one.is_object() ? text_field(one.as_object(), "device") : std::nullopt;
    const auto address = one.is_object() ? text_field(one.as_object(), "address") : std::nullopt;
    if (!id || !address) return refuse_local(400, "bad_request", "switches");
    const auto* described = find_device(gateway_, *id);
    if (described == nullptr) return refuse_local(404, "unknown_device", *id);
    if (*address != described->address) return refuse_local(409, "other_address", *id);
    if (!described->valve) return refuse_local(409, "no_switch", *id);
    may_switch.insert(described->id);
  }
  if (acceptance_ && !acceptance_->is_done()) return refuse_local(409, "acceptance_running");
  if (is_scanning()) return refuse_local(409, "scan_running");
  const auto now = ports_.now();
  if (now < kClockSetFrom) return refuse_local(409, "clock_not_set");
  kept_.reset();
  acceptance_.emplace(gateway_, next_name("acceptance"), *installer, may_switch, unknown_meters(), now);
  ports_.log("installer's page: acceptance of " + std::to_string(acceptance_->report().devices.size()) + " devices begins, " +
             std::to_string(may_switch.size()) + " of them with a switch test");
  advance();
  return acceptance(request);
}

LocalResponse LocalRoutes::cancel_acceptance(const LocalRequest& request) {
  if (!acceptance_ || acceptance_->is_done()) return refuse_local(409, "no_acceptance");
  acceptance_->cancel(gateway_, ports_.facts(), ports_.now());
  end_acceptance();
  return acceptance(request);
}

LocalResponse LocalRoutes::acceptance_report(const LocalRequest& request) {
  const auto* report = last_report();
  if (report == nullptr || report->step != AcceptanceStep::done) return refuse_local(404, "no_acceptance");
  const auto& facts = report->facts;
  const auto changes = changes_since(*report, gateway_.archive());
  const bool html = request.path.ends_with(".html");
  const auto name = "acceptance-" + facts.site + "-" + facts.gateway + "-" + base::format_day(report->began, report->utc_offset_minutes);
  LocalResponse response;
  response.content_type = html ? "text/html; charset=utf-8" : "application/json";
  if (html) {
    response.body = report_html(*report, changes);
  } else {
    auto object = report_json(*report);
    object["changed"] = changes_json(changes);
    response.body = boost::json::serialize(object);
  }
  response.headers = {{"Content-Disposition", std::string(html ? "inline" : "attachment") + "; filename=\"" + name + (html ? ".html\"" : ".json\"")},
                      {"Cache-Control", "no-store"}};
  // Its style stands in it; nothing else is let in.
  if (html) response.headers.emplace_back("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  return response;
}

void LocalRoutes::end_acceptance() {
  const auto& report = acceptance_->report();
  ports_.log("installer's page: acceptance " + std::string(to_string(report.verdict())) + ", " + std::to_string(report.devices_done()) + " of " +
             std::to_string(report.devices.size()) + " devices");
  keep_report();
}

/// One that was ended early takes the place of none that came to its end.
void LocalRoutes::keep_report() {
  const auto& report = acceptance_->report();
  why_not_kept_ = "ended_early";
  if (report.ended_early) return;
  const auto text = boost::json::serialize(report_json(report)) + "\n";
  why_not_kept_ = text.size() > kMostReport ? std::to_string(text.size()) + " bytes are more than the " + std::to_string(kMostReport) + " that are kept"
                                            : ports_.keep_report(text);
  if (!why_not_kept_.empty()) return ports_.log("installer's page: the report is not kept over a restart: " + why_not_kept_);
  kept_error_.clear();  // it lies in the place of what could not be read
}

const AcceptanceReport* LocalRoutes::last_report() {
  if (acceptance_) return &acceptance_->report();
  if (!std::exchange(kept_was_read_, true)) read_kept_report();
  return kept_ ? &*kept_ : nullptr;
}

void LocalRoutes::read_kept_report() {
  const auto text = ports_.kept_report();
  if (text && text->empty()) return;
  auto report = text ? decode_report(*text) : base::Result<AcceptanceReport>(base::pass(text));
  const auto facts = ports_.facts();
  if (!report) {
    kept_error_ = std::string(report.error().code) + (report.error().where.empty() ? "" : ": " + report.error().where);
  } else if (report->facts.site != facts.site || report->facts.gateway != facts.gateway) {
    kept_error_ = "it is of gateway " + report->facts.gateway + " of site " + report->facts.site;
  } else {
    kept_ = *std::move(report);
  }
  if (!kept_error_.empty()) ports_.log("installer's page: the report that was kept cannot be shown: " + kept_error_);
}

void LocalRoutes::tick() {
  advance();
  end_forgotten_scan();
}

bool LocalRoutes::wants_tick() const {
  return (acceptance_ && !acceptance_->is_done()) || is_scanning();
}

void LocalRoutes::advance() {
  if (!acceptance_ || acceptance_->is_done()) return;
  again_ = true;
  if (std::exchange(advancing_, true)) return;  // an order came back refused while it was given: the loop below goes on with it
  while (std::exchange(again_, false) && !acceptance_->is_done()) {
    const bool settling = acceptance_->at() == AcceptanceStep::settling;
    const auto wants = acceptance_->step(gateway_, settling ? ports_.facts() : LocalFacts{}, ports_.now());
    for (const auto& device : wants.clocks) ports_.feed(ClockWanted{device});
    for (const auto& one : wants.orders) order(one);
    if (wants.test) test_for_acceptance(*wants.test);
  }
  advancing_ = false;
  if (acceptance_->is_done()) end_acceptance();
}

void LocalRoutes::test_for_acceptance(const base::DeviceId& id) {
  again_ = true;
  const auto refused = gateway_.refuse_switch_test(id);
  if (!refused.empty()) return acceptance_->tested({id, ports_.now(), TestStep::done, TestResult::refused, std::string(refused)});
  start_test(id);
}

}  // namespace anju::gateway
