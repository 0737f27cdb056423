#include "platform/domain/sheet.hpp"

namespace anju::platform {

std::string_view to_string(SheetErrc errc) {
  switch (errc) {
    case SheetErrc::cancelled: return "cancelled";
    case SheetErrc::too_many_rows: return "too_many_rows";
    case SheetErrc::too_large: return "too_large";
    case SheetErrc::not_written: return "not_written";
  }
  return "unknown";
}

std::string time_text(base::UtcMillis at, int utc_offset_minutes) {
  const base::CivilTime time = base::to_civil(at, utc_offset_minutes);
  std::string text = "0000-00-00 00:00:00";
  const auto put = [&text](std::size_t begin, std::size_t digits, int value) {
    for (std::size_t i = digits; i > 0; --i, value /= 10) text[begin + i - 1] = static_cast<char>('0' + value % 10);
  };
  put(0, 4, time.year);
  put(5, 2, time.month);
  put(8, 2, time.day);
  put(11, 2, time.hour);
  put(14, 2, time.minute);
  put(17, 2, time.second);
  return text;
}

base::Result<std::int64_t> write_rows(SheetWriter& writer, RowSource& source, const std::string& path,
                                      const std::function<bool(std::int64_t)>& told) {
  auto file = writer.create(path, source.title(), source.columns());
  if (!file) return base::pass(file);
  std::int64_t rows = 0;
  for (;;) {
    if (!told(rows)) return base::fail(SheetErrc::cancelled, "");
    const auto batch = source.next(kBatchRows);
    if (!batch) return base::pass(batch);
    if (batch->empty()) break;
    rows += static_cast<std::int64_t>(batch->size());
    if (rows > kMostSheetRows) return base::fail(SheetErrc::too_many_rows, "");
    for (const CellRow& row : *batch)
      if (auto added = (*file)->add(row); !added) return base::pass(added);
  }
  if (auto closed = (*file)->close(); !closed) return base::pass(closed);
  return rows;
}

}  // namespace anju::platform
