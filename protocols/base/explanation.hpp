#pragma once

// A frame told to a person: what stands in it, fact by fact, or why it is none. Every protocol's `explain` gives one; `decode`, the trace of a
// line and the tests show it. Knows no JSON: whoever prints it chooses the form.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocols/base/result.hpp"

namespace anju::base {

/// monostate is "known to be absent" (a relay command without valid-until); an empty text in a list is a missing item.
using FactValue = std::variant<std::monostate, bool, std::int64_t, std::string, std::vector<std::string>>;

struct Fact {
  std::string_view key;  ///< snake_case, static storage
  FactValue value;
  bool operator==(const Fact&) const = default;
};

struct Explanation {
  std::vector<Fact> facts;        ///< in the order of the frame, then what they mean
  std::optional<Error> refused;   ///< not a frame: checksum, end_byte, bad_length, need_more, no_frame
  std::vector<Error> remarks;     ///< a frame, but not all of it makes sense (a time that does not exist, a length that does not fit);
                                  ///< what is doubtful is left out of the facts
  std::size_t consumed = 0;       ///< bytes of the input up to and including the frame's last; 0 when refused
};

}  // namespace anju::base
