#pragma once

// The port through which spreadsheets are read (platform/sheets implements it). Whatever is in the file is not believed.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/result.hpp"

namespace anju::platform {

enum class ReadErrc {
  not_a_sheet,   ///< neither .xlsx nor text with separators
  old_format,    ///< .xls of before 2007: save it as .xlsx
  bad_text,      ///< text that is neither UTF-8 nor GB18030
  broken,        ///< the file is cut off or contradicts itself
  suspicious,    ///< unpacks to far more than a sheet that people made, or holds definitions that no sheet needs
  too_large,     ///< more columns, or longer texts, than are read
  not_readable,  ///< the disk; `where` is its message
};
[[nodiscard]] constexpr std::string_view to_string(ReadErrc errc) {
  switch (errc) {
    case ReadErrc::not_a_sheet: return "not_a_sheet";
    case ReadErrc::old_format: return "old_format";
    case ReadErrc::bad_text: return "bad_text";
    case ReadErrc::broken: return "broken";
    case ReadErrc::suspicious: return "suspicious";
    case ReadErrc::too_large: return "too_large";
    case ReadErrc::not_readable: return "not_readable";
  }
  return "unknown";
}

/// Columns that are read; more is not a list of ours.
inline constexpr std::size_t kMostSheetColumns = 200;
/// Bytes of one cell's text.
inline constexpr std::size_t kMostCellBytes = 40'000;

class SheetReader {
 public:
  /// number: as the program shows it in front of the row, from 1. Cells as text without blanks around it; numbers as they were typed. False ends the reading.
  using Each = std::function<bool(std::int64_t number, std::vector<std::string>& cells)>;

  virtual ~SheetReader() = default;
  /// The first sheet's rows that are not empty, in order. Blocking; memory depends on the limits, not on what the file says. Errors: ReadErrc.
  [[nodiscard]] virtual base::Result<> read(const std::string& path, const Each& each) = 0;
};

}  // namespace anju::platform
