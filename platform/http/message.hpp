#pragma once

// A request and a response as the handlers see them: plain data without sockets, so that every rule of the interface is
// tested by a function call.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace anju::platform {

enum class Method { get, post, put, del };

/// True for methods that change something: they need the CSRF token and leave an audit row.
[[nodiscard]] constexpr bool is_unsafe(Method method) {
  return method != Method::get;
}

struct Request {
  Method method = Method::get;
  std::string path;  ///< percent-decoded, without the query
  std::vector<std::pair<std::string, std::string>> query;
  std::string content_type;
  std::string session_token;  ///< from the cookie; empty when there is none
  std::string bound_token;    ///< the same of a bound user: a cookie of its own
  std::string csrf_token;     ///< from X-CSRF-Token
  std::string language;       ///< Accept-Language
  std::string address;        ///< of the peer, without the port
  std::string body;

  [[nodiscard]] std::optional<std::string_view> argument(std::string_view name) const {
    for (const auto& [key, value] : query)
      if (key == name) return value;
    return std::nullopt;
  }
};

/// What the audit row says beyond who, when, where from, which endpoint and the result.
struct AuditNote {
  bool stored = false;            ///< the row was committed with the effect: no further one
  bool unwanted = false;          ///< none, although the method changes things: a stranger could repeat it without end
  bool wanted = false;            ///< a row although nothing was changed: somebody took data out
  std::string who;                ///< only where there is no session yet (login)
  std::int64_t organisation = 0;  ///< the same; 0: nobody of that name
  std::string detail;             ///< what was asked as wire::detail, without secrets and personal data
};

struct Response {
  int status = 200;
  std::string body;
  std::string content_type = "application/json";
  std::vector<std::pair<std::string, std::string>> headers;
  std::string code;  ///< of an error; for the audit row
  AuditNote audit;
  std::string file;   ///< path of one that is sent instead of the body, piece by piece
  std::uint64_t file_from = 0;                     ///< of that file: the first byte that is sent
  std::optional<std::uint64_t> file_count = {};    ///< and how many; nothing: all that follow
  std::string fault;  ///< for the log only, never sent
};

/// Called exactly once, from any thread.
using Reply = std::function<void(Response)>;

/// Splits "/a%20b?x=1&y" into path and query. False when an escape is broken or the path is not absolute.
[[nodiscard]] bool parse_target(std::string_view target, Request& into);

/// The value of one cookie of a Cookie header; empty when it is not there.
[[nodiscard]] std::string cookie_value(std::string_view header, std::string_view name);

}  // namespace anju::platform
