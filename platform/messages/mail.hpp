#pragma once

// A message as a mail: headers and text for RFC 5322, 2045 and 2047. Pure.

#include <string>

#include "platform/domain/messages.hpp"

namespace anju::platform {

/// from, message.address: is_mail, so no header ends early. The text travels as base64 of UTF-8, lines end in CRLF.
[[nodiscard]] std::string mail_of(const Outgoing& message, const MessageText& text, const std::string& from, base::UtcMillis now);

/// "Sun, 22 Nov 2026 00:33:49 +0000".
[[nodiscard]] std::string mail_date(base::UtcMillis at);

}  // namespace anju::platform
