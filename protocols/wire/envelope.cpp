#include "protocols/wire/envelope.hpp"

#include <sodium/crypto_auth_hmacsha256.h>
#include <sodium/utils.h>

#include <cstring>

#include "protocols/base/bytes.hpp"
#include "protocols/wire/errc.hpp"

namespace anju::wire {
namespace {

using State = crypto_auth_hmacsha256_state;
using Code = std::array<unsigned char, crypto_auth_hmacsha256_BYTES>;

static_assert(sizeof(State) == sizeof(Key::state) && alignof(State) <= alignof(Key));

constexpr std::size_t kCodeDigits = 2 * crypto_auth_hmacsha256_BYTES;

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Code code_of(const Key& key, std::string_view topic, std::string_view body) {
  State state;
  std::memcpy(&state, key.state.data(), sizeof state);
  crypto_auth_hmacsha256_update(&state, bytes(topic), topic.size());
  const unsigned char zero = 0;
  crypto_auth_hmacsha256_update(&state, &zero, 1);
  crypto_auth_hmacsha256_update(&state, bytes(body), body.size());
  Code code;
  crypto_auth_hmacsha256_final(&state, code.data());
  sodium_memzero(&state, sizeof state);
  return code;
}

Key key_of(const base::Bytes& secret, std::string_view direction) {
  const auto* material = reinterpret_cast<const unsigned char*>(secret.data());
  State state;
  crypto_auth_hmacsha256_init(&state, material, secret.size());
  crypto_auth_hmacsha256_update(&state, bytes(direction), direction.size());
  Code derived;
  crypto_auth_hmacsha256_final(&state, derived.data());
  Key key;
  crypto_auth_hmacsha256_init(&state, derived.data(), derived.size());
  std::memcpy(key.state.data(), &state, sizeof state);
  sodium_memzero(derived.data(), derived.size());
  sodium_memzero(&state, sizeof state);
  return key;
}

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

/// Lower case only, so that one code has one text. False when these are not 64 such digits.
bool read_code(std::string_view text, Code& code) {
  for (std::size_t i = 0; i < code.size(); ++i) {
    const int high = digit_value(text[2 * i]);
    const int low = digit_value(text[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    code[i] = static_cast<unsigned char>(high * 16 + low);
  }
  return true;
}

}  // namespace

base::Result<GatewayKeys> derive_keys(std::string_view secret_hex) {
  if (secret_hex.size() != kCodeDigits) return base::fail(Errc::bad_field, "key");
  auto secret = base::from_hex(secret_hex);
  if (!secret || secret->size() != crypto_auth_hmacsha256_KEYBYTES) return base::fail(Errc::bad_field, "key");
  const GatewayKeys keys{key_of(*secret, "anju up"), key_of(*secret, "anju down")};
  sodium_memzero(secret->data(), secret->size());
  return keys;
}

std::string seal(const Key& key, std::string_view topic, std::string_view body) {
  static constexpr char kDigits[] = "0123456789abcdef";
  const Code code = code_of(key, topic, body);
  std::string payload;
  payload.reserve(kCodeDigits + 1 + body.size());
  for (const unsigned char byte : code) {
    payload += kDigits[byte >> 4];
    payload += kDigits[byte & 15];
  }
  payload += ' ';
  payload += body;
  return payload;
}

base::Result<std::string_view> open(const Key& key, std::string_view topic, std::string_view payload) {
  if (payload.size() > kMaxPayload) return base::fail(Errc::too_large);
  Code claimed;
  if (payload.size() <= kCodeDigits || payload[kCodeDigits] != ' ' || !read_code(payload, claimed)) {
    return base::fail(Errc::bad_envelope);
  }
  const std::string_view body = payload.substr(kCodeDigits + 1);
  const Code expected = code_of(key, topic, body);
  if (sodium_memcmp(claimed.data(), expected.data(), expected.size()) != 0) return base::fail(Errc::bad_mac);
  return body;
}

}  // namespace anju::wire
