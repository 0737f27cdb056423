#include "gateway/drivers/serial_port.hpp"

#include <cstdlib>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

namespace anju::gateway {
namespace {

struct Pty {
  int master = -1;
  std::string path;
  Pty() {
    master = ::posix_openpt(O_RDWR | O_NOCTTY);
    REQUIRE(master >= 0);
    REQUIRE(::grantpt(master) == 0);
    REQUIRE(::unlockpt(master) == 0);
    path = ::ptsname(master);
  }
  ~Pty() { ::close(master); }
  Pty(const Pty&) = delete;
  Pty& operator=(const Pty&) = delete;
};

}  // namespace

TEST_CASE("serial port: rule 1: a second opener is refused and told why") {
  const Pty pty;
  const auto first = open_serial({pty.path, {}});
  REQUIRE(first);
  const auto second = open_serial({pty.path, {}});
  REQUIRE_FALSE(second);
  CHECK(second.error().code == "line_down");
  CHECK(second.error().where.find("in use by another program") != std::string::npos);
  ::close(*first);
  const auto again = open_serial({pty.path, {}});
  REQUIRE(again);
  ::close(*again);
}

TEST_CASE("serial port: a missing port and one that is none say what to do") {
  const auto missing = open_serial({"/dev/there-is-no-such-port", {}});
  REQUIRE_FALSE(missing);
  CHECK(missing.error().where.find("plug the adapter in") != std::string::npos);
  const auto file = open_serial({"/dev/null", {}});
  REQUIRE_FALSE(file);
  CHECK(file.error().where.find("no serial port") != std::string::npos);
}

TEST_CASE("serial port: bytes pass unchanged, FF, 0D, 11 and 13 included") {
  const Pty pty;
  const auto port = open_serial({pty.path, {}});
  REQUIRE(port);
  const unsigned char bytes[] = {0xFF, 0x0D, 0x0A, 0x11, 0x13, 0x03, 0x00, 0x68};
  REQUIRE(::write(pty.master, bytes, sizeof bytes) == sizeof bytes);
  unsigned char heard[16] = {};
  CHECK(::read(*port, heard, sizeof heard) == sizeof bytes);
  CHECK(std::equal(std::begin(bytes), std::end(bytes), heard));
  ::close(*port);
}

}  // namespace anju::gateway
