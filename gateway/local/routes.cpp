#include "gateway/local/routes.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <utility>

#include <boost/json/serialize.hpp>

#include "gateway/local/body.hpp"
#include "gateway/local/page.hpp"
#include "gateway/local/server.hpp"

namespace anju::gateway {
namespace {

std::string query_of(const LocalRequest& request, const char* key) {
  const auto found = request.query.find(key);
  return found == request.query.end() ? std::string() : found->second;
}

/// Digits of a query; nullopt when they are none or too many.
std::optional<std::uint64_t> number_of(const LocalRequest& request, const char* key) {
  const auto text = query_of(request, key);
  if (text.empty()) return 0;
  std::uint64_t value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failed != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// token: empty ends it.
std::string cookie(const std::string& token) {
  const auto seconds = token.empty() ? 0 : kSessionLongest.value / 1000;
  return std::string(kSessionCookie) + "=" + token + "; Path=/; Max-Age=" + std::to_string(seconds) + "; HttpOnly; SameSite=Strict";
}

LocalResponse serve(const PageFile& file, const LocalRequest& request) {
  LocalResponse response{200, std::string(file.content_type), {}, {{"ETag", std::string(file.etag)}, {"Cache-Control", "no-cache"}}};
  if (request.if_none_match == file.etag) {
    response.status = 304;
  } else {
    response.body = file.text;
  }
  return response;
}

boost::json::value reading_json(const std::optional<wire::Reading>& reading) {
  if (!reading) return nullptr;
  boost::json::object object{{"at", reading->at.value}, {"total", base::format(reading->total)}};
  if (reading->tariffs) {
    auto& tariffs = object["tariffs"].emplace_array();
    for (const auto& one : *reading->tariffs) tariffs.emplace_back(base::format(one));
  }
  return object;
}

/// The test of this device: the last one, or one that has left it open. Null: neither.
const TestState* test_of(const Gateway& gateway, const base::DeviceId& device) {
  const auto* test = gateway.switch_test().state();
  return test != nullptr && test->device == device ? test : gateway.switch_test().owed(device);
}

boost::json::value live_json(const std::optional<wire::LiveValues>& live) {
  if (!live) return nullptr;
  boost::json::object object{{"at", live->at.value}};
  const auto add = [&object](const char* key, const std::optional<std::string>& value) {
    if (value) object[key] = *value;
  };
  add("voltage_v", live->voltage_v);
  add("current_a", live->current_a);
  add("power_kw", live->power_kw);
  add("energy", live->energy_kwh);
  return object;
}

}  // namespace

LocalRoutes::LocalRoutes(const Gateway& gateway, LocalPorts ports) : gateway_(gateway), ports_(std::move(ports)) {}

LocalResponse LocalRoutes::answer(const LocalRequest& request) {
  // A name of the internet that was pointed at this box makes its pages ours in a browser's eyes.
  if (!request.own && !is_local_host(request.host)) return refuse_local(421, "bad_host", "open the page by the address of the gateway");
  if (const auto* file = page_file(request.path)) return request.post ? refuse_local(405, "bad_method") : serve(*file, request);

  if (request.path == "/favicon.ico") return {204, "text/plain", {}, {}};

  struct Route {
    bool post;
    std::string_view path;
    LocalResponse (LocalRoutes::*answer)(const LocalRequest&);
  };
  static constexpr Route kRoutes[]{
      {true, "/api/logout", &LocalRoutes::log_out},    {false, "/api/devices", &LocalRoutes::devices},     {false, "/api/device", &LocalRoutes::device},
      {true, "/api/look", &LocalRoutes::look},         {false, "/api/trace", &LocalRoutes::trace},         {false, "/api/switch-test", &LocalRoutes::test},
      {true, "/api/switch-test", &LocalRoutes::begin_test},
      {false, "/api/scan", &LocalRoutes::scan},
      {true, "/api/scan", &LocalRoutes::begin_scan},
      {true, "/api/scan/cancel", &LocalRoutes::cancel_scan},
      {false, "/api/scan/result.json", &LocalRoutes::scan_result},
      {false, "/api/acceptance", &LocalRoutes::acceptance},
      {true, "/api/acceptance", &LocalRoutes::begin_acceptance},
      {true, "/api/acceptance/cancel", &LocalRoutes::cancel_acceptance},
      {false, "/api/acceptance/report.json", &LocalRoutes::acceptance_report},
      {false, "/api/acceptance/report.html", &LocalRoutes::acceptance_report},
  };
  if (!request.path.starts_with("/api/")) return refuse_local(404, "not_found");
  if (request.post && !request.own && !request.from_page) return refuse_local(403, "not_from_page");
  access_.pin(ports_.pin());
  if (request.post && request.path == "/api/login") return log_in(request);
  if (!request.own && !access_.admit(request.token, ports_.steady())) return refuse_local(401, "not_logged_in");
  if (!request.post && request.path == "/api/state") return state();
  for (const auto& route : kRoutes) {
    if (route.post == request.post && route.path == request.path) return (this->*route.answer)(request);
  }
  return refuse_local(404, "not_found");
}

LocalResponse LocalRoutes::log_in(const LocalRequest& request) {
  const auto pin = text_field(request, "pin");
  if (!pin) return refuse_local(400, "bad_request", "pin");
  const auto token = ports_.draw();
  if (const auto entered = access_.log_in(*pin, token, ports_.steady()); !entered) {
    const bool throttled = entered.error().is(AccessErrc::too_many_tries);
    if (!throttled) ports_.log("installer's page: a wrong PIN");
    auto response = refuse_local(throttled ? 429 : 401, entered.error().code, entered.error().where);
    if (throttled) response.headers.emplace_back("Retry-After", entered.error().where);
    return response;
  }
  ports_.log("installer's page: somebody came in");
  LocalResponse response;
  response.headers.emplace_back("Set-Cookie", cookie(token));
  return response;
}

LocalResponse LocalRoutes::log_out(const LocalRequest& request) {
  access_.log_out(request.token);
  LocalResponse response;
  response.headers.emplace_back("Set-Cookie", cookie({}));
  return response;
}

LocalResponse LocalRoutes::state() {
  const auto steady = ports_.steady();
  if (!state_at_ || steady.value - state_at_->value >= kStateKept.value) {
    state_ = boost::json::serialize(state_json(gateway_, ports_.facts(), ports_.now()));
    state_at_ = steady;
  }
  return {200, "application/json", state_, {}};
}

LocalResponse LocalRoutes::devices(const LocalRequest& request) {
  const auto from = number_of(request, "from");
  if (!from) return refuse_local(400, "bad_request", "from");
  return answer_json(devices_json(gateway_, {query_of(request, "line"), query_of(request, "search"), query_of(request, "silent") == "1", *from}));
}

LocalResponse LocalRoutes::device(const LocalRequest& request) {
  const auto* described = find_device(gateway_, query_of(request, "id"));
  if (described == nullptr) return refuse_local(404, "unknown_device");
  auto object = device_json(gateway_, *described);
  const auto looked = looked_.find(described->id);
  const bool known = looked != looked_.end();
  object["live"] = live_json(known ? looked->second.live : std::nullopt);
  object["reading"] = reading_json(known ? looked->second.reading : std::nullopt);
  object["read_reason"] = known ? looked->second.reason : std::string();
  object["test"] = test_json(test_of(gateway_, described->id));
  return answer_json(object);
}

LocalResponse LocalRoutes::look(const LocalRequest& request) {
  const auto id = text_field(request, "device");
  const auto* described = id ? find_device(gateway_, *id) : nullptr;
  if (!id) return refuse_local(400, "bad_request", "device");
  if (described == nullptr) return refuse_local(404, "unknown_device");
  const auto now = ports_.now();
  if (!looked_.contains(described->id) && looked_.size() >= kMostLooked) {
    looked_.erase(std::ranges::min_element(looked_, {}, [](const auto& entry) { return entry.second.since; }));
  }
  const auto device = described->id;
  const bool wanted = text_field(request, "read") == "1";
  auto& looked = looked_[device];
  looked.since = now;
  const bool again = !looked.asked_live || std::abs(now.value - looked.asked_live->value) >= kLookAgain.value;
  const bool live = again && !is_running(looked.live_order), read = (wanted || looked.read_order.value.empty()) && !is_running(looked.read_order);
  if (orders_.size() + 2 > kMostOrders && (live || read)) return refuse_local(429, "too_many_commands");
  if (live) {
    looked.asked_live = now;
    order_look(looked.live_order, device, wire::CommandKind::live);
  }
  if (read) {
    looked.reason.clear();
    order_look(looked.read_order, device, wire::CommandKind::read);
  }
  return answer_json(boost::json::object{{"seconds", kLook.value / 1000}});
}

LocalResponse LocalRoutes::trace(const LocalRequest& request) {
  const base::LineId id(query_of(request, "line"));
  const auto* line = gateway_.line(id);
  if (line == nullptr) return refuse_local(404, "unknown_line");
  const auto after = number_of(request, "after");
  if (!after) return refuse_local(400, "bad_request", "after");
  return answer_json(trace_json(gateway_, id, *line, *after, query_of(request, "passwords") == "1" ? Passwords::shown : Passwords::hidden));
}

LocalResponse LocalRoutes::test(const LocalRequest&) {
  return answer_json(boost::json::object{{"test", test_json(gateway_.switch_test().state())}});
}

/// `close`: not a test, but the second half of one that left the device open, now and not at the gateway's next try.
/// Only by its address, typed or read off the meter's plate: whoever took the wrong row of the list would leave the wrong people in the dark.
LocalResponse LocalRoutes::begin_test(const LocalRequest& request) {
  const auto id = text_field(request, "device"), confirmed = text_field(request, "address");
  if (!id || !confirmed) return refuse_local(400, "bad_request", id ? "address" : "device");
  const auto* described = find_device(gateway_, *id);
  if (described == nullptr) return refuse_local(404, "unknown_device");
  if (*confirmed != described->address) return refuse_local(409, "other_address");
  if (text_field(request, "close") == "1") return close_again(described->id);
  const auto refused = gateway_.refuse_switch_test(described->id);
  if (refused == "test_running") return refuse_local(409, refused, gateway_.switch_test().state()->device.value);
  if (refused == "close_first") return refuse_local(409, refused, gateway_.owed_first().value);
  if (!refused.empty()) return refuse_local(409, refused);
  start_test(described->id);
  return answer_json(boost::json::object{{"test", test_json(gateway_.switch_test().state())}});
}

LocalResponse LocalRoutes::close_again(const base::DeviceId& device) {
  const auto& test = gateway_.switch_test();
  if (test.is_running()) return refuse_local(409, "test_running", test.state()->device.value);
  if (test.owed(device) == nullptr) return refuse_local(409, "not_left_open");
  ports_.log("installer's page: " + device.value + " is to be closed now");
  ports_.feed(CloseWanted{device});
  return answer_json(boost::json::object{{"test", test_json(test_of(gateway_, device))}});
}

void LocalRoutes::start_test(const base::DeviceId& device) {
  ports_.log("installer's page: switch test of " + device.value + " is asked for");
  ports_.feed(SwitchTestWanted{device});
}

boost::json::value LocalRoutes::test_json(const TestState* test) const {
  if (test == nullptr) return nullptr;
  const auto* standing = gateway_.standing(test->device);
  const bool button = test->step == TestStep::closing && standing != nullptr && standing->relay == wire::Relay::awaiting_button;
  return boost::json::object{{"device", test->device.value}, {"step", button ? "awaiting_button" : to_string(test->step)},
                             {"result", to_string(test->result)}, {"reason", test->reason}, {"began", test->began.value},
                             {"opened_after_ms", test->opened_after.value}, {"closed_after_ms", test->closed_after.value}};
}

void LocalRoutes::order_look(base::CommandId& name, const base::DeviceId& device, wire::CommandKind kind) {
  const auto now = ports_.now();
  const bool live = kind == wire::CommandKind::live;
  name = base::CommandId(next_name(wire::to_string(kind)));
  orders_.insert(name);
  order({name, 0, device, kind, live ? kLook.value / 1000 : 0, now, now + (live ? kLook : kTestOrder)});
}

std::string LocalRoutes::next_name(std::string_view what) {
  return "local-" + std::string(what) + "-" + std::to_string(++names_);
}

void LocalRoutes::order(wire::Command command) {
  ports_.feed(LocalCommandArrived{std::move(command)});
}

void LocalRoutes::heard(const wire::CommandEvent& event) {
  if (event.phase != wire::CommandPhase::acked) orders_.erase(event.command);
  if (const auto looked = looked_.find(event.device); looked != looked_.end() && looked->second.read_order == event.command) {
    const bool well = event.phase == wire::CommandPhase::verified || event.phase == wire::CommandPhase::acked;
    looked->second.reason = well ? std::string() : event.reason.empty() ? std::string(wire::to_string(event.phase)) : event.reason;
  }
  if (acceptance_) {
    acceptance_->heard(event, gateway_, ports_.now());
    advance();
  }
}

void LocalRoutes::heard(const TestState& test) {
  if (!acceptance_ || test.step != TestStep::done) return;
  acceptance_->tested(test);
  advance();
}

void LocalRoutes::seen(const wire::LiveValues& values) {
  if (const auto looked = looked_.find(values.device); looked != looked_.end()) looked->second.live = values;
}

void LocalRoutes::seen(const wire::Event& event) {
  const auto* readings = std::get_if<wire::ReadingsEvent>(&event);
  if (readings == nullptr) return;
  for (const auto& reading : readings->readings) {
    if (acceptance_) acceptance_->seen(reading);
    if (reading.kind == wire::ReadingKind::daily_freeze) continue;
    if (const auto looked = looked_.find(reading.device); looked != looked_.end()) looked->second.reading = reading;
  }
}

}  // namespace anju::gateway
