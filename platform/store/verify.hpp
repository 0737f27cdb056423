#pragma once

// Are the ledger's promises kept? (reliability.md, section 2.) Changes nothing; the ledger may go on meanwhile. All readings are laid out as rows for
// it (journal_tables.hpp), in temporary space.
//
// L11 (holds of charge orders) has no tables yet. L5's other half, that nothing acknowledged is missing, needs the gateways' spools and is
// the scenario tests' business; here no row may lie beyond what was acknowledged.

#include <cstdint>
#include <string>
#include <vector>

#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

struct Check {
  std::string name;     ///< stable, e.g. "balance_is_sum"
  std::string promise;  ///< what is true when nothing is found
  std::int64_t wrong = 0;
  std::vector<std::string> first;  ///< the first few findings, in words
};

/// Every check, also those that find nothing, in a fixed order. Error: store_failed.
[[nodiscard]] base::Result<std::vector<Check>> verify(const std::string& url, base::UtcMillis now);

}  // namespace anju::platform
