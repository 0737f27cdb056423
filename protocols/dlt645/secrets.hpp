#pragma once

// Where passwords stand in frames, for whoever shows frames to people: DL/T645 sends them in the clear.

#include <string_view>
#include <vector>

#include "protocols/base/bytes.hpp"

namespace anju::dlt645 {

/// For each of these bytes, whether it is part of a password, or a checksum from which one byte of it follows. Whatever begins like a frame
/// is looked at, also when it is cut short, damaged, or the echo of a question in front of its answer. The operator's code is no secret.
/// Source: the layouts of request.hpp and reply.hpp; of 1997 the password by custom lies in the four bytes behind the identifier of 04.
[[nodiscard]] std::vector<bool> secret_bytes(base::ByteView bytes);

/// A fact of `explain` from which a password, or a part of one, follows.
[[nodiscard]] bool is_secret_fact(std::string_view key);

}  // namespace anju::dlt645
