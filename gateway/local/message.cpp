#include "gateway/local/message.hpp"

#include <algorithm>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace anju::gateway {
namespace {

bool is_plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' || c == '/';
  });
}

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<LocalRequest> parse_target(std::string_view target) {
  if (target.size() > kMostTarget || !target.starts_with('/')) return std::nullopt;
  LocalRequest request;
  const auto question = target.find('?');
  request.path = std::string(target.substr(0, question));
  if (!is_plain(request.path)) return std::nullopt;
  if (question == std::string_view::npos) return request;
  auto rest = target.substr(question + 1);
  while (!rest.empty()) {
    const auto end = std::min(rest.find('&'), rest.size());
    const auto part = rest.substr(0, end);
    const auto equals = part.find('=');
    if (equals == std::string_view::npos || !is_plain(part.substr(0, equals)) || !is_plain(part.substr(equals + 1))) return std::nullopt;
    request.query.emplace(part.substr(0, equals), part.substr(equals + 1));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return request;
}

std::string cookie_of(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const auto end = std::min(header.find(';'), header.size());
    auto part = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    part.remove_prefix(std::min(part.find_first_not_of(' '), part.size()));
    if (part.size() > name.size() && part.starts_with(name) && part[name.size()] == '=') return std::string(part.substr(name.size() + 1));
  }
  return {};
}

bool is_local_host(std::string_view host) {
  if (host.starts_with('[')) {
    const auto end = host.find(']');
    if (end == std::string_view::npos) return false;
    const auto address = host.substr(1, end - 1), port = host.substr(end + 1);
    const bool fits = std::ranges::all_of(address, [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
    });
    return fits && !address.empty() && (port.empty() || (port.starts_with(':') && is_number(port.substr(1))));
  }
  if (const auto colon = host.find(':'); colon != std::string_view::npos) {
    if (!is_number(host.substr(colon + 1))) return false;
    host = host.substr(0, colon);
  }
  if (host.empty() || !is_plain(host)) return false;
  if (host.find('.') == std::string_view::npos) return true;
  for (const std::string_view ours : {".local", ".lan", ".home.arpa"}) {
    if (host.ends_with(ours)) return true;
  }
  // An address in digits; no top level domain is a number.
  return is_number(host.substr(host.rfind('.') + 1));
}

LocalResponse refuse_local(int status, std::string_view code, std::string_view where) {
  boost::json::object object{{"error", code}};
  if (!where.empty()) object["where"] = where;
  return {status, "application/json", boost::json::serialize(object), {}};
}

}  // namespace anju::gateway
