#include "platform/http/supply_fields.hpp"

#include "platform/domain/metering.hpp"
#include "platform/http/words.hpp"
#include "protocols/base/decimal.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {
namespace {

base::Quantity signed_quantity(Fields& fields, std::string_view name) {
  return base::Quantity(fields.decimal(name, 4, -kDialSpan.e4 + 1, kDialSpan.e4 - 1));
}

QuantityLimits quantity_limits(Fields& fields) {
  QuantityLimits limits;
  limits.alarm_1 = signed_quantity(fields, "alarm_1");
  limits.alarm_2 = signed_quantity(fields, "alarm_2");
  limits.overdraft = fields.quantity("overdraft");
  if (limits.alarm_1 <= limits.alarm_2) fields.refuse("alarm_1", "must be above alarm_2");
  if (limits.alarm_2 < -limits.overdraft) fields.refuse("alarm_2", "must not be below the trip threshold (minus overdraft)");
  return limits;
}

}  // namespace

SupplySettings supply_settings(Fields& fields, bool all_required) {
  SupplySettings settings;
  settings.mode = enum_of<MeterMode>(kModes, fields.one_of("mode", kModes));
  if (all_required || fields.has("auto_trip")) settings.auto_trip = fields.boolean("auto_trip");
  if (fields.has("limits_kwh")) {
    if (auto inner = fields.object("limits_kwh")) {
      settings.by_quantity = quantity_limits(*inner);
      fields.take(*inner);
    }
    for (const std::string_view name : {"alarm_1", "alarm_2", "overdraft"}) {
      if (fields.has(name)) fields.refuse(name, "must be absent beside limits_kwh");
    }
    return settings;
  }
  if (all_required || fields.has("alarm_1")) settings.alarm_1 = fields.money("alarm_1");
  if (all_required || fields.has("alarm_2")) settings.alarm_2 = fields.money("alarm_2");
  if (all_required || fields.has("overdraft")) settings.overdraft = fields.money("overdraft");
  if (settings.overdraft < base::Money(0)) fields.refuse("overdraft", "must not be negative");
  if (settings.alarm_1 <= settings.alarm_2) fields.refuse("alarm_1", "must be above alarm_2");
  if (settings.alarm_2 < -settings.overdraft) fields.refuse("alarm_2", "must not be below the trip threshold (minus overdraft)");
  return settings;
}

std::string settings_detail(const SupplySettings& settings) {
  if (const auto& limits = settings.by_quantity) {
    return wire::detail({{"mode", std::string(to_string(settings.mode))},
                         {"alarm_1_kwh", format(limits->alarm_1)},
                         {"alarm_2_kwh", format(limits->alarm_2)},
                         {"overdraft_kwh", format(limits->overdraft)},
                         {"auto_trip", settings.auto_trip ? "on" : "off"}});
  }
  return wire::detail({{"mode", std::string(to_string(settings.mode))},
                       {"alarm_1", format(settings.alarm_1)},
                       {"alarm_2", format(settings.alarm_2)},
                       {"overdraft", format(settings.overdraft)},
                       {"auto_trip", settings.auto_trip ? "on" : "off"}});
}

SeenOpening seen_opening(Fields& fields) {
  if (!fields.has("opening")) return std::nullopt;
  return fields.integer("opening", 0, base::kMaxDecimal);
}

}  // namespace anju::platform
