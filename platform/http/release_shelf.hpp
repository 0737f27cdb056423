#pragma once

// The folder with the files of releases, each named by its SHA-256. Knows no database. Any thread.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/byte_range.hpp"
#include "platform/http/message.hpp"

namespace anju::platform {

class ReleaseShelf {
 public:
  explicit ReleaseShelf(std::string folder) : folder_(std::move(folder)) {}

  /// Makes the folder. Empty: all is well; else what is wrong with it.
  [[nodiscard]] std::string prepare() const;
  /// Deletes what a crash left behind: uploads, and files that no row stands for.
  void sweep(const std::vector<std::string>& known) const;

  /// Durable when it returns, under a name of its own; empty: the disk refused, nothing is left.
  [[nodiscard]] std::string receive(std::string_view bytes) const;
  /// What was received gets the name that it is fetched by, durably. False: it could not.
  [[nodiscard]] bool place(const std::string& received, const std::string& sha256) const;
  /// What was received is not wanted after all.
  void forget(const std::string& received) const;
  void remove(const std::string& sha256) const;

  [[nodiscard]] bool holds(const std::string& sha256, std::int64_t size) const;

  /// GET of a path of is_release_path: the file or a part of it, 416, or 404. Reads the disk's directory only; the bytes are sent piece by piece.
  [[nodiscard]] Response serve(std::string_view path, const RangeAsk& asked) const;

 private:
  [[nodiscard]] std::string path(std::string_view name) const { return folder_ + "/" + std::string(name); }
  std::string folder_;
};

/// /releases/ and 64 lower-case hex digits.
[[nodiscard]] bool is_release_path(std::string_view path);

}  // namespace anju::platform
