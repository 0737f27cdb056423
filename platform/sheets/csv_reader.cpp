#include <iconv.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>

#include "platform/sheets/sheet_reader.hpp"

namespace anju::platform {
namespace {

constexpr std::size_t kMostBytes = 64 * 1024 * 1024;  ///< of a file that is read into memory; uploads are far smaller

/// The same text as UTF-8; nothing when it is none of `encoding`.
std::optional<std::string> converted(const std::string& text, const char* encoding) {
  const iconv_t conversion = iconv_open("UTF-8", encoding);
  if (conversion == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
  std::string out(text.size() * 2 + 16, '\0');  // GB18030 has two bytes for what UTF-8 writes in three, and one for one
  auto* in = const_cast<char*>(text.data());
  char* into = out.data();
  std::size_t left = text.size(), room = out.size();
  const bool whole = iconv(conversion, &in, &left, &into, &room) != static_cast<std::size_t>(-1) && left == 0;
  iconv_close(conversion);
  if (!whole) return std::nullopt;
  out.resize(out.size() - room);
  return out;
}

/// The separator of the first line: what stands most often in it.
char separator_of(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  const auto count = [line](char c) { return std::count(line.begin(), line.end(), c); };
  char best = ',';
  for (const char c : {';', '\t'})
    if (count(c) > count(best)) best = c;
  return best;
}

}  // namespace

base::Result<> read_csv(const std::string& path, const SheetReader::Each& each) {
  std::ifstream file(path, std::ios::binary);
  if (!file.is_open()) return base::fail(ReadErrc::not_readable, std::strerror(errno));
  std::string raw;
  file.seekg(0, std::ios::end);
  if (file.tellg() > static_cast<std::streamoff>(kMostBytes)) return base::fail(ReadErrc::too_large, "");
  file.seekg(0);
  raw.assign(std::istreambuf_iterator<char>(file), {});
  if (raw.find('\0') != std::string::npos) return base::fail(ReadErrc::not_a_sheet, "");
  auto text = converted(raw, "UTF-8");
  if (!text) text = converted(raw, "GB18030");
  if (!text) return base::fail(ReadErrc::bad_text, "");
  std::string_view rest = *text;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);

  const char separator = separator_of(rest);
  std::int64_t number = 1;
  std::vector<std::string> cells(1);
  bool quoted = false, some = false;
  const auto ended = [&] {
    for (std::string& cell : cells) {
      cell = trimmed(cell);
      some = some || !cell.empty();
    }
    const bool go_on = !some || each(number, cells);
    cells.assign(1, {});
    some = false;
    ++number;
    return go_on;
  };
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const char c = rest[i];
    if (quoted) {
      if (c != '"') {
        cells.back() += c;
      } else if (i + 1 < rest.size() && rest[i + 1] == '"') {
        cells.back() += '"';
        ++i;
      } else {
        quoted = false;
      }
    } else if (c == '"' && cells.back().empty()) {
      quoted = true;
    } else if (c == separator) {
      if (cells.size() == kMostSheetColumns) return base::fail(ReadErrc::too_large, "columns");
      cells.emplace_back();
    } else if (c == '\n') {
      if (!ended()) return {};
    } else {
      cells.back() += c;
    }
    if (cells.back().size() > kMostCellBytes) return base::fail(ReadErrc::too_large, "text");
  }
  if (quoted) return base::fail(ReadErrc::broken, "");
  ended();
  return {};
}

}  // namespace anju::platform
