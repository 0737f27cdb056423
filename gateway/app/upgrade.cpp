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

#include "gateway/app/fetch_release.hpp"
#include "gateway/app/verbs.hpp"
#include "gateway/releases/release_folder.hpp"

namespace anju::gateway {
namespace {

using namespace std::chrono_literals;

constexpr int kMostGone = 25;  ///< looks at an offer that is gone without a word: 5 s

std::string draw_order() {
  char digits[20];
  std::snprintf(digits, sizeof digits, "local-%08x", std::random_device{}());
  return digits;
}

int complain(const std::string& what, const base::Error& error) {
  std::cerr << "anju-gateway: " << what << ": " << text_of(error) << "\n";
  return error.is(FolderErrc::not_written) || error.is(FolderErrc::unreadable) ? 2 : 1;
}

/// The release at an address becomes an offer. One that was put together from several answers and is wrong is fetched once more, whole.
base::Result<wire::ReleaseHead> fetch(const ReleaseFolder& folder, const UpgradeOptions& options, const FileAddress& address, const std::string& order) {
  const bool resumed = !(folder.read_mark() == DownloadMark{});
  for (bool again = resumed;; again = false) {
    if (const auto there = fetch_release(folder, options.file, address, {options.ca_file, options.pin}); !there) return base::pass(there);
    auto head = folder.offer_download(order);
    if (head || head.error().is(FolderErrc::not_written)) return head;
    folder.forget_download();
    if (!again) return head;
    std::cerr << "what was put together is no whole release (" << text_of(head.error()) << "): beginning anew\n";
  }
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
  auto head = base::Result<wire::ReleaseHead>(wire::ReleaseHead{});
  if (is_web_address(options.file)) {
    const auto address = parse_file_address(options.file);
    if (!address) return complain(options.file, address.error());
    if (!options.pin.empty() && !wire::is_pin(options.pin)) {
      std::cerr << "anju-gateway: --pin: sha256// and 44 characters\n";
      return 2;
    }
    head = fetch(folder, options, *address, order);
  } else {
    head = folder.offer(options.file, order);
  }
  if (!head) return complain(options.file, head.error());
  std::cerr << "release " << to_string(head->manifest.version) << " is offered; it runs on trial until the platform has acknowledged it\n";
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(options.wait_s);
  bool tried = false;
  int gone = 0;
  while (std::chrono::steady_clock::now() < until && gone < kMostGone) {
    const auto state = folder.read_state().value_or(UpgradeState{});
    if (state.last && state.last->order == order) return print(*state.last, options.json);
    if (!tried && state.trial && state.trial->order == order) {
      tried = true;
      std::cerr << "on trial\n";
    }
    // The launcher writes down what it decides before it takes the offer away, unless it cannot read what was written there before.
    gone = tried || folder.has_offer(order) ? 0 : gone + 1;
    std::this_thread::sleep_for(200ms);
  }
  if (gone >= kMostGone) {
    std::cerr << "anju-gateway: it was not taken, and anju-gateway-start could not write down why: see its log\n";
    return 1;
  }
  // An offer that nobody takes would surprise somebody who starts the launcher weeks later.
  if (!tried) folder.forget_offer(order);
  const std::string nobody = "nobody took it: does anju-gateway-start run with --releases " + options.releases + "?";
  std::cerr << "anju-gateway: " << (tried ? "no outcome yet: anju-gateway-start goes on with it" : nobody) << "\n";
  return 2;
}

}  // namespace anju::gateway
