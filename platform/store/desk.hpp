#pragma once

// The clerk's search: every kind of thing that is found, in one list. Each looks for texts that begin with the words, by an index.

#include <soci/session.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/domain/housing.hpp"

namespace anju::platform {

/// The words of a house's number: "3-2-901", "3号楼2单元901室" → {"3", "2", "901"}. Empty: these are none (one word, more than three, or
/// something between them that no house number has).
[[nodiscard]] std::vector<std::string> house_number_words(std::string_view words);

/// The same number as people write it: with and without leading zeros, up to four digits. "3" → {"3", "03", "003", "0003"}.
[[nodiscard]] std::vector<std::string> spellings(const std::string& number);

/// On a session that is in a read transaction. Throws soci::soci_error.
[[nodiscard]] std::vector<DeskGroup> ask_desk(soci::session& session, const Scope& scope, std::string_view words,
                                              const std::function<bool(std::string_view right)>& may);

}  // namespace anju::platform
