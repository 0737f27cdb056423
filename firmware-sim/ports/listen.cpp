#include "firmware-sim/ports/listen.hpp"

#include <utility>

#include "firmware-sim/ports/errc.hpp"
#include "protocols/base/host_port.hpp"

namespace anju::sim {

using boost::asio::ip::tcp;

base::Result<Endpoint> parse_endpoint(const std::string& text) {
  auto place = base::parse_host_port(text);
  if (!place) return base::fail(PortErrc::bad_port, text + ": " + place.error().where);
  if (!place->port) return base::fail(PortErrc::bad_port, text + ": expected address:port");
  return Endpoint{std::move(place->host), *place->port};
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
