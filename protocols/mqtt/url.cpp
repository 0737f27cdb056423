#include "protocols/mqtt/url.hpp"

#include "protocols/base/host_port.hpp"
#include "protocols/mqtt/client.hpp"

namespace anju::mqtt {

base::Result<Url> parse_url(std::string_view text) {
  const auto refuse = [text] { return base::fail(Errc::bad_url, std::string(text.substr(0, 200))); };
  Url url;
  std::string_view rest = text;
  if (rest.starts_with("mqtts://")) {
    url.tls = true;
    rest.remove_prefix(8);
  } else if (rest.starts_with("mqtt://")) {
    rest.remove_prefix(7);
  } else {
    return refuse();
  }
  if (rest.ends_with('/')) rest.remove_suffix(1);
  const auto place = base::parse_host_port(rest);
  if (!place || place->port == 0) return refuse();
  url.host = place->brackets ? "[" + place->host + "]" : place->host;
  url.port = place->port.value_or(url.tls ? 8883 : 1883);
  return url;
}

}  // namespace anju::mqtt
