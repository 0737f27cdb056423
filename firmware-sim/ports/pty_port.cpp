#include "firmware-sim/ports/pty_port.hpp"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include "firmware-sim/ports/errc.hpp"
#include "firmware-sim/ports/line_player.hpp"

namespace anju::sim {
namespace {

namespace asio = boost::asio;

constexpr std::chrono::milliseconds kLookForMaster{20};

std::uint32_t baud_of(speed_t speed) {
  switch (speed) {
    case B300: return 300;
    case B600: return 600;
    case B1200: return 1200;
    case B2400: return 2400;
    case B4800: return 4800;
    case B9600: return 9600;
    case B19200: return 19'200;
    case B38400: return 38'400;
    case B57600: return 57'600;
    case B115200: return 115'200;
    default: return 0;  // no meter speaks it
  }
}

/// Echo off and no line discipline, so that a master that opens the terminal without asking for it gets its bytes as
/// they are.
bool make_raw(int slave) {
  termios settings{};
  if (tcgetattr(slave, &settings) != 0) return false;
  cfmakeraw(&settings);
  return tcsetattr(slave, TCSANOW, &settings) == 0;
}

class PtyPort final : public PacedPort {
 public:
  PtyPort(asio::io_context& loop, int master, std::string link, std::string device, Line& line, const PortClock& clock)
      : master_(loop, master),
        look_again_(loop),
        link_(std::move(link)),
        device_(std::move(device)),
        player_(loop, line, clock, [this](base::ByteView bytes) { transmit(bytes); }) {
    read();
  }

  ~PtyPort() override {
    std::error_code ignored;
    if (std::filesystem::read_symlink(link_, ignored) == device_) std::filesystem::remove(link_, ignored);
  }

  [[nodiscard]] std::string where() const override { return link_ + " (" + device_ + ")"; }

 private:
  void read() {
    master_.async_read_some(asio::buffer(buffer_), [this](const boost::system::error_code& error, std::size_t count) {
      if (error == asio::error::operation_aborted) return;
      if (error) return wait_for_master();
      player_.received(std::as_bytes(std::span(buffer_).first(count)), speed());
      read();
    });
  }

  // The terminal is not kept open from this side: a master's exclusive use (TIOCEXCL) ends with the last close only,
  // and an own descriptor would let no second master in, ever. So while nobody has it open reading fails, and we look
  // again.
  void wait_for_master() {
    look_again_.expires_after(kLookForMaster);
    look_again_.async_wait([this](const boost::system::error_code& cancelled) {
      if (cancelled) return;
      pollfd state{master_.native_handle(), POLLIN, 0};
      const bool absent = poll(&state, 1, 0) > 0 && (state.revents & POLLHUP) != 0 && (state.revents & POLLIN) == 0;
      absent ? wait_for_master() : read();
    });
  }

  /// The descriptor of the master's end of a pty reports the settings of the other end.
  [[nodiscard]] std::uint32_t speed() {
    termios settings{};
    return tcgetattr(master_.native_handle(), &settings) == 0 ? baud_of(cfgetospeed(&settings)) : 0;
  }

  void transmit(base::ByteView bytes) {
    // Nobody reads: the buffer is full and the rest is lost, as on a wire.
    [[maybe_unused]] const ssize_t written = ::write(master_.native_handle(), bytes.data(), bytes.size());
  }

  asio::posix::stream_descriptor master_;
  asio::steady_timer look_again_;
  std::string link_;
  std::string device_;
  LinePlayer player_;
  std::array<char, 1024> buffer_{};
};

std::string reason(const std::string& what) {
  return what + ": " + std::strerror(errno);
}

}  // namespace

base::Result<std::unique_ptr<PacedPort>> open_pty_port(asio::io_context& loop, const std::string& link, Line& line,
                                                       const PortClock& clock) {
  const int master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (master < 0) return base::fail(PortErrc::cannot_create, reason("pseudo terminal"));
  std::array<char, 128> name{};
  if (grantpt(master) != 0 || unlockpt(master) != 0 || ptsname_r(master, name.data(), name.size()) != 0) {
    ::close(master);
    return base::fail(PortErrc::cannot_create, reason("pseudo terminal"));
  }
  if (const int slave = ::open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC); slave >= 0) {
    make_raw(slave);
    ::close(slave);
  }

  std::error_code error;
  const bool taken = std::filesystem::exists(std::filesystem::symlink_status(link, error)) &&
                     !std::filesystem::is_symlink(link, error);
  if (taken) {
    ::close(master);
    return base::fail(PortErrc::port_in_use,
                      link + " exists and is not a link of ours; remove it or choose another path");
  }
  std::filesystem::remove(link, error);
  std::filesystem::create_symlink(name.data(), link, error);
  if (error) {
    ::close(master);
    return base::fail(PortErrc::cannot_create, "link " + link + ": " + error.message());
  }
  return std::make_unique<PtyPort>(loop, master, link, name.data(), line, clock);
}

}  // namespace anju::sim
