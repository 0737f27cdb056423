#pragma once

// The parts of MessageDesk that are more than a statement: subscribers of a meter, announcements, bought SMS. Each on a session that is in a
// transaction, changes in one that may write. All throw soci::soci_error.

#include "platform/domain/messages.hpp"
#include "platform/store/message_rows.hpp"

namespace anju::platform {

[[nodiscard]] std::optional<SubscriberList> read_subscribers(soci::session& session, const Scope& scope, std::int64_t meter);
/// The list without asking whose it is.
[[nodiscard]] std::vector<SubscriberRow> subscriber_rows(soci::session& session, std::int64_t meter);
[[nodiscard]] std::optional<HouseholdContact> household_of(soci::session& session, std::int64_t meter);
[[nodiscard]] base::Result<> write_subscribers(soci::session& session, const Scope& scope, std::int64_t meter, std::int64_t version,
                                               const std::vector<SubscriberRow>& rows);

[[nodiscard]] base::Result<AnnouncementCount> count_announcement(soci::session& session, const Scope& scope, const NewAnnouncement& announcement);
[[nodiscard]] base::Result<std::int64_t> write_announcement(soci::session& session, InboxWriter& inboxes, const Scope& scope, const NewAnnouncement& announcement,
                                                            const std::string& by, base::UtcMillis now);
[[nodiscard]] Page<AnnouncementRow> read_announcements(soci::session& session, const Scope& scope, std::int64_t page, std::int64_t size);
[[nodiscard]] std::optional<AnnouncementRow> read_announcement(soci::session& session, const Scope& scope, std::int64_t id);

[[nodiscard]] SmsBook read_sms_book(soci::session& session, const Scope& scope);
[[nodiscard]] base::Result<std::int64_t> write_package(soci::session& session, const Scope& scope, const SmsPackage& package);

}  // namespace anju::platform
