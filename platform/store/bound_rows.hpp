#pragma once

// What is read of bound users, each on a session that is in a transaction. All throw soci::soci_error.

#include <optional>
#include <vector>

#include "platform/domain/bound_users.hpp"
#include "platform/store/reader.hpp"

namespace anju::platform {

[[nodiscard]] BoundUserList read_bound_users(soci::session& session, std::int64_t meter, base::UtcMillis now);

/// A share that still opens, with its meter.
struct OpenShare {
  std::int64_t id = 0, organisation = 0, site = 0, meter = 0;
  SharedMeter shown;
};
[[nodiscard]] std::optional<OpenShare> find_open_share(soci::session& session, const std::string& hash, base::UtcMillis now);

/// Who has the account of a meter, and since when: nothing older is shown to somebody who is bound now. opening 0: nobody, since now.
struct HouseholdOf {
  std::int64_t opening = 0;
  base::UtcMillis from;
};
[[nodiscard]] HouseholdOf household_now(soci::session& session, std::int64_t meter, base::UtcMillis now);

[[nodiscard]] std::optional<BoundSession> find_bound_session(soci::session& session, const std::string& hash, base::UtcMillis now);

[[nodiscard]] std::vector<OwnMeterRow> read_own_meters(soci::session& session, std::int64_t user);
[[nodiscard]] std::optional<OwnMeter> read_own_meter(soci::session& session, std::int64_t user, std::int64_t binding);
[[nodiscard]] std::optional<OwnUses> read_own_use(soci::session& session, std::int64_t user, std::int64_t binding, base::UtcMillis now);
[[nodiscard]] std::optional<std::vector<OwnRecord>> read_own_records(soci::session& session, std::int64_t user, std::int64_t binding);
[[nodiscard]] std::optional<std::vector<OwnMessage>> read_own_messages(soci::session& session, std::int64_t user, std::int64_t binding);

/// Those who are bound to a meter and want its low balance by SMS.
[[nodiscard]] std::vector<Subscriber> bound_subscribers(soci::session& session, std::int64_t meter);

}  // namespace anju::platform
