#pragma once

// How a box becomes a gateway: the code that a person types, and what the platform answers to it (POST /api/v1/enrolments). The answer
// travels by https, never by the broker.

#include <cstddef>
#include <string>
#include <string_view>

#include "protocols/base/id.hpp"
#include "protocols/base/result.hpp"

namespace anju::wire {

/// Without what looks or sounds like another: 0 O, 1 I L, U V (the V stays).
inline constexpr std::string_view kCodeAlphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
inline constexpr std::size_t kCodeLength = 10;

/// The ten characters of a code as it was typed: any case, with or without hyphens and blanks. Error: bad_field ("code").
[[nodiscard]] base::Result<std::string> read_code(std::string_view typed);
/// XXXXX-XXXXX.
[[nodiscard]] std::string shown_code(std::string_view code);

/// "sha256//" and 44 characters of base64, the SHA-256 of a server's public key, as the console shows it and curl takes it.
[[nodiscard]] bool is_pin(std::string_view text);

/// What a box has to know to run.
struct Enrolment {
  base::SiteId site;
  base::GatewayId gateway;
  std::string key;         ///< 64 hex digits
  std::string broker_url;  ///< mqtt:// or mqtts://
  std::string user;        ///< at the broker; both empty: the broker's owner gives them
  std::string password;
  std::string ca;  ///< PEM; empty: the machine's own authorities
};

/// Longest answer that is read; certificates are a few kB each.
inline constexpr std::size_t kMaxEnrolment = 64 * 1024;

/// One JSON object.
[[nodiscard]] std::string encode(const Enrolment& enrolment);
/// Total: any bytes. Errors: not_json, too_large, missing_field, bad_field.
[[nodiscard]] base::Result<Enrolment> decode_enrolment(std::string_view body);

}  // namespace anju::wire
