#pragma once

// How a line is named in archives and on command lines, and what that says about its bytes. Opens nothing.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace anju::gateway {

/// Character format and speed. One character is a start bit, the data bits, the parity bit if any, and the stop bits.
struct SerialFormat {
  std::int64_t baud = 2400;
  int data_bits = 8;
  char parity = 'E';  ///< N, E or O
  int stop_bits = 1;
  bool operator==(const SerialFormat&) const = default;

  [[nodiscard]] int bits_per_character() const { return 1 + data_bits + (parity == 'N' ? 0 : 1) + stop_bits; }
};

/// Microseconds that so many characters take on the wire.
[[nodiscard]] std::int64_t line_time_us(std::size_t characters, const SerialFormat& format);

/// The same in milliseconds, rounded up: the moment by which the last bit has certainly left.
[[nodiscard]] base::Millis line_time(std::size_t characters, const SerialFormat& format);

struct SerialPort {
  std::string path;
  SerialFormat format;
  bool operator==(const SerialPort&) const = default;
};

/// A transparent serial server. It has its own serial settings; `format` says what they are, so that line times are
/// right.
struct TcpServer {
  std::string host;
  std::uint16_t port = 0;
  SerialFormat format;
  bool operator==(const TcpServer&) const = default;
};

using LineUri = std::variant<SerialPort, TcpServer>;

[[nodiscard]] const SerialFormat& format_of(const LineUri& uri);

/// `serial:///dev/ttyS1?baud=2400&format=8E1` or `tcp://host:port?baud=2400`; baud 2400 and 8E1 where nothing is said.
/// Error: bad_uri, `where` names the part and what it may be.
[[nodiscard]] base::Result<LineUri> parse_line_uri(std::string_view text);

/// 300 to 115200, the rates that RS485 meters use. Error: bad_uri.
[[nodiscard]] base::Result<std::int64_t> parse_baud(std::string_view text);

}  // namespace anju::gateway
