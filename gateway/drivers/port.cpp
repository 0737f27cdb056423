#include "gateway/drivers/port.hpp"

#include <utility>
#include <variant>

#include "gateway/drivers/serial_port.hpp"
#include "gateway/drivers/tcp_client.hpp"

namespace anju::gateway {
namespace {

template <class Stream>
class StreamPort final : public Port {
 public:
  explicit StreamPort(std::shared_ptr<Stream> stream) : stream_(std::move(stream)) {}
  ~StreamPort() override { stream_->close_for_good(); }
  StreamPort(const StreamPort&) = delete;
  StreamPort& operator=(const StreamPort&) = delete;

  void start() override { stream_->start(); }
  void perform(const PortAction& action) override {
    if (const auto* format = std::get_if<SetFormat>(&action)) stream_->set_format(format->format);
    if (std::holds_alternative<FlushInput>(action)) stream_->flush_input();
    if (const auto* bytes = std::get_if<Write>(&action)) stream_->write(bytes->bytes);
    if (const auto* reopen = std::get_if<Reopen>(&action)) stream_->reopen(reopen->why);
  }

 private:
  std::shared_ptr<Stream> stream_;
};

}  // namespace

std::unique_ptr<Port> create_port(boost::asio::io_context& io, const LineUri& uri, PortHandlers handlers) {
  if (const auto* serial = std::get_if<SerialPort>(&uri)) {
    return std::make_unique<StreamPort<SerialStream>>(std::make_shared<SerialStream>(io, *serial, std::move(handlers)));
  }
  const auto* modbus = std::get_if<ModbusServer>(&uri);
  auto server = modbus == nullptr ? std::get<TcpServer>(uri) : TcpServer{modbus->host, modbus->port, {}, {}};
  return std::make_unique<StreamPort<TcpStream>>(std::make_shared<TcpStream>(io, std::move(server), std::move(handlers)));
}

}  // namespace anju::gateway
