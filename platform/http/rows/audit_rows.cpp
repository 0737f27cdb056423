#include <array>
#include <limits>
#include <utility>

#include "platform/catalog/catalog.hpp"
#include "platform/http/rows/lists.hpp"

namespace anju::platform {
namespace {

struct Word {
  std::string_view code, zh, en;
};

// What the console calls them; an action without a word here stands as it is in the log.
constexpr std::array kActions{Word{"init", "初始化", "Set up"},
                              Word{"log_in", "登录", "Log in"},
                              Word{"log_out", "退出登录", "Log out"},
                              Word{"change_password", "修改密码", "Change password"},
                              Word{"recharge", "充值", "Recharge"},
                              Word{"order_command", "下达命令", "Order command"},
                              Word{"cancel_command", "撤销命令", "Cancel command"},
                              Word{"register_meter", "登记电表", "Register meter"},
                              Word{"change_meter_settings", "修改设备参数", "Change settings"},
                              Word{"change_meter_device", "修改通讯参数", "Change communication"},
                              Word{"change_meter_price_plan", "更换电价方案", "Change a meter's plan"},
                              Word{"open_household", "开户", "Open an account"},
                              Word{"settle_household", "结算", "Settle an account"},
                              Word{"adjust_balance", "退补", "Adjust a balance"},
                              Word{"create_price_plan", "添加电价方案", "Add price plan"},
                              Word{"change_price_plan", "修改电价方案", "Change price plan"},
                              Word{"create_gateway", "添加网关", "Add gateway"},
                              Word{"accept_reading", "采用异常读数", "Refused reading accepted"},
                              Word{"remove_meter", "删除电表", "Meter removed"},
                              Word{"clear_alarm", "处理报警", "Alarm settled"},
                              Word{"export_meters", "导出电表", "Export meters"},
                              Word{"export_audit", "导出操作日志", "Export audit log"}};
constexpr std::array kVerbs{Word{"create_", "新增", "Add "},      Word{"change_", "修改", "Change "}, Word{"enable_", "启用", "Enable "},
                            Word{"disable_", "禁用", "Disable "}, Word{"remove_", "删除", "Delete "}, Word{"export_", "导出", "Export "},
                            Word{"upload_", "导入", "Import "},   Word{"reveal_", "查看完整", "Reveal "}};

class Audit : public RowSource {
 public:
  Audit(Queries& queries, Reader reader, AuditFilter filter) : queries_(queries), reader_(std::move(reader)), filter_(std::move(filter)) {}

  [[nodiscard]] std::string title() const override { return reader_.word("操作日志", "Audit log"); }

  [[nodiscard]] std::vector<Column> columns() const override {
    return {{reader_.word("时间", "Time"), 20},      {reader_.word("操作人", "Who"), 14},   {reader_.word("操作", "Action"), 20},
            {reader_.word("对象", "Object"), 20},    {reader_.word("对象名称", "Name"), 20}, {reader_.word("内容", "Detail"), 60},
            {reader_.word("结果", "Result"), 14},    {reader_.word("地址", "Address"), 16}};
  }

  base::Result<std::int64_t> count() override {
    AuditFilter one = filter_;
    one.page = one.page_size = 1;
    const auto page = queries_.audit(reader_.scope, one);
    if (!page) return base::pass(page);
    return page->total;
  }

  base::Result<std::vector<CellRow>> next(std::int64_t most) override {
    filter_.before = last_;
    filter_.page_size = most;
    const auto page = queries_.audit(reader_.scope, filter_);
    if (!page) return base::pass(page);
    std::vector<CellRow> rows;
    rows.reserve(page->rows.size());
    for (const AuditRow& row : page->rows) {
      const bool ok = row.result == "ok" || row.result == "created" || row.result == "exists";
      rows.push_back({reader_.time(row.at), row.who, action(row.action), row.object, row.object_name, row.detail,
                      ok ? reader_.word("成功", "Done") : row.result, row.address});
    }
    if (!page->rows.empty()) last_ = page->rows.back().id;
    return rows;
  }

 private:
  [[nodiscard]] std::string action(const std::string& code) const {
    for (const Word& one : kActions)
      if (one.code == code) return reader_.word(one.zh, one.en);
    for (const Word& verb : kVerbs) {
      if (!code.starts_with(verb.code)) continue;
      const std::string what = code.substr(verb.code.size());
      for (const catalog::Resource* resource : catalog::resources()) {
        if (what == resource->right) return reader_.word(verb.zh, verb.en) + reader_.word(resource->one.zh, resource->one.en);
      }
    }
    return code;
  }

  Queries& queries_;
  Reader reader_;
  AuditFilter filter_;
  std::int64_t last_ = std::numeric_limits<std::int64_t>::max();
};

}  // namespace

std::unique_ptr<RowSource> audit_rows(Queries& queries, Reader reader, AuditFilter filter) {
  return std::make_unique<Audit>(queries, std::move(reader), std::move(filter));
}

}  // namespace anju::platform
