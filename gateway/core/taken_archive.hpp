#pragma once

// An archive as a gateway takes it: which lines it opens, which devices it asks and how, and what is wrong with the rest. The running gateway acts on
// this, and `run --check` prints it.

#include <string>
#include <utility>
#include <vector>

#include "gateway/core/line_uri.hpp"
#include "gateway/core/meter.hpp"
#include "protocols/base/id.hpp"
#include "protocols/base/result.hpp"
#include "protocols/wire/down.hpp"

namespace anju::gateway {

struct TakenArchive {
  std::vector<std::pair<base::LineId, base::Result<LineUri>>> lines;   ///< in the archive's order; errors: of parse_line_uri()
  std::vector<std::pair<base::DeviceId, base::Result<Meter>>> devices; ///< in the archive's order; errors: of make_meter() and check_kind()
};

/// One bad entry takes no other with it. A device of a bad line is good if its own entry is: it waits for its line.
[[nodiscard]] TakenArchive take_archive(const wire::Archive& archive, const Profiles& profiles);

}  // namespace anju::gateway
