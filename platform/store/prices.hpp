#pragma once

// Prices as the table price_plan_version writes them.

#include <soci/session.h>

#include <string>
#include <vector>

#include "platform/domain/records.hpp"
#include "platform/store/reader.hpp"

namespace anju::platform {

/// Columns of a price_plan_version of that alias, as prices_of reads them.
[[nodiscard]] std::string price_columns(const std::string& alias);
[[nodiscard]] Prices prices_of(Select& reader);

/// As it is called now; empty: there is none of that id.
[[nodiscard]] std::string plan_name(soci::session& session, std::int64_t plan);

/// "0:3,480:1": minute and tariff of each slot; above_e4 and add_e5 of each step. Empty: none.
[[nodiscard]] std::string slots_text(const std::vector<TimeSlot>& slots);
[[nodiscard]] std::string steps_text(const std::vector<PriceStep>& steps);

/// Every version of every plan, by id. `where` begins with a blank and " WHERE", or is empty.
[[nodiscard]] std::vector<PlanVersion> load_plan_versions(soci::session& session, const std::string& where = "");
/// Changes of meters' plans, by id. `more` joins and narrows (alias p).
[[nodiscard]] std::vector<MeterPlan> load_meter_plans(soci::session& session, const std::string& more = "");

}  // namespace anju::platform
