#pragma once

// What a scan found, as programs read it: the verb's output, the installer's page, and an archive with the entries of what was found.

#include <vector>

#include <boost/json/object.hpp>

#include "gateway/core/scan.hpp"
#include "protocols/wire/down.hpp"

namespace anju::gateway {

/// "kWh" or "m3"; empty where the model of a Modbus device is open.
[[nodiscard]] std::string_view unit_of(const FoundMeter& meter, const Profiles& profiles);

/// {"address", "dialect", "baud", "format": "8E1", "total": decimal text or null, "unit", "state": text or null, "answers", "asked", "answered",
/// "bad_probes", "quickest_ms", "slowest_ms"}; of cjt188 also "meter_type", "low_byte_first", "status_word"; of modbus "models": [{"model", "evidence"}].
[[nodiscard]] boost::json::object found_json(const FoundMeter& meter, const Profiles& profiles);

struct FoundArchive {
  wire::Archive archive;
  std::size_t left_out = 0;  ///< no answer, an open model, or a parity that an archive cannot say
};
/// line: with the address of its port; what it says of rate and format is replaced by what most meters have. uri: the same, parsed.
[[nodiscard]] FoundArchive archive_of(const std::vector<FoundMeter>& found, const wire::ArchiveLine& line, const LineUri& uri, const Profiles& profiles);

}  // namespace anju::gateway
