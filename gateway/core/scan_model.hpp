#pragma once

// Which of the known models a Modbus device can be: nothing in the protocol says it, so the registers of every profile are read and what they say is
// looked at. A model stays a candidate when all that is asked of it is answered and could be true. Two makers may have the same registers: then there
// are several candidates, and the installer chooses.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gateway/core/modbus_meter.hpp"
#include "gateway/core/point_value.hpp"
#include "protocols/modbus/reply.hpp"

namespace anju::gateway {

/// What has to be read to tell the profiles apart; nothing twice.
[[nodiscard]] std::vector<modbus::Read> telling_reads(const Profiles& profiles);

struct ModelFit {
  std::string name;
  int evidence = 0;  ///< values that would hardly be so by chance: a mains voltage, a frequency near 50 Hz …
  std::optional<base::Quantity> total{};
  std::string state{};  ///< of its relay or valve; empty: it has none
};

using Answers = std::vector<std::pair<modbus::Read, modbus::Reply>>;

/// The best first. answers: to some of telling_reads(); a read that is missing, or answered with an exception, rules out whoever needs it.
[[nodiscard]] std::vector<ModelFit> models_that_fit(const Profiles& profiles, const Answers& answers);

/// Those of the waiting reads that a model may still depend on: whoever is ruled out by the answers so far, or by what got none, needs nothing more. What
/// models_that_fit makes of all answers is the same without the others. waiting: of telling_reads(), not asked yet, in their order.
[[nodiscard]] std::vector<modbus::Read> still_telling(const Profiles& profiles, const std::vector<modbus::Read>& waiting, const Answers& answers);

}  // namespace anju::gateway
