#pragma once

// The key of a TLS server in a line of text: the office gives it out, an installer's box compares it.

#include <string>

#include <openssl/types.h>

namespace anju::pki {

/// "sha256//" and the base64 of SHA-256 over the certificate's public key (SubjectPublicKeyInfo, DER), 52 characters, as
/// `curl --pinnedpubkey` and `anju-gateway enroll --pin` take it. Empty: the certificate has no key that can be written down.
[[nodiscard]] std::string public_key_pin(const X509& certificate);

}  // namespace anju::pki
