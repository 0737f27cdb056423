#include "platform/store/sale.hpp"

#include <optional>
#include <utility>

#include "platform/domain/queries.hpp"
#include "platform/store/journal.hpp"
#include "platform/store/prices.hpp"
#include "platform/store/question.hpp"

namespace anju::platform {
namespace {

/// The version of the plan that was in force: the newest that had begun. Of a plan that is younger than the moment its first one.
Prices prices_then(soci::session& session, std::int64_t plan, base::UtcMillis at) {
  const auto version = [&](const char* order, std::int64_t begun) {
    return Question(session)
        .text("SELECT " + price_columns("v") + " FROM price_plan_version v WHERE v.price_plan = ")
        .value(plan)
        .text(" AND v.since_ms <= ")
        .value(begun)
        .text(order)
        .first([](Select& row) { return prices_of(row); });
  };
  constexpr std::int64_t kEver = 9'007'199'254'740'991;
  if (auto found = version(" ORDER BY v.id DESC LIMIT 1", at.value)) return std::move(*found);
  return version(" ORDER BY v.id LIMIT 1", kEver).value_or(Prices{});
}

}  // namespace

std::int64_t plan_then(soci::session& session, Journal& journal, std::int64_t meter, base::UtcMillis at, std::int64_t previous,
                       std::int64_t today) {
  const auto word = [&](const char* column, const char* condition, const char* order) {
    Question select(session);
    select.text(std::string("SELECT ") + column + " FROM meter_plan WHERE meter = ").value(meter).text(condition).value(at.value).text(order);
    return select.number();
  };
  if (const auto begun = word("price_plan", " AND from_ms <= ", " ORDER BY id DESC LIMIT 1"); begun != 0) return begun;
  // Plans that were changed before words about them were kept are known by what was billed.
  const auto before = journal.transfer(previous);
  if (before && before->plan_version != 0)
    return Question(session).text("SELECT price_plan FROM price_plan_version WHERE id = ").value(before->plan_version).number();
  const auto first = word("before", " AND from_ms > ", " ORDER BY id LIMIT 1");
  return first != 0 ? first : today;
}

Sale sale_of(soci::session& session, Journal& journal, const BookedRecharge& recharge) {
  Sale sale;
  sale.plan = plan_then(session, journal, recharge.meter, recharge.at, recharge.previous, recharge.plan);
  sale.prices = prices_then(session, sale.plan, recharge.at);
  sale.before = worth(recharge.after - recharge.amount, sale.prices);
  sale.bought = worth(recharge.amount, sale.prices);
  sale.after = worth(recharge.after, sale.prices);
  return sale;
}

std::string customer_of(soci::session& session, std::int64_t meter, std::int64_t recharge) {
  // Opening and settlement name the newest recharge of all meters at their moment, so ids say what no clock can: which came first.
  return Question(session)
      .text("SELECT x.customer FROM opening x WHERE x.meter = ")
      .value(meter)
      .text(" AND x.recharge < ")
      .value(recharge)
      .text(" AND NOT EXISTS (SELECT 1 FROM settlement z WHERE z.meter = x.meter AND z.opening = x.id AND z.closes = 1 AND z.recharge < ")
      .value(recharge)
      .text(") ORDER BY x.id DESC LIMIT 1")
      .first([](Select& row) { return row.text(); })
      .value_or("");
}

}  // namespace anju::platform
