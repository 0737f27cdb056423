#pragma once

// From what happened in the books to messages: notices, alarms and verified relay orders behind the cursors. Throws soci::soci_error.

#include "platform/store/message_rows.hpp"

namespace anju::platform {

/// Something waits behind a cursor.
[[nodiscard]] bool any_cause(soci::session& session);

/// Messages, inbox rows, deliveries and the cursors, in a transaction that may write: all of it or nothing.
void make_messages(soci::session& session, InboxWriter& inboxes, base::UtcMillis now);

}  // namespace anju::platform
