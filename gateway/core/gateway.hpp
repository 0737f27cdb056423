#pragma once

// The whole gateway without IO and clock: archive, devices, lines, plan and commands. A shell feeds it what happens and
// performs what comes out; a test does the same with a virtual clock.
//
// The shell's duties: events are made durable in their order before anything else is asked of the gateway; port actions
// are performed in their order per line; step() is called again at wake().

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "gateway/core/command.hpp"
#include "gateway/core/journal.hpp"
#include "gateway/core/line.hpp"
#include "gateway/core/line_scan.hpp"
#include "gateway/core/meter.hpp"
#include "gateway/core/poll_plan.hpp"
#include "gateway/core/shadow.hpp"
#include "gateway/core/switch_test.hpp"
#include "gateway/core/taken_archive.hpp"
#include "protocols/wire/down.hpp"
#include "protocols/wire/up.hpp"

namespace anju::gateway {

inline constexpr std::size_t kReadingsTogether = 200;             ///< in one event
inline constexpr base::Millis kReadingsDelay = base::seconds(2);  ///< that a reading waits for others at most
inline constexpr base::Millis kLineDownAfter = base::seconds(5);  ///< shorter interruptions are no alarm
inline constexpr base::Millis kClockKnown = base::hours(26);      ///< an offset of a meter's clock is relied on; it is read once a day
inline constexpr std::size_t kMostCommands = 256;                 ///< running at one time; more are refused
/// What a device said it lacks is asked for again so long after the first of it, in the next slot, and with every reading on demand: perhaps it was starting
/// up, and without its four tariffs all it counts is billed at the price of one.
inline constexpr base::Millis kAskForAllAfter = base::hours(24);

struct ArchiveArrived {
  wire::Archive archive;
};
struct CommandArrived {
  wire::Command command;
};
/// An order of somebody at the gateway itself (the installer's page), to read or to look at momentary values: whoever wants to switch asks for a test. It
/// has no counter, is not in the journal and not resumed after a restart; its outcome is in `local`, not in the stream.
struct LocalCommandArrived {
  wire::Command command;  ///< its id is not one of those that run
};
/// PortOpened, PortClosed or Received of one line.
struct LineHappened {
  base::LineId line;
  LineEvent event;
};
/// Events that the platform lacks are not there any more: it is told again how every device and line stands.
struct EventsGone {};
/// The meter's clock is read as soon as its line allows, not only once a day; read_clock_at() says when it was.
struct ClockWanted {
  base::DeviceId device;
};
/// Meters of this line are looked for, if refuse_scan() says nothing against it; scan() says how far it is. Its polls wait until it is over.
struct ScanWanted {
  base::LineId line;
  ScanChoice choice{};
  bool quick = false;  ///< no second round
};
/// The scan ends, and what was found is kept.
struct ScanUnwanted {};
/// This device is opened and closed again, if refuse_switch_test() says nothing against it; switch_test() says how far it is. Its orders have no counter and
/// are not in the journal, as those of LocalCommandArrived; one of the platform takes their place.
struct SwitchTestWanted {
  base::DeviceId device;
};
/// The answer to GatewayOutput::keep_test.
struct SwitchTestKept {
  bool durable = false;
};
/// At the start: what keep_test named last, unless that was nothing. Behind the archive.
struct SwitchTestLeft {
  std::vector<base::DeviceId> devices;
};
/// What a test has left open is closed now and not at the next try.
struct CloseWanted {
  std::optional<base::DeviceId> device{};  ///< nullopt: the one that is open longest
};
using GatewayEvent = std::variant<ArchiveArrived, CommandArrived, LineHappened, Tick, EventsGone, LocalCommandArrived, ClockWanted, ScanWanted, ScanUnwanted,
                                  SwitchTestWanted, SwitchTestKept, SwitchTestLeft, CloseWanted>;

/// The port of a line has to be opened (again) under this name, or closed for good when there is none.
struct PortChange {
  base::LineId line;
  std::optional<LineUri> uri;
};
struct LineOutput {
  base::LineId line;
  PortAction action;
};

/// What an installer should know of a device and no rule decides: said when it comes into the archive, and at each start.
struct DeviceRemark {
  base::DeviceId device;
  std::string text;
};

struct GatewayOutput {
  std::vector<wire::Event> events;  ///< for the stream, in order
  std::vector<DeviceRemark> remarks;
  std::vector<PortChange> ports;    ///< before `lines`
  std::vector<LineOutput> lines;
  std::vector<wire::LiveValues> live;
  std::vector<wire::CommandEvent> local;  ///< of local commands, in order; the stream does not have them
  std::vector<TestState> tests;           ///< of the switch test: it began, ended, or could not close; each once
  /// To be made durable in place of what was kept before: devices that a switch test has opened or is about to open; answered by SwitchTestKept.
  std::optional<std::vector<base::DeviceId>> keep_test;
  std::optional<wire::Archive> archive;  ///< accepted just now: keep it for the next start
  bool state_changed = false;            ///< reachability, a line or the archive: worth publishing the state
};

struct GatewayOptions {
  bool poll = true;  ///< false: nothing but commands (the installer's verbs)
  Profiles profiles = {};  ///< models of Modbus devices
};

class Gateway {
 public:
  /// journal outlives the gateway. remembered: what journal.accepted() gave at the start.
  Gateway(GatewayOptions options, Journal& journal, std::vector<AcceptedCommand> remembered);

  [[nodiscard]] GatewayOutput step(GatewayEvent event, base::UtcMillis now);
  [[nodiscard]] std::optional<base::UtcMillis> wake(base::UtcMillis now) const;

  /// The shell says whether all events it was handed are durable. While they are not, no register is cleared: the reading
  /// before it would be lost with the box.
  void stored(bool everything) { stored_ = everything; }

  /// lines, devices, archive_version and last_counter; who sends it fills in the rest.
  [[nodiscard]] wire::GatewayState state(base::UtcMillis now) const;
  [[nodiscard]] std::int64_t archive_version() const { return archive_ ? archive_->version : 0; }
  /// Null: none yet.
  [[nodiscard]] const wire::Archive* archive() const { return archive_ ? &*archive_ : nullptr; }
  /// As in state(); of a device that is not there, or that cannot be asked (bad_device), only the id is filled in.
  [[nodiscard]] wire::DeviceState device_state(const base::DeviceId& id) const;
  /// It answers, as far as is known.
  [[nodiscard]] bool is_reachable(const base::DeviceId& id) const;
  /// What was last read of it; `at` is when the platform was last told. Null when the device is not there.
  [[nodiscard]] const wire::StatusEvent* standing(const base::DeviceId& id) const;
  /// How it is spoken to. Null when the device is not there, or cannot be asked (bad_device).
  [[nodiscard]] const Meter* meter(const base::DeviceId& id) const;
  /// When its clock was compared with the gateway's last; nullopt: not since it is known.
  [[nodiscard]] std::optional<base::UtcMillis> read_clock_at(const base::DeviceId& id) const;
  /// An order that moves its contact or clears its registers is running.
  [[nodiscard]] bool is_moving(const base::DeviceId& id) const;
  /// Null when the archive has no such line.
  [[nodiscard]] const Line* line(const base::LineId& id) const;
  /// The last one, also when it is over; null: none since the start. Its found() is the one place of what was found.
  [[nodiscard]] const LineScan* scan() const { return scan_ ? &*scan_ : nullptr; }
  /// Why no scan can begin on this line now: line_down, not_supported (Modbus TCP has no line to scan), too_many_commands (another runs; `where` says on
  /// which line). nullopt: it can.
  [[nodiscard]] std::optional<base::Error> refuse_scan(const base::LineId& line) const;
  [[nodiscard]] const SwitchTest& switch_test() const { return test_; }
  /// Why no switch test of this device can begin now: as SwitchTest::refuse, or unknown_device. Empty: it can.
  [[nodiscard]] std::string_view refuse_switch_test(const base::DeviceId& id) const;
  /// Which one stands open because of a test and has to be closed first: one that the archive lists, if there is one. Empty: none.
  [[nodiscard]] base::DeviceId owed_first() const;
  [[nodiscard]] const Profiles& profiles() const { return options_.profiles; }
  [[nodiscard]] std::size_t running_commands() const { return commands_.size(); }

 private:
  struct OwnedLine {
    std::string uri;
    Line line;
    std::optional<base::UtcMillis> down_since;
    bool alarmed = false;
  };
  /// Meter minus gateway, and when that was read.
  struct KnownClock {
    base::Millis offset;
    base::UtcMillis at;
  };
  struct Device {
    Meter meter;
    Shadow shadow;
    base::UtcMillis travels_until = {};  ///< of its valve, behind the last order, whatever became of that
    bool clock_adrift = false, bad_value = false;
    std::optional<KnownClock> clock = std::nullopt;
    std::optional<base::UtcMillis> lacking_since = std::nullopt;  ///< it said then that it lacks something
  };
  using Asker = std::variant<Ask, base::CommandId>;

  // gateway.cpp
  void settle(base::UtcMillis now, GatewayOutput& out);
  void tick_clock(base::UtcMillis now, GatewayOutput& out);
  void tell_again(base::UtcMillis now, GatewayOutput& out);

  // gateway_archive.cpp
  void take(const wire::Archive& archive, base::UtcMillis now, GatewayOutput& out);
  void take_lines(const wire::Archive& archive, const TakenArchive& taken, base::UtcMillis now, GatewayOutput& out);
  void take_devices(TakenArchive taken, base::UtcMillis now, GatewayOutput& out);
  void drop_asks(const base::DeviceId& device, base::UtcMillis now, GatewayOutput& out);

  // gateway_commands.cpp
  void resume(base::UtcMillis now, GatewayOutput& out);
  void take(const wire::Command& command, base::UtcMillis now, GatewayOutput& out);
  void take(const LocalCommandArrived& arrived, base::UtcMillis now, GatewayOutput& out);
  void take_local(const wire::Command& command, base::UtcMillis now, GatewayOutput& out);
  void tell_local(wire::CommandEvent event, GatewayOutput& out);
  void run(RunningCommand command, base::UtcMillis now, GatewayOutput& out);
  void apply(const base::CommandId& id, CommandStep step, base::UtcMillis now, GatewayOutput& out);
  void tick_commands(base::UtcMillis now, GatewayOutput& out);
  [[nodiscard]] bool awaits_button(const base::DeviceId& device) const;
  [[nodiscard]] bool is_clearing(const base::DeviceId& device) const;
  [[nodiscard]] static bool is_travelling(const Device& device, base::UtcMillis now);

  // gateway_lines.cpp
  void happened(LineHappened happened, base::UtcMillis now, GatewayOutput& out);
  void tick_lines(base::UtcMillis now, GatewayOutput& out);
  void perform(const base::LineId& id, LineActions actions, GatewayOutput& out);
  void submit(const Device& device, Asker asker, LineFrame request, const CommandStep::Question& how,
              base::UtcMillis now, GatewayOutput& out);
  void done(const Done& done, base::UtcMillis now, GatewayOutput& out);

  // gateway_scan.cpp
  void take(const ScanWanted& wanted, base::UtcMillis now, GatewayOutput& out);
  void end_scan(ScanEnd why, base::UtcMillis now, GatewayOutput& out);
  void tick_scan(base::UtcMillis now, GatewayOutput& out);
  void tell_found(base::UtcMillis now, GatewayOutput& out) const;
  [[nodiscard]] bool has_order(const base::LineId& line) const;
  /// Time alone moves it on. While its line does something else it goes on behind that.
  [[nodiscard]] bool is_scan_next() const;

  // gateway_switch_test.cpp
  [[nodiscard]] bool is_listed(const base::DeviceId& id) const;
  void take(const SwitchTestWanted& wanted, base::UtcMillis now, GatewayOutput& out);
  void perform(const TestWants& wants, base::UtcMillis now, GatewayOutput& out);
  void follow_test(base::UtcMillis now, GatewayOutput& out);
  [[nodiscard]] bool is_switched_by_others(const base::DeviceId& device) const;

  // gateway_polling.cpp
  void ask(const Ask& ask, base::UtcMillis now, GatewayOutput& out);
  void apply(Device& device, PlanNews news, base::UtcMillis now, GatewayOutput& out);
  [[nodiscard]] static std::optional<base::Millis> known_clock(const Device& device, base::UtcMillis now);
  void note_clock(Device& device, base::Millis offset, base::UtcMillis now, GatewayOutput& out);
  void ask_for_all(Device& device);
  void tick_lacking(base::UtcMillis now);
  void flush_readings(base::UtcMillis now, bool all, GatewayOutput& out);

  GatewayOptions options_;
  Journal& journal_;
  std::vector<AcceptedCommand> to_resume_;
  std::set<base::CommandId> seen_;
  std::optional<wire::Archive> archive_;
  std::map<base::LineId, OwnedLine> lines_;
  std::map<base::DeviceId, Device> devices_;
  PollPlan plan_;
  std::optional<LineScan> scan_;
  SwitchTest test_;
  std::map<base::DeviceId, TestState> told_tests_;  ///< of the last one and of those that are owed
  std::vector<wire::CommandEvent> test_heard_;  ///< of its orders, not handled yet
  std::map<base::CommandId, RunningCommand> commands_;
  std::set<base::CommandId> local_;  ///< those of them that nobody but this gateway knows
  std::map<std::uint64_t, Asker> askers_;
  std::uint64_t next_id_ = 1;
  std::vector<Done> finished_;  ///< exchanges of this step, not handled yet
  std::vector<wire::Reading> readings_;
  base::UtcMillis readings_since_;
  bool clock_alarmed_ = false;
  bool stored_ = true;
};

}  // namespace anju::gateway
