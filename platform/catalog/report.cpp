// The reports (报表管理, 1:114-138; 汇总统计, 4:380-383). Columns of the payment records are those of 1:153, but for the words that are of electricity only
// (电费单价, 剩余电量, 度 as a unit): water is paid for here, too.

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
constexpr std::array kUtilities{Choice{"electricity", {"电表", "Electricity"}}, Choice{"water", {"水表", "Water"}}, Choice{"hot_water", {"水控机", "Hot water"}}};
/// What quantities are in: kWh, or m3 of what is water. So no head of a quantity names a unit; the console's cells and a column of exports do.
constexpr Column utility() {
  return {.name = "utility", .label = {"表计类型", "Kind of meter"}, .type = ColumnType::choice, .choices = kUtilities, .search = true, .help = {"电量单位为度，水量单位为立方米", "Energy is in kWh, water in m³"}};
}
/// kWh and m3 are never added.
constexpr Label kSummed{"合计只含电表，选定表计类型时为该类型", "In sums electricity only, unless a kind of meter is chosen"};
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
    utility(),
    energy("total", {"电表读数", "Register"}),
    Column{.name = "used", .label = {"用量", "Used"}, .type = ColumnType::quantity, .sum = true,
           .help = {"与上一次计费读数之差；合计只含电表，选定表计类型时为该类型", "Since the reading billed before; in sums electricity only, unless a kind of meter is chosen"}},
    energy("sharp", {"尖", "Sharp"}),
    energy("peak", {"峰", "Peak"}),
    energy("flat", {"平", "Flat"}),
    energy("valley", {"谷", "Valley"}),
    Column{.name = "kind", .label = {"抄表方式", "Kind"}, .type = ColumnType::choice, .choices = kReadingKinds, .search = true},
    Column{.name = "state", .label = {"处理结果", "Outcome"}, .type = ColumnType::choice, .choices = kReadingStates, .search = true},
};
const Report kReadings{"readings", "reading_report", {"抄表记录", "Reading records"},
                       {"每块电表每次抄表的时间和读数", "When each meter was read, and what it showed"}, kMeterWords, kReadingColumns};

constexpr std::array kSwitchKinds{Choice{"trip", {"跳闸/关阀", "Switched off"}}, Choice{"close", {"合闸/开阀", "Switched on"}}};
constexpr std::array kCauses{Choice{"forced", {"强制拉闸", "Forced trip"}},       Choice{"arrears", {"欠费", "Arrears"}},
                             Choice{"recharged", {"充值到账", "Recharged"}},      Choice{"reconcile", {"状态核对", "Reconciled"}},
                             Choice{"person", {"人工", "By a person"}},           Choice{"stale_reading", {"读数过旧", "Stale reading"}},
                             Choice{"scheduled", {"定时", "By schedule"}},        Choice{"fee", {"年费", "Annual fee"}}};
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
    utility(),
    Column{.name = "kind", .label = {"动作", "Action"}, .type = ColumnType::choice, .choices = kSwitchKinds, .search = true},
    Column{.name = "state", .label = {"进度", "State"}, .type = ColumnType::choice, .choices = kCommandStates, .search = true},
    Column{.name = "done", .label = {"开关时间", "Switched at"}, .type = ColumnType::time,
           .help = {"再次读表确认的时间", "When the meter was read again and showed it"}},
    Column{.name = "cause", .label = {"原因", "Cause"}, .type = ColumnType::choice, .choices = kCauses, .search = true},
    Column{.name = "by", .label = {"操作人", "By"}},
    Column{.name = "note", .label = {"备注", "Note"}},
};
const Report kSwitches{"switches", "switch_report", {"设备开关记录", "Switch records"},
                       {"每次合闸、跳闸（开阀、关阀）的命令和表计确认的时间", "Every order to switch on or off, and when the meter confirmed it"}, kMeterWords,
                       kSwitchColumns};

constexpr std::array kPayStates{Choice{"paid", {"支付成功", "Paid"}}, Choice{"closed", {"订单关闭", "Closed"}}};
constexpr std::array kMethods{Choice{"cash", {"现金", "Cash"}},     Choice{"transfer", {"转账", "Bank transfer"}}, Choice{"wechat", {"微信", "WeChat"}},
                              Choice{"alipay", {"支付宝", "Alipay"}}, Choice{"free", {"赠送", "Free of charge"}}};
constexpr std::array kUserKinds{Choice{"member", {"会员", "Member"}}};

// rp-pay-records (1:130, columns 1:153).
constexpr std::array kPaymentColumns{
    meter(),
    Column{.name = "user", .label = {"用户名称", "User"}},
    Column{.name = "user_kind", .label = {"用户类型", "User type"}, .type = ColumnType::choice, .choices = kUserKinds},
    Column{.name = "due", .label = {"应缴费金额(元)", "Amount due (CNY)"}, .type = ColumnType::money, .sum = true},
    Column{.name = "paid", .label = {"实际缴费金额(元)", "Amount paid (CNY)"}, .type = ColumnType::money, .sum = true},
    Column{.name = "price", .label = {"单价(元)", "Price (CNY)"}, .type = ColumnType::price,
           .help = {"充值时每度或每立方米的单价；分时电价为平段单价", "Per kWh or m³ at the time of the recharge; of four prices the flat one"}},
    Column{.name = "income", .label = {"收入", "Income"}, .type = ColumnType::money, .sum = true},
    money("fee", {"手续费", "Fee"}),
    energy("bought", {"充值度数", "Recharged"}),
    energy("before", {"充值前度数", "Before"}),
    energy("after", {"充值后度数", "After"}),
    energy("left", {"剩余量", "Left now"}),
    Column{.name = "state", .label = {"交易状态", "State"}, .type = ColumnType::choice, .choices = kPayStates, .search = true},
    at({"创建时间", "Created at"}),
    room(),
    utility(),
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
    utility(),
    Column{.name = "used", .label = {"用量", "Used"}, .type = ColumnType::quantity, .sum = true, .help = kSummed},
    Column{.name = "cost", .label = {"费用(元)", "Cost (CNY)"}, .type = ColumnType::money, .sum = true},
    energy("register", {"日冻结示数", "Register at its end"}),
};
const Report kEnergy{"energy", "energy_report", {"能耗记录", "Energy records"},
                     {"每块电表每天的用量；一天在下一天的第一次抄表后记入", "What each meter used per day; a day is entered with the first reading of a later one"},
                     kMeterWords, kEnergyColumns};

constexpr std::array kBillStates{Choice{"due", {"待缴", "Due"}}, Choice{"settled", {"已结清", "Settled"}}};

// em-mode-reading (1:65): what a meter in reading mode used in a month, and what is owed.
constexpr std::array kBillColumns{
    Column{.name = "month", .label = {"账单月份", "Month"}},
    meter(),
    meter_name(),
    room(),
    utility(),
    energy("from", {"起始示数", "Register from"}),
    energy("to", {"截止示数", "Register to"}),
    Column{.name = "used", .label = {"用量", "Used"}, .type = ColumnType::quantity, .sum = true, .help = kSummed},
    Column{.name = "cost", .label = {"费用(元)", "Cost (CNY)"}, .type = ColumnType::money, .sum = true},
    Column{.name = "due", .label = {"应缴(元)", "Due (CNY)"}, .type = ColumnType::money, .sum = true,
           .help = {"本月费用中尚未缴纳的部分；缴费先冲抵最早的月份", "What of this month is not paid; payments count against the oldest month first"}},
    Column{.name = "owed", .label = {"账户共欠(元)", "Owed by the account (CNY)"}, .type = ColumnType::money,
           .help = {"截至目前账户所欠，含尚未记入账单的用量", "What the account owes now, use that is in no bill yet included"}},
    Column{.name = "state", .label = {"状态", "State"}, .type = ColumnType::choice, .choices = kBillStates, .search = true},
};
const Report kBills{"bills", "bill_report", {"抄表账单", "Bills by reading"},
                    {"抄表模式的表每月的示数、用量和费用；一天在下一天的第一次抄表后记入", "Registers, use and cost per month of meters that are billed by reading; a day is entered with the first reading of a later one"},
                    kMeterWords, kBillColumns};

constexpr std::array kDeviceKinds{Choice{"gateway", {"集中器", "Gateway"}}, Choice{"meter", {"表计", "Meter"}}};
constexpr std::array kConnection{Choice{"online", {"上线", "Online"}}, Choice{"offline", {"下线", "Offline"}}};

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
const Report kConnections{"connections", "connection_report", {"上下线记录", "Online records"},
                          {"集中器和电表每次上线、下线的时间", "When gateways and meters came and went"},
                          {"设备名称、编号、SN号或房间", "Name, number, serial number or room"}, kConnectionColumns};

constexpr std::array kStanding{Choice{"online", {"在线", "Online"}}, Choice{"offline", {"离线", "Offline"}}};
constexpr std::array kModes{Choice{"prepaid", {"预付费模式", "Prepaid"}}, Choice{"reading", {"抄表模式", "Read only"}}};
constexpr std::array kRelays{Choice{"unknown", {"未知", "Unknown"}}, Choice{"closed", {"合闸/阀门开", "On"}}, Choice{"open", {"跳闸/阀门关", "Off"}},
                             Choice{"opening", {"跳闸中/关阀中", "Going off"}}, Choice{"awaiting_button", {"待按键合闸", "Waits for its button"}}};

// rp-multi-meter (1:128): all data of a meter in one row.
constexpr std::array kMeterColumns{
    meter(),
    meter_name(),
    room(),
    utility(),
    Column{.name = "address", .label = {"表地址", "Address"}},
    Column{.name = "gateway", .label = {"集中器", "Gateway"}},
    Column{.name = "mode", .label = {"计费模式", "Mode"}, .type = ColumnType::choice, .choices = kModes, .search = true},
    Column{.name = "relay", .label = {"拉合闸/阀门状态", "Relay or valve"}, .type = ColumnType::choice, .choices = kRelays, .search = true},
    Column{.name = "online", .label = {"在线状态", "Online"}, .type = ColumnType::choice, .choices = kStanding},
    Column{.name = "balance", .label = {"余额(元)", "Balance (CNY)"}, .type = ColumnType::money, .sum = true},
    energy("left", {"剩余量", "Left"}),
    energy("total", {"电表读数", "Register"}),
    energy("sharp", {"尖", "Sharp"}),
    energy("peak", {"峰", "Peak"}),
    energy("flat", {"平", "Flat"}),
    energy("valley", {"谷", "Valley"}),
    Column{.name = "today", .label = {"今日用量", "Today"}, .type = ColumnType::quantity, .sum = true, .help = kSummed},
    Column{.name = "plan", .label = {"价格方案", "Price plan"}},
    Column{.name = "price", .label = {"单价(元)", "Price (CNY)"}, .type = ColumnType::price},
    money("alarm_1", {"预置值1(元)", "Preset 1 (CNY)"}),
    money("alarm_2", {"预置值2(元)", "Preset 2 (CNY)"}),
    money("overdraft", {"透支值(元)", "Overdraft (CNY)"}),
    Column{.name = "read", .label = {"最后抄表时间", "Last read"}, .type = ColumnType::time},
};
const Report kMeters{"meters", "meter_report", {"多表明细", "Meters in detail"},
                     {"每块电表的各种数据合并为一行", "All data of each meter in one row"}, kMeterWords, kMeterColumns, false};

constexpr std::array kChangeKinds{Choice{"clear", {"清零", "Cleared"}}, Choice{"replace", {"换表", "Replaced"}}, Choice{"typed", {"抄表录入", "Typed in"}}};

// rp-clear-records (1:124); em-clear (0:69,73), wm-clear, wc-clear.
constexpr std::array kClearingColumns{
    at({"清零时间", "At"}),
    meter(),
    meter_name(),
    room(),
    utility(),
    Column{.name = "kind", .label = {"类型", "Kind"}, .type = ColumnType::choice, .choices = kChangeKinds, .search = true},
    energy("before", {"原示数", "Register before"}),
    energy("after", {"新示数", "Register after"}),
    energy("billed", {"补计用量", "Billed before it"}),
    Column{.name = "cost", .label = {"补计金额(元)", "Cost of that (CNY)"}, .type = ColumnType::money, .sum = true},
    Column{.name = "by", .label = {"操作人", "By"}},
    Column{.name = "note", .label = {"备注", "Note"}},
};
const Report kClearings{"clearings", "clearing_report", {"清零记录", "Clear records"},
                        {"每次清零、换表和手工录入的示数", "Every register that was cleared, replaced or typed in"}, kMeterWords, kClearingColumns};

constexpr std::array kSettlementEnds{Choice{"settled", {"结算", "Settled"}}, Choice{"closed", {"销户", "Closed"}}};

// rp-settle-records (1:134); em-settle (0:77-79), wm-settle, wc-settle.
constexpr std::array kSettlementColumns{
    at({"结算时间", "Settled at"}),
    meter(),
    meter_name(),
    room(),
    utility(),
    energy("from", {"起始示数", "Register from"}),
    energy("to", {"截止示数", "Register to"}),
    energy("used", {"用量", "Used"}),
    Column{.name = "fee", .label = {"费用(元)", "Cost (CNY)"}, .type = ColumnType::money, .sum = true},
    Column{.name = "recharged", .label = {"充值(元)", "Recharged (CNY)"}, .type = ColumnType::money, .sum = true},
    Column{.name = "adjusted", .label = {"退补(元)", "Adjusted (CNY)"}, .type = ColumnType::money, .sum = true},
    Column{.name = "refund", .label = {"退还(元)", "Paid back (CNY)"}, .type = ColumnType::money, .sum = true,
           .help = {"负数为补收", "Below zero: collected"}},
    Column{.name = "method", .label = {"结算方式", "Paid by"}, .type = ColumnType::choice, .choices = kMethods, .search = true},
    Column{.name = "end", .label = {"类型", "Kind"}, .type = ColumnType::choice, .choices = kSettlementEnds, .search = true},
    Column{.name = "by", .label = {"操作人", "By"}},
    Column{.name = "note", .label = {"备注", "Note"}},
};
const Report kSettlements{"settlements", "settlement_report", {"结算记录", "Settlement records"},
                          {"每次结算、销户的示数和金额", "Every settlement, with registers and money"}, kMeterWords, kSettlementColumns};

constexpr std::array kRefundKinds{Choice{"refund", {"结算退款", "Settlement refund"}}, Choice{"collected", {"结算补收", "Settlement collected"}},
                                  Choice{"adjustment", {"退补", "Adjustment"}}, Choice{"fee", {"年费", "Annual fee"}}};

// rp-refund-report (0:256).
constexpr std::array kRefundColumns{
    at({"时间", "At"}),
    meter(),
    meter_name(),
    room(),
    utility(),
    Column{.name = "kind", .label = {"类型", "Kind"}, .type = ColumnType::choice, .choices = kRefundKinds, .search = true},
    Column{.name = "amount", .label = {"金额(元)", "Amount (CNY)"}, .type = ColumnType::money, .sum = true,
           .help = {"正数收入账户，负数退给用户", "Above zero: received; below: paid back"}},
    Column{.name = "method", .label = {"方式", "Paid by"}, .type = ColumnType::choice, .choices = kMethods, .search = true},
    Column{.name = "by", .label = {"操作人", "By"}},
    Column{.name = "note", .label = {"备注", "Note"}},
};
const Report kRefunds{"refunds", "refund_report", {"退费明细", "Refunds"},
                      {"结算退款、补收、退补和年费", "Settlement refunds, collections, adjustments and annual fees"}, kMeterWords, kRefundColumns};

constexpr std::array kOrderKinds{
    Choice{"trip", {"跳闸/关阀", "Switch off"}}, Choice{"close", {"合闸/开阀", "Switch on"}}, Choice{"keep_power_on", {"保电", "Keep power"}},
    Choice{"keep_power_off", {"解除保电", "Release keep-power"}}, Choice{"read", {"实时抄表", "Read"}}, Choice{"set_clock", {"校时", "Set clock"}},
    Choice{"clear", {"清零", "Clear"}}, Choice{"temperature_valve_open", {"开温控阀", "Open temperature valve"}},
    Choice{"temperature_valve_close", {"关温控阀", "Close temperature valve"}}, Choice{"automatic_on", {"自动控制", "Automatic control"}},
    Choice{"automatic_off", {"解除自动控制", "End automatic control"}}};

// em-strategy-exec-query (3:128).
constexpr std::array kOrderColumns{
    at({"下令时间", "Ordered at"}),
    meter(),
    meter_name(),
    room(),
    utility(),
    Column{.name = "kind", .label = {"命令", "Order"}, .type = ColumnType::choice, .choices = kOrderKinds, .search = true},
    Column{.name = "state", .label = {"执行结果", "Result"}, .type = ColumnType::choice, .choices = kCommandStates, .search = true},
    Column{.name = "cause", .label = {"策略", "Cause"}, .type = ColumnType::choice, .choices = kCauses, .search = true},
    Column{.name = "attempts", .label = {"尝试次数", "Attempts"}, .type = ColumnType::count},
    Column{.name = "done", .label = {"确认时间", "Verified at"}, .type = ColumnType::time},
    Column{.name = "reason", .label = {"失败原因", "Reason"}},
    Column{.name = "by", .label = {"操作人", "By"}},
    Column{.name = "note", .label = {"备注", "Note"}},
};
const Report kOrders{"orders", "order_report", {"策略执行查询", "Orders carried out"},
                     {"欠费、定时、人工等每条命令的执行过程和结果", "What came of every order, whoever or whatever gave it"}, kMeterWords, kOrderColumns};

constexpr std::array kCollected{Choice{"collected", {"已采集", "Collected"}}, Choice{"missing", {"未采集", "Not collected"}}};

// em-daily-freeze (3:21-60): its columns in their order, the kind of meter and the state behind.
constexpr std::array kFreezeColumns{
    Column{.name = "source", .label = {"房源编码", "Source number"}},
    Column{.name = "room", .label = {"房源名称", "Room"}},
    meter(),
    meter_name(),
    utility(),
    Column{.name = "terminal", .label = {"终端名称", "Concentrator"}},
    Column{.name = "terminal_number", .label = {"终端编号", "Concentrator number"}, .help = {"集中器的8位资产编号，没有时为网关编号", "Its asset number of 8 digits, else the gateway's id"}},
    energy("total", {"示值(总)", "Total"}),
    energy("sharp", {"示值1", "Register 1"}),
    energy("peak", {"示值2", "Register 2"}),
    energy("flat", {"示值3", "Register 3"}),
    energy("valley", {"示值4", "Register 4"}),
    Column{.name = "day", .label = {"计费时间", "Day"}, .type = ColumnType::day, .help = {"示值为这一天结束时的示数", "The registers are those at its end"}},
    Column{.name = "at", .label = {"抄表时间", "Read at"}, .type = ColumnType::time,
           .help = {"平台收到的时间，网关断线期间的在恢复后收到", "When the platform got it: after an outage all at once"}},
    Column{.name = "state", .label = {"采集状态", "State"}, .type = ColumnType::choice, .choices = kCollected, .search = true},
};
const Report kFreezes{"freezes", "freeze_report", {"采集日志", "Frozen registers"},
                      {"每块表每天零点冻结的示数，和没有采集到的表；只有会日冻结的表才算未采集", "What each meter froze at midnight, and of which that can nothing came"},
                      {"房源编码、名称、区域，终端或电表的名称、编号", "Source, room, area, concentrator or meter"}, kFreezeColumns};

constexpr std::array<const Report*, 12> kAll{&kReadings, &kMeters, &kPayments, &kEnergy, &kBills, &kSwitches, &kOrders, &kFreezes, &kSettlements, &kRefunds, &kClearings, &kConnections};

}  // namespace

std::span<const Report* const> reports() { return kAll; }

}  // namespace anju::platform::catalog
