#pragma once

// The byte side of a line: a serial port or a TCP connection to a serial server. It opens, keeps trying when it cannot,
// hands on what arrives and performs what the line asks. What the bytes mean is gateway/core's business.

#include <functional>
#include <memory>
#include <string>

#include "gateway/core/line.hpp"
#include "gateway/core/line_uri.hpp"
#include "protocols/base/bytes.hpp"

namespace boost::asio {
class io_context;
}

namespace anju::gateway {

/// Called on the io_context's thread, never from inside a call to the port.
struct PortHandlers {
  std::function<void()> opened;
  /// The port failed or was lost; it tries again by itself. `why` says what to do. Repeated only when the reason
  /// changes.
  std::function<void(std::string why)> closed;
  std::function<void(base::Bytes bytes)> received;
};

/// Reopening: at first after kReopenFirst, doubling up to kReopenMost.
inline constexpr base::Millis kReopenFirst(500), kReopenMost = base::seconds(10);
/// For name, connection and nothing else; an idle line may stay silent.
inline constexpr base::Millis kConnectTimeout = base::seconds(5);
/// Bytes waiting to be written; a line has one request under way, so more means that the port hangs. It is closed then.
inline constexpr std::size_t kMostUnwritten = 4096;

class Port {
 public:
  virtual ~Port() = default;
  virtual void start() = 0;
  /// Does nothing while the port is closed: the line knows.
  virtual void perform(const PortAction& action) = 0;
};

/// io outlives the port. Destroying the port closes it; no handler is called afterwards.
[[nodiscard]] std::unique_ptr<Port> create_port(boost::asio::io_context& io, const LineUri& uri, PortHandlers handlers);

}  // namespace anju::gateway
