#pragma once

// Brings a release over the network into the folder's `download`, and goes on where an earlier try ended, also one that a power cut ended.

#include <cstdint>
#include <string>

#include "gateway/core/download.hpp"
#include "gateway/releases/release_folder.hpp"
#include "gateway/uplink/https.hpp"

namespace anju::gateway {

/// Blocks, for hours on a slow line. text: the address as it was asked for. size: of the whole file; 0: whatever it is. Progress and what is tried again
/// go to standard error.
/// Errors: those of get_file (unreachable, too, where the server says no); not_written (also while another process fetches into this folder); not_a_release
/// and bad_manifest, and damaged for another size, which end it early.
[[nodiscard]] base::Result<> fetch_release(const ReleaseFolder& folder, const std::string& text, const FileAddress& address, const Trust& trust,
                                           std::int64_t size = 0);

}  // namespace anju::gateway
