#include "gateway/releases/durable_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace anju::gateway {
namespace {

std::string cannot(const std::string& name, const char* what, int why) {
  return name + ": cannot be " + what + " (" + std::strerror(why) + ")";
}

}  // namespace

std::string_view to_string(FolderErrc errc) {
  switch (errc) {
    case FolderErrc::not_written: return "not_written";
    case FolderErrc::unreadable: return "unreadable";
  }
  return "unknown";
}

base::Result<std::optional<std::string>> read_whole(const std::string& name, std::size_t most) {
  const int file = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0 && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
  if (file < 0) return base::fail(FolderErrc::unreadable, name + ": " + std::strerror(errno));
  std::string text, wrong;
  ssize_t count = 1;
  while (count != 0 && wrong.empty() && text.size() <= most) {
    std::array<char, 16 * 1024> piece;
    count = ::read(file, piece.data(), std::min(piece.size(), most + 1 - text.size()));
    if (count < 0 && errno != EINTR) wrong = name + ": " + std::strerror(errno);
    if (count > 0) text.append(piece.data(), static_cast<std::size_t>(count));
  }
  ::close(file);
  if (text.size() > most) wrong = name + ": longer than " + std::to_string(most) + " bytes";
  if (!wrong.empty()) return base::fail(FolderErrc::unreadable, wrong);
  return text;
}

std::string give_to_folder(int file, const std::string& name) {
  struct stat folder {};
  const auto above = std::filesystem::path(name).parent_path();
  const bool root = ::geteuid() == 0 && ::stat(above.c_str(), &folder) == 0;
  return root && ::fchown(file, folder.st_uid, folder.st_gid) != 0 ? cannot(name, "handed to the owner of its folder", errno) : std::string();
}

int open_own_file(const std::string& name, std::string& wrong) {
  const int file = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
  struct stat facts {};
  if (file < 0 || ::fstat(file, &facts) != 0) {
    wrong = cannot(name, "opened", errno);
  } else if (!S_ISREG(facts.st_mode) || facts.st_nlink != 1) {
    wrong = name + ": is no file of its own (a link, or not a plain file)";
  } else {
    return file;
  }
  if (file >= 0) ::close(file);
  return -1;
}

void keep_names(const std::filesystem::path& folder) {
  const int itself = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (itself < 0) return;
  (void)::fsync(itself);
  ::close(itself);
}

std::string rename_durably(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return cannot(to, "written", errno);
  keep_names(std::filesystem::path(to).parent_path());
  return {};
}

std::string write_durably(const std::string& name, std::string_view text) {
  const std::string beside = name + ".new";
  ::unlink(beside.c_str());
  const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return cannot(name, "created", errno);
  // Before there is anything to read in it.
  auto wrong = give_to_folder(file, name);
  if (wrong.empty() && (::write(file, text.data(), text.size()) != static_cast<ssize_t>(text.size()) || ::fsync(file) != 0)) wrong = cannot(name, "written", errno);
  ::close(file);
  if (wrong.empty()) wrong = rename_durably(beside, name);
  if (!wrong.empty()) ::unlink(beside.c_str());
  return wrong;
}

}  // namespace anju::gateway
