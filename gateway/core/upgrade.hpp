#pragma once

// Which version of the gateway's program runs, and how another one takes its place: on trial, until it has been acknowledged by the platform,
// else the one before comes back. This is the brain of anju-gateway-start, the small program that starts the gateway; it touches no file and no
// process. What it keeps is written before what follows from it is done, so after a power cut in any instant either the old or the new one runs.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocols/base/time.hpp"
#include "protocols/wire/release.hpp"

namespace anju::gateway {

/// The version that lives in the package is never a release of the folder: it is what runs when nothing else can.
struct UpgradeTrial {
  wire::Version version;
  std::string order;        ///< an id: who asked
  std::int64_t starts = 0;  ///< how often it was started on trial
  bool operator==(const UpgradeTrial&) const = default;
};

enum class UpgradeResult { installed, rolled_back, refused };
[[nodiscard]] std::string_view to_string(UpgradeResult result);

/// How the last order ended. It stays until the next one ends, so it can be told again as often as needed.
struct UpgradeOutcome {
  std::string order;
  wire::Version version;
  UpgradeResult result = UpgradeResult::refused;
  std::string reason;  ///< a code: of wire::ReleaseErrc, or kNoContact and its siblings; empty when installed
  bool operator==(const UpgradeOutcome&) const = default;
};
inline constexpr std::string_view kNoContact = "no_contact";      ///< in its time the platform acknowledged nothing of it
inline constexpr std::string_view kCrashed = "crashed";           ///< it ended by itself
inline constexpr std::string_view kRestarts = "restarts";         ///< the box began anew too often while it was on trial
inline constexpr std::string_view kNotWritten = "not_written";    ///< the disk is full or broken
inline constexpr std::string_view kSetAside = "set_aside";        ///< a trial that nobody could judge, when another order came

/// What is durable.
struct UpgradeState {
  std::optional<wire::Version> current;  ///< nothing: the packaged one
  std::optional<UpgradeTrial> trial;
  std::optional<UpgradeOutcome> last;
  bool operator==(const UpgradeState&) const = default;
};
/// Lines of words, the last one "end". Anything else is nothing: the packaged version then runs.
[[nodiscard]] std::string encode(const UpgradeState& state);
[[nodiscard]] std::optional<UpgradeState> decode_upgrade_state(std::string_view text);

/// A trial that the power interrupts is no failure of the new version, unless it is what takes the power away.
inline constexpr std::int64_t kMostTrialStarts = 3;
inline constexpr base::Millis kTrialSpan = base::minutes(5);

// What happens.
enum class Soundness {
  sound,    ///< there, signed and undamaged
  unsound,  ///< not that
  unknown,  ///< nobody can say: the release, the keys or the state cannot be read. It may be sound once that is mended
};
struct UpgradeBooted {
  Soundness current = Soundness::sound;  ///< of the version that `current` names; the same of the trial
  Soundness trial = Soundness::sound;
  bool state_read = true;  ///< false: there is a state, and nobody knows what it says; both are unknown then
};
struct UpgradeAsked {
  std::string order;
  wire::Version version;
  std::string refusal;  ///< empty: verified and unpacked; else a code
};
struct ProgramEnded {
  bool started = true;  ///< false: the system could not begin it
  int code = 0;         ///< exit code, 128 + signal
  bool unknown = false; ///< it was not begun because its soundness is unknown
};
struct TrialConfirmed {};  ///< the program that runs says that the platform acknowledged an event of its own
struct UpgradeTick {};
struct StopAsked {};
struct Saved {
  bool ok = true;
};
using UpgradeEvent = std::variant<UpgradeBooted, UpgradeAsked, ProgramEnded, TrialConfirmed, UpgradeTick, StopAsked, Saved>;

// What to do, in this order. Save is always the last of a list and is answered by Saved.
struct Save {};
struct StartProgram {
  std::optional<wire::Version> version;  ///< nothing: the packaged one
  bool on_trial = false;
};
struct StopProgram {};  ///< answered by ProgramEnded
struct ForgetOffer {    ///< the order was dealt with: its file goes
  std::string order;
};
struct RemoveOthers {};  ///< releases that state().current and trial do not name; only behind a Save that succeeded, as ForgetOffer
struct Leave {
  int code = 0;
};
using UpgradeAction = std::variant<Save, StartProgram, StopProgram, ForgetOffer, RemoveOthers, Leave>;

class Upgrade {
 public:
  Upgrade(UpgradeState saved, wire::Version packaged, base::Millis trial_span = kTrialSpan);

  /// now: of a clock that is never set.
  [[nodiscard]] std::vector<UpgradeAction> step(const UpgradeEvent& event, base::UtcMillis now);

  /// What Save has to write.
  [[nodiscard]] const UpgradeState& state() const { return state_; }
  /// What runs or would run without a trial.
  [[nodiscard]] wire::Version base() const { return state_.current.value_or(packaged_); }
  /// Something cannot be judged, and something else runs meanwhile. An order puts it right: it is taken as at any other time, and where it is for the very
  /// release that cannot be read, that one is there again without a trial. Nothing else is written before, and what is not taken changes nothing.
  [[nodiscard]] bool frozen() const { return frozen_; }
  /// A release of this version would take the place of itself, which was confirmed and cannot be read.
  [[nodiscard]] bool restores(const wire::Version& version) const { return frozen_ && !frozen_with_ && state_.current == version && version > packaged_; }
  /// An order that was dealt with or is being dealt with: it needs no unpacking, only to be forgotten.
  [[nodiscard]] bool knows(std::string_view order) const;
  /// An order that comes now would be looked at. One whose outcome is not on the disk yet is not overtaken: its own would be lost.
  [[nodiscard]] bool ready() const { return phase_ == Phase::runs && !on_trial_ && durable(); }

 private:
  enum class Phase { idle, runs, stopping };
  enum class Then { start_base, start_trial, leave };  ///< behind the end of a program that was stopped
  using Actions = std::vector<UpgradeAction>;

  [[nodiscard]] Actions booted(const UpgradeBooted& event, base::UtcMillis now);
  [[nodiscard]] Actions asked(const UpgradeAsked& event);
  [[nodiscard]] Actions ended(const ProgramEnded& event, base::UtcMillis now);
  [[nodiscard]] Actions tick(base::UtcMillis now);
  [[nodiscard]] Actions saved(bool ok, base::UtcMillis now);
  [[nodiscard]] Actions try_trial();
  [[nodiscard]] Actions start_base();
  [[nodiscard]] Actions save(Actions after);
  [[nodiscard]] bool durable() const { return state_ == durable_; }
  void owe(const UpgradeAction& action);
  void pay(Actions& out);
  void roll_back(std::string_view reason);
  void give_up_current(std::string_view reason);
  [[nodiscard]] Actions freeze(bool with_current);

  UpgradeState state_, durable_;
  wire::Version packaged_;
  base::Millis trial_span_;
  Phase phase_ = Phase::idle;
  Then then_ = Then::leave;
  bool on_trial_ = false, confirmed_ = false;
  bool frozen_ = false;       ///< nothing is decided until the launcher starts anew, or an order is taken
  bool state_read_ = true;    ///< what the disk has is in durable_
  bool frozen_with_ = false;  ///< the release of `current` runs meanwhile, not the packaged version
  bool starting_trial_ = false;               ///< what the Save on its way is for, as the next one
  std::optional<UpgradeOutcome> accepting_;   ///< how the order ends if it cannot be written
  base::UtcMillis trial_since_;
  Actions after_save_;
  // What cannot be undone waits for the Save that makes it right: by the file that is there a power cut would go back to what was removed.
  bool owes_removal_ = false;
  std::string owes_forgetting_;  ///< an order; empty: none. One at most, because no other is looked at meanwhile
};

}  // namespace anju::gateway
