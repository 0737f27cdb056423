#pragma once

// Enumerations and profiles as the tables write them. The other direction of the domain's to_string; a word that is none of ours
// throws soci::soci_error, because the tables' CHECKs admit no other.

#include <soci/error.h>

#include <initializer_list>
#include <string>
#include <string_view>

#include "platform/domain/command.hpp"
#include "platform/domain/records.hpp"
#include "protocols/wire/down.hpp"

namespace anju::platform {

/// The enumerator whose to_string is `word`.
template <class Enum>
Enum parse_word(std::string_view word, int count) {
  for (int i = 0; i < count; ++i) {
    if (to_string(static_cast<Enum>(i)) == word) return static_cast<Enum>(i);
  }
  throw soci::soci_error("unknown word in the database: " + std::string(word));
}

/// A JSON object as in the archive message; what is as usual is left out.
[[nodiscard]] std::string profile_text(const wire::MeterProfile& profile);
[[nodiscard]] wire::MeterProfile parse_profile(std::string_view text);

}  // namespace anju::platform
