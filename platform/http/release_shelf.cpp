#include "platform/http/release_shelf.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <system_error>

#include "protocols/wire/release.hpp"

namespace anju::platform {
namespace {

constexpr std::string_view kPath = "/releases/";
constexpr std::string_view kReceived = "received-";

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return ::fsync(file) == 0;
}

bool keep_names(const std::string& folder) {
  const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return false;
  const bool kept = ::fsync(opened) == 0;
  ::close(opened);
  return kept;
}

std::optional<std::uint64_t> size_of(const std::string& name) {
  struct stat facts {};
  if (::stat(name.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) return std::nullopt;
  return static_cast<std::uint64_t>(facts.st_size);
}

Response without_body(int status) {
  Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  return response;
}

}  // namespace

bool is_release_path(std::string_view path) { return path.starts_with(kPath) && wire::is_sha256(path.substr(kPath.size())); }

std::string ReleaseShelf::prepare() const {
  std::error_code failed;
  std::filesystem::create_directories(folder_, failed);
  if (!failed) std::filesystem::permissions(folder_, std::filesystem::perms::owner_all, failed);
  if (failed || ::access(folder_.c_str(), R_OK | W_OK | X_OK) != 0) return "releases.folder = " + folder_ + " cannot be made or is not writable for this user";
  return {};
}

void ReleaseShelf::sweep(const std::vector<std::string>& known) const {
  std::error_code ignored;
  std::vector<std::filesystem::path> gone;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, ignored)) {
    // By the name: somebody may have set a folder that holds more than ours.
    const std::string name = entry.path().filename().string();
    const bool nobodys = wire::is_sha256(name) && std::find(known.begin(), known.end(), name) == known.end();
    if (nobodys || name.starts_with(kReceived)) gone.push_back(entry.path());
  }
  for (const auto& file : gone) std::filesystem::remove(file, ignored);
}

std::string ReleaseShelf::receive(std::string_view bytes) const {
  static std::atomic<std::uint64_t> next{0};
  std::string name = path(std::string(kReceived) + std::to_string(::getpid()) + "-" + std::to_string(next++));
  const int file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return {};
  const bool written = write_all(file, bytes);
  ::close(file);
  if (written) return name;
  ::unlink(name.c_str());
  return {};
}

bool ReleaseShelf::place(const std::string& received, const std::string& sha256) const {
  return ::rename(received.c_str(), path(sha256).c_str()) == 0 && keep_names(folder_);
}

void ReleaseShelf::forget(const std::string& received) const { ::unlink(received.c_str()); }

void ReleaseShelf::remove(const std::string& sha256) const {
  if (wire::is_sha256(sha256)) ::unlink(path(sha256).c_str());
}

bool ReleaseShelf::holds(const std::string& sha256, std::int64_t size) const {
  return wire::is_sha256(sha256) && size_of(path(sha256)) == static_cast<std::uint64_t>(size);
}

Response ReleaseShelf::serve(std::string_view asked_path, const RangeAsk& asked) const {
  if (!is_release_path(asked_path)) return without_body(404);
  const std::string_view sha256 = asked_path.substr(kPath.size());
  const std::string name = path(sha256);
  const auto size = size_of(name);
  if (!size) return without_body(404);
  const std::string etag = '"' + std::string(sha256) + '"';
  const auto range = range_of(asked, *size, etag);
  Response response;
  if (!range) {
    response = without_body(416);
    response.headers.emplace_back("Content-Range", "bytes */" + std::to_string(*size));
  } else {
    response.content_type = "application/octet-stream";
    response.file = name;
    response.file_from = range->from;
    response.file_count = range->count;
    if (range->partial) {
      response.status = 206;
      response.headers.emplace_back("Content-Range", "bytes " + std::to_string(range->from) + "-" + std::to_string(range->from + range->count - 1) + "/" + std::to_string(*size));
    }
  }
  response.headers.emplace_back("ETag", etag);
  response.headers.emplace_back("Accept-Ranges", "bytes");
  // What has this name never changes.
  response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
  return response;
}

}  // namespace anju::platform
