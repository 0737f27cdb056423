#include "platform/http/routes.hpp"

#include <algorithm>
#include <array>

#include "platform/http/handlers.hpp"

namespace anju::platform {
namespace {

constexpr auto get = Method::get;
constexpr auto post = Method::post;
constexpr auto put = Method::put;
constexpr auto del = Method::del;

// clang-format off
constexpr std::array kRoutes{
    Route{get,  "/health",                      "get_health",              "public",         &get_health},
    Route{get,  "/openapi.json",                "get_openapi",             "public",         &get_openapi},
    Route{get,  "/events",                      "open_events",             "self",           &open_events},
    Route{post, "/session",                     "log_in",                  "public",         &log_in},
    Route{get,  "/session",                     "get_session",             "self",           &get_session, true},
    Route{del,  "/session",                     "log_out",                 "self",           &log_out, true},
    Route{put,  "/session/password",            "change_password",         "self",           &change_password, true},
    Route{get,  "/home",                        "get_home",                "home:read",      &get_home},
    Route{get,  "/sites",                       "list_sites",              "meter:read",     &list_sites},
    Route{get,  "/meters",                      "list_meters",             "meter:read",     &list_meters},
    Route{post, "/meters",                      "register_meter",          "meter:create",   &register_meter},
    Route{get,  "/meters/{meter}",              "get_meter",               "meter:read",     &get_meter},
    Route{del,  "/meters/{meter}",              "remove_meter",            "meter:delete",   &remove_meter},
    Route{put,  "/meters/{meter}/settings",     "change_meter_settings",   "meter:edit",     &change_meter_settings},
    Route{put,  "/meters/{meter}/price-plan",   "change_meter_price_plan", "meter:edit",     &change_meter_price_plan},
    Route{get,  "/meters/{meter}/readings",     "list_readings",           "meter:read",     &list_readings},
    Route{post, "/meters/{meter}/readings/{reading}/accept", "accept_reading", "meter:edit", &accept_reading},
    Route{get,  "/meters/{meter}/ledger",       "list_ledger",             "meter:read",     &list_ledger},
    Route{get,  "/meters/{meter}/notices",      "list_notices",            "meter:read",     &list_notices},
    Route{get,  "/meters/{meter}/consumption",  "get_consumption",         "meter:read",     &get_consumption},
    Route{get,  "/meters/{meter}/commands",     "list_commands",           "meter:read",     &list_commands},
    Route{post, "/meters/{meter}/commands",     "order_command",           "meter:switch",   &order_command},
    Route{post, "/meters/{meter}/recharges",    "recharge",                "meter:recharge", &recharge},
    Route{get,  "/commands/{command}",          "get_command",             "meter:read",     &get_command},
    Route{del,  "/commands/{command}",          "cancel_command",          "meter:switch",   &cancel_command},
    Route{get,  "/price-plans",                 "list_price_plans",        "price:read",     &list_price_plans},
    Route{post, "/price-plans",                 "create_price_plan",       "price:edit",     &create_price_plan},
    Route{put,  "/price-plans/{plan}",          "change_price_plan",       "price:edit",     &change_price_plan},
    Route{get,  "/gateways",                    "list_gateways",           "gateway:read",   &list_gateways},
    Route{post, "/gateways",                    "create_gateway",          "gateway:create", &create_gateway},
    Route{get,  "/gateways/{gateway}",          "get_gateway",             "gateway:read",   &get_gateway},
    Route{get,  "/alarms",                      "list_alarms",             "alarm:read",     &list_alarms},
    Route{post, "/alarms/{alarm}/clear",        "clear_alarm",             "alarm:clear",    &clear_alarm},
    Route{get,  "/audit",                       "list_audit",              "audit:read",     &list_audit},
};
// clang-format on

static_assert(std::all_of(kRoutes.begin(), kRoutes.end(), [](const Route& r) { return !r.permission.empty(); }),
              "every route needs a permission");

std::string_view take_segment(std::string_view& rest) {
  if (!rest.empty() && rest.front() == '/') rest.remove_prefix(1);
  const auto end = std::min(rest.find('/'), rest.size());
  const auto segment = rest.substr(0, end);
  rest.remove_prefix(end);
  return segment;
}

bool fits(std::string_view pattern, std::string_view path, Match& into) {
  while (!pattern.empty() && !path.empty()) {
    const auto wanted = take_segment(pattern);
    const auto given = take_segment(path);
    if (wanted.starts_with('{')) {
      if (given.empty()) return false;
      into.parameters.emplace_back(wanted.substr(1, wanted.size() - 2), std::string(given));
    } else if (wanted != given) {
      return false;
    }
  }
  return pattern.empty() && path.empty();
}

}  // namespace

std::span<const Route> routes() {
  return kRoutes;
}

std::vector<std::string_view> all_permissions() {
  std::vector<std::string_view> all;
  for (const Route& route : kRoutes)
    if (route.permission != "public" && route.permission != "self") all.push_back(route.permission);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::optional<Match> match(Method method, std::string_view path) {
  for (const Route& route : kRoutes) {
    if (route.method != method) continue;
    Match found{&route, {}};
    if (fits(route.path, path, found)) return found;
  }
  return std::nullopt;
}

}  // namespace anju::platform
