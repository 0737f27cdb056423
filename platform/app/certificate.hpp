#pragma once

// Certificates that gateways are told of at their enrolment.

#include <string>

namespace anju::platform {

struct PemFile {
  std::string text;
  std::string problem;  ///< empty: all is well
};
/// A file of certificates, whole. key: of the configuration, for the words.
[[nodiscard]] PemFile read_certificates(const std::string& key, const std::string& file);

/// The pin of the text's first certificate, see pki::public_key_pin. Empty: that is no certificate.
[[nodiscard]] std::string certificate_pin(const std::string& pem);

}  // namespace anju::platform
