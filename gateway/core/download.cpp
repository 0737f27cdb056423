#include "gateway/core/download.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "gateway/core/errc.hpp"

namespace anju::gateway {
namespace {

constexpr std::size_t kMostPath = 1000;

struct Range {
  std::int64_t first = -1, last = -1, whole = -1;
};

bool take_number(std::string_view& text, std::int64_t& out) {
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (failure != std::errc() || out < 0) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

bool take_word(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

/// "bytes 0-99/200", "bytes 0-99/*", "bytes */200".
std::optional<Range> read_range(std::string_view text) {
  Range range;
  if (!take_word(text, "bytes ")) return std::nullopt;
  if (!take_word(text, "*")) {
    if (!take_number(text, range.first) || !take_word(text, "-") || !take_number(text, range.last) || range.last < range.first) return std::nullopt;
  }
  if (!take_word(text, "/")) return std::nullopt;
  if (!take_word(text, "*") && !take_number(text, range.whole)) return std::nullopt;
  if (!text.empty() || (range.whole >= 0 && range.last >= range.whole)) return std::nullopt;
  return range;
}

}  // namespace

bool is_web_address(std::string_view text) {
  return text.starts_with("http://") || text.starts_with("https://");
}

base::Result<FileAddress> parse_file_address(std::string_view text) {
  constexpr std::string_view kScheme = "://";
  const auto scheme = text.find(kScheme);
  const auto slash = scheme == std::string_view::npos ? scheme : text.find('/', scheme + kScheme.size());
  if (slash == std::string_view::npos) return base::fail(Errc::bad_uri, "write it like https://host/releases/gateway.anju");
  const std::string_view path = text.substr(slash);
  const bool plain = std::all_of(path.begin(), path.end(), [](char c) { return c > ' ' && c < 0x7f; });
  if (!plain || path.size() > kMostPath) {
    return base::fail(Errc::bad_uri, "the path has at most 1000 characters, without blanks and with %XX for what is not ASCII");
  }
  auto server = parse_platform(text.substr(0, slash));
  if (!server) return base::pass(server);
  return FileAddress{std::move(*server), std::string(path)};
}

FileStep step_after(const FileAnswer& answer, std::int64_t have) {
  constexpr int kOk = 200, kPart = 206, kTimeout = 408, kNoSuchRange = 416, kTooMany = 429, kServer = 500;
  const auto range = read_range(answer.content_range);
  if (answer.status == kOk) return FileStep::restart;
  if (answer.status == kPart) {
    if (range && range->first == have) return FileStep::append;
    return have > 0 ? FileStep::discard : FileStep::refused;
  }
  if (answer.status == kNoSuchRange && have > 0) return range && range->whole == have ? FileStep::whole : FileStep::discard;
  const bool later = answer.status == kTimeout || answer.status == kTooMany || answer.status >= kServer;
  return later ? FileStep::again : FileStep::refused;
}

std::int64_t whole_length(const FileAnswer& answer) {
  if (answer.content_range.empty()) return answer.length;
  const auto range = read_range(answer.content_range);
  return range ? range->whole : -1;
}

std::string encode(const DownloadMark& mark) {
  return mark.address + "\n" + mark.etag + "\n";
}

DownloadMark decode_download_mark(std::string_view text) {
  const auto first = text.find('\n');
  const auto second = first == std::string_view::npos ? first : text.find('\n', first + 1);
  if (second == std::string_view::npos || second + 1 != text.size()) return {};
  return {std::string(text.substr(0, first)), std::string(text.substr(first + 1, second - first - 1))};
}

}  // namespace anju::gateway
