#include "gateway/core/line_uri.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "gateway/core/errc.hpp"

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

base::Result<SerialFormat> parse_query(std::string_view query) {
  SerialFormat format;
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
    } else if (name == "format") {
      const auto parsed = parse_format(value, format);
      if (!parsed) return base::pass(parsed);
      format = *parsed;
    } else {
      return base::fail(Errc::bad_uri, "unknown option '" + std::string(name) + "': there are baud and format");
    }
  }
  return format;
}

base::Result<LineUri> parse_tcp(std::string_view authority, const SerialFormat& format) {
  const auto colon = authority.rfind(':');
  if (colon == std::string_view::npos || colon == 0) {
    return base::fail(Errc::bad_uri, "'" + std::string(authority) + "': write tcp://host:port");
  }
  auto host = authority.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  const auto port_text = authority.substr(colon + 1);
  std::uint16_t port = 0;
  const auto [end, failure] = std::from_chars(port_text.data(), port_text.data() + port_text.size(), port);
  if (failure != std::errc() || end != port_text.data() + port_text.size() || port == 0) {
    return base::fail(Errc::bad_uri, "port '" + std::string(port_text) + "': a number from 1 to 65535");
  }
  return TcpServer{std::string(host), port, format};
}

}  // namespace

std::int64_t line_time_us(std::size_t characters, const SerialFormat& format) {
  return static_cast<std::int64_t>(characters) * format.bits_per_character() * 1'000'000 / format.baud;
}

base::Millis line_time(std::size_t characters, const SerialFormat& format) {
  return base::Millis((line_time_us(characters, format) + 999) / 1000);
}

const SerialFormat& format_of(const LineUri& uri) {
  if (const auto* serial = std::get_if<SerialPort>(&uri)) return serial->format;
  return std::get<TcpServer>(uri).format;
}

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
  constexpr std::string_view kSerial = "serial://", kTcp = "tcp://";
  const auto question = text.find('?');
  const auto place = text.substr(0, question);
  const auto format = parse_query(question == std::string_view::npos ? std::string_view() : text.substr(question + 1));
  if (!format) return base::pass(format);
  if (place.starts_with(kSerial)) {
    const auto path = place.substr(kSerial.size());
    if (!path.starts_with('/'))
      return base::fail(Errc::bad_uri, "serial:// wants an absolute path, like serial:///dev/ttyS1");
    return SerialPort{std::string(path), *format};
  }
  if (place.starts_with(kTcp)) return parse_tcp(place.substr(kTcp.size()), *format);
  return base::fail(Errc::bad_uri, "'" + std::string(text) + "': a line is serial:///dev/... or tcp://host:port");
}

}  // namespace anju::gateway
