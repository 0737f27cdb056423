#include "gateway/core/enrolment.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "gateway/core/errc.hpp"
#include "protocols/base/host_port.hpp"

namespace anju::gateway {
namespace {

/// A TOML string. What is quoted here was checked by decode_enrolment or is a path.
std::string quoted(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 0x0f];
    } else {
      out += c;
    }
  }
  return out + '"';
}

}  // namespace

base::Result<WebAddress> parse_platform(std::string_view text) {
  constexpr std::string_view kHttps = "https://", kHttp = "http://";
  WebAddress address;
  address.tls = text.starts_with(kHttps);
  if (!address.tls && !text.starts_with(kHttp)) return base::fail(Errc::bad_uri, "write it like https://host:8080");
  text.remove_prefix(address.tls ? kHttps.size() : kHttp.size());
  if (text.ends_with('/')) text.remove_suffix(1);
  auto place = base::parse_host_port(text);
  if (!place) return base::fail(Errc::bad_uri, "write it like https://host:8080, without path, user or blanks; " + place.error().where);
  if (place->port == 0) return base::fail(Errc::bad_uri, "the port is a number from 1 to 65535");
  address.host = std::move(place->host);
  address.port = place->port.value_or(address.tls ? 443 : 80);
  return address;
}

bool is_loopback(const WebAddress& address) {
  const std::string_view host = address.host;
  if (host == "localhost" || host == "::1") return true;
  // Nothing but digits and dots: "127.example.com" is a name of somebody.
  return host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos;
}

EnrolledFiles files_of(const wire::Enrolment& enrolment, const std::string& config, const std::string& data) {
  const std::string folder = config.substr(0, config.rfind('/') + 1);
  EnrolledFiles files;
  files.config = config;
  files.key = folder + enrolment.gateway.value + ".key";
  if (!enrolment.ca.empty()) files.ca = folder + enrolment.gateway.value + "-broker-ca.pem";
  files.data = data.empty() ? "/var/lib/anju-gateway/" + enrolment.gateway.value : data;
  return files;
}

std::string config_text(const wire::Enrolment& enrolment, const EnrolledFiles& files) {
  std::string text = "# Written by anju-gateway enroll. What is possible beside it: gateway/README.md.\n";
  const auto line = [&text](std::string_view key, std::string_view value) { text.append(key).append(" = ").append(quoted(value)).append("\n"); };
  line("site", enrolment.site.value);
  line("gateway", enrolment.gateway.value);
  line("key_file", files.key);
  line("data", files.data);
  text += "\n[mqtt]\n";
  line("url", enrolment.broker_url);
  if (!enrolment.user.empty()) line("user", enrolment.user);
  if (!enrolment.password.empty()) line("password", enrolment.password);
  // Debian's own authorities, where the broker's certificate is one that every machine knows.
  if (!files.ca.empty() || enrolment.broker_url.starts_with("mqtts://")) line("ca_file", files.ca.empty() ? "/etc/ssl/certs/ca-certificates.crt" : files.ca);
  return text;
}

EnrolStep step_after(int status) {
  constexpr int kOk = 200, kTooMany = 429, kServer = 500;
  if (status == kOk) return EnrolStep::done;
  return status == kTooMany || status >= kServer ? EnrolStep::again : EnrolStep::refused;
}

std::int64_t pause_before(int attempt, std::int64_t asked_s) {
  constexpr std::array<std::int64_t, 5> kPauses{2, 5, 10, 30, 60};
  constexpr std::int64_t kLongest = 60;
  const auto place = static_cast<std::size_t>(std::clamp(attempt - 1, 0, static_cast<int>(kPauses.size()) - 1));
  return std::max(kPauses[place], std::clamp<std::int64_t>(asked_s, 0, kLongest));
}

}  // namespace anju::gateway
