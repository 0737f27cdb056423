#include "platform/http/routes.hpp"

#include <algorithm>
#include <array>
#include <deque>

#include "platform/catalog/catalog.hpp"
#include "platform/catalog/masking.hpp"
#include "platform/catalog/report.hpp"
#include "platform/http/bound_access.hpp"
#include "platform/http/handlers.hpp"
#include "protocols/wire/release.hpp"

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
    Route{put,  "/session/organisation",        "enter_organisation",      "organisation:enter", &enter_organisation},
    Route{post, "/registrations",               "register_provider",       "public",         &register_provider},
    Route{get,  "/organisations/tree",          "get_organisation_tree",   "organisation:read", &get_organisation_tree},
    Route{post, "/providers/{provider}/approve", "approve_provider",       "provider:review", &approve_provider},
    Route{post, "/providers/{provider}/reject", "reject_provider",         "provider:review", &reject_provider},
    Route{post, "/properties/batch",            "create_properties",       "property:create", &create_properties},
    Route{put,  "/session/profile",             "change_profile",          "self",           &change_profile},
    Route{get,  "/session/settings",            "get_settings",            "self",           &get_settings},
    Route{put,  "/session/settings",            "change_settings",         "self",           &change_settings},
    Route{get,  "/permissions",                 "list_permissions",        "role:read",      &list_permissions},
    Route{get,  "/users/{user}/rights",         "get_user_rights",         "user:read",      &get_user_rights},
    Route{put,  "/users/{user}/roles",          "change_user_roles",       "role:grant",     &change_user_roles},
    Route{put,  "/users/{user}/sites",          "change_user_sites",       "user:bind",      &change_user_sites},
    Route{put,  "/users/{user}/password",       "reset_password",          "user:reset",     &reset_password},
    Route{get,  "/roles/{role}/users",          "list_role_users",         "role:read",      &list_role_users},
    Route{put,  "/roles/{role}/users",          "change_role_users",       "role:grant",     &change_role_users},
    Route{get,  "/departments/{department}/sites", "list_department_sites", "department:read", &list_department_sites},
    Route{put,  "/departments/{department}/sites", "change_department_sites", "department:bind", &change_department_sites},
    Route{get,  "/home",                        "get_home",                "home:read",      &get_home},
    Route{get,  "/energy",                      "get_energy",              "energy:read",    &get_energy},
    Route{get,  "/sites",                       "list_sites",              "self",           &list_sites},
    Route{get,  "/projects",                    "list_projects",           "community:read", &list_projects},
    Route{get,  "/meters",                      "list_meters",             "meter:read",     &list_meters},
    Route{post, "/meters",                      "register_meter",          "meter:create",   &register_meter},
    Route{get,  "/meters/export",               "export_meters",           "meter:export",   &export_meters},
    Route{get,  "/meters/{meter}",              "get_meter",               "meter:read",     &get_meter},
    Route{del,  "/meters/{meter}",              "remove_meter",            "meter:delete",   &remove_meter},
    Route{post, "/meters/{meter}/dispatch",     "dispatch_meter",          "meter:create",   &dispatch_meter},
    Route{post, "/meters/{meter}/withdraw",     "withdraw_meter",          "meter:edit",     &withdraw_meter},
    Route{put,  "/meters/{meter}/device",       "change_meter_device",     "meter:edit",     &change_meter_device},
    Route{put,  "/meters/{meter}/settings",     "change_meter_settings",   "meter:edit",     &change_meter_settings},
    Route{put,  "/meters/{meter}/price-plan",   "change_meter_price_plan", "meter:edit",     &change_meter_price_plan},
    Route{get,  "/meters/{meter}/readings",     "list_readings",           "meter:read",     &list_readings},
    Route{post, "/meters/{meter}/readings/{reading}/accept", "accept_reading", "meter:settle", &accept_reading},
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
    Route{get,  "/price-plans/{plan}/versions", "list_price_versions",     "price:read",     &list_price_versions},
    Route{get,  "/meters/{meter}/calculation",  "get_calculation",         "meter:read",     &get_calculation},
    Route{get,  "/meters/{meter}/openings",     "list_openings",           "meter:read",     &list_openings},
    Route{post, "/meters/{meter}/openings",     "open_household",            "meter:open",     &open_household},
    Route{get,  "/meters/{meter}/settlements",  "list_settlements",        "meter:read",     &list_settlements},
    Route{post, "/meters/{meter}/settlements",  "settle_household",          "meter:settle",   &settle_household},
    Route{get,  "/meters/{meter}/adjustments",  "list_adjustments",        "meter:read",     &list_adjustments},
    Route{post, "/meters/{meter}/adjustments",  "adjust_balance",          "meter:settle",   &adjust_balance},
    Route{get,  "/meters/{meter}/register-changes", "list_register_changes", "meter:read",    &list_register_changes},
    Route{post, "/meters/{meter}/register-changes", "change_register",     "meter:settle",   &change_register},
    Route{put,  "/meters/{meter}/switch-schedule", "change_switch_schedule", "meter:switch", &change_switch_schedule},
    Route{put,  "/meters/{meter}/annual-fee",   "change_annual_fee",       "meter:settle",   &change_annual_fee},
    Route{get,  "/meters/{meter}/annual-fees",  "list_fee_payments",       "meter:read",     &list_fee_payments},
    Route{post, "/meters/{meter}/annual-fees",  "pay_annual_fee",          "meter:recharge", &pay_annual_fee},
    Route{get,  "/meters/{meter}/price-plans",  "list_meter_price_plans",  "meter:read",     &list_meter_price_plans},
    Route{get,  "/gateways",                    "list_gateways",           "gateway:read",   &list_gateways},
    Route{post, "/gateways",                    "create_gateway",          "gateway:create", &create_gateway},
    Route{get,  "/gateways/{gateway}",          "get_gateway",             "gateway:read",   &get_gateway},
    Route{get,  "/gateways/{gateway}/found",    "list_found_devices",      "gateway:read",   &list_found_devices},
    Route{put,  "/gateways/{gateway}/found/{found}", "dismiss_found_device", "meter:create",  &dismiss_found_device},
    Route{get,  "/gateways/{gateway}/enrolment", "get_enrolment",          "gateway:create", &get_enrolment},
    Route{post, "/gateways/{gateway}/enrolment", "create_enrolment",       "gateway:create", &create_enrolment},
    Route{del,  "/gateways/{gateway}/enrolment", "cancel_enrolment",       "gateway:create", &cancel_enrolment},
    Route{post, "/gateways/{gateway}/revocation", "revoke_gateway",        "gateway:create", &revoke_gateway},
    Route{post, "/gateways/{gateway}/upgrade",  "order_upgrade",           "gateway:upgrade", &order_upgrade},
    Route{del,  "/gateways/{gateway}/upgrade",  "withdraw_upgrade",        "gateway:upgrade", &withdraw_upgrade},
    Route{get,  "/releases",                    "list_releases",           "gateway:read",   &list_releases},
    Route{post, "/releases",                    "upload_release",          "gateway:upgrade", &upload_release, false, nullptr, true, nullptr, wire::kMaxRelease},
    Route{del,  "/releases/{release}",          "remove_release",          "gateway:upgrade", &remove_release},
    Route{post, "/enrolments",                  "redeem_enrolment",        "public",         &redeem_enrolment},
    Route{get,  "/alarms",                      "list_alarms",             "alarm:read",     &list_alarms},
    Route{post, "/alarms/{alarm}/clear",        "clear_alarm",             "alarm:clear",    &clear_alarm},
    Route{get,  "/inbox",                       "list_inbox",              "self",           &list_inbox},
    Route{post, "/inbox/read",                  "read_inbox",              "self",           &read_inbox},
    Route{post, "/inbox/{item}/read",           "read_inbox_row",          "self",           &read_inbox_row},
    Route{get,  "/messages",                    "list_messages",           "message:read",   &list_messages},
    Route{post, "/messages/test",               "test_message",            "message:send",   &test_message},
    Route{post, "/messages/{message}/resend",   "resend_message",          "message:send",   &resend_message},
    Route{get,  "/meters/{meter}/messages",     "list_meter_messages",     "meter:read",     &list_meter_messages},
    Route{get,  "/meters/{meter}/subscribers",  "list_subscribers",        "meter:read",     &list_subscribers},
    Route{put,  "/meters/{meter}/subscribers",  "change_subscribers",      "meter:edit",     &change_subscribers},
    Route{get,  "/meters/{meter}/bound-users",  "list_bound_users",        "meter:read",     &list_bound_users},
    Route{del,  "/meters/{meter}/bound-users/{binding}", "unbind_user",    "meter:open",     &unbind_user},
    Route{post, "/meters/{meter}/shares",       "share_meter",             "meter:open",     &share_meter},
    Route{del,  "/meters/{meter}/shares/{share}", "revoke_share",          "meter:open",     &revoke_share},
    Route{post, "/my/share",                    "look_at_share",           "public",         &look_at_share},
    Route{post, "/my/meters",                   "bind_meter",              "public",         &bind_meter},
    Route{get,  "/my/account",                  "get_my_account",          "bound",          &get_my_account},
    Route{put,  "/my/account",                  "change_my_account",       "bound",          &change_my_account},
    Route{del,  "/my/session",                  "end_my_session",          "bound",          &end_my_session},
    Route{get,  "/my/meters",                   "list_my_meters",          "bound",          &list_my_meters},
    Route{get,  "/my/meters/{binding}",         "get_my_meter",            "bound",          &get_my_meter},
    Route{del,  "/my/meters/{binding}",         "leave_my_meter",          "bound",          &leave_my_meter},
    Route{get,  "/my/meters/{binding}/use",     "get_my_use",              "bound",          &get_my_use},
    Route{get,  "/my/meters/{binding}/records", "list_my_records",         "bound",          &list_my_records},
    Route{get,  "/my/meters/{binding}/messages", "list_my_messages",       "bound",          &list_my_messages},
    Route{get,  "/announcements",               "list_announcements",      "message:read",   &list_announcements},
    Route{post, "/announcements",               "announce",                "message:send",   &announce},
    Route{get,  "/sms-packages",                "list_sms_packages",       "sms_package:read", &list_sms_packages},
    Route{post, "/sms-packages",                "buy_sms_package",         "sms_package:create", &buy_sms_package},
    Route{get,  "/audit",                       "list_audit",              "audit:read",     &list_audit},
    Route{get,  "/desk",                        "search_desk",             "desk:read",      &search_desk},
    Route{get,  "/houses/{house}/overview",     "get_house_overview",      "house:read",     &get_house_overview},
    Route{get,  "/rooms/{room}/meters",         "list_room_meters",        "room:read",      &list_room_meters},
    Route{put,  "/meters/{meter}/room",         "move_meter",              "room:bind",      &move_meter},
    Route{get,  "/prepaid/sources",             "list_prepaid_sources",    "prepaid:read",   &list_prepaid_sources},
    Route{post, "/prepaid/sources/{source}",    "import_source",           "prepaid:edit",   &import_source},
    Route{del,  "/prepaid/sources/{source}",    "take_out_source",         "prepaid:edit",   &take_out_source},
    Route{get,  "/audit/export",                "export_audit",            "audit:export",   &export_audit},
    Route{get,  "/jobs",                        "list_jobs",               "self",           &list_jobs},
    Route{get,  "/jobs/{job}",                  "get_job",                 "self",           &get_job},
    Route{get,  "/jobs/{job}/file",             "get_job_file",            "self",           &get_job_file},
    Route{post, "/jobs/{job}/cancel",           "cancel_job",              "self",           &cancel_job},
    Route{del,  "/jobs/{job}",                  "remove_job",              "self",           &remove_job},
    Route{get,  "/catalog",                     "get_catalog",             "self",           &get_catalog},
    Route{get,  "/reports",                     "get_reports",             "self",           &get_reports},
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

namespace {

/// What each resource answers to; {} stands for its row.
struct Pattern {
  Method method;
  std::string_view path;  ///< behind its name
  std::string_view verb;  ///< of the operation
  std::string_view right;  ///< of the resource; with a colon: as it stands
  unsigned action;  ///< 0: every resource has it
  void (*handle)(const Call& call, Api& api, Reply reply);
};
// clang-format off
constexpr std::array kPatterns{
    Pattern{get,  "",            "list",    "read",   0,                 &list_records},
    Pattern{post, "",            "create",  "create", catalog::kCreate,  &create_record},
    Pattern{get,  "/export",     "export",  "export", catalog::kExport,  &export_records},
    Pattern{get,  "/import-template", "template", "create", catalog::kCreate, &get_import_template},
    Pattern{post, "/import",     "upload",  "create", catalog::kCreate,  &import_records},
    Pattern{post, "/{}/reveal",  "reveal",  catalog::kSeePersonal, 0,    &reveal_record},
    Pattern{get,  "/{}",         "get",     "read",   0,                 &get_record},
    Pattern{put,  "/{}",         "change",  "edit",   catalog::kEdit,    &change_record},
    Pattern{post, "/{}/enable",  "enable",  "enable", catalog::kEnable,  &enable_record},
    Pattern{post, "/{}/disable", "disable", "enable", catalog::kEnable,  &disable_record},
    Pattern{del,  "/{}",         "remove",  "delete", catalog::kDelete,  &remove_record},
};

/// What stands in for the handlers above: every change of a resource that the ledger writes, and whoever is made with a password.
struct Replacement {
  std::string_view resource, verb;
  void (*handle)(const Call& call, Api& api, Reply reply);
};
constexpr std::array kReplacements{
    Replacement{"users",       "create",  &create_user},
    Replacement{"communities", "create",  &create_community},
    Replacement{"communities", "change",  &change_community},
    Replacement{"communities", "enable",  &enable_community},
    Replacement{"communities", "disable", &disable_community},
    Replacement{"communities", "remove",  &remove_community},
};
// clang-format on

/// What every resource of organisations answers to besides. verb: in front of "_<right>_" and its noun.
struct TreePattern {
  Method method;
  std::string_view path, verb, noun, permission;  ///< permission: {} stands for the right
  bool summed;                                    ///< only kinds that have sites, or others below them that do
  void (*handle)(const Call& call, Api& api, Reply reply);
};
// clang-format off
constexpr std::array kTreePatterns{
    TreePattern{post, "/{}/account",    "create", "account",    "user:create", false, &create_account},
    TreePattern{get,  "/{}/accounts",   "list",   "accounts",   "user:read",   false, &list_accounts},
    TreePattern{get,  "/{}/statistics", "get",    "statistics", "{}:read",     true,  &get_statistics},
};
// clang-format on

/// {} replaced.
std::string filled(std::string_view pattern, const std::string& by) {
  std::string text(pattern);
  if (const auto at = text.find("{}"); at != std::string::npos) text.replace(at, 2, by);
  return text;
}

auto handler(const catalog::Resource& resource, const Pattern& pattern) {
  for (const Replacement& one : kReplacements)
    if (one.resource == resource.name && one.verb == pattern.verb) return one.handle;
  return pattern.handle;
}

/// The table above and what follows from the catalogue; the texts that are made live as long.
struct Table {
  std::vector<Route> routes{kRoutes.begin(), kRoutes.end()};
  std::deque<std::string> texts;

  Table() {
    const auto keep = [this](std::string text) { return std::string_view(texts.emplace_back(std::move(text))); };
    for (const catalog::Resource* resource : catalog::resources()) {
      const std::string right(resource->right);
      for (const Pattern& pattern : kPatterns) {
        if (pattern.action != 0 && (resource->actions & pattern.action) == 0) continue;
        const bool whole = pattern.right.find(':') != std::string_view::npos;
        if (whole && !catalog::has_personal(*resource)) continue;
        if ((pattern.verb == "upload" || pattern.verb == "template") && !catalog::takes_sheets(*resource)) continue;
        const std::string path = filled(pattern.path, "{" + right + "}");
        std::string plural(resource->name);
        std::replace(plural.begin(), plural.end(), '-', '_');
        const auto operation = keep(std::string(pattern.verb) + "_" + (pattern.verb == "list" ? plural : right));
        routes.push_back({pattern.method, keep("/" + std::string(resource->name) + path), operation,
                          whole ? pattern.right : keep(right + ":" + std::string(pattern.right)),
                          handler(*resource, pattern), false, resource, pattern.verb == "upload"});
      }
      if (resource->place != catalog::Place::tree) continue;
      for (const TreePattern& pattern : kTreePatterns) {
        if (pattern.summed && resource->kind != "operator" && resource->kind != "provider" && resource->kind != "property") continue;
        routes.push_back({pattern.method, keep("/" + std::string(resource->name) + filled(pattern.path, "{" + right + "}")),
                          keep(std::string(pattern.verb) + "_" + right + "_" + std::string(pattern.noun)), keep(filled(pattern.permission, right)),
                          pattern.handle, false, resource});
      }
    }
    for (const catalog::Report* report : catalog::reports()) {
      const auto path = keep("/reports/" + std::string(report->name));
      const auto right = keep(std::string(report->right) + ":read");
      routes.push_back({get, path, keep("list_" + std::string(report->right)), right, &list_report, false, nullptr, false, report});
      routes.push_back({get, keep(std::string(path) + "/export"), keep("export_" + std::string(report->right)), keep(std::string(report->right) + ":export"),
                        &export_report, false, nullptr, false, report});
      if (!report->sums()) continue;
      routes.push_back({get, keep(std::string(path) + "/totals"), keep("get_" + std::string(report->right) + "_totals"), right,
                        &get_report_totals, false, nullptr, false, report});
    }
  }
};

const Table& table() {
  static const Table made;
  return made;
}

}  // namespace

std::span<const Route> routes() {
  return table().routes;
}

std::vector<std::string_view> all_permissions() {
  std::vector<std::string_view> all;
  for (const Route& route : routes())
    if (route.permission != "public" && route.permission != "self" && route.permission != kBoundPermission) all.push_back(route.permission);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::optional<Match> match(Method method, std::string_view path) {
  for (const Route& route : routes()) {
    if (route.method != method) continue;
    Match found{&route, {}};
    if (fits(route.path, path, found)) return found;
  }
  return std::nullopt;
}

}  // namespace anju::platform
