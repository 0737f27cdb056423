#include "protocols/mqtt/url.hpp"

#include <charconv>

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
  const std::size_t bracket = rest.starts_with('[') ? rest.find(']') : 0;
  if (bracket == std::string_view::npos) return refuse();
  const std::size_t colon = rest.find(':', bracket);
  const std::string_view host = rest.substr(0, colon);
  if (host.empty() || host.find_first_of("/@?# ") != std::string_view::npos) return refuse();
  if (bracket != 0 && host.size() != bracket + 1) return refuse();
  url.host = std::string(host);
  url.port = url.tls ? 8883 : 1883;
  if (colon != std::string_view::npos) {
    const std::string_view port = rest.substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), url.port);
    if (error != std::errc() || end != port.data() + port.size() || url.port == 0) return refuse();
  }
  return url;
}

}  // namespace anju::mqtt
