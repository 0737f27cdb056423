#include "gateway/app/fetch_child.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>
#include <utility>
#include <vector>

#include "protocols/base/id.hpp"

namespace anju::gateway {
namespace {

constexpr int kNotBegun = 127;
constexpr int kFirstOther = 3;  ///< behind standard input, output and error

/// Between fork and exec: other threads of this program may hold any lock, so nothing is allocated here.
[[noreturn]] void become(char* const* words, pid_t parent, int said) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(kNotBegun);  // it died before it could be asked
  ::signal(SIGPIPE, SIG_DFL);
  ::dup2(said, STDOUT_FILENO);
  (void)::close_range(kFirstOther, ~0U, CLOSE_RANGE_CLOEXEC);  // such as the descriptor on which a trial is confirmed
  ::execv("/proc/self/exe", words);  // this very program, also where its file was replaced meanwhile
  ::_exit(kNotBegun);
}

}  // namespace

void FetchChild::close_pipe() {
  if (said_ >= 0) ::close(said_);
  said_ = -1;
}

void FetchChild::start(const std::string& releases, const wire::ReleaseOrder& order) {
  stop();
  std::vector<std::string> words{"anju-gateway", "fetch-ordered", "--releases", releases, "--order", order.order, "--url", order.url, "--sha256", order.sha256,
                                 "--size", std::to_string(order.size)};
  if (!order.pin.empty()) words.insert(words.end(), {"--pin", order.pin});
  std::vector<char*> pointers;
  for (auto& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  std::array<int, 2> said{-1, -1};
  if (::pipe2(said.data(), O_CLOEXEC | O_NONBLOCK) == 0) {
    const pid_t self = ::getpid();
    pid_ = ::fork();
    if (pid_ == 0) become(pointers.data(), self, said[1]);
    ::close(said[1]);
    said_ = said[0];
  }
  if (pid_ > 0) return;
  close_pipe();
  pid_ = -1;
  not_begun_ = true;
}

void FetchChild::stop() {
  not_begun_ = false;
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  pid_ = -1;
  close_pipe();
}

std::optional<FetchEnd> FetchChild::ended() {
  if (std::exchange(not_begun_, false)) return FetchEnd{"not_begun"};
  int status = 0;
  if (pid_ <= 0 || ::waitpid(pid_, &status, WNOHANG) != pid_) return std::nullopt;
  pid_ = -1;
  std::array<char, 128> text{};
  const ssize_t count = ::read(said_, text.data(), text.size());
  close_pipe();
  std::string_view word(text.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
  word = word.substr(0, word.find('\n'));
  const bool done = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  if (done && word == "offered") return FetchEnd{};
  return FetchEnd{base::is_id(word) && !done ? std::string(word) : std::string(kCrashed)};
}

}  // namespace anju::gateway
