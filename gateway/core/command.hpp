#pragma once

// The life of one command on the gateway: from acceptance to verified, failed or expired. Pure: one input in, what to
// ask and what to report out. Source: shared reference meters.md 1.3, 6.
//
//   relay:   [read state] -> read the meter's clock -> send 1C -> acked -> read state until it agrees -> verified
//            no answer to 1C is "unknown": the state is read before anything is sent again; so is it after a restart
//            a valve is looked at when its travel time is over, not before: until then it may show the order and not where it stands
//            an order behind another whose valve still travels waits for that; a valve that refuses it all the same and is seen to move gets it again
//            a refusal behind a write that was perhaps taken says nothing of that one: the state is read before the final word
//   busy:    (Modbus 05, 06) asked again at growing intervals until the command expires
//   permit:  as above until acked, then the open relay waits for the button until the command expires
//   read:    energy and status now
//   clock:   write day and time -> read both back -> verified
//   live:    verified with the first momentary values
//   clear:   read all registers -> that reading is durable -> send 1A -> acked -> read until the register went back -> verified
//            -> that reading. No answer to 1A: the register says whether it acted, and it is sent again only when it did not.
//            After a restart nobody knows what it stood at before, so it is never sent again then

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/core/exchange.hpp"
#include "gateway/core/journal.hpp"
#include "gateway/core/meter.hpp"

namespace anju::gateway {

inline constexpr base::Millis kVerifyWindow = base::seconds(10);  ///< after the acknowledgement; meters act within 2 s
inline constexpr base::Millis kVerifyFirst(300), kVerifyAgain = base::seconds(1), kButtonAgain = base::seconds(5);
inline constexpr base::Millis kRetryFirst = base::seconds(1), kRetryLongest = base::seconds(30);
inline constexpr int kMostSends = 3;   ///< of the same relay command, each after a read that shows it did not act
/// Below this a register counts as cleared: what runs through a meter between the clearing and the reading. 1 kWh.
inline constexpr base::Quantity kNearlyZero(10'000);
inline constexpr base::Millis kClearAfter(100);  ///< the reading before a clear goes into the stream first, in a step of its own
inline constexpr int kMostRounds = 3;  ///< questions without an answer before a device that was not touched is given up
inline constexpr base::Millis kValidMargin = base::minutes(1);  ///< the meter's valid-until behind the command's expiry
inline constexpr base::Millis kClockGood = base::seconds(30);   ///< set_clock is verified below this difference

/// No gateway's clock is right before this: 2024-01-01T00:00:00Z.
inline constexpr base::UtcMillis kClockSetFrom(1'704'067'200'000);

/// Why a command that arrives now is not carried out; nullopt: carry it out. Ids that were seen are the caller's check.
[[nodiscard]] std::optional<base::Error> refusal(const wire::Command& command, std::int64_t last_counter,
                                                 bool known_device, base::UtcMillis now);

/// What a command wants of the world after one input.
struct CommandStep {
  struct Question {
    LineFrame request;
    Priority priority = Priority::control;
    int tries = 2;
    base::UtcMillis not_after;
  };
  std::optional<Question> ask;
  std::vector<wire::Reading> readings;
  std::vector<wire::CommandEvent> events;
  std::vector<wire::Reading> readings_after;  ///< behind `events` in the stream
  std::optional<SupplyState> supply;
  std::optional<base::Millis> clock_offset;
  std::optional<base::UtcMillis> live_until;
};

class RunningCommand {
 public:
  /// earlier: the phase reported before a restart; `resumed` even without one, as the device may have been touched.
  RunningCommand(wire::Command command, bool resumed, std::optional<wire::CommandPhase> earlier,
                 int utc_offset_minutes);

  /// clock: the meter's clock minus the gateway's, where it was read lately and can still be relied on; without it it is read first.
  /// travels_until: of the valve, behind an order before this one. What is sent in between may stop it half way, or be refused.
  [[nodiscard]] CommandStep start(const Meter& meter, base::UtcMillis now, std::optional<base::Millis> clock = std::nullopt, base::UtcMillis travels_until = {});
  /// The outcome of the last question. asked: when it was sent.
  [[nodiscard]] CommandStep answered(const Meter& meter, const Outcome& outcome, base::UtcMillis asked,
                                     base::UtcMillis now);
  /// wake() has come.
  [[nodiscard]] CommandStep tick(const Meter& meter, base::UtcMillis now);
  /// Momentary values were published (live only).
  [[nodiscard]] CommandStep live_seen(base::UtcMillis now);
  /// A newer order took its place, or the device is gone. travel: of its valve, which an order that is on the wire may move yet.
  [[nodiscard]] CommandStep abandon(std::string_view reason, base::UtcMillis now, base::Millis travel = {});

  [[nodiscard]] const wire::Command& command() const { return command_; }
  [[nodiscard]] bool is_finished() const { return doing_ == Doing::finished; }
  [[nodiscard]] bool moves_relay() const;
  /// The meter's clock may be another one since: what was known of it is not any more.
  [[nodiscard]] bool has_set_clock() const { return command_.kind == wire::CommandKind::set_clock && touched_; }
  /// Its own readings, before and after, are all that the stream may hold of this device until it has finished.
  [[nodiscard]] bool clears() const { return command_.kind == wire::CommandKind::clear && !is_finished(); }
  /// The next tick sends what cannot be undone. The reading before it has to be durable by then.
  [[nodiscard]] bool about_to_clear(base::UtcMillis now) const { return doing_ == Doing::clear && !asking_ && now < end(); }
  /// Not now: it begins again, with a reading of then.
  void postpone(base::UtcMillis until) { begin(Doing::read_before, until); }
  /// A valve was told to move, or perhaps was, and has not had the time for it before then: what it says of itself meanwhile is not believed.
  [[nodiscard]] base::UtcMillis still_until() const { return still_until_; }
  /// Closing was permitted and the meter has accepted it.
  [[nodiscard]] bool awaits_button() const { return doing_ == Doing::wait_button; }
  [[nodiscard]] std::optional<base::UtcMillis> wake() const;

 private:
  enum class Doing {
    read_state,  ///< is it perhaps done already?
    read_day,    ///< the meter's clock, for valid-until
    read_time,
    send,
    verify,
    wait_button,
    read_energy,
    read_total,
    read_status,
    write_day,
    write_time,
    check_day,
    check_time,
    live,
    read_before,  ///< clear: what the registers stand at
    clear,
    check_clear,
    finished,
  };

  void begin(Doing doing, base::UtcMillis at);
  void ask(const Meter& meter, base::UtcMillis now, CommandStep& step);
  [[nodiscard]] base::Result<LineFrame> question(const Meter& meter, base::UtcMillis now) const;
  void silence(const base::Error& error, base::UtcMillis now, CommandStep& step);
  void look_for_it(Doing where, const Meter& meter, base::Millis least, base::UtcMillis now);
  void forget_clock();
  [[nodiscard]] base::Millis busy_delay();
  void later(const base::Error& error, base::UtcMillis now);
  void on_state(const Meter& meter, const Outcome& outcome, base::UtcMillis now, CommandStep& step);
  void on_sent(const Meter& meter, const Outcome& outcome, base::UtcMillis now, CommandStep& step);
  void on_clock_day(const Meter& meter, const Outcome& outcome, base::UtcMillis now);
  void on_clock_time(const Meter& meter, const Outcome& outcome, base::UtcMillis asked, base::UtcMillis now, CommandStep& step);
  void on_energy(const Meter& meter, const Outcome& outcome, base::UtcMillis now, CommandStep& step);
  void on_read_status(const Meter& meter, const Outcome& outcome, base::UtcMillis now, CommandStep& step);
  void on_clear_reading(const Meter& meter, const Outcome& outcome, base::UtcMillis now, CommandStep& step);
  [[nodiscard]] bool acts() const;
  [[nodiscard]] bool was_refused() const;
  void on_clock_write(const Meter& meter, const Outcome& outcome, base::UtcMillis now, CommandStep& step);
  void on_clock_check(const Meter& meter, const Outcome& outcome, base::UtcMillis asked, base::UtcMillis now, CommandStep& step);
  void over(base::UtcMillis now, CommandStep& step);
  void report(wire::CommandPhase phase, std::string_view reason, base::UtcMillis now, CommandStep& step);
  void fail(const base::Error& error, base::UtcMillis now, CommandStep& step);
  [[nodiscard]] bool agrees(const SupplyState& state) const;
  [[nodiscard]] wire::Relay relay() const;
  [[nodiscard]] base::UtcMillis end() const;

  wire::Command command_;
  int utc_offset_minutes_;
  Doing doing_ = Doing::read_state;
  bool permit_ = false;   ///< close by the button; the meter's profile says so
  bool touched_ = false;  ///< something that may have changed the device was, or may have been, sent
  bool perhaps_taken_ = false;  ///< and it did not say that it left everything as it was
  bool resumed_ = false;
  bool resumed_acked_ = false;
  bool acked_ = false;
  bool total_only_ = false;                ///< this meter has no block of all registers
  std::optional<base::Quantity> before_;   ///< clear: the total that is in the stream
  bool asking_ = false;
  std::optional<base::UtcMillis> next_;  ///< when to ask again
  base::UtcMillis verify_until_;
  base::UtcMillis still_until_;  ///< end of a valve's travel time
  std::optional<base::Error> refused_;  ///< what the device said last to a write, or that it is busy; the final word when the state does not agree
  bool met_moving_ = false;  ///< behind that refusal the valve was on its way, or showed what no table has: it meant "not now"
  int rounds_ = 0, sends_ = 0, busy_ = 0;
  std::optional<dlt645::CalendarDay> day_;
  std::optional<base::Millis> offset_;  ///< meter minus gateway
  bool learned_ = false;                ///< that was read before this order, and is forgotten when the meter does not take it
  std::optional<SupplyState> supply_;
};

}  // namespace anju::gateway
