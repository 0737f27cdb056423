#pragma once

// What the documents of a meter share on their way through REST: registers, the list of a meter, the row that an order has booked. For handlers.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <functional>
#include <optional>
#include <string_view>
#include <utility>

#include "platform/catalog/masking.hpp"
#include "platform/domain/points.hpp"
#include "platform/http/answers.hpp"
#include "platform/http/api.hpp"
#include "platform/http/fields.hpp"
#include "protocols/base/decimal.hpp"

namespace anju::platform {

inline void put_tariffs(boost::json::object& object, const std::optional<Tariffs>& tariffs, std::string_view name = "tariffs") {
  if (!tariffs) return;
  boost::json::array all;
  for (const auto quantity : *tariffs) all.emplace_back(format(quantity));
  object[name] = std::move(all);
}

[[nodiscard]] inline boost::json::object shown(const RegisterStand& stand) {
  boost::json::object object{{"at", stand.at.value}, {"total", format(stand.total)}};
  put_tariffs(object, stand.tariffs);
  return object;
}

/// "total", and "tariffs" where it is there.
[[nodiscard]] inline StartReading registers_of(Fields& fields) {
  StartReading registers;
  registers.total = fields.quantity("total");
  if (fields.has("tariffs")) {
    const auto tariffs = fields.quantities("tariffs", 4);
    if (tariffs.size() == 4) registers.tariffs = std::array{tariffs[0], tariffs[1], tariffs[2], tariffs[3]};
  }
  return registers;
}

/// An order is done: answers with the meter as it is now.
inline void show_meter(const Call& call, Api& api, Reply reply, std::int64_t meter, int status) {
  api.read(std::move(reply), [scope = call.caller.scope(), meter, now = call.now, status](Queries& queries) {
    return answer(queries.meter(scope, meter, now), status);
  });
}

[[nodiscard]] inline bool sees_personal(const Call& call) { return call.caller.may(catalog::kSeePersonal); }

/// All rows of a meter. ask: one of MeteringPoints; show: (row, bool sees personal data) -> object.
template <class Ask, class Show>
void list_documents(const Call& call, Api& api, Reply reply, const Ask& ask, const Show& show) {
  api.read(std::move(reply), [&api, ask, show, scope = call.caller.scope(), meter = call.number("meter"), clear = sees_personal(call)](Queries&) {
    const auto rows = (api.ports().points.*ask)(scope, meter);
    if (!rows) return query_failed(rows.error());
    if (!*rows) return refuse(Refusal::not_found);
    boost::json::array all;
    for (const auto& row : **rows) all.push_back(show(row, clear));
    return json_response(boost::json::object{{"rows", std::move(all)}});
  });
}

/// The row that was booked, or had been under this key. id_of: row -> id.
template <class Ask, class Show, class IdOf>
std::function<void(const Answer&, Reply)> show_booked(const Call& call, Api& api, const Ask& ask, const Show& show, const IdOf& id_of) {
  return [&api, ask, show, id_of, scope = call.caller.scope(), meter = call.number("meter"), clear = sees_personal(call)](const Answer& answer, Reply reply) {
    api.read(std::move(reply), [&api, ask, show, id_of, scope, meter, clear, id = std::get<Booked>(answer).id](Queries&) {
      const auto rows = (api.ports().points.*ask)(scope, meter);
      if (!rows) return query_failed(rows.error());
      if (!*rows) return refuse(Refusal::not_found);
      for (const auto& row : **rows)
        if (id_of(row) == id) return json_response(show(row, clear), 201);
      return refuse(Refusal::not_found);
    });
  };
}

}  // namespace anju::platform
