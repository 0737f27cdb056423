#include "gateway/core/line_uri.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "gateway/core/errc.hpp"
#include "protocols/base/host_port.hpp"

namespace anju::gateway {
namespace {

constexpr std::array<std::int64_t, 9> kBauds{300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 115200};

base::Result<SerialFormat> parse_format(std::string_view text, SerialFormat format) {
  const bool ok = text.size() == 3 && (text[0] == '7' || text[0] == '8') &&
                  (text[1] == 'N' || text[1] == 'E' || text[1] == 'O') && (text[2] == '1' || text[2] == '2');
  if (!ok) return base::fail(Errc::bad_uri, "format=" + std::string(text) + ": write it like 8E1 (7|8, N|E|O, 1|2)");
  format.data_bits = text[0] - '0';
  format.parity = text[1];
  format.stop_bits = text[2] - '0';
  return format;
}

struct Query {
  SerialFormat format;
  SaidFormat said;
};

base::Result<Query> parse_query(std::string_view query) {
  Query made;
  auto& [format, said] = made;
  while (!query.empty()) {
    const auto end = query.find('&');
    const auto part = query.substr(0, end);
    query = end == std::string_view::npos ? std::string_view() : query.substr(end + 1);
    const auto equals = part.find('=');
    const auto name = part.substr(0, equals);
    const auto value = equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1);
    if (name == "baud") {
      const auto baud = parse_baud(value);
      if (!baud) return base::pass(baud);
      format.baud = *baud;
      said.baud = true;
    } else if (name == "format") {
      const auto parsed = parse_format(value, format);
      if (!parsed) return base::pass(parsed);
      format = *parsed;
      said.characters = true;
    } else {
      return base::fail(Errc::bad_uri, "unknown option '" + std::string(name) + "': there are baud and format");
    }
  }
  return made;
}

/// name: the scheme, for messages.
base::Result<TcpServer> parse_server(std::string_view name, std::string_view authority, const Query& query) {
  auto place = base::parse_host_port(authority);
  const bool bad_port = place ? place->port == 0 : place.error().is(base::HostPortErrc::bad_port);
  if (bad_port) return base::fail(Errc::bad_uri, "'" + std::string(authority) + "': the port is a number from 1 to 65535");
  if (!place) return base::fail(Errc::bad_uri, "'" + std::string(authority) + "': write " + std::string(name) + "host:port; " + place.error().where);
  if (!place->port) return base::fail(Errc::bad_uri, "'" + std::string(authority) + "': write " + std::string(name) + "host:port");
  return TcpServer{std::move(place->host), *place->port, query.format, query.said};
}

}  // namespace

std::int64_t line_time_us(std::size_t characters, const SerialFormat& format) {
  return static_cast<std::int64_t>(characters) * format.bits_per_character() * 1'000'000 / format.baud;
}

base::Millis line_time(std::size_t characters, const SerialFormat& format) {
  return base::Millis((line_time_us(characters, format) + 999) / 1000);
}

const SerialFormat& format_of(const LineUri& uri) {
  static const SerialFormat kNetwork{115200, 8, 'N', 1};
  if (const auto* serial = std::get_if<SerialPort>(&uri)) return serial->format;
  const auto* server = std::get_if<TcpServer>(&uri);
  return server != nullptr ? server->format : kNetwork;
}

SaidFormat said_of(const LineUri& uri) {
  if (const auto* serial = std::get_if<SerialPort>(&uri)) return serial->said;
  const auto* server = std::get_if<TcpServer>(&uri);
  return server != nullptr ? server->said : SaidFormat{};
}

std::string characters_of(const SerialFormat& format) {
  return std::to_string(format.data_bits) + format.parity + std::to_string(format.stop_bits);
}

std::string text_of(const SerialFormat& format) { return std::to_string(format.baud) + " " + characters_of(format); }

base::Result<std::int64_t> parse_baud(std::string_view text) {
  std::int64_t baud = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), baud);
  const bool number = failure == std::errc() && end == text.data() + text.size();
  if (!number || std::ranges::find(kBauds, baud) == kBauds.end()) {
    return base::fail(Errc::bad_uri,
                      "baud=" + std::string(text) + ": 300, 600, 1200, 2400, 4800, 9600, 19200, 38400 or 115200");
  }
  return baud;
}

base::Result<LineUri> parse_line_uri(std::string_view text) {
  constexpr std::string_view kSerial = "serial://", kTcp = "tcp://", kModbus = "modbus-tcp://";
  const auto question = text.find('?');
  const auto place = text.substr(0, question);
  const auto query = parse_query(question == std::string_view::npos ? std::string_view() : text.substr(question + 1));
  if (!query) return base::pass(query);
  if (place.starts_with(kSerial)) {
    const auto path = place.substr(kSerial.size());
    if (!path.starts_with('/'))
      return base::fail(Errc::bad_uri, "serial:// wants an absolute path, like serial:///dev/ttyS1");
    return SerialPort{std::string(path), query->format, query->said};
  }
  if (place.starts_with(kTcp)) {
    auto server = parse_server(kTcp, place.substr(kTcp.size()), *query);
    if (!server) return base::pass(server);
    return *std::move(server);
  }
  if (place.starts_with(kModbus)) {
    auto server = parse_server(kModbus, place.substr(kModbus.size()), *query);
    if (!server) return base::pass(server);
    if (server->said != SaidFormat{}) return base::fail(Errc::bad_uri, "modbus-tcp:// has neither baud nor format: leave them out");
    return ModbusServer{std::move(server->host), server->port};
  }
  return base::fail(Errc::bad_uri, "'" + std::string(text) + "': a line is serial:///dev/..., tcp://host:port or modbus-tcp://host:port");
}

}  // namespace anju::gateway
