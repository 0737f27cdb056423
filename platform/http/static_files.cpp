#include "platform/http/static_files.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <utility>

namespace anju::platform {
namespace {

namespace fs = std::filesystem;

Response plain(int status, std::string text) {
  Response response;
  response.status = status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = std::move(text);
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

std::optional<std::string> read_file(const fs::path& path) {
  std::error_code failed;
  if (!fs::is_regular_file(path, failed)) return std::nullopt;
  const auto size = fs::file_size(path, failed);
  if (failed || size > kMostFileBytes) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  std::string text(size, '\0');
  if (!file.read(text.data(), static_cast<std::streamsize>(size))) return std::nullopt;
  return text;
}

/// The folder with all links resolved contains the file with all links resolved.
bool is_inside(const fs::path& root, const fs::path& path) {
  std::error_code failed;
  const fs::path real_root = fs::canonical(root, failed);
  if (failed) return false;
  const fs::path real = fs::weakly_canonical(path, failed);
  if (failed) return false;
  return std::mismatch(real_root.begin(), real_root.end(), real.begin(), real.end()).first == real_root.end();
}

}  // namespace

std::string_view content_type_of(std::string_view path) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 15> kTypes{{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".webp", "image/webp"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".woff", "font/woff"},
      {".txt", "text/plain; charset=utf-8"},
      {".map", "application/json"},
  }};
  for (const auto& [ending, type] : kTypes)
    if (path.ends_with(ending)) return type;
  return "application/octet-stream";
}

bool is_plain_path(std::string_view path) {
  if (!path.starts_with('/')) return false;
  for (const char c : path)
    if (c == '\\' || static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return false;
  std::string_view rest = path.substr(1);
  while (!rest.empty()) {
    const auto end = std::min(rest.find('/'), rest.size());
    const auto segment = rest.substr(0, end);
    if (segment.empty() || segment.front() == '.') return false;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return true;
}

bool StaticFiles::present() const {
  std::error_code failed;
  return fs::is_regular_file(root_ / "index.html", failed);
}

Response StaticFiles::serve(std::string_view path, bool gzip) const {
  if (!is_plain_path(path)) return plain(404, "not found\n");
  fs::path file = root_ / fs::path(path.substr(1));
  std::error_code failed;
  const std::string_view name = path.substr(path.rfind('/') + 1);
  if (!fs::is_regular_file(file, failed)) {
    if (name.find('.') != std::string_view::npos) return plain(404, "not found\n");
    file = root_ / "index.html";
  }
  if (!is_inside(root_, file)) return plain(404, "not found\n");

  Response response;
  auto body = gzip ? read_file(fs::path(file) += ".gz") : std::nullopt;
  if (body) {
    response.headers.emplace_back("Content-Encoding", "gzip");
  } else {
    body = read_file(file);
  }
  if (!body)
    return plain(503,
                 "The console is not installed here: build web/ and set `web` in platform.toml to its dist folder.\n");
  response.body = std::move(*body);
  response.content_type = content_type_of(file.filename().string());
  // Vite writes a hash into the names below assets/, so such a file never changes; all else is asked for again.
  const bool hashed = path.starts_with("/assets/") && file.filename() != "index.html";
  response.headers.emplace_back("Cache-Control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
  response.headers.emplace_back("Vary", "Accept-Encoding");
  return response;
}

}  // namespace anju::platform
