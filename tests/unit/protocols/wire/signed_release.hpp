#pragma once

// Release files as a maker writes them, for tests.

#include <sodium/crypto_sign.h>

#include <array>
#include <span>
#include <string>

#include "protocols/base/bytes.hpp"

namespace anju::wire {

inline std::string manifest_text() {
  return R"({"product":"anju-gateway","version":"0.2.0","architecture":"amd64","size":7,"sha256":")" + std::string(64, '0') +
         R"(","minimum":"0.1.0","spool":1})";
}

class Maker {
 public:
  explicit Maker(unsigned char seed) {
    std::array<unsigned char, crypto_sign_SEEDBYTES> bytes{};
    bytes.fill(seed);
    crypto_sign_seed_keypair(public_.data(), secret_.data(), bytes.data());
  }
  [[nodiscard]] std::string key_line() const { return base::to_hex(std::as_bytes(std::span(public_))); }
  [[nodiscard]] std::string release(const std::string& manifest, const std::string& program) const {
    std::string prefix = "ANJUREL1";
    for (int shift = 24; shift >= 0; shift -= 8) prefix += static_cast<char>(manifest.size() >> shift & 0xff);
    const std::string covered = prefix + manifest;
    std::array<unsigned char, crypto_sign_BYTES> signature{};
    crypto_sign_detached(signature.data(), nullptr, reinterpret_cast<const unsigned char*>(covered.data()), covered.size(), secret_.data());
    return prefix + std::string(signature.begin(), signature.end()) + manifest + program;
  }

 private:
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> public_{};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> secret_{};
};

}  // namespace anju::wire
