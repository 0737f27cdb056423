#include "platform/domain/message.hpp"

#include <doctest/doctest.h>

#include <set>

using namespace anju;
using namespace anju::platform;

namespace {

MessageValues values() {
  MessageValues v;
  v.meter_kind = "electricity";
  v.meter = "101电表";
  v.room = "3-2-901";
  v.site = "远洋心里";
  v.gateway = "1号网关";
  v.threshold = base::Money(20'000'000);
  v.balance = base::Money(19'994'321);
  v.reason = "arrears";
  v.title = "停水通知";
  v.text = "明天{count}停水";
  v.amount = 3;
  return v;
}

Subscriber subscriber(std::string mobile, std::string mail, std::vector<MessageKind> kinds, Tongue language = Tongue::zh) {
  return {"somebody", std::move(mobile), std::move(mail), language, std::move(kinds)};
}

}  // namespace

TEST_CASE("messages: em-alarm-sms-1, em-alarm-sms-2: the household reads threshold and balance in whole fen, never more than it has") {
  CHECK(text_of(MessageKind::low_balance_1, values(), 1, Tongue::zh).text == "您的余额已经不足20元，请及时充值。电表3-2-901 101电表，当前余额19.99元。");
  CHECK(text_of(MessageKind::low_balance_2, values(), 1, Tongue::en).text ==
        "Your balance is below 20 yuan. Please recharge soon, or power will be cut off (meter 3-2-901 101电表, balance 19.99 yuan).");
  MessageValues water = values();
  water.meter_kind = "water";
  water.room.clear();
  CHECK(text_of(MessageKind::cut_off, water, 1, Tongue::zh).text == "水表101电表已停止供水。余额不足，充值后自动恢复。");
  CHECK(text_of(MessageKind::cut_off, water, 1, Tongue::en).text ==
        "Water through water meter 101电表 was cut off. The balance is used up; it is switched on again after a recharge.");
  water.reason = "reconcile";
  CHECK(text_of(MessageKind::cut_off, water, 1, Tongue::en).text == "Water through water meter 101电表 was cut off.");
  water.meter_kind = "hot_water";
  CHECK(text_of(MessageKind::cut_off, water, 1, Tongue::zh).text == "水控机101电表已停止供热水。");
  CHECK(text_of(MessageKind::low_balance_2, values(), 4, Tongue::zh).text == "4块表的余额低于预置值2，请及时充值。");
  for (const auto& [money, text] : {std::pair(19'999'999LL, "19.99"), std::pair(-1LL, "-0.01"), std::pair(0LL, "0"), std::pair(500'000LL, "0.50"), std::pair(-5'000'000LL, "-5"), std::pair(50'000LL, "0.05")})
    CHECK(yuan_text(base::Money(money)) == text);
}

TEST_CASE("messages: every kind has words in both languages, for one and for several, with every value put in") {
  std::set<std::string> titles;
  for (std::size_t i = 0; i < kMessageKinds.size(); ++i) {
    const auto kind = static_cast<MessageKind>(i);
    CAPTURE(kMessageKinds[i]);
    CHECK(message_kind(kMessageKinds[i]) == kind);
    for (const Tongue language : {Tongue::zh, Tongue::en}) {
      for (const std::int64_t count : {1, 7}) {
        const MessageText text = text_of(kind, values(), count, language);
        CHECK_FALSE(text.title.empty());
        CHECK(text.text.size() > 6);
        // What a person wrote is left as it is; of ours no brace is left.
        if (kind != MessageKind::announcement) CHECK((text.title + text.text).find_first_of("{}") == std::string::npos);
        if (count == 1) titles.insert(text.title);
        if (count > 1 && (is_of_meter(kind) || kind == MessageKind::gateway_offline)) {
          CHECK(text.text.find('7') != std::string::npos);
          CHECK(text.text.find("101") == std::string::npos);
        }
      }
    }
  }
  CHECK(titles.size() == 2 * kMessageKinds.size() - 1);  // an announcement has its own, in one language
  CHECK(text_of(MessageKind::announcement, values(), 1, Tongue::en).text == "明天{count}停水");
  CHECK_FALSE(message_kind("nonsense"));
}

TEST_CASE("messages: people are told of some alarms; of the others the list tells") {
  for (const char* code : {"command_unanswered", "gateway_offline", "meter_unreachable", "reading_quarantined", "use_while_cut", "no_use", "night_flow", "use_jump"})
    CHECK(kind_of_alarm(code).has_value());
  for (const char* code : {"line_down", "low_balance_1", "announcement", "test", ""}) CHECK_FALSE(kind_of_alarm(code));
  CHECK(right_of(MessageKind::cut_off) == "meter:read");
  CHECK(right_of(MessageKind::night_flow) == "alarm:read");
  CHECK(right_of(MessageKind::sms_low) == "sms_package:read");
}

TEST_CASE("messages: em-notify: who asked for a kind gets it once per address, the household gets what concerns it unasked") {
  const std::vector<Subscriber> all{subscriber("138-0000 0001", "a@example.com", {MessageKind::cut_off}, Tongue::en), subscriber("", "b@example.com", {MessageKind::night_flow}),
                                    subscriber("13800000001", "a@example.com", {MessageKind::cut_off})};
  const std::optional<HouseholdContact> household{{"罗先生", "13800000001"}};
  const auto cut = receivers_of(MessageKind::cut_off, all, household);
  REQUIRE(cut.size() == 2);
  CHECK(cut[0].address == "13800000001");
  CHECK(cut[0].language == Tongue::en);  // his own word is before the household's
  CHECK(cut[1].channel == Channel::mail);
  const auto low = receivers_of(MessageKind::low_balance_1, all, household);
  REQUIRE(low.size() == 1);
  CHECK(low[0].name == "罗先生");
  CHECK(receivers_of(MessageKind::night_flow, all, household).size() == 1);
  CHECK(receivers_of(MessageKind::meter_unreachable, all, household).empty());
  CHECK(receivers_of(MessageKind::gateway_offline, all, household).empty());
  const auto wrong = receivers_of(MessageKind::reconnected, {}, HouseholdContact{"x", "电话没有"});
  REQUIRE(wrong.size() == 1);
  CHECK_FALSE(wrong[0].valid);
}

TEST_CASE("messages: addresses") {
  CHECK(mobile_of("138 0000-0001") == "13800000001");
  CHECK(mobile_of("+86 13800000001") == "+8613800000001");
  for (const char* bad : {"", "123456", "1234567890123456", "138+0000001", "13800000001\r\n", "a3800000001"}) CHECK_FALSE(mobile_of(bad));
  CHECK(is_mail("a.b+c@example.com"));
  for (const char* bad : {"", "a", "@b", "a@", "a@b@c", "a b@c", "a@b\r\nBcc: x@y", "<a@b>", "a@b,c@d", "\"a\"@b"}) CHECK_FALSE(is_mail(bad));
}

TEST_CASE("messages: a delivery is tried again after 30 s, doubling up to an hour, and given up after kMostAttempts") {
  base::UtcMillis now(1'000'000);
  std::int64_t last = 0, sum = 0;
  for (int attempt = 1; attempt < kMostAttempts; ++attempt) {
    const auto next = next_attempt(attempt, now);
    REQUIRE(next);
    const std::int64_t wait = next->value - now.value;
    CHECK(wait == (attempt == 1 ? kFirstWait.value : std::min(2 * last, kLongestWait.value)));
    last = wait;
    sum += wait;
  }
  CHECK(last == kLongestWait.value);
  CHECK(sum < base::hours(8).value);
  CHECK_FALSE(next_attempt(kMostAttempts, now));
}

TEST_CASE("messages: five equal ones are told singly, a flood is gathered in one") {
  CHECK(tell({0, 0, 1}) == Telling::single);
  CHECK(tell({4, 0, 1}) == Telling::single);
  CHECK(tell({5, 0, 1}) == Telling::gather_new);
  CHECK(tell({0, 0, 5}) == Telling::single);
  CHECK(tell({0, 0, 500}) == Telling::gather_new);
  CHECK(tell({0, 9, 499}) == Telling::gather_into);
  CHECK(tell({0, 9, 1}) == Telling::gather_into);  // whoever is told of a flood is told of the rest in it
}

TEST_CASE("messages: sm-packages: low at a tenth and empty are told once per purchase") {
  SmsStock stock;
  CHECK(miss_one(stock) == MessageKind::sms_empty);
  CHECK_FALSE(miss_one(stock));
  fill(stock, 20);
  for (int i = 0; i < 17; ++i) CHECK_FALSE(take_one(stock));
  CHECK_FALSE(is_low(stock));
  CHECK(take_one(stock) == MessageKind::sms_low);
  CHECK_FALSE(take_one(stock));
  CHECK_FALSE(take_one(stock));
  CHECK(stock.remaining == 0);
  CHECK(stock.used == 20);
  CHECK(miss_one(stock) == MessageKind::sms_empty);
  CHECK_FALSE(miss_one(stock));
  fill(stock, 5);
  CHECK(stock.filled == 5);
  CHECK_FALSE(stock.told_empty);
}
