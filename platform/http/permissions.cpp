#include "platform/http/permissions.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "platform/catalog/catalog.hpp"
#include "platform/catalog/report.hpp"
#include "platform/http/records_json.hpp"
#include "platform/http/routes.hpp"

namespace anju::platform {
namespace {

namespace json = boost::json;
using catalog::Label;

struct Thing {
  std::string_view name, group;
  Label label;
};

// In the order of the menu; the catalogue's follow in their own, under the same groups.
constexpr std::array kGroups{
    Thing{"home", "home", {"首页", "Home"}},
    Thing{"device", "device", {"设备管理", "Devices"}},
    Thing{"space", "space", {"空间管理", "Space"}},
    Thing{"report", "report", {"报表中心", "Reports"}},
    Thing{"organisation", "organisation", {"系统管理", "System"}},
    Thing{"other", "other", {"其他", "Other"}},
};
constexpr std::array kThings{
    Thing{"home", "home", {"首页", "Home"}},
    Thing{"desk", "home", {"综合查询", "Search over everything"}},
    Thing{"meter", "device", {"电表", "Meters"}},
    Thing{"gateway", "device", {"网关", "Gateways"}},
    Thing{"price", "device", {"单价方案", "Price plans"}},
    Thing{"alarm", "device", {"告警", "Alarms"}},
    Thing{"message", "device", {"消息通知", "Messages"}},
    Thing{"sms_package", "organisation", {"短信套餐", "SMS packages"}},
    Thing{"prepaid", "device", {"预付费管理", "Prepaid management"}},
    Thing{"organisation", "organisation", {"下级单位", "Organisations below"}},
    Thing{"energy", "report", {"能耗分析", "Energy analysis"}},
    Thing{"personal", "organisation", {"个人信息", "Personal data"}},
    Thing{"audit", "organisation", {"操作日志", "Audit log"}},
};
constexpr std::array kVerbs{
    Thing{"read", "", {"查看", "See"}},           Thing{"create", "", {"新增", "Add"}},
    Thing{"edit", "", {"编辑", "Change"}},        Thing{"enable", "", {"启用/禁用", "Enable, disable"}},
    Thing{"delete", "", {"删除", "Delete"}},      Thing{"switch", "", {"拉合闸", "Switch"}},
    Thing{"recharge", "", {"充值", "Recharge"}},  Thing{"open", "", {"开户", "Open accounts"}},
    Thing{"settle", "", {"结算退补", "Settle and adjust"}},  Thing{"clear", "", {"处理", "Clear"}},
    Thing{"review", "", {"审核", "Review"}},      Thing{"enter", "", {"代为操作", "Act for"}},
    Thing{"grant", "", {"分配用户", "Grant"}},    Thing{"reset", "", {"重置密码", "Reset the password"}},
    Thing{"bind", "", {"绑定", "Bind"}},          Thing{"send", "", {"发送", "Send"}},
    Thing{"export", "", {"导出", "Export"}},      Thing{"import", "", {"导入", "Import"}},
    Thing{"upgrade", "", {"升级固件", "Upgrade"}},
};

template <class Things>
const Thing* find_in(const Things& things, std::string_view name) {
  const auto found = std::find_if(things.begin(), things.end(), [&](const Thing& thing) { return thing.name == name; });
  return found == things.end() ? nullptr : &*found;
}

const catalog::Resource* resource_of(std::string_view thing) {
  for (const catalog::Resource* resource : catalog::resources())
    if (resource->right == thing) return resource;
  return nullptr;
}

const catalog::Report* report_of(std::string_view thing) {
  for (const catalog::Report* report : catalog::reports())
    if (report->right == thing) return report;
  return nullptr;
}

std::string_view group_of(std::string_view thing) {
  if (const Thing* known = find_in(kThings, thing)) return known->group;
  if (report_of(thing) != nullptr) return "report";
  const catalog::Resource* resource = resource_of(thing);
  if (resource != nullptr && find_in(kGroups, resource->group) != nullptr) return resource->group;
  return "other";
}

json::object named(std::string_view key, std::string_view name, const Label& label, std::string_view otherwise) {
  return {{key, name}, {"label", label.zh.empty() ? json::object{{"zh", otherwise}, {"en", otherwise}} : json_of(label)}};
}

}  // namespace

Label label_of_thing(std::string_view thing) {
  if (const Thing* known = find_in(kThings, thing)) return known->label;
  if (const catalog::Report* report = report_of(thing)) return report->label;
  const catalog::Resource* resource = resource_of(thing);
  return resource == nullptr ? Label{} : resource->label;
}

Label label_of_verb(std::string_view verb) {
  const Thing* known = find_in(kVerbs, verb);
  return known == nullptr ? Label{} : known->label;
}

json::array permissions_json(const Caller& caller) {
  std::vector<std::string_view> things;  // each once: ours, the catalogue's, then what has no name
  for (const Thing& thing : kThings) things.push_back(thing.name);
  for (const catalog::Resource* resource : catalog::resources()) things.push_back(resource->right);
  for (const std::string_view code : all_permissions()) things.push_back(code.substr(0, code.find(':')));
  std::vector<std::string_view> once;
  for (const std::string_view thing : things)
    if (std::find(once.begin(), once.end(), thing) == once.end()) once.push_back(thing);

  json::array groups;
  for (const Thing& group : kGroups) {
    json::array shown;
    for (const std::string_view thing : once) {
      if (group_of(thing) != group.name) continue;
      std::vector<std::string_view> held;
      for (const std::string_view code : all_permissions())
        if (code.substr(0, code.find(':')) == thing && caller.may(code)) held.push_back(code);
      // In the order of the verbs' table, unknown ones behind.
      std::stable_sort(held.begin(), held.end(), [](std::string_view a, std::string_view b) {
        const auto place = [](std::string_view code) {
          const Thing* verb = find_in(kVerbs, code.substr(code.find(':') + 1));
          return verb == nullptr ? kVerbs.size() : static_cast<std::size_t>(verb - kVerbs.data());
        };
        return place(a) < place(b);
      });
      json::array verbs;
      for (const std::string_view code : held) {
        const std::string_view verb = code.substr(code.find(':') + 1);
        verbs.push_back(named("code", code, label_of_verb(verb), verb));
      }
      if (verbs.empty()) continue;
      json::object entry = named("thing", thing, label_of_thing(thing), thing);
      entry["verbs"] = std::move(verbs);
      shown.push_back(std::move(entry));
    }
    if (shown.empty()) continue;
    json::object entry = named("group", group.name, group.label, group.name);
    entry["things"] = std::move(shown);
    groups.push_back(std::move(entry));
  }
  return groups;
}

}  // namespace anju::platform
