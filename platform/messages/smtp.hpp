#pragma once

// Mail through the customer's mail server: SMTP with STARTTLS, or TLS from the first byte on.

#include <functional>
#include <memory>
#include <string>

#include "platform/domain/messages.hpp"

namespace anju::platform {

struct SmtpSettings {
  std::string url;   ///< smtp://host:587 (STARTTLS) or smtps://host:465
  std::string from;  ///< is_mail
  std::string user, password;  ///< empty: without
  std::string ca_file;         ///< empty: the system's
  bool tls = true;             ///< false: in the clear, for a server on this machine
};

/// A mail that the server takes is sent, 5xx is refused for good, all else is tried again with the same Message-ID.
[[nodiscard]] std::unique_ptr<MessageProvider> create_smtp(SmtpSettings settings, std::function<base::UtcMillis()> now);

}  // namespace anju::platform
