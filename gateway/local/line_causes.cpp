#include "gateway/local/line_causes.hpp"

#include <utility>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace anju::gateway {

std::array<std::string_view, 2> text_of(LineCause cause) {
  switch (cause) {
    case LineCause::second_master:
      return {"线路上还有别的主站在抄表：拆除旧采集器或另一台网关", "Another master asks on this line: disconnect the old collector or the other gateway"};
    case LineCause::same_address:
      return {"同一次提问收到两个应答：有两块表同号，请逐块断开查找", "One question is answered twice: two devices have this address; disconnect them one at a time"};
    case LineCause::parity:
      return {"校验位不符：表为偶校验（8E1），网关按无校验（8N1）接收；请改档案或串口服务器的校验位",
              "Parity differs: even parity is sent (8E1) and none is read (8N1); correct it in the archive or in the serial server"};
    case LineCause::other_rate:
      return {"有设备以较低的波特率（一半以下）发送：核对波特率、串口服务器和别的主站", "Something sends at half this baud rate or less: check the baud rate, the serial server, and for another master"};
    case LineCause::reversed_pair:
      return {"A/B 可能接反，也可能短路：线路停在 0 电平，从未收到完整报文", "A and B may be exchanged, or the pair is shorted: the line rests at the level of a 0, and no whole frame ever came"};
    case LineCause::no_bias:
      return {"报文之间有多余的 00/FF：线路空闲时无人保持电平，请在一端加上拉、下拉电阻，或更换转换器",
              "00 and FF come out of nothing between frames: nobody holds the idle line; add bias resistors at one end, or change the adapter"};
    case LineCause::echo:
      return {"转换器会收到自己发出的内容：请关闭回显。Modbus 的写命令会把回显当成应答", "The adapter hears what it sends: turn its echo off. An order to a Modbus device takes it for the answer"};
    case LineCause::breaks_off:
      return {"应答开头正确，中途断掉，或只有长应答出错：检查转换器的收发切换、串口服务器的打包时间和供电",
              "Answers begin well and break off, or only long ones are damaged: check how the adapter switches direction, the packing time of a serial server, and the supply"};
    case LineCause::one_device:
      return {"只有这块表的应答损坏：可能有两块表同号，也可能是它的接线或 485 芯片", "Only this device's answers are damaged: two devices may have its address, or its wires or transceiver are bad"};
    case LineCause::interference:
      return {"线路受干扰：没有提问时也有杂波；检查屏蔽层接地、与动力线的距离和共地", "Disturbed from outside: bytes come out of nothing; check the shield, the distance to power cables, and the common ground"};
    case LineCause::termination:
      return {"多块表的应答有损坏，空闲时安静：先在两端各接 120 Ω 终端电阻，检查分支长度，再查接线松动",
              "Answers of several devices are damaged and the idle line is still: first put 120 ohms at both ends and look for long branches, then for loose wires"};
  }
  return {};
}

std::array<std::string_view, 2> text_of(Confidence confidence) {
  switch (confidence) {
    case Confidence::possible: return {"可能", "possible"};
    case Confidence::likely: return {"很可能", "likely"};
    case Confidence::certain: return {"确定", "certain"};
  }
  return {};
}

boost::json::array causes_json(const std::vector<LineFinding>& findings) {
  boost::json::array all;
  for (const auto& one : findings) {
    const auto text = text_of(one.cause), sure = text_of(one.confidence);
    all.push_back(boost::json::object{{"cause", to_string(one.cause)}, {"confidence", to_string(one.confidence)}, {"device", one.device.value}, {"seen", one.seen},
                                      {"of", one.of}, {"text", {text[0], text[1]}}, {"how_sure", {sure[0], sure[1]}}});
  }
  return all;
}

std::string quality_text(const Gateway& gateway, base::UtcMillis now) {
  boost::json::array lines;
  boost::json::object devices;
  const auto* archive = gateway.archive();
  if (archive != nullptr) {
    for (const auto& entry : archive->lines) {
      const auto* line = gateway.line(entry.id);
      if (line == nullptr) continue;
      const auto causes = find_causes(line->traces(), now);
      const auto refused = line->statistics().counts.refused;
      if (!causes.empty() || refused > 0) lines.push_back({{"line", entry.id.value}, {"refused", refused}, {"causes", causes_json(causes)}});
    }
    for (const auto& entry : archive->devices) {
      const auto* line = gateway.line(entry.line);
      const auto* known = line == nullptr ? nullptr : line->statistics(entry.id);
      if (known != nullptr && known->counts.refused > 0) devices[entry.id.value] = known->counts.refused;
    }
  }
  return boost::json::serialize(boost::json::object{{"lines", std::move(lines)}, {"devices", std::move(devices)}});
}

std::string sentence(const LineFinding& finding, std::size_t language) {
  const std::size_t at = language == 0 ? 0 : 1;
  std::string text(text_of(finding.confidence)[at]);
  text += ", " + std::to_string(finding.seen) + "/" + std::to_string(finding.of);
  if (!finding.device.value.empty()) text += ", " + finding.device.value;
  return text.append(": ").append(text_of(finding.cause)[at]);
}

}  // namespace anju::gateway
