#include "gateway/core/upgrade.hpp"

#include <utility>

namespace anju::gateway {

Upgrade::Upgrade(UpgradeState saved, wire::Version packaged, base::Millis trial_span)
    : state_(saved), durable_(std::move(saved)), packaged_(packaged), trial_span_(trial_span) {}

bool Upgrade::knows(std::string_view order) const {
  return (state_.trial && state_.trial->order == order) || (state_.last && state_.last->order == order);
}

std::vector<UpgradeAction> Upgrade::step(const UpgradeEvent& event, base::UtcMillis now) {
  if (const auto* booting = std::get_if<UpgradeBooted>(&event)) return booted(*booting, now);
  if (const auto* ask = std::get_if<UpgradeAsked>(&event)) return asked(*ask);
  if (const auto* end = std::get_if<ProgramEnded>(&event)) return ended(*end, now);
  if (const auto* done = std::get_if<Saved>(&event)) return saved(done->ok, now);
  if (std::holds_alternative<UpgradeTick>(event)) return tick(now);
  if (std::holds_alternative<StopAsked>(event)) {
    if (phase_ == Phase::idle) return {Leave{0}};
    then_ = Then::leave;
    if (std::exchange(phase_, Phase::stopping) == Phase::stopping) return {};
    return {StopProgram{}};
  }
  // TrialConfirmed: said again and again by the program that runs, so it may come late, too.
  if (!on_trial_ || phase_ != Phase::runs || confirmed_) return {};
  confirmed_ = true;
  state_.current = state_.trial->version;
  state_.last = UpgradeOutcome{state_.trial->order, state_.trial->version, UpgradeResult::installed, {}};
  state_.trial.reset();
  on_trial_ = false;
  return save({RemoveOthers{}});
}

/// The trial is over, and lost. What runs next is the version from before.
void Upgrade::roll_back(std::string_view reason) {
  state_.last = UpgradeOutcome{state_.trial->order, state_.trial->version, UpgradeResult::rolled_back, std::string(reason)};
  state_.trial.reset();
  on_trial_ = false;
}

/// A release that had been confirmed cannot run any more.
void Upgrade::give_up_current(std::string_view reason) {
  const std::string order = state_.last ? state_.last->order : std::string("-");
  state_.last = UpgradeOutcome{order, *state_.current, UpgradeResult::rolled_back, std::string(reason)};
  state_.current.reset();
}

std::vector<UpgradeAction> Upgrade::save(Actions after) {
  after_save_ = std::move(after);
  return {Save{}};
}

/// What cannot be judged is neither run nor given up: something else runs, and nothing is written or removed until that is mended or an order takes its place.
std::vector<UpgradeAction> Upgrade::freeze(bool with_current) {
  frozen_ = true;
  frozen_with_ = with_current && state_.current && *state_.current > packaged_;
  phase_ = Phase::runs;
  on_trial_ = owes_removal_ = false;
  return {StartProgram{frozen_with_ ? state_.current : std::nullopt, false}};
}

void Upgrade::owe(const UpgradeAction& action) {
  if (std::holds_alternative<RemoveOthers>(action)) owes_removal_ = true;
  if (const auto* forget = std::get_if<ForgetOffer>(&action)) owes_forgetting_ = forget->order;
}

void Upgrade::pay(Actions& out) {
  if (!owes_forgetting_.empty()) out.emplace_back(ForgetOffer{std::exchange(owes_forgetting_, {})});
  if (std::exchange(owes_removal_, false)) out.emplace_back(RemoveOthers{});
}

std::vector<UpgradeAction> Upgrade::start_base() {
  phase_ = Phase::runs;
  on_trial_ = false;
  return {StartProgram{state_.current, false}};
}

/// Counted before it is started: what takes the power away must not be tried for ever.
std::vector<UpgradeAction> Upgrade::try_trial() {
  ++state_.trial->starts;
  starting_trial_ = true;
  return save({StartProgram{state_.trial->version, true}});
}

std::vector<UpgradeAction> Upgrade::booted(const UpgradeBooted& event, base::UtcMillis) {
  if (phase_ != Phase::idle) return {};
  state_read_ = event.state_read;
  if (event.current == Soundness::unknown || event.trial == Soundness::unknown) return freeze(event.current == Soundness::sound);
  owes_removal_ = true;  // of what the run before left
  if (state_.current && event.current == Soundness::unsound) give_up_current(to_string(wire::ReleaseErrc::damaged));
  // A package that is newer than the last release is what its installer wants to run.
  if (state_.current && *state_.current <= packaged_) state_.current.reset();
  if (state_.trial) {
    if (event.trial == Soundness::unsound) {
      roll_back(to_string(wire::ReleaseErrc::damaged));
    } else if (state_.trial->version <= base()) {
      roll_back(to_string(wire::ReleaseErrc::not_newer));
    } else if (state_.trial->starts >= kMostTrialStarts) {
      roll_back(kRestarts);
    } else {
      return try_trial();
    }
  }
  auto start = start_base();
  if (!durable()) return save(std::move(start));
  pay(start);
  return start;
}

std::vector<UpgradeAction> Upgrade::asked(const UpgradeAsked& event) {
  if (!durable()) return {};
  if (knows(event.order)) return {ForgetOffer{event.order}};
  if (!ready()) return {};  // its file stays, and is looked at again
  const bool restored = restores(event.version);
  std::string refusal = event.refusal;
  if (refusal.empty() && !restored && event.version <= base()) refusal = to_string(wire::ReleaseErrc::not_newer);
  if (!refusal.empty()) {
    // A state that may be read again one day is not written over for what is not taken.
    if (!state_read_) return {ForgetOffer{event.order}};
    state_.last = UpgradeOutcome{event.order, event.version, UpgradeResult::refused, std::move(refusal)};
    if (frozen_) return save({ForgetOffer{event.order}});
    return save({ForgetOffer{event.order}, RemoveOthers{}});
  }
  if (state_.trial) roll_back(kSetAside);  // else nothing would ever end it
  if (restored) {
    state_.last = UpgradeOutcome{event.order, event.version, UpgradeResult::installed, {}};
  } else {
    state_.trial = UpgradeTrial{event.version, event.order, 0};
  }
  then_ = restored ? Then::start_base : Then::start_trial;
  accepting_ = UpgradeOutcome{event.order, event.version, UpgradeResult::refused, std::string(kNotWritten)};
  return save({ForgetOffer{event.order}, StopProgram{}});
}

std::vector<UpgradeAction> Upgrade::ended(const ProgramEnded& event, base::UtcMillis) {
  if (phase_ == Phase::idle) return {};
  const bool asked_to = std::exchange(phase_, Phase::idle) == Phase::stopping;
  if (asked_to) {
    switch (then_) {
      case Then::leave: return {Leave{event.code}};
      case Then::start_trial: return try_trial();
      case Then::start_base: return start_base();
    }
  }
  if (event.unknown) return freeze(on_trial_);
  if (frozen_ && !event.started && frozen_with_) return freeze(false);
  if (on_trial_) {
    roll_back(kCrashed);
    auto start = start_base();
    start.emplace_back(RemoveOthers{});
    return save(std::move(start));
  }
  if (!event.started && state_.current && !frozen_) {
    give_up_current(kCrashed);
    return save(start_base());
  }
  return {Leave{event.started ? event.code : 1}};
}

std::vector<UpgradeAction> Upgrade::tick(base::UtcMillis now) {
  if (phase_ == Phase::runs && on_trial_ && now - trial_since_ >= trial_span_) {
    roll_back(kNoContact);
    phase_ = Phase::stopping;
    then_ = Then::start_base;
    return save({StopProgram{}});
  }
  // What could not be written is tried again: until then a power cut would begin the trial once more.
  if (phase_ == Phase::runs && !durable()) return save({});
  return {};
}

std::vector<UpgradeAction> Upgrade::saved(bool ok, base::UtcMillis now) {
  const bool starting = std::exchange(starting_trial_, false);
  const auto accepting = std::exchange(accepting_, std::nullopt);
  Actions after = std::exchange(after_save_, {});
  if (ok) {
    durable_ = state_;
    pay(after);
  } else {
    for (const auto& action : after) owe(action);
    std::erase_if(after, [](const UpgradeAction& one) { return std::holds_alternative<RemoveOthers>(one) || std::holds_alternative<ForgetOffer>(one); });
  }
  if (starting) {
    if (!ok) {  // a start that is not counted could repeat for ever
      roll_back(kNotWritten);
      return start_base();
    }
    phase_ = Phase::runs;
    on_trial_ = true;
    confirmed_ = false;
    trial_since_ = now;
  }
  if (accepting) {
    if (!ok) {
      state_ = durable_;
      if (!state_read_) {  // nothing may be written that does not stand for a release that is taken
        owes_forgetting_.clear();
        return {ForgetOffer{accepting->order}};
      }
      state_.last = accepting;
      return {};
    }
    frozen_ = frozen_with_ = false;
    state_read_ = true;
    phase_ = Phase::stopping;
  }
  return after;
}

}  // namespace anju::gateway
