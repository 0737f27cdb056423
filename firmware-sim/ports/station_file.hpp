#pragma once

// Where a station keeps what it must not forget: a file of lines that grows at its end (station_memory.hpp), replaced as a
// whole when most of it is history. Without a name nothing is kept and everything succeeds.

#include <cstddef>
#include <string>
#include <string_view>

#include "protocols/base/result.hpp"

namespace anju::sim {

class StationFile {
 public:
  /// Reads the file, or creates it; what was being written when the power went is cut off. Error: cannot_create.
  [[nodiscard]] static base::Result<StationFile> open(const std::string& name);
  StationFile(StationFile&& other) noexcept;
  StationFile& operator=(StationFile&&) = delete;
  ~StationFile();

  /// What was in it when it was opened.
  [[nodiscard]] const std::string& text() const { return text_; }

  /// Appends whole lines; they are on the disk after sync(). Error: cannot_create (no space, for example).
  [[nodiscard]] base::Result<> append(std::string_view lines);
  [[nodiscard]] base::Result<> sync();
  /// This instead of all before, all or nothing, and on the disk. Error: cannot_create.
  [[nodiscard]] base::Result<> replace(std::string_view lines);
  /// True when it has grown far beyond what replace() last wrote.
  [[nodiscard]] bool is_mostly_history() const { return size_ > 4 * kept_size_ + kSlack; }

 private:
  static constexpr std::size_t kSlack = 1024 * 1024;
  StationFile() = default;

  std::string name_;
  std::string text_;
  int descriptor_ = -1;
  std::size_t size_ = 0, kept_size_ = 0;
  bool unsynced_ = false;
};

}  // namespace anju::sim
