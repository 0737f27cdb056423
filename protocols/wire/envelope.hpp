#pragma once

// The broker is not trusted: every payload, in both directions, is `<64 hex digits> <body>`, where the digits are
// HMAC-SHA-256 over topic, a zero byte and exactly the body's bytes (shared/design.md, security; reliability.md 5.1).
// The keys are derived from one secret per gateway and differ by direction, so that a message cannot be sent back.

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "protocols/base/result.hpp"

namespace anju::wire {

/// Larger payloads are refused before anything is computed; the broker's max_packet_size is the same.
inline constexpr std::size_t kMaxPayload = 256 * 1024;

/// The key of one direction, kept as the state of the hash after the key went in: that is two of the five or six blocks
/// of a short message, saved on every one of them. Made by derive_keys only.
struct Key {
  alignas(8) std::array<std::byte, 208> state{};
};

/// The two keys of one gateway: HMAC-SHA-256 with its 256-bit secret over "anju up" and over "anju down".
struct GatewayKeys {
  Key up;    ///< gateway -> platform
  Key down;  ///< platform -> gateway
};

/// secret_hex: 64 hex digits, as in a key file. Error: bad_field ("key").
[[nodiscard]] base::Result<GatewayKeys> derive_keys(std::string_view secret_hex);

/// The payload to publish.
[[nodiscard]] std::string seal(const Key& key, std::string_view topic, std::string_view body);

/// The body, as a view into `payload`, once the code fits (compared in constant time).
/// Errors: too_large, bad_envelope (no code in front), bad_mac.
[[nodiscard]] base::Result<std::string_view> open(const Key& key, std::string_view topic, std::string_view payload);

}  // namespace anju::wire
