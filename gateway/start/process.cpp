#include "gateway/start/process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "gateway/releases/release_folder.hpp"

namespace anju::gateway {
namespace {

constexpr int kNotBegun = 127;

/// In the child: becomes the program, or says why not on `failed`.
[[noreturn]] void become(const std::string& program, const std::vector<std::string>& arguments, pid_t parent, int confirm, int failed) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(kNotBegun);  // it died before it could be asked
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  if (confirm >= 0) {
    ::fcntl(confirm, F_SETFD, 0);  // survives the exec
    ::setenv(kConfirmVariable, std::to_string(confirm).c_str(), 1);
  } else {
    ::unsetenv(kConfirmVariable);
  }
  std::vector<char*> words{const_cast<char*>(program.c_str())};
  for (const auto& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  ::execv(program.c_str(), words.data());
  const int why = errno;
  (void)!::write(failed, &why, sizeof why);
  ::_exit(kNotBegun);
}

}  // namespace

Process::~Process() {
  close_pipe();
}

void Process::close_pipe() {
  if (heard_ >= 0) ::close(heard_);
  heard_ = -1;
}

bool Process::start(const std::string& program, const std::vector<std::string>& arguments, bool confirm) {
  close_pipe();
  std::array<int, 2> said{-1, -1}, failed{-1, -1};
  if (::pipe2(failed.data(), O_CLOEXEC) != 0 || (confirm && ::pipe2(said.data(), O_CLOEXEC | O_NONBLOCK) != 0)) {
    why_ = std::strerror(errno);
    return false;
  }
  const pid_t self = ::getpid();
  pid_ = ::fork();
  if (pid_ == 0) become(program, arguments, self, said[1], failed[1]);
  const int fork_failed = errno;
  if (said[1] >= 0) ::close(said[1]);
  ::close(failed[1]);
  heard_ = said[0];
  int wrong = 0;
  const bool begun = pid_ > 0 && ::read(failed[0], &wrong, sizeof wrong) == 0;
  ::close(failed[0]);
  if (begun) return true;
  why_ = std::strerror(pid_ > 0 ? wrong : fork_failed);
  if (pid_ > 0) ::waitpid(pid_, nullptr, 0);
  pid_ = -1;
  return false;
}

void Process::signal(int number) const {
  if (pid_ > 0) ::kill(pid_, number);
}

std::optional<ProgramEnded> Process::ended() {
  int status = 0;
  if (pid_ <= 0 || ::waitpid(pid_, &status, WNOHANG) != pid_) return std::nullopt;
  pid_ = -1;
  close_pipe();
  constexpr int kSignal = 128;  // as a shell says it
  return ProgramEnded{true, WIFSIGNALED(status) ? kSignal + WTERMSIG(status) : WEXITSTATUS(status)};
}

bool Process::confirmed() {
  if (heard_ < 0) return false;
  std::array<char, 256> text{};
  bool said = false;
  for (;;) {
    const ssize_t count = ::read(heard_, text.data(), text.size());
    if (count > 0) said = said || std::string_view(text.data(), static_cast<std::size_t>(count)).find("confirmed\n") != std::string_view::npos;
    if (count == 0) close_pipe();  // it closed its end: nothing more to hear, and nothing to wake up for
    if (count <= 0) return said;
  }
}

}  // namespace anju::gateway
