#include "gateway/drivers/serial_port.hpp"

#include <cstdlib>
#include <filesystem>
#include <optional>

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include "tests/unit/gateway/drivers/port_bench.hpp"

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

  [[nodiscard]] std::string heard() const {
    char bytes[64];
    const auto count = ::read(master, bytes, sizeof bytes);
    return {bytes, static_cast<std::size_t>(std::max<ssize_t>(count, 0))};
  }
};

/// An adapter under a name of its own, as udev gives it; it can be pulled and plugged in again.
class Adapter {
 public:
  Adapter() {
    char name[] = "/tmp/anju-port-XXXXXX";
    REQUIRE(::mkdtemp(name) != nullptr);
    folder_ = name;
    plug();
  }
  ~Adapter() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Adapter(const Adapter&) = delete;
  Adapter& operator=(const Adapter&) = delete;
  [[nodiscard]] std::string path() const { return folder_ + "/meters"; }
  [[nodiscard]] const Pty& pty() const { return *pty_; }
  void plug() {
    pty_.emplace();
    std::filesystem::create_symlink(pty_->path, path());
  }
  void pull() {
    std::filesystem::remove(path());
    pty_.reset();
  }

 private:
  std::string folder_;
  std::optional<Pty> pty_;
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

TEST_CASE("serial port: an adapter that was pulled is opened again when it is back, and each reason is said once") {
  Adapter adapter;
  testing::PortBench bench;
  bench.start(SerialPort{adapter.path(), {}});
  REQUIRE(bench.wait([&] { return bench.opened == 1; }));
  bench.write("before");
  CHECK(adapter.pty().heard() == "before");

  adapter.pull();
  REQUIRE(bench.wait([&] { return bench.reasons.size() == 2; }));
  CHECK(bench.reasons[0].find("the port was lost") != std::string::npos);
  CHECK(bench.last_reason_has(adapter.path() + " is not there: plug the adapter in"));
  bench.write("into the void");

  adapter.plug();
  REQUIRE(bench.wait([&] { return bench.opened == 2; }));
  CHECK(bench.reasons.size() == 2);
  bench.write("after");
  CHECK(adapter.pty().heard() == "after");
  REQUIRE(::write(adapter.pty().master, "reply", 5) == 5);
  CHECK(bench.wait([&] { return bench.received == "reply"; }));
}

TEST_CASE("serial port: one that is missing or taken at the start is opened as soon as it can be") {
  Adapter adapter;
  auto taken = open_serial({adapter.path(), {}});
  REQUIRE(taken);
  testing::PortBench bench;
  bench.start(SerialPort{adapter.path(), {}});
  REQUIRE(bench.wait([&] { return bench.last_reason_has("in use by another program"); }));
  ::close(*taken);
  CHECK(bench.wait([&] { return bench.opened == 1; }));
  CHECK(bench.reasons.size() == 1);
}

}  // namespace anju::gateway
