#include "gateway/local/message.hpp"

#include <algorithm>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include "protocols/base/host_port.hpp"

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

bool is_local_host(std::string_view text) {
  const auto place = base::parse_host_port(text);
  if (!place) return false;
  if (place->brackets) return true;
  const std::string_view host = place->host;
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
