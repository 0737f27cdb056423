#pragma once

// A frame told to a person: what stands in it, fact by fact, or why it is none. For the installer's `decode`, the
// packet trace and the tests; keys are those of tests/data/dlt645.json. Knows no JSON: whoever prints it chooses the
// form.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocols/base/bytes.hpp"
#include "protocols/base/result.hpp"

namespace anju::dlt645 {

/// monostate is "known to be absent" (a relay command without valid-until); an empty text in a list is a missing item.
using FactValue = std::variant<std::monostate, bool, std::int64_t, std::string, std::vector<std::string>>;

struct Fact {
  std::string_view key;  ///< snake_case, static storage
  FactValue value;
  bool operator==(const Fact&) const = default;
};

struct Explanation {
  std::vector<Fact> facts;             ///< in the order of the frame, then what they mean
  std::optional<base::Error> refused;  ///< not a frame: checksum, end_byte, bad_length, need_more, no_frame
  std::vector<base::Error> remarks;    ///< a frame, but not all of it makes sense (a time that does not exist, a length
                                       ///< that does not fit); what is doubtful is left out of the facts
  std::size_t consumed = 0;            ///< bytes of the input up to and including the 16; 0 when refused
};

/// Explains the first frame in these bytes, preamble and noise included; total over any bytes.
[[nodiscard]] Explanation explain(base::ByteView bytes);

/// True when a preamble arrived intact and nothing behind it did: the line is probably set to 8N1 while the meter
/// speaks 8E1. FE and 68 have an odd number of one bits, so their parity bit reads as a stop bit; most other bytes do
/// not survive. A hint for a person, as `where` of a refusal and in a scan; never a reason to change anything by
/// itself.
[[nodiscard]] bool looks_like_parity_mismatch(base::ByteView bytes);

}  // namespace anju::dlt645
