#pragma once

// Prices in a request and in an answer: one total price or four, time slots, steps.

#include <boost/json/object.hpp>

#include "platform/domain/tariff.hpp"
#include "platform/http/fields.hpp"

namespace anju::platform {

/// kind, total or sharp/peak/flat/valley, slots, step_period and steps. Broken rules are told by `fields`.
[[nodiscard]] Prices prices_of(Fields& fields);

/// Puts the same into an answer; slots and steps only where there are some.
void put_prices(boost::json::object& object, const Prices& prices);

/// For the audit log: "0.61" or "1.2/0.9/0.6/0.3", with the numbers of slots and steps.
[[nodiscard]] std::string prices_text(const Prices& prices);

}  // namespace anju::platform
