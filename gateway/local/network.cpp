#include "gateway/local/network.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <sstream>

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/timex.h>
#include <unistd.h>

namespace anju::gateway {
namespace {

std::optional<std::string> address_of(const sockaddr* address) {
  char text[INET6_ADDRSTRLEN];
  if (address == nullptr) return std::nullopt;
  if (address->sa_family == AF_INET) {
    const auto* four = reinterpret_cast<const sockaddr_in*>(address);
    return std::string(::inet_ntop(AF_INET, &four->sin_addr, text, sizeof text));
  }
  if (address->sa_family == AF_INET6) {
    const auto* six = reinterpret_cast<const sockaddr_in6*>(address);
    if (IN6_IS_ADDR_LINKLOCAL(&six->sin6_addr)) return std::nullopt;
    return std::string(::inet_ntop(AF_INET6, &six->sin6_addr, text, sizeof text));
  }
  return std::nullopt;
}

}  // namespace

std::optional<int> signal_of(const std::string& text, const std::string& interface) {
  std::istringstream lines(text);
  std::string line;
  while (std::getline(lines, line)) {
    std::istringstream words(line);
    std::string name, status, quality;
    int level = 0;
    if (!(words >> name >> status >> quality >> level) || name != interface + ":") continue;
    // Some drivers write dBm as an unsigned byte.
    if (level > 63) level -= 256;
    if (level >= 0 || level < -150) return std::nullopt;
    return level;
  }
  return std::nullopt;
}

std::optional<bool> clock_synchronised() {
  timex asked{};  // no mode: it is only read
  const int state = ::adjtimex(&asked);
  if (state >= 0) return state != TIME_ERROR && (asked.status & STA_UNSYNC) == 0;
  // A sandbox that keeps the clock away from services keeps this question away, too; this file is there once a server was heard since the start.
  if (::access("/run/systemd/timesync", X_OK) != 0) return std::nullopt;
  return ::access("/run/systemd/timesync/synchronized", F_OK) == 0;
}

std::vector<NetworkInterface> network_interfaces() {
  ifaddrs* first = nullptr;
  if (::getifaddrs(&first) != 0) return {};
  const std::unique_ptr<ifaddrs, void (*)(ifaddrs*)> keep(first, ::freeifaddrs);
  std::ifstream file("/proc/net/wireless");
  const std::string wireless((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  std::map<std::string, NetworkInterface> found;
  for (const auto* one = first; one != nullptr; one = one->ifa_next) {
    if ((one->ifa_flags & IFF_LOOPBACK) != 0) continue;
    if (found.size() >= kMostInterfaces && !found.contains(one->ifa_name)) continue;
    auto& interface = found[one->ifa_name];
    interface.up = (one->ifa_flags & IFF_RUNNING) != 0;
    if (const auto address = address_of(one->ifa_addr); address && interface.addresses.size() < kMostAddresses) interface.addresses.push_back(*address);
  }
  std::vector<NetworkInterface> all;
  for (auto& [name, interface] : found) {
    interface.name = name;
    // Without an address only what somebody can plug in is worth a look.
    if (interface.addresses.empty() && ::access(("/sys/class/net/" + name + "/device").c_str(), F_OK) != 0) continue;
    interface.signal_dbm = signal_of(wireless, name);
    all.push_back(std::move(interface));
  }
  return all;
}

}  // namespace anju::gateway
