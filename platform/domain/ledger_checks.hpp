#pragma once

// Limits and checks that several kinds of order share. For ledger_orders*.cpp only.

#include <cstddef>
#include <string>
#include <utility>

#include "platform/domain/errc.hpp"
#include "platform/domain/records.hpp"
#include "platform/domain/scope.hpp"
#include "protocols/base/result.hpp"

namespace anju::platform {

inline constexpr std::size_t kMostName = 240;  // 60 characters of up to four bytes
inline constexpr std::size_t kMostNote = 800;

[[nodiscard]] inline bool in(const Scope& scope, const Owner& owner) { return scope.covers(owner.organisation, owner.site); }

/// least, most: bytes. Error: bad_field (field).
inline base::Result<> check_text(const std::string& text, std::size_t least, std::size_t most, std::string field) {
  if (text.size() < least || text.size() > most) return base::fail(Errc::bad_field, std::move(field));
  return {};
}

}  // namespace anju::platform
