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

/// What a URI says of the format itself; the rest of it is the usual one. What it says holds for everybody on the line, also where a device's model
/// would have its own.
struct SaidFormat {
  bool baud = false, characters = false;
  bool operator==(const SaidFormat&) const = default;
};

struct SerialPort {
  std::string path;
  SerialFormat format;
  SaidFormat said = {};
  bool operator==(const SerialPort&) const = default;
};

/// A transparent serial server. It has its own serial settings; `format` says what they are, so that line times are
/// right.
struct TcpServer {
  std::string host;
  std::uint16_t port = 0;
  SerialFormat format;
  SaidFormat said = {};
  bool operator==(const TcpServer&) const = default;
};

/// A server of Modbus TCP: a device, or a gateway with several units behind it. It has no format, and nothing but Modbus is spoken to it.
struct ModbusServer {
  std::string host;
  std::uint16_t port = 0;
  bool operator==(const ModbusServer&) const = default;
};

using LineUri = std::variant<SerialPort, TcpServer, ModbusServer>;

/// Of a Modbus server: one so fast that its bytes take no time worth counting.
[[nodiscard]] const SerialFormat& format_of(const LineUri& uri);
[[nodiscard]] SaidFormat said_of(const LineUri& uri);
/// "8N1"
[[nodiscard]] std::string characters_of(const SerialFormat& format);
/// "9600 8N1"
[[nodiscard]] std::string text_of(const SerialFormat& format);

/// `serial:///dev/ttyS1?baud=2400&format=8E1`, `tcp://host:port?baud=2400` (baud 2400 and 8E1 where nothing is said) or `modbus-tcp://host:port`.
/// Error: bad_uri, `where` names the part and what it may be.
[[nodiscard]] base::Result<LineUri> parse_line_uri(std::string_view text);

/// 300 to 115200, the rates that RS485 meters use. Error: bad_uri.
[[nodiscard]] base::Result<std::int64_t> parse_baud(std::string_view text);

}  // namespace anju::gateway
