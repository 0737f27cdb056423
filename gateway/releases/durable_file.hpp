#pragma once

// Files that are whole or not there, and there for good once they are.

#include <string>
#include <string_view>

namespace anju::gateway {

/// A file for its owner alone (0600), in the place of one that is there. Asked for by root in somebody else's folder, it becomes that
/// somebody's. Empty: done; else why not, with the name.
[[nodiscard]] std::string write_durably(const std::string& name, std::string_view text);
/// Hands what root made to the owner of the folder that it lies in; nothing for others. What cannot be handed over is said by its reader.
void give_to_folder(int file, const std::string& name);
/// `from` becomes `to`, durably. The file itself is durable already. Empty: done; else why not.
[[nodiscard]] std::string rename_durably(const std::string& from, const std::string& to);

}  // namespace anju::gateway
