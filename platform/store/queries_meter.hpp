#pragma once

// The questions about meters, each on a session that is in a read transaction. Throw soci::soci_error.

#include <soci/session.h>

#include <optional>
#include <vector>

#include "platform/domain/queries.hpp"
#include "platform/store/reader.hpp"

namespace anju::platform {

class MeterFeed;
struct MeterQuestion;

/// Columns of price_plan p and its price_plan_version v, as read_plan reads them.
[[nodiscard]] std::string plan_columns();
[[nodiscard]] PlanRow read_plan(Select& reader);

/// A time column where 0 stands for never.
[[nodiscard]] std::optional<base::UtcMillis> time_or_nothing(Select& reader);

/// All meters that the scope reaches; nothing: it asks about a site that is not there.
[[nodiscard]] std::optional<MeterQuestion> meters_within(soci::session& session, const Scope& scope);
[[nodiscard]] std::vector<std::int64_t> silent_gateways(soci::session& session, const Scope& scope);

[[nodiscard]] bool meter_in_scope(soci::session& session, const Scope& scope, std::int64_t meter);
[[nodiscard]] Page<MeterRow> read_meters(soci::session& session, MeterFeed& feed, const Scope& scope, const MeterFilter& filter,
                                         base::UtcMillis now);
[[nodiscard]] std::optional<MeterDetail> read_meter(soci::session& session, MeterFeed& feed, const Scope& scope, std::int64_t meter,
                                                    base::UtcMillis now);
[[nodiscard]] std::optional<CursorPage<ReadingRow>> read_readings(soci::session& session, const Scope& scope,
                                                                  std::int64_t meter, Cursor cursor);
[[nodiscard]] std::optional<CursorPage<LedgerRow>> read_ledger(soci::session& session, const Scope& scope, std::int64_t meter,
                                                               Cursor cursor, const std::optional<std::string>& kind);
[[nodiscard]] std::optional<CursorPage<NoticeRow>> read_notices(soci::session& session, const Scope& scope, std::int64_t meter,
                                                                Cursor cursor);
[[nodiscard]] std::optional<std::vector<ConsumptionPoint>> read_consumption(soci::session& session, const Scope& scope,
                                                                            std::int64_t meter, Step step,
                                                                            base::UtcMillis from, base::UtcMillis to);
[[nodiscard]] Page<AuditRow> read_audit(soci::session& session, const Scope& scope, const AuditFilter& filter);
[[nodiscard]] Home read_home(soci::session& session, const Scope& scope, base::UtcMillis now);

}  // namespace anju::platform
