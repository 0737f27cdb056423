// 通信参数: how the device of a meter is spoken to, corrected.

#include <utility>

#include <boost/json/serialize.hpp>

#include "platform/domain/meter_address.hpp"
#include "platform/http/api.hpp"
#include "platform/http/device_fields.hpp"
#include "platform/http/documents.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/handlers.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {
namespace {

/// For the audit log: all that was said but the passwords, of which only the names.
std::string detail_of(const ChangeDevice& order) {
  std::string options;
  const boost::json::object profile = profile_json(order.profile);  // without what is secret
  for (const auto& member : profile) {
    if (member.key() == "dialect" || member.key() == "model") continue;
    const auto& value = member.value();
    options += (options.empty() ? "" : ", ") + std::string(member.key()) + "=";
    options += value.is_string() ? std::string(value.as_string()) : boost::json::serialize(value);
  }
  std::string secrets;
  for (const auto& [kept, name] : {std::pair(order.kept.access_level, "access_level"), std::pair(order.kept.password, "password"),
                                   std::pair(order.kept.operator_code, "operator_code")}) {
    if (!kept) secrets += (secrets.empty() ? "" : ", ") + std::string(name);
  }
  return wire::detail({{"address", order.address},
                       {"line", order.line},
                       {"dialect", profile_detail(order.profile)},
                       {"baud", order.baud ? std::to_string(*order.baud) : std::string()},
                       {"options", options},
                       {"secrets", secrets}});
}

}  // namespace

void change_meter_device(const Call& call, Api& api, Reply reply) {
  Fields fields(call.request);
  ChangeDevice order;
  order.meter = call.number("meter");
  order.address = fields.text("address", 1, MeterAddress::kMostDigits);
  if (fields.has("line")) order.line = fields.id("line");
  if (fields.has("baud")) order.baud = fields.integer("baud", 300, 115'200);
  if (auto profile = fields.object("profile")) {
    order.profile = profile_of(*profile);
    order.kept = {!profile->has("access_level"), !profile->has("password"), !profile->has("operator_code")};
    fields.take(*profile);
  }
  if (fields.problem()) return reply(refuse(*fields.problem()));
  std::string detail = detail_of(order);
  auto show = [&api, call, meter = order.meter](const Answer&, Reply shown) { show_meter(call, api, std::move(shown), meter, 200); };
  api.submit(call, std::move(order), std::move(detail), std::move(reply), std::move(show));
}

}  // namespace anju::platform
