#pragma once

// A folder that is gone afterwards.

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace anju::platform {

struct ScratchFolder {
  std::string path = (std::filesystem::temp_directory_path() / "anju-files-XXXXXX").string();
  ScratchFolder() { REQUIRE(mkdtemp(path.data()) != nullptr); }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
};

}  // namespace anju::platform
