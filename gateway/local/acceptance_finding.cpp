#include "gateway/local/acceptance_finding.hpp"

#include <algorithm>

namespace anju::gateway {
namespace {

constexpr FindingText kTexts[]{
    {Finding::bad_entry, "bad_entry", true, {"档案有误：请在平台核对规约、型号和表号", "Bad entry in the archive: check protocol, model and address in the office"}},
    {Finding::line_down, "line_down", true, {"线路未打开：检查串口或串口服务器", "Its line is down: check the adapter or the serial server"}},
    {Finding::no_answer, "no_answer", true, {"没有应答：检查接线 A/B、电源、表号和波特率", "No answer: check the wires A/B, its supply, address and baud rate"}},
    {Finding::lost_readings, "lost_readings", true, {"部分抄读失败：原因见报告的线路一栏", "Some readings failed: what it looks like stands at its line"}},
    {Finding::runs_backwards, "runs_backwards", true, {"表底倒走：可能有两块表同号", "The register ran backwards: perhaps two meters have one address"}},
    {Finding::disturbed, "disturbed", false, {"通信有丢失或校验错：原因见报告的线路一栏", "Some tries were lost or damaged: what it looks like stands at its line"}},
    {Finding::slow, "slow", false, {"应答超过标准规定的 500 ms：检查转换器", "Answers take more than the standard's 500 ms: look at the adapter"}},
    {Finding::clock_unread, "clock_unread", false, {"表钟没有读到", "The clock of the meter could not be read"}},
    {Finding::clock_adrift, "clock_adrift", false, {"表钟偏差大：请在平台校时", "The clock of the meter is off: set it from the console"}},
    {Finding::profile_unconfirmed, "profile_unconfirmed", false, {"此型号的寄存器表未经核实：请与表上显示逐项比对", "The register map of this model is not confirmed: compare with the display"}},
    {Finding::tariffs_unread, "tariffs_unread", false, {"没有读到尖峰平谷示值：若按分时计费，请核对表型", "The four tariff registers were not read: where they are billed by, check the model"}},
    {Finding::state_unread, "state_unread", false, {"开关或阀门的状态没有读到", "The state of relay or valve could not be read"}},
    {Finding::switch_failed, "switch_failed", true, {"开关测试未通过：检查继电器或阀门", "The switch test failed: check relay or valve"}},
    {Finding::switch_left_open, "switch_left_open", true, {"测试后没有恢复！请在现场恢复", "It was not closed again after the test! Close it on site"}},
    {Finding::switch_not_done, "switch_not_done", false, {"开关测试没有执行", "The switch test was not carried out"}},
    {Finding::not_checked, "not_checked", false, {"验收提前结束，此表未检查完", "The acceptance was ended before this was checked to its end"}},
    {Finding::no_devices, "no_devices", true, {"档案中没有设备：请先在平台建档", "The archive has no devices: enter them in the office first"}},
    {Finding::broker_down, "broker_down", true, {"未连接平台（MQTT）：检查网络、地址和密码", "Not connected to the platform (MQTT): check network, address and password"}},
    {Finding::not_acknowledged, "not_acknowledged", true, {"平台没有确认收到数据：请联系平台", "The platform did not confirm what was read: ask the office"}},
    {Finding::clock_not_set, "clock_not_set", true, {"网关时钟未设置：请接入有校时的网络", "The clock of the gateway is not set: connect it to a network with time"}},
    {Finding::clock_alone, "clock_alone", false, {"网关没有校时：请配置 NTP", "No time server sets the gateway's clock: configure NTP"}},
    {Finding::clock_unknown, "clock_unknown", false, {"系统没有说明是否校时：请核对网关时间", "The system does not say whether time servers set its clock: compare it"}},
    {Finding::spool_full, "spool_full", true, {"网关缓存已满：清理磁盘或增大 [spool] max_mb", "The spool is full: free the disk or raise [spool] max_mb"}},
    {Finding::weak_signal, "weak_signal", false, {"无线信号弱：移动天线", "Weak radio signal: move the antenna"}},
    {Finding::line_closed, "line_closed", true, {"线路未打开：检查串口或串口服务器", "A line is down: check the adapter or the serial server"}},
    {Finding::not_in_archive, "not_in_archive", false, {"扫描发现档案外的表：已上报，请在平台网关页“待绑定”中建档", "A scan found meters that the archive does not have: the office sees them as to be bound on this gateway's page"}},
};
constexpr FindingText kNone{};

}  // namespace

const FindingText& text_of(Finding finding) {
  const auto* found = std::ranges::find(kTexts, finding, &FindingText::finding);
  return found == std::end(kTexts) ? kNone : *found;
}

const FindingText* find_finding(std::string_view code) {
  const auto* found = std::ranges::find(kTexts, code, &FindingText::code);
  return found == std::end(kTexts) ? nullptr : found;
}

}  // namespace anju::gateway
