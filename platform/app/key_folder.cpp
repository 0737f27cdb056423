#include "platform/app/key_folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>

#include "protocols/base/id.hpp"

namespace anju::platform {

std::string KeyFolder::prepare() const {
  std::error_code failed;
  if (!std::filesystem::is_directory(folder_, failed)) {
    std::filesystem::create_directories(folder_, failed);
    if (!failed) std::filesystem::permissions(folder_, std::filesystem::perms::owner_all, failed);
    if (failed) return "keys = " + folder_ + " cannot be made: " + failed.message();
  }
  if (::access(folder_.c_str(), R_OK | W_OK | X_OK) != 0) return "keys = " + folder_ + " is not writable for this user";
  return {};
}

std::optional<std::string> KeyFolder::read_text(const std::string& gateway) const {
  if (!base::is_id(gateway)) return std::nullopt;
  std::ifstream file(path(gateway));
  std::string text;
  if (!(file >> text) || !wire::derive_keys(text)) return std::nullopt;
  return text;
}

std::optional<wire::GatewayKeys> KeyFolder::read(const std::string& gateway) const {
  const auto text = read_text(gateway);
  if (!text) return std::nullopt;
  auto keys = wire::derive_keys(*text);
  if (!keys) return std::nullopt;
  return *keys;
}

bool KeyFolder::write(const std::string& gateway, const std::string& key) const {
  return write_file(path(gateway), key);
}

bool KeyFolder::replace(const std::string& gateway, const std::string& key) const {
  if (!base::is_id(gateway)) return false;
  // No gateway's code has a dot, so this is nobody's key; a crash may have left it.
  const std::string beside = path(gateway) + ".new";
  ::unlink(beside.c_str());
  if (!write_file(beside, key)) return false;
  if (::rename(beside.c_str(), path(gateway).c_str()) != 0) {
    ::unlink(beside.c_str());
    return false;
  }
  return sync();
}

bool KeyFolder::sync() const {
  const int folder = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return false;
  const bool kept = ::fsync(folder) == 0;
  ::close(folder);
  return kept;
}

bool KeyFolder::write_file(const std::string& name, const std::string& key) {
  const int file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return false;
  const std::string text = key + "\n";
  const bool written =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  ::close(file);
  if (!written) ::unlink(name.c_str());
  return written;
}

bool KeyFolder::remove(const std::string& gateway) const {
  if (!base::is_id(gateway)) return false;
  if (::unlink(path(gateway).c_str()) != 0 && errno != ENOENT) return false;
  return sync();
}

}  // namespace anju::platform
