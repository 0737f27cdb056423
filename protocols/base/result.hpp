#pragma once

// Errors as values, for every folder.
//
// A folder declares one `enum class Errc` with one comment per value and a constexpr `to_string(Errc)` that gives the
// enumerator's name; the name is what travels in REST answers, log lines and tests. Nothing here throws.

#include <string>
#include <string_view>
#include <utility>

#include <tl/expected.hpp>

namespace anju::base {

/// What went wrong and where. `code` is the enumerator's name (static storage); `where` names the field, key or
/// place in words a person can act on, and may be empty.
struct Error {
  std::string_view code;
  std::string where;

  template <class Errc>
  Error(Errc errc, std::string place = {}) : code(to_string(errc)), where(std::move(place)) {}

  /// True when this error came from exactly that enumerator.
  template <class Errc>
  [[nodiscard]] bool is(Errc errc) const {
    return code == to_string(errc);
  }
};

template <class T = void>
using Result = tl::expected<T, Error>;

/// `return fail(Errc::too_long, "name");`
template <class Errc>
[[nodiscard]] tl::unexpected<Error> fail(Errc errc, std::string where = {}) {
  return tl::unexpected<Error>(Error(errc, std::move(where)));
}

/// Hands an error of one Result on as another: `if (!a) return pass(a);`
template <class T>
[[nodiscard]] tl::unexpected<Error> pass(const Result<T>& failed) {
  return tl::unexpected<Error>(failed.error());
}

}  // namespace anju::base
