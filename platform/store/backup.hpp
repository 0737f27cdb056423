#pragma once

// A copy of the books while the platform runs (L11): one state of all tables, checked before it gets its name.

#include <cstdint>
#include <string>

#include "protocols/base/result.hpp"

namespace anju::platform {

/// file: not there yet. The platform may run; its commits wait for nobody. Whatever gateways still keep of what came later they send again
/// once the copy serves. Answers its size in bytes. Errors: bad_field (to: it is there; database: a server, whose own tool does it),
/// store_failed; then no file of that name is left.
[[nodiscard]] base::Result<std::int64_t> backup(const std::string& url, const std::string& file);

}  // namespace anju::platform
