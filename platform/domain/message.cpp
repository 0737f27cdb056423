#include "platform/domain/message.hpp"

#include <algorithm>

namespace anju::platform {
namespace {

/// Of one kind: title, text of one message, text of several. {name}: a value.
struct Words {
  std::string_view title, one, several;
};
struct Script {
  MessageKind kind;
  Words zh, en;
};

// {device} 电表, {supply} 供电: by the meter's kind. {where}: room and name of the meter.
constexpr std::array<Script, 16> kScripts{{
    {MessageKind::low_balance_1,
     {"余额提醒", "您的余额已经不足{threshold}元，请及时充值。{device}{where}，当前余额{balance}元。", "{count}块表的余额低于预置值1，请及时充值。"},
     {"Low balance", "Your balance is below {threshold} yuan, please recharge ({device} {where}, balance {balance} yuan).",
      "The balance of {count} meters is below preset 1, please recharge."}},
    {MessageKind::low_balance_2,
     {"余额不足", "您的余额已经不足{threshold}元，请及时充值，以免停止{supply}。{device}{where}，当前余额{balance}元。", "{count}块表的余额低于预置值2，请及时充值。"},
     {"Very low balance", "Your balance is below {threshold} yuan. Please recharge soon, or {supply} will be cut off ({device} {where}, balance {balance} yuan).",
      "The balance of {count} meters is below preset 2, please recharge soon."}},
    {MessageKind::cut_off,
     {"已停止供应", "{device}{where}已停止{supply}。{why}", "{count}块表已停止供应。"},
     {"Cut off", "{supply} through {device} {where} was cut off. {why}", "{count} meters were cut off."}},
    {MessageKind::reconnected,
     {"已恢复供应", "{device}{where}已恢复{supply}。", "{count}块表已恢复供应。"},
     {"Reconnected", "{supply} through {device} {where} is on again.", "{count} meters were reconnected."}},
    {MessageKind::command_unanswered,
     {"命令未执行", "{site}：{device}{where}的命令未得到确认，请检查。", "{count}条命令未得到确认，请检查。"},
     {"Command not confirmed", "{site}: a command to {device} {where} was not confirmed. Please check.", "{count} commands were not confirmed. Please check."}},
    {MessageKind::gateway_offline,
     {"网关离线", "{site}：网关{gateway}离线。", "{count}个网关离线。"},
     {"Gateway offline", "{site}: gateway {gateway} is offline.", "{count} gateways are offline."}},
    {MessageKind::meter_unreachable,
     {"表计失联", "{site}：{device}{where}无应答。", "{count}块表无应答。"},
     {"Meter unreachable", "{site}: {device} {where} does not answer.", "{count} meters do not answer."}},
    {MessageKind::reading_quarantined,
     {"读数待确认", "{site}：{device}{where}的读数异常，未计费，请确认。", "{count}个读数异常，未计费，请确认。"},
     {"Reading to be checked", "{site}: a reading of {device} {where} was not plausible and was not billed. Please check.",
      "{count} readings were not plausible and were not billed. Please check."}},
    {MessageKind::use_while_cut,
     {"断开后仍有用量", "{site}：{device}{where}断开后仍有用量，请检查。", "{count}块表断开后仍有用量，请检查。"},
     {"Use while cut off", "{site}: {device} {where} counts although it is cut off. Please check.", "{count} meters count although they are cut off."}},
    {MessageKind::no_use,
     {"长时间无用量", "{site}：{device}{where}已三天无用量，请检查。", "{count}块表已三天无用量，请检查。"},
     {"No use", "{site}: {device} {where} has counted nothing for three days. Please check.", "{count} meters have counted nothing for three days."}},
    {MessageKind::night_flow,
     {"夜间流水", "{site}：{device}{where}连续三夜有水流，可能漏水。", "{count}块表连续三夜有水流，可能漏水。"},
     {"Flow at night", "{site}: water flowed through {device} {where} in three nights. There may be a leak.",
      "Water flowed through {count} meters in three nights. There may be leaks."}},
    {MessageKind::use_jump,
     {"用量突增", "{site}：{device}{where}当日用量超过近两周平均值的五倍，请检查。", "{count}块表当日用量超过近两周平均值的五倍，请检查。"},
     {"Jump of use", "{site}: {device} {where} used more than five times its mean of two weeks in a day. Please check.",
      "{count} meters used more than five times their mean of two weeks in a day."}},
    {MessageKind::announcement, {"{title}", "{text}", "{count}条公告。"}, {"{title}", "{text}", "{count} announcements."}},
    {MessageKind::sms_low,
     {"短信余量不足", "短信仅剩{amount}条，请及时购买。", "短信余量不足，请及时购买。"},
     {"Few SMS left", "Only {amount} SMS are left. Please buy more.", "Few SMS are left. Please buy more."}},
    {MessageKind::sms_empty,
     {"短信已用完", "短信已用完，提醒短信无法发送，请购买。", "短信已用完，提醒短信无法发送，请购买。"},
     {"No SMS left", "No SMS are left, reminders do not leave. Please buy more.", "No SMS are left, reminders do not leave. Please buy more."}},
    {MessageKind::test,
     {"测试消息", "这是一条测试消息。", "这是一条测试消息。"},
     {"Test message", "This is a test message.", "This is a test message."}},
}};
constexpr bool in_order() {
  for (std::size_t i = 0; i < kScripts.size(); ++i)
    if (static_cast<std::size_t>(kScripts[i].kind) != i) return false;
  return true;
}
static_assert(in_order() && kScripts.size() == kMessageKinds.size());

std::string device_word(std::string_view kind, Tongue tongue) {
  const bool zh = tongue == Tongue::zh;
  if (kind == "water") return zh ? "水表" : "water meter";
  if (kind == "hot_water") return zh ? "水控机" : "hot-water controller";
  return zh ? "电表" : "meter";
}

std::string supply_word(std::string_view kind, Tongue tongue) {
  const bool zh = tongue == Tongue::zh;
  if (kind == "water") return zh ? "供水" : "water";
  if (kind == "hot_water") return zh ? "供热水" : "hot water";
  return zh ? "供电" : "power";
}

/// Why a supply was cut, as a sentence of its own; nothing where no word is needed.
std::string why(std::string_view reason, Tongue tongue) {
  const bool zh = tongue == Tongue::zh;
  if (reason == "arrears") return zh ? "余额不足，充值后自动恢复。" : "The balance is used up; it is switched on again after a recharge.";
  if (reason == "forced") return zh ? "由物业操作，请联系物业。" : "The property's staff did this; please ask them.";
  if (reason == "fee") return zh ? "年费已到期，缴费后自动恢复。" : "The yearly fee has run out; it is switched on again when it is paid.";
  return {};
}

std::string value_of(std::string_view name, const MessageValues& v, std::int64_t count, Tongue tongue) {
  if (name == "device") return device_word(v.meter_kind, tongue);
  if (name == "supply") return supply_word(v.meter_kind, tongue);
  if (name == "why") return why(v.reason, tongue);
  if (name == "where") return v.room.empty() ? v.meter : v.room + " " + v.meter;
  if (name == "site") return v.site;
  if (name == "gateway") return v.gateway;
  if (name == "threshold") return yuan_text(v.threshold.value_or(base::Money(0)));
  if (name == "balance") return yuan_text(v.balance.value_or(base::Money(0)));
  if (name == "title") return v.title;
  if (name == "text") return v.text;
  if (name == "amount") return std::to_string(v.amount.value_or(0));
  return std::to_string(count);
}

/// Values are put in once: braces inside of them stay braces.
std::string filled(std::string_view pattern, const MessageValues& values, std::int64_t count, Tongue tongue) {
  std::string text;
  for (std::size_t at = 0; at < pattern.size();) {
    const auto open = std::min(pattern.find('{', at), pattern.size());
    text += pattern.substr(at, open - at);
    if (open == pattern.size()) break;
    const auto close = pattern.find('}', open);
    text += value_of(pattern.substr(open + 1, close - open - 1), values, count, tongue);
    at = close + 1;
  }
  while (!text.empty() && text.back() == ' ') text.pop_back();
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z' && !pattern.starts_with("{t")) text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

}  // namespace

std::optional<MessageKind> message_kind(std::string_view word) {
  const auto found = std::find(kMessageKinds.begin(), kMessageKinds.end(), word);
  if (found == kMessageKinds.end()) return std::nullopt;
  return static_cast<MessageKind>(found - kMessageKinds.begin());
}

std::optional<MessageKind> kind_of_alarm(std::string_view code) {
  const auto kind = message_kind(code);
  if (!kind || *kind < MessageKind::command_unanswered || *kind > MessageKind::use_jump) return std::nullopt;
  return kind;
}

bool is_of_meter(MessageKind kind) { return kind <= MessageKind::use_jump && kind != MessageKind::gateway_offline; }

bool is_for_household(MessageKind kind) { return kind <= MessageKind::reconnected; }

std::string_view right_of(MessageKind kind) {
  if (kind <= MessageKind::reconnected) return "meter:read";
  if (kind <= MessageKind::use_jump) return "alarm:read";
  if (kind == MessageKind::sms_low || kind == MessageKind::sms_empty) return "sms_package:read";
  return "self";
}

Tongue tongue(std::string_view word) { return word == kTongues[1] ? Tongue::en : Tongue::zh; }

std::vector<NamedValue> named(const MessageValues& values) {
  std::vector<NamedValue> all;
  const auto text = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) all.push_back({name, value});
  };
  text("meter", values.meter);
  text("room", values.room);
  text("site", values.site);
  text("gateway", values.gateway);
  if (values.threshold) text("threshold", format(*values.threshold));
  if (values.balance) text("balance", format(*values.balance));
  text("reason", values.reason);
  text("title", values.title);
  text("text", values.text);
  if (values.amount) text("amount", std::to_string(*values.amount));
  return all;
}

MessageText text_of(MessageKind kind, const MessageValues& values, std::int64_t count, Tongue tongue) {
  const Script& script = kScripts[static_cast<std::size_t>(kind)];
  const Words& words = tongue == Tongue::zh ? script.zh : script.en;
  return {filled(words.title, values, count, tongue), filled(count > 1 ? words.several : words.one, values, count, tongue)};
}

std::string yuan_text(base::Money money) {
  constexpr std::int64_t kFen = 10'000;
  std::int64_t fen = money.micro_yuan / kFen;
  if (money.micro_yuan % kFen < 0) --fen;
  const bool below = fen < 0;
  const std::int64_t all = below ? -fen : fen;
  std::string text = std::to_string(all / 100);
  if (const std::int64_t part = all % 100; part != 0) text += (part < 10 ? ".0" : ".") + std::to_string(part);
  return below ? "-" + text : text;
}

std::optional<base::UtcMillis> next_attempt(int attempts, base::UtcMillis now) {
  if (attempts >= kMostAttempts) return std::nullopt;
  base::Millis wait = kFirstWait;
  for (int i = 1; i < attempts && wait < kLongestWait; ++i) wait = base::Millis(wait.value * 2);
  return now + std::min(wait, kLongestWait);
}

std::optional<std::string> mobile_of(std::string_view text) {
  std::string number;
  std::size_t digits = 0;
  for (const char c : text) {
    if (c == ' ' || c == '-') continue;
    if (c >= '0' && c <= '9') {
      ++digits;
    } else if (c != '+' || !number.empty()) {
      return std::nullopt;
    }
    number += c;
  }
  if (digits < 7 || digits > 15) return std::nullopt;
  return number;
}

bool is_mail(std::string_view text) {
  const auto at = text.find('@');
  if (text.size() > 100 || at == std::string_view::npos || at == 0 || at + 1 == text.size() || text.find('@', at + 1) != std::string_view::npos) return false;
  // Printable ASCII only, and nothing that means something around an address (RFC 5321, 4.1.2).
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f && std::string_view("<>()[],;:\\\"").find(c) == std::string_view::npos; });
}

std::vector<Receiver> receivers_of(MessageKind kind, std::span<const Subscriber> subscribers, const std::optional<HouseholdContact>& household) {
  std::vector<Receiver> all;
  const auto add = [&all](Channel channel, const std::string& text, const std::string& name, Tongue language) {
    if (text.empty()) return;
    Receiver one{channel, text, name, language, true};
    if (channel == Channel::sms) {
      const auto number = mobile_of(text);
      one.valid = number.has_value();
      one.address = number.value_or(text);
    } else {
      one.valid = is_mail(text);
    }
    const bool there = std::any_of(all.begin(), all.end(), [&](const Receiver& other) { return other.channel == channel && other.address == one.address; });
    if (!there) all.push_back(std::move(one));
  };
  if (!is_of_meter(kind)) return all;
  // First, for their language: the household may be among them.
  for (const Subscriber& one : subscribers) {
    if (std::find(one.kinds.begin(), one.kinds.end(), kind) == one.kinds.end()) continue;
    add(Channel::sms, one.mobile, one.name, one.language);
    add(Channel::mail, one.mail, one.name, one.language);
  }
  if (household && is_for_household(kind)) add(Channel::sms, household->mobile, household->name, Tongue::zh);
  return all;
}

Telling tell(const Flood& flood) {
  if (flood.gathered == 0 && flood.singles + flood.at_once <= kSingles) return Telling::single;
  return flood.gathered == 0 ? Telling::gather_new : Telling::gather_into;
}

bool is_low(const SmsStock& stock) { return stock.remaining <= stock.filled / kLowShare; }

std::optional<MessageKind> take_one(SmsStock& stock) {
  --stock.remaining;
  ++stock.used;
  if (stock.told_low || !is_low(stock)) return std::nullopt;
  stock.told_low = true;
  return MessageKind::sms_low;
}

std::optional<MessageKind> miss_one(SmsStock& stock) {
  if (stock.told_empty) return std::nullopt;
  stock.told_empty = true;
  return MessageKind::sms_empty;
}

void fill(SmsStock& stock, std::int64_t count) {
  stock.remaining += count;
  stock.filled = stock.remaining;
  stock.told_low = stock.told_empty = false;
}

}  // namespace anju::platform
