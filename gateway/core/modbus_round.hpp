#pragma once

// What is asked of a Modbus device in one go: its registers lie in several blocks, and an action is several writes. Each part is asked when the one
// before was answered; together they are one question and one answer. In the answer `asked` has what was asked indeed.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "protocols/modbus/message.hpp"

namespace anju::gateway {

struct ModbusRound {
  std::vector<modbus::Frame> asked;           ///< in this order; never empty
  std::vector<modbus::Frame> heard;           ///< of an answer: one for each that was asked, or up to a write that was refused, or a read that cannot be answered now
  std::vector<std::vector<modbus::Frame>> apart;  ///< of a question, for each of `asked`: what is asked behind it where the device refuses it as one block
  std::optional<std::uint16_t> transaction = {};   ///< Modbus TCP; without one the frames go as RTU, also through a transparent serial server
  bool operator==(const ModbusRound&) const = default;
};

}  // namespace anju::gateway
