#pragma once

// A request for the installer's page and its answer, without sockets: what the server hands to the routes, and what tests hand to them.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace anju::gateway {

inline constexpr std::size_t kMostTarget = 512;  ///< characters of a path with its query

struct LocalRequest {
  bool post = false;  ///< otherwise GET
  std::string path;
  std::map<std::string, std::string> query;
  bool own = false;   ///< came on a socket that only the gateway's user and root reach: they could read the PIN, too
  std::string host;   ///< the Host header
  std::string token;  ///< of the session's cookie
  bool from_page = false;  ///< has the header that a browser lets only this page send
  std::string if_none_match;
  std::string body;
};

struct LocalResponse {
  int status = 200;
  std::string content_type = "application/json";
  std::string body = "{}";
  std::vector<std::pair<std::string, std::string>> headers;
};

/// Path and query of a target: `/api/devices?line=a&from=50`. Nothing the page asks for needs an escape, so none is understood.
/// nullopt: longer than kMostTarget, or anything but A-Z a-z 0-9 _ - . / in path, names and values.
[[nodiscard]] std::optional<LocalRequest> parse_target(std::string_view target);

/// The value of a cookie; empty without it.
[[nodiscard]] std::string cookie_of(std::string_view header, std::string_view name);

/// False for names that somebody in the internet may own and point at this box (DNS rebinding): true of addresses, of names without a dot, and of
/// .local, .lan and .home.arpa. With or without a port.
[[nodiscard]] bool is_local_host(std::string_view host);

/// `{"error": code, …}`; where: empty, or what is wrong.
[[nodiscard]] LocalResponse refuse_local(int status, std::string_view code, std::string_view where = {});

}  // namespace anju::gateway
