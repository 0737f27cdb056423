#include "gateway/app/own_gateway.hpp"

#include <chrono>
#include <csignal>
#include <thread>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>

namespace anju::gateway {
namespace {

constexpr std::chrono::seconds kStartTimeout(20);
constexpr std::chrono::milliseconds kLookAgain(100);

/// Of the child, between fork and exec: only what is safe there. It goes on when somebody presses Ctrl-C, and ends when who started it is gone.
[[noreturn]] void become(const char* config_file) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  const int nowhere = ::open("/dev/null", O_RDWR);
  if (nowhere >= 0) {
    ::dup2(nowhere, STDIN_FILENO);
    ::dup2(nowhere, STDOUT_FILENO);
  }
  ::execl("/proc/self/exe", "anju-gateway", "run", "--config", config_file, static_cast<char*>(nullptr));
  ::_exit(127);
}

}  // namespace

bool runs_gateway(const std::string& data_folder) {
  boost::asio::io_context io;
  boost::asio::local::stream_protocol::socket socket(io);
  boost::system::error_code error;
  socket.connect(boost::asio::local::stream_protocol::endpoint(status_socket(data_folder)), error);
  return !error;
}

base::Result<OwnGateway> OwnGateway::start(const std::string& config_file, const std::string& data_folder) {
  const auto failed = [](const std::string& why) { return base::fail(ConfigErrc::bad_config, why); };
  struct stat folder {};
  if (::stat(data_folder.c_str(), &folder) != 0) return failed(data_folder + " does not exist: no gateway was ever started with this configuration");
  if (folder.st_uid != ::geteuid()) {
    return failed("no gateway runs on " + data_folder + ", which belongs to another user: start its service (systemctl start anju-gateway) and run this again");
  }
  const auto process = ::fork();
  if (process < 0) return failed("no gateway could be started");
  if (process == 0) become(config_file.c_str());
  OwnGateway own(process);
  const auto end = std::chrono::steady_clock::now() + kStartTimeout;
  while (std::chrono::steady_clock::now() < end) {
    if (runs_gateway(data_folder)) return own;
    if (::waitpid(process, nullptr, WNOHANG) == process) {
      own.process_ = -1;
      return failed("the gateway ended at once: 'anju-gateway run --config " + config_file + " --check' says what is wrong");
    }
    std::this_thread::sleep_for(kLookAgain);
  }
  return failed("the gateway that was started does not answer");
}

OwnGateway::~OwnGateway() {
  if (process_ <= 0) return;
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
}

}  // namespace anju::gateway
