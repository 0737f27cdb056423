#pragma once

// The route table: every endpoint of openapi.json with its permission and its handler, and those of the catalogue's resources. A contract
// test compares it with the description in both directions; a route without a permission does not compile.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/http/message.hpp"

namespace anju::platform {

namespace catalog {
struct Resource;
struct Report;
}
struct Call;
class Api;

struct Route {
  Method method;
  std::string_view path;  ///< below /api/v1; {name} stands for one segment
  std::string_view operation_id;
  std::string_view permission;  ///< public: no session needed; self: any session; bound: a bound user's own, see bound_access.hpp
  void (*handle)(const Call& call, Api& api, Reply reply);
  bool before_password_change = false;  ///< allowed while the drawn password is still in use
  const catalog::Resource* resource = nullptr;  ///< of the catalogue: which one
  bool takes_file = false;  ///< its body may be as large as an upload, or as file_bytes
  const catalog::Report* report = nullptr;  ///< of the reports: which one
  std::uint64_t file_bytes = 0;  ///< of takes_file: the longest body; such a one is taken alone. 0: as uploads are (ServerOptions)
};

[[nodiscard]] std::span<const Route> routes();

/// Every permission that some route asks for, except public, self and bound; each once, sorted.
[[nodiscard]] std::vector<std::string_view> all_permissions();

struct Match {
  const Route* route = nullptr;
  std::vector<std::pair<std::string_view, std::string>> parameters;
};

/// path: below /api/v1, decoded.
[[nodiscard]] std::optional<Match> match(Method method, std::string_view path);

}  // namespace anju::platform
