#pragma once

// What a message to people says, who gets it and when a delivery is tried again. Pure: rows in, rows and texts out. Where they are stored
// and how they travel is in messages.hpp.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocols/base/money.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

enum class MessageKind {
  low_balance_1,        ///< the balance fell below preset 1 (em-alarm-sms-1)
  low_balance_2,        ///< below preset 2 (em-alarm-sms-2)
  cut_off,              ///< a trip was verified
  reconnected,          ///< a close was verified after a trip
  command_unanswered,   ///< from here on alarms of that code
  gateway_offline,
  meter_unreachable,
  reading_quarantined,
  use_while_cut,
  no_use,
  night_flow,
  use_jump,
  announcement,  ///< words of the staff to everybody (al-push-all)
  sms_low,       ///< a tenth of the bought SMS is left
  sms_empty,     ///< none is
  test,
};
inline constexpr std::array<std::string_view, 16> kMessageKinds{
    "low_balance_1",       "low_balance_2", "cut_off", "reconnected", "command_unanswered", "gateway_offline", "meter_unreachable",
    "reading_quarantined", "use_while_cut", "no_use",  "night_flow",  "use_jump",           "announcement",    "sms_low",
    "sms_empty",           "test"};
[[nodiscard]] constexpr std::string_view to_string(MessageKind kind) { return kMessageKinds[static_cast<std::size_t>(kind)]; }
[[nodiscard]] std::optional<MessageKind> message_kind(std::string_view word);
/// Alarms that people are told of; of all others the list of alarms tells.
[[nodiscard]] std::optional<MessageKind> kind_of_alarm(std::string_view code);

/// It is about one meter, so its subscribers get it.
[[nodiscard]] bool is_of_meter(MessageKind kind);
/// The household that has the account gets it, asked or not.
[[nodiscard]] bool is_for_household(MessageKind kind);
/// Many of them become one with a count; what somebody wrote is never put together with other words.
[[nodiscard]] constexpr bool is_gathered(MessageKind kind) { return kind != MessageKind::announcement; }
/// The right that staff needs to get it in the inbox.
[[nodiscard]] std::string_view right_of(MessageKind kind);

enum class Tongue { zh, en };
inline constexpr std::array<std::string_view, 2> kTongues{"zh-CN", "en"};
[[nodiscard]] constexpr std::string_view to_string(Tongue tongue) { return kTongues[static_cast<std::size_t>(tongue)]; }
[[nodiscard]] Tongue tongue(std::string_view word);  ///< anything unknown: zh

/// What a text is made of, as it was when the message was made; empty: there is none.
struct MessageValues {
  std::string meter_kind;  ///< electricity, water, hot_water
  std::string meter, room, site, gateway;
  std::optional<base::Money> threshold, balance;
  std::string reason;  ///< a code
  std::string title, text;
  std::optional<std::int64_t> amount;
};
struct NamedValue {
  std::string_view name;
  std::string value;
};
/// Those that are there, by the names that REST and the webhook use; money as exact decimal text.
[[nodiscard]] std::vector<NamedValue> named(const MessageValues& values);

struct MessageText {
  std::string title, text;
};
/// count: of equal messages; with more than one the text names no meter, only how many.
[[nodiscard]] MessageText text_of(MessageKind kind, const MessageValues& values, std::int64_t count, Tongue tongue);

/// Yuan for people: whole fen, rounded down, so that nobody reads more than he has.
[[nodiscard]] std::string yuan_text(base::Money money);

// Deliveries

enum class Channel { sms, mail };
inline constexpr std::array<std::string_view, 2> kChannels{"sms", "mail"};
[[nodiscard]] constexpr std::string_view to_string(Channel channel) { return kChannels[static_cast<std::size_t>(channel)]; }

enum class DeliveryState {
  pending,
  sending,      ///< handed to the provider, no answer stored yet: the same id and round again after a crash
  sent,         ///< the provider has accepted it
  failed,       ///< the provider refuses it for good
  given_up,     ///< kMostAttempts without success
  no_package,   ///< the organisation has no bought SMS left
  no_provider,  ///< the platform is not configured for this way
};
inline constexpr std::array<std::string_view, 7> kDeliveryStates{"pending", "sending", "sent", "failed", "given_up", "no_package", "no_provider"};
[[nodiscard]] constexpr std::string_view to_string(DeliveryState state) { return kDeliveryStates[static_cast<std::size_t>(state)]; }
/// A person may send it anew.
[[nodiscard]] constexpr bool is_resendable(DeliveryState state) { return state > DeliveryState::sent; }

// Limits.
inline constexpr int kMostAttempts = 12;                             ///< of a delivery and round: some seven hours
inline constexpr base::Millis kFirstWait = base::seconds(30);        ///< after the first failure; doubles
inline constexpr base::Millis kLongestWait = base::hours(1);
inline constexpr base::Millis kSendingAgain = base::minutes(10);     ///< without an answer for so long: taken anew
inline constexpr base::Millis kFloodWindow = base::minutes(10);
inline constexpr std::int64_t kSingles = 5;                          ///< equal messages to one receiver within the window; further ones are one, with a count
inline constexpr std::size_t kMostSubscribers = 10;                  ///< of a meter
inline constexpr base::Millis kMessagesKept = base::hours(400 * 24);
inline constexpr std::int64_t kLowShare = 10;                        ///< a tenth of what was there after the newest purchase is low

/// attempts: those that failed, 1 or more. Nothing: give up.
[[nodiscard]] std::optional<base::UtcMillis> next_attempt(int attempts, base::UtcMillis now);

/// A number that a provider can dial: digits, blanks and dashes taken out, perhaps with + in front; 7 to 15 digits. Nothing: it is none.
[[nodiscard]] std::optional<std::string> mobile_of(std::string_view text);
/// name@host with nothing in it that ends a line or an address.
[[nodiscard]] bool is_mail(std::string_view text);

// Who gets a message of a meter by SMS and mail

struct Subscriber {
  std::string name, mobile, mail;  ///< one of mobile and mail may be empty
  Tongue language = Tongue::zh;
  std::vector<MessageKind> kinds;
};
/// Of the newest opening, when it is not closed.
struct HouseholdContact {
  std::string name, mobile;
};
struct Receiver {
  Channel channel = Channel::sms;
  std::string address, name;
  Tongue language = Tongue::zh;
  bool valid = true;  ///< false: the address is none; kept, so that the office sees why nothing came
};
/// Each address once per channel.
[[nodiscard]] std::vector<Receiver> receivers_of(MessageKind kind, std::span<const Subscriber> subscribers, const std::optional<HouseholdContact>& household);

// Floods

/// What there is of a kind for one receiver within the window.
struct Flood {
  std::int64_t singles = 0;       ///< rows that stand for one message
  std::int64_t gathered = 0;      ///< the row that gathers, 0: none yet
  std::int64_t at_once = 0;       ///< messages that came together and are not told yet, this one among them
};
enum class Telling { single, gather_into, gather_new };
/// More than kSingles at once, or within the window, are gathered in one row.
[[nodiscard]] Telling tell(const Flood& flood);

// SMS packages

struct SmsStock {
  std::int64_t remaining = 0, used = 0, filled = 0;
  bool told_low = false, told_empty = false;
};
[[nodiscard]] bool is_low(const SmsStock& stock);
/// One more was sent. stock.remaining: at least one. Returns sms_low when the staff is to be told of it, once per purchase.
[[nodiscard]] std::optional<MessageKind> take_one(SmsStock& stock);
/// One could not be sent for want of it. Returns sms_empty, once per purchase.
[[nodiscard]] std::optional<MessageKind> miss_one(SmsStock& stock);
void fill(SmsStock& stock, std::int64_t count);

}  // namespace anju::platform
