#pragma once

// The control byte: which function, which direction. Source: meters.md 2.1.

#include <cstdint>
#include <string_view>

#include "protocols/base/result.hpp"
#include "protocols/cjt188/errc.hpp"

namespace anju::cjt188 {

enum class Function : std::uint8_t {
  read_data = 0x01,
  read_address = 0x03,
  write = 0x04,             ///< valve and parameters
  read_key_version = 0x09,  ///< named, its content is not interpreted
  write_address = 0x15,
  write_base = 0x16,  ///< what the register is set to
};

[[nodiscard]] std::string_view to_string(Function function);

inline constexpr std::uint8_t kFromMeter = 0x80;   ///< D7
inline constexpr std::uint8_t kErrorReply = 0x40;  ///< D6
inline constexpr std::uint8_t kCodeMask = 0x3F;    ///< D5..D0

struct Control {
  Function function = Function::read_data;
  bool from_meter = false;
  bool error = false;
  bool operator==(const Control&) const = default;
};

/// Error: unknown_function (no such code, or the error bit in a request).
[[nodiscard]] base::Result<Control> parse_control(std::uint8_t control);

}  // namespace anju::cjt188
