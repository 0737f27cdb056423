#include "platform/catalog/presets.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "platform/catalog/catalog.hpp"
#include "platform/catalog/report.hpp"

namespace anju::platform::catalog {
namespace {

using Permissions = std::vector<std::string>;

/// Of everything that lies in a community.
Permissions of_sites(std::initializer_list<std::string_view> verbs) {
  Permissions all;
  for (const Resource* resource : resources()) {
    if (resource->place != Place::site) continue;
    for (const std::string_view verb : verbs) {
      if (!resource->of_site && verb != "read" && verb != "edit") continue;  // communities themselves come and go at the company
      if ((verb == "create" && (resource->actions & kCreate) == 0) || (verb == "edit" && (resource->actions & kEdit) == 0) ||
          (verb == "enable" && (resource->actions & kEnable) == 0) || (verb == "export" && (resource->actions & kExport) == 0) || (verb == "delete" && (resource->actions & kDelete) == 0))
        continue;
      all.push_back(std::string(resource->right) + ":" + std::string(verb));
    }
  }
  return all;
}

/// The reports and the analysis of energy.
Permissions with_reports(Permissions all, std::initializer_list<const char*> verbs) {
  for (const Report* report : reports())
    for (const char* verb : verbs) all.push_back(std::string(report->right) + verb);
  all.emplace_back("energy:read");
  return all;
}

Permissions together(Permissions all, std::initializer_list<const char*> more) {
  all.insert(all.end(), more.begin(), more.end());
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

}  // namespace

std::vector<Preset> presets(OrganisationKind kind) {
  std::vector<Preset> all{{"管理员", DataScope::all, {std::string(kEverything)}, "本单位的全部权限"}};
  if (kind == OrganisationKind::property || kind == OrganisationKind::collective) {
    // ten-community-admin-role (2:60, 2:220-254).
    all.push_back({"小区管理员", DataScope::sites,
                   together(with_reports(of_sites({"read", "create", "edit", "enable", "delete", "export"}), {":read", ":export"}),
                            {"home:read", "desk:read", "meter:read", "meter:switch", "meter:recharge", "meter:open", "meter:settle", "meter:export", "room:bind", "prepaid:read", "prepaid:edit",
                             "price:read", "gateway:read", "alarm:read", "alarm:clear", "message:read", "message:send", "personal:read"}),
                   "管理绑定的小区"});
    // ten-house-auditor-role (2:63, 2:256-258): reads houses, and will decide about applications.
    all.push_back({"房屋审核员", DataScope::sites, together({}, {"house:read"}), "只审核房屋认证申请"});
  }
  all.push_back({"财务", DataScope::company, together(with_reports({}, {":read", ":export"}), {"home:read", "community:read", "desk:read", "meter:read", "meter:recharge", "meter:open", "meter:settle", "meter:export", "price:read", "price:edit", "message:read", "sms_package:read", "sms_package:create"}), "充值与单价"});
  all.push_back({"客服", DataScope::company, together(of_sites({"read"}), {"home:read", "desk:read", "meter:read", "alarm:read", "message:read"}), "查询与解答"});
  all.push_back({"安装调试", DataScope::company,
                 together({}, {"community:read", "meter:read", "meter:create", "meter:edit", "meter:switch", "gateway:read", "gateway:create", "price:read", "alarm:read", "alarm:clear"}),
                 "安装网关与电表"});
  all.push_back({"只读", DataScope::company, together(with_reports(of_sites({"read"}), {":read"}), {"home:read", "desk:read", "meter:read", "price:read", "gateway:read", "alarm:read"}), "只能查看"});
  return all;
}

}  // namespace anju::platform::catalog
