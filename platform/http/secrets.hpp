#pragma once

// Everything that is drawn, hashed or compared in secret: passwords and session tokens. The only file of this folder
// that knows libsodium.

#include <cstddef>
#include <string>
#include <string_view>

namespace anju::platform {

/// argon2id. Source: reliability.md 5.2 item 6 (19 MiB, two passes, one lane).
struct PasswordCost {
  unsigned long long passes = 2;
  std::size_t memory_bytes = 19'922'944;
};

/// Takes tens of milliseconds and memory_bytes; empty when the memory is not there.
[[nodiscard]] std::string hash_password(std::string_view password, const PasswordCost& cost);
[[nodiscard]] bool password_fits(std::string_view password, const std::string& hash);
/// True when the hash was made with another cost: hash again at the next login.
[[nodiscard]] bool needs_rehash(const std::string& hash, const PasswordCost& cost);

/// 256 random bits, as 43 characters of A-Z a-z 0-9 - _.
[[nodiscard]] std::string draw_token();
/// A password a person can type: 4 groups of 4 from an alphabet without look-alikes, 78 bits.
[[nodiscard]] std::string draw_password();
/// 64 hex digits.
[[nodiscard]] std::string draw_gateway_key();
/// What a gateway is known by at the broker, drawn from its key (64 hex digits) so that it is kept nowhere: 32 hex digits that say nothing
/// about the key. Empty when `key` is no key.
[[nodiscard]] std::string broker_password(std::string_view key);
/// 10 characters of wire::kCodeAlphabet, 49 bits: short enough to be read over the telephone.
[[nodiscard]] std::string draw_enrolment_code();
/// What the store keeps of one, 64 hex digits. argon2id, because 49 bits behind a plain hash are guessed within its day by whoever stole the
/// database; always the same salt, because the code is what is looked for. Takes time and memory as a password; empty when that is not there.
[[nodiscard]] std::string enrolment_hash(std::string_view code, const PasswordCost& cost);
/// SHA-256, 64 hex digits: what the store keeps of a token.
[[nodiscard]] std::string token_hash(std::string_view token);
/// In constant time for equal lengths.
[[nodiscard]] bool same_secret(std::string_view a, std::string_view b);

}  // namespace anju::platform
