#include "platform/app/certificate.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <array>
#include <fstream>
#include <iterator>
#include <memory>

namespace anju::platform {

PemFile read_certificates(const std::string& key, const std::string& file) {
  std::ifstream from(file, std::ios::binary);
  if (!from) return {{}, key + " = " + file + " cannot be read"};
  PemFile read{std::string(std::istreambuf_iterator<char>(from), std::istreambuf_iterator<char>()), {}};
  // Some tools write the certificate as text in front.
  const auto begin = read.text.find("-----BEGIN CERTIFICATE-----");
  if (begin == std::string::npos || certificate_pin(read.text).empty()) return {{}, key + " = " + file + " holds no certificate (PEM)"};
  if (read.text.find("PRIVATE KEY-----") != std::string::npos) return {{}, key + " = " + file + " holds a private key; name a file with certificates only"};
  read.text.erase(0, begin);
  return read;
}

std::string certificate_pin(const std::string& pem) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> bytes(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(PEM_read_bio_X509(bytes.get(), nullptr, nullptr, nullptr), &X509_free);
  if (!certificate) return {};
  unsigned char* der = nullptr;
  const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate.get()), &der);
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

}  // namespace anju::platform
