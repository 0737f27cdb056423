#pragma once

// When a meter is asked for what: energy and status at the slots of the site's clock, the meter's clock once a day, the
// register it froze at midnight, momentary values while somebody looks. One question per meter is under way (and one
// more for whoever looks); what comes of it is decided here, how it travels is the line's business.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "gateway/core/exchange.hpp"
#include "gateway/core/meter.hpp"
#include "protocols/base/id.hpp"
#include "protocols/base/time.hpp"
#include "protocols/wire/up.hpp"

namespace anju::gateway {

inline constexpr base::Millis kLiveEvery = base::seconds(3), kLiveAfterSilence = base::seconds(10);
/// A meter freezes by its own clock, which may be late by as much as is tolerated.
inline constexpr base::Millis kFreezeAfterMidnight = base::minutes(5), kFreezeAgain = base::minutes(15);
inline constexpr base::Millis kClockAgain = base::minutes(30);
inline constexpr base::Millis kHold = base::seconds(5);  ///< after a refusal of our own queue, and of a device that is busy
inline constexpr int kMostBusy = 10;  ///< such answers in a row; then the next slot is waited for
/// A valve that was met on its way is looked at again after its travel time, at the earliest after so long and at most so often before the next slot.
inline constexpr base::Millis kMovingLeast = base::seconds(5);
/// One that shows what no table has is perhaps on its way, too, and is looked at once more before anybody is told.
inline constexpr int kMostMoving = 3;

struct PlanSettings {
  std::int64_t reading_minutes = 15;
  int utc_offset_minutes = 480;
  bool operator==(const PlanSettings&) const = default;
};

struct Ask {
  base::DeviceId device;
  Item item = Item::energy;
  bool live = false;
};

/// What an answer brought.
struct PlanNews {
  std::optional<wire::Reading> reading;
  std::optional<SupplyState> supply;
  std::optional<base::Millis> clock_offset;
  std::optional<wire::LiveValues> live;  ///< relay is filled in by whoever keeps the shadow
  std::optional<base::Error> bad_value;  ///< the meter answered something that is no value of the item
  bool good_value = false;
  bool lacking = false;  ///< the meter said that it has no such item: it is not asked for that again before ask_for_all()
};

class PollPlan {
 public:
  void settings(const PlanSettings& settings);
  [[nodiscard]] const PlanSettings& settings() const { return settings_; }
  /// A meter that is there already keeps what was learned about it, unless `fresh`.
  void add(const Meter& meter, bool fresh);
  void remove(const base::DeviceId& device) { meters_.erase(device); }
  /// Momentary values every kLiveEvery until then.
  void live(const base::DeviceId& device, base::UtcMillis until);

  /// Also for what the meter said it lacks.
  void ask_for_all(const base::DeviceId& device);

  /// Its clock is read now, not only once a day.
  void check_clock(const base::DeviceId& device);

  /// What to ask now; every Ask is answered exactly once.
  [[nodiscard]] std::vector<Ask> due(base::UtcMillis now);
  [[nodiscard]] PlanNews answered(const Ask& ask, const Outcome& outcome, base::UtcMillis asked, base::UtcMillis now);
  /// When due() is worth asking again, if nothing is answered before.
  [[nodiscard]] std::optional<base::UtcMillis> wake(base::UtcMillis now) const;

 private:
  struct Poll {
    Meter meter;
    std::int64_t slot = -1;
    bool want_energy = false, want_status = false;
    base::UtcMillis status_next;  ///< not before; while a valve moves
    int moving = 0, busy = 0;
    bool doubted = false;  ///< its valve showed what no table has, and has not been seen to stand since
    bool asking = false;
    base::UtcMillis hold_until;
    std::array<bool, kItems> missing{};  ///< the meter said it has no such data
    base::UtcMillis clock_next;
    std::optional<dlt645::CalendarDay> clock_day;
    std::int64_t freeze_had = -1;  ///< start of the day whose freeze was read
    std::int64_t freeze_seen = -1;  ///< start of the day whose freeze the meter was seen to hold
    base::UtcMillis freeze_next;
    base::UtcMillis live_until, live_next;
    bool live_asking = false;
    std::size_t live_step = 0;
    wire::LiveValues live_values;
    std::optional<std::string> energy_kwh;
  };

  [[nodiscard]] std::optional<Item> next_item(Poll& poll, base::UtcMillis now) const;
  [[nodiscard]] bool has(const Poll& poll, Item item) const;
  void look_again(Poll& poll, const SupplyState& supply, base::UtcMillis now) const;
  [[nodiscard]] bool may_arrive(Poll& poll, const base::Error& error, base::UtcMillis now) const;
  void failed(Poll& poll, Item item, const base::Error& error, base::UtcMillis now, PlanNews& news) const;
  void give_up(Poll& poll, Item item, base::UtcMillis now) const;
  [[nodiscard]] PlanNews live_answered(Poll& poll, const Ask& ask, const Outcome& outcome, base::UtcMillis now) const;
  [[nodiscard]] std::int64_t slot_of(base::UtcMillis now) const;
  [[nodiscard]] base::UtcMillis start_of_slot(std::int64_t slot) const;

  void shift(base::Millis by);

  PlanSettings settings_;
  base::UtcMillis last_now_;
  std::map<base::DeviceId, Poll> meters_;
};

/// True for what a device said about itself for good: do not ask for this item again.
[[nodiscard]] bool is_permanent(const base::Error& error);
/// The device is there and says: not now (Modbus 05 and 06).
[[nodiscard]] bool is_busy(const base::Error& error);
/// The device shows a state that its model's table does not have. Some makers have no word for a valve on its way.
[[nodiscard]] bool is_unknown_state(const base::Error& error);
/// True when no answer came: whether the device is there, or acted, is unknown.
[[nodiscard]] bool is_silence(const base::Error& error);

}  // namespace anju::gateway
