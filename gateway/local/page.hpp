#pragma once

// The files of the page, as they travel inside the program.

#include <string_view>

namespace anju::gateway {

struct PageFile {
  std::string_view path;  ///< "/" for the page itself
  std::string_view content_type;
  std::string_view etag;  ///< in quotes; another text has another one
  std::string_view text;
};

/// Null when there is none of this path.
[[nodiscard]] const PageFile* page_file(std::string_view path);

}  // namespace anju::gateway
