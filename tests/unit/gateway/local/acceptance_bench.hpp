#pragma once

// An acceptance on a whole gateway with fake meters, asked for as the page does.

#include <functional>
#include <string>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "gateway/local/acceptance.hpp"
#include "tests/unit/gateway/local/routes_bench.hpp"

namespace anju::gateway::testing {

/// A platform behind the bench: what is in the stream is confirmed at once.
struct AcceptanceBench : RoutesBench {
  explicit AcceptanceBench(int meters, const std::function<void(SiteBench&)>& more = {}) : RoutesBench(meters) {
    if (more) more(site);
    facts.site = "garden", facts.gateway = "gw-1", facts.software = "0.1.0";
    facts.connected = true;
    facts.clock_synchronised = true;
    facts.last_seq = facts.through = 7;
    log_in();
  }
  static boost::json::object body(const std::vector<std::string>& switches = {}, std::string installer = "Li Lei") {
    boost::json::array list;
    for (const auto& one : switches) list.push_back({{"device", "m" + one}, {"address", one}});
    return {{"installer", std::move(installer)}, {"switches", std::move(list)}};
  }
  [[nodiscard]] boost::json::object now_json() { return json("/api/acceptance").at("acceptance").as_object(); }
  [[nodiscard]] bool is_done() { return now_json().at("step") == "done"; }
  /// Seconds until it was done; -1: not within `most`.
  int finish(int most = 900) {
    for (int i = 0; i < most; ++i) {
      if (is_done()) return i;
      site.run_for(base::seconds(1));
      routes.tick();
    }
    return -1;
  }
  boost::json::object report() { return json("/api/acceptance/report.json"); }
  /// "code code", of a device.
  std::string found(const std::string& id) {
    const auto all = report();
    for (const auto& one : all.at("devices").as_array()) {
      if (one.at("id").as_string() == id.c_str()) return codes(one.at("found").as_array(), one.at("verdict").as_string().c_str());
    }
    return "nobody";
  }
  std::string site_found() {
    const auto all = report();
    return codes(all.at("found").as_array(), all.at("verdict").as_string().c_str());
  }
  static std::string codes(const boost::json::array& list, std::string text) {
    for (const auto& one : list) text += " " + std::string(one.at("code").as_string());
    return text;
  }
};

}  // namespace anju::gateway::testing
