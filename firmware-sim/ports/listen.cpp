#include "firmware-sim/ports/listen.hpp"

#include <charconv>
#include <utility>

#include "firmware-sim/ports/errc.hpp"

namespace anju::sim {

using boost::asio::ip::tcp;

base::Result<Endpoint> parse_endpoint(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos) return base::fail(PortErrc::bad_port, text + ": expected address:port");
  Endpoint endpoint{text.substr(0, colon), 0};
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, endpoint.port);
  if (error != std::errc{} || stop != end) return base::fail(PortErrc::bad_port, text + ": the port is 0 to 65535");
  return endpoint;
}

base::Result<tcp::acceptor> listen(boost::asio::io_context& loop, const Endpoint& endpoint) {
  const std::string where = endpoint.address + ":" + std::to_string(endpoint.port);
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(endpoint.address, error);
  if (error) return base::fail(PortErrc::bad_port, where + ": not an IP address");

  tcp::acceptor acceptor(loop);
  const tcp::endpoint local(address, endpoint.port);
  acceptor.open(local.protocol(), error);
  if (!error) acceptor.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor.bind(local, error);
  if (!error) acceptor.listen(tcp::acceptor::max_listen_connections, error);
  if (error == boost::asio::error::address_in_use) {
    return base::fail(PortErrc::port_in_use, where + ": another program listens there; end it or choose another port");
  }
  if (error) return base::fail(PortErrc::cannot_create, where + ": " + error.message());
  return acceptor;
}

}  // namespace anju::sim
