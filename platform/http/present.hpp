#pragma once

// Rows of the queries as the JSON objects of openapi.json. Decides nothing.

#include <boost/json/object.hpp>

#include "platform/domain/board.hpp"
#include "platform/domain/queries.hpp"
#include "platform/domain/releases.hpp"
#include "platform/http/message.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

[[nodiscard]] boost::json::object json_of(const SiteRow& row);
[[nodiscard]] boost::json::object json_of(const ProjectRow& row);
[[nodiscard]] boost::json::object json_of(const PlanRow& row);
[[nodiscard]] boost::json::object json_of(const MeterRow& row);
[[nodiscard]] boost::json::object json_of(const MeterDetail& meter);
[[nodiscard]] boost::json::object json_of(const ReadingRow& row);
[[nodiscard]] boost::json::object json_of(const LedgerRow& row);
[[nodiscard]] boost::json::object json_of(const NoticeRow& row);
[[nodiscard]] boost::json::object json_of(const CommandRow& row);
[[nodiscard]] boost::json::object json_of(const ConsumptionPoint& point);
[[nodiscard]] boost::json::object json_of(const AlarmRow& row);
[[nodiscard]] boost::json::object json_of(const AuditRow& row);
[[nodiscard]] boost::json::object json_of(const Home& home);
[[nodiscard]] boost::json::object json_of(const Broker& broker);
/// word: the gateway's own newest word; null when it has not been heard of. now: by the platform's clock.
[[nodiscard]] boost::json::object json_of(const GatewayRow& row, const GatewayWord* word, base::UtcMillis now);
[[nodiscard]] boost::json::object json_of(const GatewayDetail& gateway, const GatewayWord* word, base::UtcMillis now);
[[nodiscard]] boost::json::object json_of(const FoundRow& row);
[[nodiscard]] boost::json::object json_of(const Upgrade& upgrade, base::UtcMillis now);
/// installed: gateways that say they run it.
[[nodiscard]] boost::json::object json_of(const ReleaseRow& row, std::int64_t installed);

template <class Row>
[[nodiscard]] boost::json::array json_of(const std::vector<Row>& rows) {
  boost::json::array all;
  all.reserve(rows.size());
  for (const Row& row : rows) all.push_back(json_of(row));
  return all;
}

[[nodiscard]] Response json_response(const boost::json::value& value, int status = 200);

}  // namespace anju::platform
