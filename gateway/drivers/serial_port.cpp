#include "gateway/drivers/serial_port.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <termios.h>
#include <unistd.h>

#include "gateway/core/errc.hpp"

namespace anju::gateway {
namespace {

speed_t speed_of(std::int64_t baud) {
  switch (baud) {
    case 300: return B300;
    case 600: return B600;
    case 1200: return B1200;
    case 4800: return B4800;
    case 9600: return B9600;
    case 19200: return B19200;
    case 38400: return B38400;
    case 115200: return B115200;
    default: return B2400;  // parse_baud lets nothing else through
  }
}

/// A pty has neither parity nor rate; the C library reports that it does not take them.
bool is_pty(int fd) {
  struct stat info {};
  return ::fstat(fd, &info) == 0 && major(info.st_rdev) >= 136 && major(info.st_rdev) <= 143;
}

bool apply(int fd, const SerialFormat& format) {
  termios settings{};
  if (::tcgetattr(fd, &settings) != 0) return false;
  ::cfmakeraw(&settings);
  settings.c_cflag &= ~static_cast<tcflag_t>(CSIZE | PARENB | PARODD | CSTOPB | CRTSCTS);
  settings.c_cflag |=
      CLOCAL | CREAD | (format.data_bits == 7 ? static_cast<tcflag_t>(CS7) : static_cast<tcflag_t>(CS8));
  if (format.parity != 'N') settings.c_cflag |= PARENB;
  if (format.parity == 'O') settings.c_cflag |= PARODD;
  if (format.stop_bits == 2) settings.c_cflag |= CSTOPB;
  settings.c_cc[VMIN] = 1;
  settings.c_cc[VTIME] = 0;
  ::cfsetspeed(&settings, speed_of(format.baud));
  return ::tcsetattr(fd, TCSANOW, &settings) == 0 || is_pty(fd);
}

std::string what_to_do(const std::string& path, int error) {
  switch (error) {
    case ENOENT:
    case ENODEV:
    case ENXIO: return path + " is not there: plug the adapter in, or correct the line's uri";
    case EACCES:
    case EPERM: return "no permission for " + path + ": run as a user of its group (usually dialout)";
    case EBUSY:
    case EWOULDBLOCK: return path + " is in use by another program: stop it, a line has one owner";
    case ENOTTY: return path + " is no serial port: correct the line's uri";
    default: return "cannot open " + path + ": " + std::strerror(error);
  }
}

}  // namespace

base::Result<int> open_serial(const SerialPort& port) {
  const int fd = ::open(port.path.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) return base::fail(Errc::line_down, what_to_do(port.path, errno));
  auto give_up = [&](int error) {
    ::close(fd);
    return base::fail(Errc::line_down, what_to_do(port.path, error));
  };
  if (::isatty(fd) == 0) return give_up(ENOTTY);
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) return give_up(errno);
  if (::ioctl(fd, TIOCEXCL) != 0) return give_up(errno);
  if (!apply(fd, port.format)) return give_up(errno);
  ::tcflush(fd, TCIOFLUSH);
  return fd;
}

void SerialStream::open() {
  const auto fd = open_serial(port_);
  if (!fd) return failed(fd.error().where);
  boost::system::error_code error;
  stream_.assign(*fd, error);
  if (error) {
    ::close(*fd);
    return failed(error.message());
  }
  succeeded();
}

void SerialStream::set_format(const SerialFormat& format) {
  // A port that refuses is about to be lost; the read says so.
  if (stream_.is_open()) static_cast<void>(apply(stream_.native_handle(), format));
}

void SerialStream::flush_input() {
  if (stream_.is_open()) ::tcflush(stream_.native_handle(), TCIFLUSH);
}

}  // namespace anju::gateway
