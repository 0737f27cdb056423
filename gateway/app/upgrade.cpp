// `anju-gateway upgrade`: gives a release file to the launcher of this box and waits for what becomes of it.

#include <chrono>
#include <cstdio>
#include <iostream>
#include <optional>
#include <random>
#include <string>
#include <thread>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "gateway/app/verbs.hpp"
#include "gateway/releases/release_folder.hpp"

namespace anju::gateway {
namespace {

using namespace std::chrono_literals;

std::string draw_order() {
  char digits[20];
  std::snprintf(digits, sizeof digits, "local-%08x", std::random_device{}());
  return digits;
}

int print(const UpgradeOutcome& outcome, bool json) {
  const std::string version = to_string(outcome.version), result(to_string(outcome.result));
  if (json) {
    std::cout << boost::json::serialize(boost::json::object{{"version", version}, {"result", result}, {"reason", outcome.reason}}) << "\n";
  } else {
    std::cout << version << " " << result << (outcome.reason.empty() ? "" : ": " + outcome.reason) << "\n";
  }
  return outcome.result == UpgradeResult::installed ? 0 : 1;
}

}  // namespace

int upgrade_gateway(const UpgradeOptions& options) {
  const ReleaseFolder folder(options.releases);
  const std::string order = draw_order();
  const auto head = folder.offer(options.file, order);
  if (!head) {
    std::cerr << "anju-gateway: " << options.file << ": " << text_of(head.error()) << "\n";
    return head.error().is(FolderErrc::not_written) || head.error().is(FolderErrc::not_read) ? 2 : 1;
  }
  std::cerr << "release " << to_string(head->manifest.version) << " is offered; it runs on trial until the platform has acknowledged it\n";
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(options.wait_s);
  bool tried = false;
  while (std::chrono::steady_clock::now() < until) {
    const auto state = folder.read_state();
    if (state.last && state.last->order == order) return print(*state.last, options.json);
    if (!tried && state.trial && state.trial->order == order) {
      tried = true;
      std::cerr << "on trial\n";
    }
    std::this_thread::sleep_for(200ms);
  }
  // An offer that nobody takes would surprise somebody who starts the launcher weeks later.
  if (!tried) folder.forget_offer(order);
  const std::string nobody = "nobody took it: does anju-gateway-start run with --releases " + options.releases + "?";
  std::cerr << "anju-gateway: " << (tried ? "no outcome yet: anju-gateway-start goes on with it" : nobody) << "\n";
  return 2;
}

}  // namespace anju::gateway
