#pragma once

// A device profile by itself, as it stands in an archive: for who keeps it, because what an address is depends on it and not the other way round.

#include <string>
#include <string_view>

#include "protocols/wire/down.hpp"

namespace anju::wire {

/// Errors as of decode_archive, with the member's name.
[[nodiscard]] base::Result<MeterProfile> decode_profile(std::string_view body);
/// What is as usual is left out: "{}" of a profile of which all is.
[[nodiscard]] std::string encode(const MeterProfile& profile);

/// The usual ones in place of its passwords.
[[nodiscard]] inline MeterProfile without_secrets(MeterProfile profile) {
  const MeterProfile usual;
  profile.access_level = usual.access_level;
  profile.password = usual.password;
  profile.operator_code = usual.operator_code;
  return profile;
}

}  // namespace anju::wire
