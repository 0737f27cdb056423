#include "platform/store/audit_chain.hpp"

#include <sodium.h>

#include <array>

namespace anju::platform {
namespace {

void feed(crypto_hash_sha256_state& state, std::string_view text) {
  const std::string length = std::to_string(text.size()) + ":";
  crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(length.data()), length.size());
  crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
}

}  // namespace

std::string audit_hash(std::string_view previous, const AuditEntry& entry) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  feed(state, previous);
  feed(state, std::to_string(entry.at.value));
  feed(state, entry.organisation ? std::to_string(*entry.organisation) : std::string("-"));
  feed(state, entry.who);
  feed(state, entry.address);
  feed(state, entry.action);
  feed(state, entry.object);
  feed(state, entry.detail);
  feed(state, entry.result);
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256_final(&state, digest.data());
  std::array<char, 2 * crypto_hash_sha256_BYTES + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  return std::string(hex.data());
}

}  // namespace anju::platform
