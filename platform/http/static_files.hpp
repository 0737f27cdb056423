#pragma once

// The console's files: one folder, nothing outside of it. A path that is no file and looks like a page of the console
// answers index.html, because the console routes in the browser.

#include <filesystem>
#include <string>
#include <string_view>

#include "platform/http/message.hpp"

namespace anju::platform {

/// Larger files are answered as not found; the console's largest is a few megabytes.
inline constexpr std::size_t kMostFileBytes = 32 * 1024 * 1024;

class StaticFiles {
 public:
  explicit StaticFiles(std::filesystem::path root) : root_(std::move(root)) {}

  /// path: decoded, begins with a slash. gzip: the client takes it, so `name.gz` beside the file is sent when it is
  /// there. Reads the disk: call it where blocking is allowed.
  [[nodiscard]] Response serve(std::string_view path, bool gzip) const;

  /// The folder holds a console.
  [[nodiscard]] bool present() const;

 private:
  std::filesystem::path root_;
};

[[nodiscard]] std::string_view content_type_of(std::string_view path);

/// True when every segment is a plain name: no "..", nothing hidden, no backslash, no control character.
[[nodiscard]] bool is_plain_path(std::string_view path);

}  // namespace anju::platform
