#pragma once

// What a resource does beyond its own row: inside the transaction of the change, so that it holds whoever changes. One file per
// resource, or per family of them; most resources have none.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/catalog/records.hpp"
#include "platform/domain/scope.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace soci {
class session;
}

namespace anju::platform {

class Question;

struct Change {
  soci::session& session;
  const catalog::Resource& resource;
  const Scope& scope;
  std::int64_t organisation;  ///< that the row belongs to; of an organisation the one above
  std::int64_t id;            ///< of the row; 0 before it is added
  base::UtcMillis at;
  std::string_view who = {};     ///< login of who asks
  std::string_view secret = {};  ///< Home::secret
};

/// The platform's own columns of a new row.
using Columns = std::vector<std::pair<std::string, catalog::Value>>;

/// Each may be missing. An error undoes the whole change; exceptions of SOCI may pass.
struct Rules {
  /// May refuse, settle what was given, and give the row its own columns (beside those of fields and of its place).
  base::Result<> (*adding)(const Change& change, std::vector<catalog::Value>& values, Columns& columns) = nullptr;
  base::Result<> (*added)(const Change& change, const std::vector<catalog::Value>& values) = nullptr;
  /// The row is still as it was; may refuse, and settle what was given.
  base::Result<> (*changing)(const Change& change, std::vector<catalog::Value>& values) = nullptr;
  /// The row is as it shall be.
  base::Result<> (*changed)(const Change& change, const std::vector<catalog::Value>& values) = nullptr;
  base::Result<> (*enabling)(const Change& change, bool enabled) = nullptr;
  /// Before the row goes; takes away what goes with it.
  base::Result<> (*removing)(const Change& change) = nullptr;
  /// A derived field that is no column, as SQL over the row `r`; empty: it is one.
  std::string_view (*expression)(std::string_view field) = nullptr;
  /// A filter that is more than a comparison of the field's column or expression: adds the condition and says true.
  bool (*filter)(Question& question, std::string_view field, const catalog::Value& value) = nullptr;
  /// Adds " AND …": rows `r` that the scope does not reach although they are of its organisation.
  void (*reach)(Question& question, const Scope& scope) = nullptr;
};

/// Of the resource; empty ones when it has none.
[[nodiscard]] const Rules& rules_of(const catalog::Resource& resource);

}  // namespace anju::platform
