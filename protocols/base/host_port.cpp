#include "protocols/base/host_port.hpp"

#include <algorithm>
#include <charconv>

namespace anju::base {
namespace {

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_name(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == '.' || c == '-' || c == '_'; });
}

/// Of IPv6, by its characters.
bool is_six(std::string_view text) {
  const auto zone = text.find('%');
  const bool zoned = zone == std::string_view::npos || (zone + 1 < text.size() && is_name(text.substr(zone + 1)));
  const auto digits = text.substr(0, zone);
  return zoned && digits.find(':') != std::string_view::npos && std::ranges::all_of(digits, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
  });
}

std::optional<std::uint16_t> port_of(std::string_view digits) {
  std::uint16_t port = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (failed != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return port;
}

}  // namespace

Result<HostPort> parse_host_port(std::string_view text) {
  HostPort parsed;
  parsed.brackets = text.starts_with('[');
  const auto closed = parsed.brackets ? text.find(']') : 0;
  if (closed == std::string_view::npos) return fail(HostPortErrc::bad_host, "an IPv6 address stands in brackets, like [::1]:8080");
  const auto colon = text.find(':', closed);
  auto host = text.substr(0, colon);
  if (parsed.brackets && host.size() != closed + 1) return fail(HostPortErrc::bad_host, "behind the bracket stands a port or nothing, like [::1]:8080");
  if (!parsed.brackets && colon != std::string_view::npos && text.find(':', colon + 1) != std::string_view::npos)
    return fail(HostPortErrc::bad_host, "an IPv6 address stands in brackets, like [::1]:8080");
  if (parsed.brackets) host = host.substr(1, host.size() - 2);
  const bool good = !host.empty() && host.size() <= kLongestHost && (parsed.brackets ? is_six(host) : is_name(host));
  if (!good) return fail(HostPortErrc::bad_host, "a host is a name, an IPv4 address, or an IPv6 address in brackets");
  parsed.host = host;
  if (colon == std::string_view::npos) return parsed;
  parsed.port = port_of(text.substr(colon + 1));
  if (!parsed.port) return fail(HostPortErrc::bad_port, "a port is a number from 0 to 65535");
  return parsed;
}

}  // namespace anju::base
