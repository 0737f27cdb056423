#include "platform/http/secrets.hpp"

#include <sodium.h>

#include <array>
#include <cstdlib>

#include "protocols/wire/enrolment.hpp"

namespace anju::platform {
namespace {

/// libsodium must be initialised before anything is drawn; repeating it is harmless and safe between threads.
void ready() {
  if (sodium_init() < 0) std::abort();  // no randomness on this machine: nothing could be kept secret
}

std::string to_hex(const unsigned char* bytes, std::size_t count) {
  std::string hex(2 * count + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), bytes, count);
  hex.pop_back();
  return hex;
}

}  // namespace

std::string hash_password(std::string_view password, const PasswordCost& cost) {
  ready();
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str(hash.data(), password.data(), password.size(), cost.passes, cost.memory_bytes) != 0) return {};
  return std::string(hash.data());
}

bool password_fits(std::string_view password, const std::string& hash) {
  ready();
  return crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool needs_rehash(const std::string& hash, const PasswordCost& cost) {
  return crypto_pwhash_str_needs_rehash(hash.c_str(), cost.passes, cost.memory_bytes) != 0;
}

std::string draw_token() {
  ready();
  std::array<unsigned char, 32> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, sodium_base64_ENCODED_LEN(32, sodium_base64_VARIANT_URLSAFE_NO_PADDING)> text{};
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return std::string(text.data());
}

std::string draw_password() {
  ready();
  constexpr std::string_view kAlphabet = "abcdefghjkmnpqrstuvwxyz23456789";
  std::string password;
  for (int i = 0; i < 16; ++i) {
    if (i > 0 && i % 4 == 0) password += '-';
    password += kAlphabet[randombytes_uniform(static_cast<std::uint32_t>(kAlphabet.size()))];
  }
  return password;
}

std::string draw_gateway_key() {
  ready();
  std::array<unsigned char, 32> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return to_hex(bytes.data(), bytes.size());
}

std::string broker_password(std::string_view key) {
  ready();
  std::array<unsigned char, 32> material{};
  std::size_t count = 0;
  if (sodium_hex2bin(material.data(), material.size(), key.data(), key.size(), nullptr, &count, nullptr) != 0 || count != material.size()) return {};
  constexpr std::string_view kPurpose = "anju broker";
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> derived{};
  crypto_auth_hmacsha256(derived.data(), reinterpret_cast<const unsigned char*>(kPurpose.data()), kPurpose.size(), material.data());
  sodium_memzero(material.data(), material.size());
  return to_hex(derived.data(), 16);
}

std::string draw_enrolment_code() {
  ready();
  std::string code;
  for (std::size_t i = 0; i < wire::kCodeLength; ++i)
    code += wire::kCodeAlphabet[randombytes_uniform(static_cast<std::uint32_t>(wire::kCodeAlphabet.size()))];
  return code;
}

std::string enrolment_hash(std::string_view code, const PasswordCost& cost) {
  ready();
  static_assert(crypto_pwhash_SALTBYTES == 16);
  constexpr std::string_view kSalt = "anju enrolment 1";
  std::array<unsigned char, 32> hash{};
  if (crypto_pwhash(hash.data(), hash.size(), code.data(), code.size(), reinterpret_cast<const unsigned char*>(kSalt.data()), cost.passes, cost.memory_bytes,
                    crypto_pwhash_ALG_ARGON2ID13) != 0)
    return {};
  return to_hex(hash.data(), hash.size());
}

std::string token_hash(std::string_view token) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(token.data()), token.size());
  return to_hex(digest.data(), digest.size());
}

bool same_secret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace anju::platform
