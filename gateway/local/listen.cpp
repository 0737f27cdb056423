#include "gateway/local/listen.hpp"

#include <charconv>

#include <arpa/inet.h>
#include <netinet/in.h>

namespace anju::gateway {

std::string_view to_string(ListenErrc errc) {
  switch (errc) {
    case ListenErrc::bad_listen: return "bad_listen";
    case ListenErrc::cannot_listen: return "cannot_listen";
  }
  return "unknown";
}

base::Result<Listen> parse_listen(std::string_view text) {
  const auto wrong = [] { return base::fail(ListenErrc::bad_listen, "has to be an address and a port like 0.0.0.0:8090 or [::]:8090"); };
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return wrong();
  auto address = text.substr(0, colon);
  const auto port = text.substr(colon + 1);
  const bool six = address.starts_with('[') && address.ends_with(']');
  if (six) address = address.substr(1, address.size() - 2);
  Listen listen{std::string(address), 0};
  in6_addr parsed{};
  if (::inet_pton(six ? AF_INET6 : AF_INET, listen.address.c_str(), &parsed) != 1) return wrong();
  const auto [end, failed] = std::from_chars(port.data(), port.data() + port.size(), listen.port);
  if (failed != std::errc() || end != port.data() + port.size()) return wrong();
  return listen;
}

}  // namespace anju::gateway
