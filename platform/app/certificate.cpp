#include "platform/app/certificate.hpp"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <fstream>
#include <iterator>
#include <memory>

#include "protocols/pki/public_key_pin.hpp"

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
  return certificate ? pki::public_key_pin(*certificate) : std::string();
}

}  // namespace anju::platform
