#pragma once

// SMS through a webhook: whoever sends them for the customer stands behind a url of his. One POST per message:
//
//   {"id": "17-0", "to": "13800000000", "text": "…", "template": "low_balance_1", "language": "zh-CN", "count": 1, "values": {"balance": "9.5", …}}
//   X-Anju-Signature: sha256=<hex of HMAC-SHA256 over the body, with the secret>
//
// 2xx: sent. 4xx: refused for good, except 408 and 429. Everything else is tried again, with the same id: the other side may know it by that.

#include <memory>
#include <string>

#include "platform/domain/messages.hpp"

namespace anju::platform {

struct WebhookSettings {
  std::string url;  ///< http or https
  std::string secret;
  std::string ca_file;  ///< empty: the system's
};

[[nodiscard]] std::unique_ptr<MessageProvider> create_webhook(WebhookSettings settings);

/// The body that is posted.
[[nodiscard]] std::string webhook_body(const Outgoing& message, const MessageText& text);
/// Lower-case hex of HMAC-SHA256.
[[nodiscard]] std::string webhook_signature(const std::string& secret, const std::string& body);

}  // namespace anju::platform
