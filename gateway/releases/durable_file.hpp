#pragma once

// Files that hold a key, a PIN or what must survive a power cut: for one user alone, whole or not at all, and there for good once they are.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "protocols/base/result.hpp"

namespace anju::gateway {

enum class FolderErrc {
  not_written,  ///< no space, no right, no folder; `where` is file and reason
  unreadable,   ///< the same for reading, and a file of ours that says nothing we know
};
[[nodiscard]] std::string_view to_string(FolderErrc errc);

/// Replaces `name` in one step: 0600, durable when it returns, the old text kept if the power goes meanwhile. Written by root it belongs to the owner of
/// its folder, because the gateway may run as somebody else. Empty: done; else the file, what failed and why, and nothing is left beside it.
[[nodiscard]] std::string write_durably(const std::string& name, std::string_view text);
/// Of a file that may be missing; then nothing. most: bytes. Error: unreadable, also what is longer than that.
[[nodiscard]] base::Result<std::optional<std::string>> read_whole(const std::string& name, std::size_t most);
/// Hands what root made to the owner of the folder that it lies in; nothing for others. Empty: done; else why not, with the name.
[[nodiscard]] std::string give_to_folder(int file, const std::string& name);
/// Opens for reading and writing, 0600 where it is made. In a folder of another user root follows no link and takes no file that has another name, too:
/// what is written there, cut off or handed over is this file and no other. The descriptor; below 0: `wrong` says why not, with the name.
[[nodiscard]] int open_own_file(const std::string& name, std::string& wrong);
/// `from` becomes `to`, durably. The file itself is durable already. Empty: done; else why not.
[[nodiscard]] std::string rename_durably(const std::string& from, const std::string& to);
/// What was renamed or removed in a folder is so after a power cut, too.
void keep_names(const std::filesystem::path& folder);

}  // namespace anju::gateway
