#include "gateway/local/listen.hpp"

#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "protocols/base/host_port.hpp"

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
  auto place = base::parse_host_port(text);
  if (!place || !place->port) return wrong();
  in6_addr parsed{};
  if (::inet_pton(place->brackets ? AF_INET6 : AF_INET, place->host.c_str(), &parsed) != 1) return wrong();
  return Listen{std::move(place->host), *place->port};
}

}  // namespace anju::gateway
