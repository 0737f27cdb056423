#include "platform/sheets/sheet_reader.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace anju::platform {
namespace {

class Reader : public SheetReader {
 public:
  base::Result<> read(const std::string& path, const Each& each) override {
    std::ifstream file(path, std::ios::binary);
    std::array<char, 4> begin{};
    file.read(begin.data(), begin.size());
    if (file.bad() || !file.is_open()) return base::fail(ReadErrc::not_readable, std::strerror(errno));
    const std::string_view magic(begin.data(), static_cast<std::size_t>(file.gcount()));
    if (magic == std::string_view("PK\x03\x04", 4)) return read_xlsx(path, each);
    if (magic == std::string_view("\xD0\xCF\x11\xE0", 4)) return base::fail(ReadErrc::old_format, "");
    return read_csv(path, each);
  }
};

}  // namespace

std::string trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  constexpr std::string_view kWide = "\xE3\x80\x80";  // U+3000, what a Chinese keyboard types
  constexpr std::string_view kFixed = "\xC2\xA0";     // U+00A0, what pages leave behind
  for (bool cut = true; cut && !text.empty();) {
    cut = true;
    if (kBlanks.find(text.front()) != std::string_view::npos) {
      text.remove_prefix(1);
    } else if (kBlanks.find(text.back()) != std::string_view::npos) {
      text.remove_suffix(1);
    } else if (text.starts_with(kWide)) {
      text.remove_prefix(kWide.size());
    } else if (text.ends_with(kWide)) {
      text.remove_suffix(kWide.size());
    } else if (text.starts_with(kFixed)) {
      text.remove_prefix(kFixed.size());
    } else if (text.ends_with(kFixed)) {
      text.remove_suffix(kFixed.size());
    } else {
      cut = false;
    }
  }
  return std::string(text);
}

std::unique_ptr<SheetReader> create_sheet_reader() { return std::make_unique<Reader>(); }

}  // namespace anju::platform
