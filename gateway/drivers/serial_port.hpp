#pragma once

// Serial ports and ptys by path. Private to this folder.

#include <memory>

#include <boost/asio/posix/stream_descriptor.hpp>

#include "gateway/drivers/reopened_stream.hpp"

namespace anju::gateway {

class SerialStream final : public ReopenedStream<boost::asio::posix::stream_descriptor> {
 public:
  SerialStream(boost::asio::io_context& io, SerialPort port, PortHandlers handlers)
      : ReopenedStream(io, std::move(handlers)), port_(std::move(port)) {}
  void set_format(const SerialFormat& format) override;
  void flush_input() override;

 private:
  void open() override;
  SerialPort port_;
};

/// Opens exclusively (flock and TIOCEXCL), raw, with `format`. The error says what to do.
/// The descriptor is the caller's. Used by SerialStream and by tests.
[[nodiscard]] base::Result<int> open_serial(const SerialPort& port);

}  // namespace anju::gateway
