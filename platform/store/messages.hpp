#pragma once

// Messages on SOCI: what people do with them, and what the platform's own threads do.

#include <cstddef>
#include <memory>
#include <string>

#include "platform/domain/messages.hpp"

namespace anju::platform {

class Notifier;

/// The database must be migrated already. connections: for questions; changes have one of their own. notifier: told whose inbox changed, may
/// be null. Error: store_failed.
[[nodiscard]] base::Result<std::unique_ptr<MessageDesk>> open_message_desk(const std::string& url, std::size_t connections, Ways ways, Notifier* notifier);
[[nodiscard]] base::Result<std::unique_ptr<MessageStore>> open_message_store(const std::string& url, Notifier* notifier);

}  // namespace anju::platform
