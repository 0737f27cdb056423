#include "gateway/releases/durable_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iostream>

namespace anju::gateway {
namespace {

std::string cannot(const std::string& name, int why) {
  return name + ": cannot be written (" + std::strerror(why) + ")";
}

}  // namespace

void give_to_folder(int file, const std::string& name) {
  struct stat folder {};
  const auto above = std::filesystem::path(name).parent_path();
  const bool root = ::geteuid() == 0 && ::stat(above.c_str(), &folder) == 0;
  if (root && ::fchown(file, folder.st_uid, folder.st_gid) != 0) std::cerr << name << ": stays root's (" << std::strerror(errno) << ")\n";
}

std::string rename_durably(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) return cannot(to, errno);
  const auto above = std::filesystem::path(to).parent_path();
  if (const int itself = ::open(above.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); itself >= 0) {
    (void)::fsync(itself);  // the name, too
    ::close(itself);
  }
  return {};
}

std::string write_durably(const std::string& name, std::string_view text) {
  const std::string beside = name + ".new";
  ::unlink(beside.c_str());
  const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return cannot(name, errno);
  // Asked for by root for a gateway that runs as somebody else: it has to be able to read its files.
  give_to_folder(file, name);
  const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  const int why = errno;
  ::close(file);
  if (!written) {
    ::unlink(beside.c_str());
    return cannot(name, why);
  }
  const std::string wrong = rename_durably(beside, name);
  if (!wrong.empty()) ::unlink(beside.c_str());
  return wrong;
}

}  // namespace anju::gateway
