#pragma once

// The installer's page on a whole Gateway with fake buses, in virtual time.

#include <string>
#include <utility>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "gateway/core/errc.hpp"
#include "gateway/local/routes.hpp"
#include "tests/unit/gateway/core/site_bench.hpp"

namespace anju::gateway::testing {

struct RoutesBench {
  SiteBench site;
  std::string pin = "12345678";
  LocalFacts facts;
  std::vector<std::string> log;
  std::string disk_report, disk_write_fails, disk_read_fails;  ///< what keep_report has written; why it cannot, and why that cannot be read
  int drawn = 0, asked_facts = 0;
  base::Millis more;  ///< of the steady clock, beside the site's
  LocalRoutes routes{site.gateway, ports()};
  std::string token;

  explicit RoutesBench(int meters) : site(at_site(10, 1)) {
    for (int i = 1; i <= meters; ++i) site.add(address(i));
    site.watch = [this](const GatewayOutput& out) {
      for (const auto& event : out.events) routes.seen(event);
      for (const auto& values : out.live) routes.seen(values);
      for (const auto& event : out.local) routes.heard(event);
      for (const auto& test : out.tests) routes.heard(test);
    };
    site.start();
    site.run_for(base::seconds(30));
  }
  RoutesBench(const RoutesBench&) = delete;
  RoutesBench& operator=(const RoutesBench&) = delete;

  LocalPorts ports() {
    LocalPorts ports;
    ports.feed = [this](GatewayEvent event) { site.happen(std::move(event)); };
    ports.now = [this] { return site.now; };
    ports.steady = [this] { return base::Millis(site.now.value + more.value); };
    ports.draw = [this] { return std::string(kTokenDigits - 4, 'F') + std::to_string(1000 + ++drawn); };
    ports.pin = [this] { return pin; };
    ports.facts = [this] {
      ++asked_facts;
      return facts;
    };
    ports.kept_report = [this]() -> base::Result<std::string> {
      if (!disk_read_fails.empty()) return base::fail(Errc::not_durable, disk_read_fails);
      return disk_report;
    };
    ports.keep_report = [this](const std::string& text) {
      if (disk_write_fails.empty()) disk_report = text;
      return disk_write_fails;
    };
    ports.log = [this](const std::string& line) { log.push_back(line); };
    return ports;
  }

  static LocalRequest request(std::string_view target) {
    auto request = *parse_target(target);
    request.host = "192.168.1.7:8090";
    return request;
  }
  LocalResponse get(std::string_view target) {
    auto asked = request(target);
    asked.token = token;
    return routes.answer(asked);
  }
  LocalResponse post(std::string_view target, std::string body) {
    auto asked = request(target);
    asked.post = true;
    asked.from_page = true;
    asked.token = token;
    asked.body = std::move(body);
    return routes.answer(asked);
  }
  LocalResponse post(std::string_view target, const boost::json::object& body) { return post(target, boost::json::serialize(body)); }
  void log_in() {
    const auto entered = post("/api/login", {{"pin", pin}});
    token = std::string(kTokenDigits - 4, 'F') + std::to_string(1000 + drawn);
  }
  boost::json::object json(std::string_view target) { return boost::json::parse(get(target).body).as_object(); }
  static std::string error(const LocalResponse& response) {
    const auto value = boost::json::parse(response.body);
    const auto* code = value.as_object().if_contains("error");
    return std::to_string(response.status) + (code == nullptr ? "" : " " + std::string(code->as_string()));
  }
};

}  // namespace anju::gateway::testing
