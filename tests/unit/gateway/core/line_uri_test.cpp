#include "gateway/core/line_uri.hpp"

#include <doctest/doctest.h>

namespace anju::gateway {

TEST_CASE("line uri: serial and tcp, with and without options") {
  const auto serial = parse_line_uri("serial:///dev/ttyS1?baud=9600&format=8N2");
  REQUIRE(serial);
  CHECK(std::get<SerialPort>(*serial) == SerialPort{"/dev/ttyS1", {9600, 8, 'N', 2}, {true, true}});
  const auto plain = parse_line_uri("serial:///dev/serial/by-path/x");
  REQUIRE(plain);
  CHECK(std::get<SerialPort>(*plain).format == SerialFormat{});
  const auto tcp = parse_line_uri("tcp://10.0.0.7:4001");
  REQUIRE(tcp);
  CHECK(std::get<TcpServer>(*tcp) == TcpServer{"10.0.0.7", 4001, {}});
  const auto six = parse_line_uri("tcp://[::1]:4001?baud=1200");
  REQUIRE(six);
  CHECK(std::get<TcpServer>(*six).host == "::1");
  CHECK(said_of(*six) == SaidFormat{true, false});
  CHECK(said_of(*plain) == SaidFormat{});
  const auto modbus = parse_line_uri("modbus-tcp://[::1]:502");
  REQUIRE(modbus);
  CHECK(std::get<ModbusServer>(*modbus) == ModbusServer{"::1", 502});
}

TEST_CASE("line uri: what is wrong is named") {
  const struct {
    const char* text;
    const char* part;
  } cases[] = {
      {"", "a line is"},
      {"/dev/ttyS1", "a line is"},
      {"modbus://x", "a line is"},
      {"serial://ttyS1", "absolute path"},
      {"serial:///dev/ttyS1?baud=1234", "baud=1234"},
      {"serial:///dev/ttyS1?baud=", "baud="},
      {"serial:///dev/ttyS1?format=9X1", "format=9X1"},
      {"serial:///dev/ttyS1?speed=1", "speed"},
      {"tcp://host", "tcp://host:port"},
      {"tcp://:1", "tcp://host:port"},
      {"modbus-tcp://host", "modbus-tcp://host:port"},
      {"modbus-tcp://host:0", "1 to 65535"},
      {"modbus-tcp://host:502?baud=9600", "neither baud nor format"},
      {"tcp://host:0", "1 to 65535"},
      {"tcp://host:70000", "1 to 65535"},
  };
  for (const auto& wrong : cases) {
    CAPTURE(wrong.text);
    const auto uri = parse_line_uri(wrong.text);
    REQUIRE_FALSE(uri);
    CHECK(uri.error().code == "bad_uri");
    CHECK(uri.error().where.find(wrong.part) != std::string::npos);
  }
}

TEST_CASE("line time: 11 bits a character at 8E1") {
  CHECK(line_time_us(20, SerialFormat{}) == 91'666);
  CHECK(line_time(20, SerialFormat{}) == base::Millis(92));
  CHECK(line_time_us(24, SerialFormat{1200, 8, 'E', 1}) == 220'000);
  CHECK(line_time_us(17, SerialFormat{9600, 8, 'N', 1}) == 17'708);
}

}  // namespace anju::gateway
