// The reports (报表管理, 1:114-138; 汇总统计, 4:380-383). Columns of the payment records are those of 1:153, word for word.

#include "platform/catalog/report.hpp"

#include <array>

namespace anju::platform::catalog {
namespace {

constexpr Column at(Label label) { return {.name = "at", .label = label, .type = ColumnType::time}; }
constexpr Column meter() { return {.name = "meter", .label = {"电表编号", "Meter"}, .type = ColumnType::meter}; }
constexpr Column meter_name() { return {.name = "name", .label = {"电表名称", "Name"}}; }
constexpr Column room() { return {.name = "room", .label = {"房间", "Room"}}; }
constexpr Column energy(std::string_view name, Label label) { return {.name = name, .label = label, .type = ColumnType::quantity}; }
constexpr Column money(std::string_view name, Label label) { return {.name = name, .label = label, .type = ColumnType::money}; }
constexpr Label kMeterWords{"房间、电表名称、编号或表地址", "Room, name, number or address of the meter"};

constexpr std::array kReadingKinds{Choice{"interval", {"定时抄表", "Scheduled"}}, Choice{"on_demand", {"实时抄表", "On demand"}},
                                   Choice{"daily_freeze", {"日冻结", "Frozen at midnight"}}};
constexpr std::array kReadingStates{Choice{"used", {"已计费", "Billed"}}, Choice{"recorded", {"已记录", "Recorded"}},
                                    Choice{"quarantined", {"已隔离", "Quarantined"}}};

// rp-reading-records (1:126).
constexpr std::array kReadingColumns{
    at({"抄表时间", "Read at"}),
    meter(),
    meter_name(),
    room(),
    energy("total", {"电表读数(度)", "Register (kWh)"}),
    Column{.name = "used", .label = {"用量(度)", "Used (kWh)"}, .type = ColumnType::quantity, .sum = true,
           .help = {"与上一次计费读数之差", "Since the reading billed before"}},
    energy("sharp", {"尖(度)", "Sharp (kWh)"}),
    energy("peak", {"峰(度)", "Peak (kWh)"}),
    energy("flat", {"平(度)", "Flat (kWh)"}),
    energy("valley", {"谷(度)", "Valley (kWh)"}),
    Column{.name = "kind", .label = {"抄表方式", "Kind"}, .type = ColumnType::choice, .choices = kReadingKinds, .search = true},
    Column{.name = "state", .label = {"处理结果", "Outcome"}, .type = ColumnType::choice, .choices = kReadingStates, .search = true},
};
const Report kReadings{"readings", "reading_report", {"抄表记录", "Reading records"},
                       {"每块电表每次抄表的时间和读数", "When each meter was read, and what it showed"}, kMeterWords, kReadingColumns};

constexpr std::array kSwitchKinds{Choice{"trip", {"跳闸", "Switched off"}}, Choice{"close", {"合闸", "Switched on"}}};
constexpr std::array kCauses{Choice{"forced", {"强制拉闸", "Forced trip"}},       Choice{"arrears", {"欠费", "Arrears"}},
                             Choice{"recharged", {"充值到账", "Recharged"}},      Choice{"reconcile", {"状态核对", "Reconciled"}},
                             Choice{"person", {"人工", "By a person"}},           Choice{"stale_reading", {"读数过旧", "Stale reading"}}};
constexpr std::array kCommandStates{Choice{"queued", {"排队", "Queued"}},      Choice{"sent", {"已下发", "Sent"}},
                                    Choice{"acked", {"已应答", "Answered"}},   Choice{"verified", {"已确认", "Verified"}},
                                    Choice{"failed", {"失败", "Failed"}},      Choice{"expired", {"已过期", "Expired"}},
                                    Choice{"cancelled", {"已撤销", "Cancelled"}}};

// rp-switch-records (1:120).
constexpr std::array kSwitchColumns{
    at({"下令时间", "Ordered at"}),
    meter(),
    meter_name(),
    room(),
    Column{.name = "kind", .label = {"动作", "Action"}, .type = ColumnType::choice, .choices = kSwitchKinds, .search = true},
    Column{.name = "state", .label = {"进度", "State"}, .type = ColumnType::choice, .choices = kCommandStates, .search = true},
    Column{.name = "done", .label = {"开关时间", "Switched at"}, .type = ColumnType::time,
           .help = {"再次读表确认的时间", "When the meter was read again and showed it"}},
    Column{.name = "cause", .label = {"原因", "Cause"}, .type = ColumnType::choice, .choices = kCauses, .search = true},
    Column{.name = "by", .label = {"操作人", "By"}},
    Column{.name = "note", .label = {"备注", "Note"}},
};
const Report kSwitches{"switches", "switch_report", {"设备开关记录", "Switch records"},
                       {"每次合闸、跳闸的命令和电表确认的时间", "Every order to switch on or off, and when the meter confirmed it"}, kMeterWords,
                       kSwitchColumns};

constexpr std::array kPayStates{Choice{"paid", {"支付成功", "Paid"}}, Choice{"closed", {"订单关闭", "Closed"}}};
constexpr std::array kMethods{Choice{"cash", {"现金", "Cash"}},     Choice{"transfer", {"转账", "Bank transfer"}}, Choice{"wechat", {"微信", "WeChat"}},
                              Choice{"alipay", {"支付宝", "Alipay"}}, Choice{"free", {"免费充值", "Free of charge"}}};
constexpr std::array kUserKinds{Choice{"member", {"会员", "Member"}}};

// rp-pay-records (1:130, columns 1:153).
constexpr std::array kPaymentColumns{
    meter(),
    Column{.name = "user", .label = {"用户名称", "User"}},
    Column{.name = "user_kind", .label = {"用户类型", "User type"}, .type = ColumnType::choice, .choices = kUserKinds},
    Column{.name = "due", .label = {"应缴费金额(元)", "Amount due (CNY)"}, .type = ColumnType::money, .sum = true},
    Column{.name = "paid", .label = {"实际缴费金额(元)", "Amount paid (CNY)"}, .type = ColumnType::money, .sum = true},
    Column{.name = "price", .label = {"电费单价", "Price per kWh"}, .type = ColumnType::price,
           .help = {"充值时的单价；分时电价为平段单价", "At the time of the recharge; of four prices the flat one"}},
    Column{.name = "income", .label = {"收入", "Income"}, .type = ColumnType::money, .sum = true},
    money("fee", {"手续费", "Fee"}),
    energy("bought", {"充值度数(度)", "Recharged (kWh)"}),
    energy("before", {"充值前度数(度)", "Before (kWh)"}),
    energy("after", {"充值后度数(度)", "After (kWh)"}),
    energy("left", {"剩余电量(度)", "Left now (kWh)"}),
    Column{.name = "state", .label = {"交易状态", "State"}, .type = ColumnType::choice, .choices = kPayStates, .search = true},
    at({"创建时间", "Created at"}),
    room(),
    Column{.name = "method", .label = {"支付方式", "Paid by"}, .type = ColumnType::choice, .choices = kMethods, .search = true},
    Column{.name = "by", .label = {"操作人", "By"}},
};
const Report kPayments{"payments", "payment_report", {"缴费记录", "Payment records"},
                       {"每笔充值的金额和电量", "Every recharge, in money and energy"}, kMeterWords, kPaymentColumns};

// rp-energy-records (1:132): a finished day of a meter each.
constexpr std::array kEnergyColumns{
    Column{.name = "day", .label = {"日期", "Day"}, .type = ColumnType::day},
    meter(),
    meter_name(),
    room(),
    Column{.name = "used", .label = {"用电量(度)", "Used (kWh)"}, .type = ColumnType::quantity, .sum = true},
    Column{.name = "cost", .label = {"电费(元)", "Cost (CNY)"}, .type = ColumnType::money, .sum = true},
    energy("register", {"日冻结示数(度)", "Register at its end (kWh)"}),
};
const Report kEnergy{"energy", "energy_report", {"能耗记录", "Energy records"},
                     {"每块电表每天的用量；一天在下一天的第一次抄表后记入", "What each meter used per day; a day is entered with the first reading of a later one"},
                     kMeterWords, kEnergyColumns};

constexpr std::array kDeviceKinds{Choice{"gateway", {"集中器", "Gateway"}}, Choice{"meter", {"电表", "Meter"}}};
constexpr std::array kConnection{Choice{"online", {"上线", "Online"}}, Choice{"offline", {"离线", "Offline"}}};

// rp-online-log, dv-online-offline (4:380-383).
constexpr std::array kConnectionColumns{
    at({"记录时间", "At"}),
    Column{.name = "kind", .label = {"设备类型", "Type"}, .type = ColumnType::choice, .choices = kDeviceKinds, .search = true},
    Column{.name = "name", .label = {"设备名称", "Device"}},
    Column{.name = "number", .label = {"设备编号", "Number"}},
    Column{.name = "serial", .label = {"设备SN号", "Serial number"}, .help = {"电表为表地址", "Of a meter its address"}},
    Column{.name = "state", .label = {"连接状态", "Connection"}, .type = ColumnType::choice, .choices = kConnection, .search = true},
    Column{.name = "gateway", .label = {"所属集中器", "Gateway"}},
    room(),
};
const Report kConnections{"connections", "connection_report", {"设备上下线记录", "Online records"},
                          {"集中器和电表每次上线、离线的时间", "When gateways and meters came and went"},
                          {"设备名称、编号、SN号或房间", "Name, number, serial number or room"}, kConnectionColumns};

constexpr std::array kStanding{Choice{"online", {"在线", "Online"}}, Choice{"offline", {"离线", "Offline"}}};
constexpr std::array kModes{Choice{"prepaid", {"预付费", "Prepaid"}}, Choice{"reading", {"抄表计费", "Read only"}}};
constexpr std::array kRelays{Choice{"unknown", {"未知", "Unknown"}}, Choice{"closed", {"合闸", "On"}}, Choice{"open", {"跳闸", "Off"}},
                             Choice{"opening", {"正在跳闸", "Going off"}}, Choice{"awaiting_button", {"等待按键合闸", "Waits for its button"}}};

// rp-multi-meter (1:128): all data of a meter in one row.
constexpr std::array kMeterColumns{
    meter(),
    meter_name(),
    room(),
    Column{.name = "address", .label = {"表地址", "Address"}},
    Column{.name = "gateway", .label = {"集中器", "Gateway"}},
    Column{.name = "mode", .label = {"电表模式", "Mode"}, .type = ColumnType::choice, .choices = kModes, .search = true},
    Column{.name = "relay", .label = {"拉合闸状态", "Relay"}, .type = ColumnType::choice, .choices = kRelays, .search = true},
    Column{.name = "online", .label = {"在线状态", "Online"}, .type = ColumnType::choice, .choices = kStanding},
    Column{.name = "balance", .label = {"余额(元)", "Balance (CNY)"}, .type = ColumnType::money, .sum = true},
    energy("left", {"剩余电量(度)", "Left (kWh)"}),
    energy("total", {"电表读数(度)", "Register (kWh)"}),
    energy("sharp", {"尖(度)", "Sharp (kWh)"}),
    energy("peak", {"峰(度)", "Peak (kWh)"}),
    energy("flat", {"平(度)", "Flat (kWh)"}),
    energy("valley", {"谷(度)", "Valley (kWh)"}),
    Column{.name = "today", .label = {"今日用量(度)", "Today (kWh)"}, .type = ColumnType::quantity, .sum = true},
    Column{.name = "plan", .label = {"电价方案", "Price plan"}},
    Column{.name = "price", .label = {"电费单价", "Price per kWh"}, .type = ColumnType::price},
    money("alarm_1", {"报警金额1(元)", "Warning 1 (CNY)"}),
    money("alarm_2", {"报警金额2(元)", "Warning 2 (CNY)"}),
    money("overdraft", {"透支金额(元)", "Overdraft (CNY)"}),
    Column{.name = "read", .label = {"最后抄表时间", "Last read"}, .type = ColumnType::time},
};
const Report kMeters{"meters", "meter_report", {"多表明细", "Meters in detail"},
                     {"每块电表的各种数据合并为一行", "All data of each meter in one row"}, kMeterWords, kMeterColumns, false};

constexpr std::array<const Report*, 6> kAll{&kReadings, &kMeters, &kPayments, &kEnergy, &kSwitches, &kConnections};

}  // namespace

std::span<const Report* const> reports() { return kAll; }

}  // namespace anju::platform::catalog
