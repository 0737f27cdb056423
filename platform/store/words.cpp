#include "platform/store/words.hpp"

#include "protocols/wire/profile.hpp"

namespace anju::platform {

std::string profile_text(const wire::MeterProfile& profile) { return wire::encode(profile); }

wire::MeterProfile parse_profile(std::string_view text) {
  auto profile = wire::decode_profile(text);
  if (!profile) throw soci::soci_error("a meter's profile does not read: " + profile.error().where);
  return std::move(*profile);
}

}  // namespace anju::platform
