#include "protocols/pki/public_key_pin.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <array>
#include <cstddef>

namespace anju::pki {

std::string public_key_pin(const X509& certificate) {
  unsigned char* der = nullptr;
  const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(&certificate), &der);
  if (size <= 0) return {};
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned int count = 0;
  const int hashed = EVP_Digest(der, static_cast<std::size_t>(size), hash.data(), &count, EVP_sha256(), nullptr);
  OPENSSL_free(der);
  if (hashed != 1) return {};
  std::array<unsigned char, 64> text{};  // 44 characters of 32 bytes
  EVP_EncodeBlock(text.data(), hash.data(), static_cast<int>(count));
  return "sha256//" + std::string(reinterpret_cast<const char*>(text.data()));
}

}  // namespace anju::pki
