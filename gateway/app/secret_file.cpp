#include "gateway/app/secret_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "gateway/app/config.hpp"

namespace anju::gateway {

void keep_names(const std::filesystem::path& folder) {
  const int itself = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (itself < 0) return;
  (void)::fsync(itself);
  ::close(itself);
}

base::Result<> write_secret(const std::string& file, const std::string& text) {
  const auto fresh = file + ".new";
  const auto failed = [&](const char* what, int why) {
    return base::fail(ConfigErrc::bad_config, file + ": cannot be " + what + " (" + std::strerror(why) + ")");
  };
  ::unlink(fresh.c_str());
  const int opened = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (opened < 0) return failed("created", errno);
  const auto above = std::filesystem::path(file).parent_path();
  struct stat folder {};
  const bool root = ::geteuid() == 0 && ::stat(above.c_str(), &folder) == 0;
  const bool written = (!root || ::fchown(opened, folder.st_uid, folder.st_gid) == 0) &&
                       ::write(opened, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(opened) == 0;
  const int why = errno;
  ::close(opened);
  if (written && ::rename(fresh.c_str(), file.c_str()) == 0) {
    keep_names(above);
    return {};
  }
  const int last = written ? errno : why;
  ::unlink(fresh.c_str());
  return failed("written", last);
}

}  // namespace anju::gateway
