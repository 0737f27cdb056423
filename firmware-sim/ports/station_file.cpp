#include "firmware-sim/ports/station_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

#include "firmware-sim/ports/errc.hpp"
#include "firmware-sim/station/station_memory.hpp"

namespace anju::sim {
namespace {

base::Result<> failed(const std::string& name) {
  return base::fail(PortErrc::cannot_create, name + ": " + std::strerror(errno));
}

base::Result<> write_all(int descriptor, std::string_view bytes, const std::string& name) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failed(name);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

base::Result<std::string> read_all(int descriptor, const std::string& name) {
  std::string text;
  char buffer[65536];
  while (true) {
    const ssize_t count = ::read(descriptor, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return base::pass(failed(name));
    if (count == 0) return text;
    text.append(buffer, static_cast<std::size_t>(count));
  }
}

/// A new name is on the disk when its folder is.
void sync_folder(const std::string& name) {
  const std::string folder = std::filesystem::path(name).parent_path().string();
  const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

base::Result<StationFile> StationFile::open(const std::string& name) {
  StationFile file;
  file.name_ = name;
  if (name.empty()) return file;
  file.descriptor_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file.descriptor_ < 0) return base::pass(failed(name));
  auto text = read_all(file.descriptor_, name);
  if (!text) return base::pass(text);
  const std::size_t whole = whole_size(*text);
  const auto end = static_cast<off_t>(whole);
  if (::ftruncate(file.descriptor_, end) != 0 || ::lseek(file.descriptor_, end, SEEK_SET) != end) {
    return base::pass(failed(name));
  }
  text->resize(whole);
  file.size_ = whole;
  file.text_ = std::move(*text);
  sync_folder(name);
  return file;
}

StationFile::StationFile(StationFile&& other) noexcept
    : name_(std::move(other.name_)),
      text_(std::move(other.text_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      size_(other.size_),
      kept_size_(other.kept_size_),
      unsynced_(other.unsynced_) {}

StationFile::~StationFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

base::Result<> StationFile::append(std::string_view lines) {
  if (descriptor_ < 0 || lines.empty()) return {};
  size_ += lines.size();
  unsynced_ = true;
  return write_all(descriptor_, lines, name_);
}

base::Result<> StationFile::sync() {
  if (descriptor_ < 0 || !std::exchange(unsynced_, false)) return {};
  return ::fdatasync(descriptor_) == 0 ? base::Result<>() : failed(name_);
}

base::Result<> StationFile::replace(std::string_view lines) {
  if (descriptor_ < 0) return {};
  const std::string fresh = name_ + ".new";
  const int descriptor = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) return failed(fresh);
  auto written = write_all(descriptor, lines, fresh);
  if (written && ::fsync(descriptor) != 0) written = failed(fresh);
  if (written && std::rename(fresh.c_str(), name_.c_str()) != 0) written = failed(name_);
  if (!written) {
    ::close(descriptor);
    return written;
  }
  sync_folder(name_);
  ::close(std::exchange(descriptor_, descriptor));
  size_ = kept_size_ = lines.size();
  unsynced_ = false;
  return {};
}

}  // namespace anju::sim
